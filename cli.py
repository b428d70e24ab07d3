"""The command line: finds the command, and sees to it that whatever goes wrong is said in words."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

import click

from .commands.bilingual import group, group_options, language, speak
from .engine.base.ending import arm, plan_exit
from .engine.base.in_force import ONE_ENGINE
from .engine.base.libraries import durable_rules_installed, missing
from .engine.base.problem import Unreadable
from .engine.base.streams import guard, heard, output_refused
from .engine.base.system import STOPS, system_reason
from .engine.base.text import Text
from .version import __version__

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "lint": ("lint", Text("Thẩm định văn bản trước khi gửi", "Check documents before they are submitted")),
    "audit": ("audit", Text("Rà soát nhiều văn bản cùng lúc", "Audit many documents at once")),
    "explain": (
        "explain",
        Text("Giải thích một quy tắc, điều khoản hoặc mã lỗi", "Explain a rule, a clause or a code"),
    ),
    "why": ("why", Text("Vì sao có kết luận đó, đến từng dòng của văn bản", "Why a verdict is what it is")),
    "rules": ("rules", Text("Liệt kê các quy tắc", "List the rules")),
    "waivers": ("waivers", Text("Xem và kiểm tra các miễn trừ", "List and check waivers")),
    "fix": ("fix", Text("Tự động sửa những lỗi có thể sửa", "Mend what can be mended mechanically")),
    "watch": ("watch", Text("Thẩm định lại mỗi khi lưu tệp", "Check again on every save")),
    "desk": ("desk", Text("Quản lý bàn thẩm định", "Run the desk")),
    "lsp": ("lsp", Text("Máy chủ ngôn ngữ cho trình soạn thảo", "The language server for editors")),
    "serve": ("serve", Text("Trang kiểm tra văn bản trên máy này", "The check page on this machine")),
    "features": (
        "features",
        Text("Chạy các tình huống nói rõ chỉ đạo đòi hỏi gì", "Run the scenarios that say what the directive asks"),
    ),
    "new": ("new", Text("Tạo văn bản mẫu để điền", "Make a document to fill in")),
    "generate": ("generate", Text("Tạo văn bản giả định để tập huấn, đo tốc độ", "Make synthetic documents")),
    "convert": ("convert", Text("Gộp nhiều văn bản thành một tệp đọc nhanh", "Put many documents into one file")),
    "template": ("template", Text("Chép mẫu phiếu thẩm định để sửa trong Word", "Copy the appraisal sheet's template")),
    "documents": ("documents", Text("Các loại tài liệu được thẩm định", "The types of document that are judged")),
    "schema": ("schema", Text("In lược đồ JSON cho trình soạn thảo", "Print the JSON Schema for editors")),
}
"""Every command: its module in `commands`, and its line in the help. A module is imported only to run its command."""


@group(
    Text(
        "Thẩm định văn bản của cấp ủy (kế hoạch hội nghị, biên bản kiểm phiếu và loại khác) theo chỉ đạo của cấp ủy cấp trên.",
        "Check documents of committees (conference plans, minutes of ballots and others) against the directive of the committee above.",
    ),
    COMMANDS,
)
@group_options(__version__)
def cli() -> None:
    """The group does nothing by itself."""


_COMPLETED: Final = "_THAMDINH_COMPLETE"
"""The environment variable by which a shell asks what may stand where; the line stands in COMP_WORDS."""

_NO_VERDICT: Final = Text(
    "Một thư viện đã tự kết thúc chương trình (thường do thiếu bộ nhớ), nên chưa có kết luận nào",
    "A library ended the program by itself (mostly for want of memory), so there is no verdict",
)


def main() -> None:
    """Run the command line of this process and exit with its status (plan-format: 0, 1 or 2)."""
    gc.set_threshold(50_000)  # What a start makes is less than that, and none of it is garbage: looking takes 15 ms.
    is_closed = sys.stdout is None
    guard()
    speak(sys.argv[1:])
    arm(_NO_VERDICT[language()])
    status = 2
    if is_closed:
        _say(Text("Không ghi được kết quả: đầu ra chuẩn đã đóng", "The output can't be written: it is closed"))
    else:
        _stop_in_words()
        os.environ.setdefault(
            "OPENBLAS_NUM_THREADS", "1"
        )  # NumPy's; where it can't start its threads it exits with status 1.
        status = run(sys.argv[1:])
        sys.stdout.flush()
        error = output_refused(sys.stdout)
        if error is not None and not isinstance(error, BrokenPipeError):
            _say(_full(error))
            status = 2
    status = heard(status)
    gc.freeze()  # All that there is goes with the process; looking through it for garbage first takes time.
    plan_exit(status)
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status. No traceback reaches the user."""
    speak(os.environ.get("COMP_WORDS", "").split() if _COMPLETED in os.environ else arguments)
    if arguments[:1] == ["help"]:  # as many programs have it
        arguments = [*arguments[1:], "--help"]
    if not _is_somewhere():
        _say(
            Text(
                "Thư mục hiện tại không còn nữa (đã bị xóa hoặc chuyển đi). Chuyển sang thư mục khác (lệnh cd) rồi chạy lại",
                "The current directory is gone (it was deleted or moved). Change to another one (cd) and run again",
            )
        )
        return 2
    try:
        outcome = _told(arguments)
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except SystemExit as finished:  # click ends so what it tells a shell
        return finished.code if isinstance(finished.code, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as stop:
        _say(Text("Đã dừng theo yêu cầu", "Stopped as asked"))
        asked = stop.__cause__ or stop  # click hands it on as its own
        return 128 + (asked.signal if isinstance(asked, Stopped) else signal.SIGINT)
    except MemoryError:
        _say(
            Text(
                "Không đủ bộ nhớ, nên chưa có kết luận nào. Đóng bớt chương trình khác, nới giới hạn bộ nhớ (ulimit -v) rồi chạy lại",
                "There is not enough memory, so there is no verdict. Close other programs, raise the limit (ulimit -v) and run again",
            )
        )
        return 2
    except Exception as error:
        return _apologise(error)
    _say_of_engines(arguments)
    return outcome if isinstance(outcome, int) else 0


def _told(arguments: Sequence[str]) -> object:
    """What the command gives, which is its exit status; 2, with the problems told, where something can't be read or used."""
    try:
        return cli.main(list(arguments), prog_name="thamdinh", standalone_mode=False)
    except Unreadable as unreadable:
        told = unreadable
    except ImportError as error:
        if (library := missing(error, "thamdinh")) is None:
            raise
        told = Unreadable(library)
    from .commands.refusal import refuse

    return refuse(told)


def _say_of_engines(arguments: Sequence[str]) -> None:
    """That one rule engine judged alone, where the output of the command doesn't say so itself."""
    judged = f"{__package__}.engine.evaluation.scanning" in sys.modules
    command = next((word for word in arguments if word in COMMANDS), None)
    if judged and command not in ("lint", "audit", "watch", "fix", "convert") and not durable_rules_installed():
        _say(ONE_ENGINE)


class Stopped(KeyboardInterrupt):
    """A signal other than Ctrl-C asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = number


def _stop_in_words() -> None:
    """What asks the program to end does it as Ctrl-C does: cleaned up, and said in words. What is ignored (nohup) stays so."""

    def stop(number: int, _: object) -> None:
        raise Stopped(number)

    for number in STOPS:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)


def _is_somewhere() -> bool:
    """Whether the current directory is still there: names are looked up from it, and so are settings."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return False
    return True


def _apologise(error: Exception) -> int:
    if os.environ.get("THAMDINH_DEBUG"):
        raise error
    _say(
        Text(
            f"Chương trình gặp sự cố ngoài dự kiến ({type(error).__name__}). Chưa có kết luận nào. "
            "Đặt THAMDINH_DEBUG=1, chạy lại và gửi nội dung hiện ra cho bộ phận hỗ trợ",
            f"The program failed unexpectedly ({type(error).__name__}). There is no verdict. "
            "Set THAMDINH_DEBUG=1, run again and send what is printed to the maintainers",
        )
    )
    return 2


def _say(words: Text) -> None:
    click.echo(words[language()], err=True)


def _full(error: OSError) -> Text:
    why = system_reason(error)
    return Text(f"Không ghi được kết quả: {why.vi}", f"The output can't be written: {why.en}")
