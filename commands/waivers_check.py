"""`thamdinh waivers check`: waivers that are expired, about to expire, or about nothing that is found."""

import datetime
import sys
from typing import Any

from ..engine.base.text import Text
from ..engine.lint.waivers_check import check_waivers
from ..engine.reporters import Options
from ..engine.reporters.text import notice_lines
from ..engine.waivers.waivers import file_of_waivers
from .bilingual import argument, colour_wanted, language, option, speak, write
from .bilingual import command as bilingual_command
from .shared_options import limit_options, settings_given, settings_options


@bilingual_command(
    Text(
        "Thẩm định các văn bản (mặc định: mọi văn bản ở thư mục có tệp miễn trừ) rồi báo miễn trừ hết hạn, "
        "sắp hết hạn (trong 14 ngày) hoặc không ứng với phát hiện nào. Mã kết thúc 1 khi có miễn trừ phải sửa.",
        "Check the documents (default: all in the folder of the waivers file), then report waivers that are expired, end "
        "within 14 days or match no finding. Exit status 1 when a waiver must be mended.",
    )
)
@argument("inputs", nargs=-1, metavar="[FILE|FOLDER]")
@option(
    "--waivers",
    metavar="FILE",
    words=Text(
        "Tệp miễn trừ; mặc định: waivers.yaml trong thư mục hiện tại.",
        "File of waivers; default: waivers.yaml in the current directory.",
    ),
)
@settings_options(chosen=True)
@limit_options()
def command(inputs: tuple[str, ...], **given: Any) -> int:
    """Print what there is to say of each waiver, and give the exit status."""
    settings = settings_given(given)
    speak(sys.argv[1:], settings.lang)
    path = file_of_waivers(settings.waivers)
    checked = check_waivers(path, inputs or (str(path.parent),), settings, datetime.date.today())
    options = Options(language(), colour_wanted())
    blocks = [notice_lines(notice, options) for notice in checked.notices]
    blocks.append(checked.summary[language()] + "\n")
    write("\n".join(blocks).encode())
    return checked.status
