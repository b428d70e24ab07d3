"""Settings come from who runs the program; every mistake in them has its place."""

import codecs
from pathlib import Path

import pytest

from tests.plans import problems
from thamdinh.engine.lint.settings import LARGEST, Settings, merged, nearest, read_settings, settings_in_force


def file_of(folder: Path, content: bytes) -> Path:
    path = folder / "thamdinh.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'lang = "vi"\nquiet = tru\n', "2:9"),
        (b'lang = "\0"\n', "1:9"),
        (b'\nwaivers = "a\\u0000b"\n', "2:1"),
        (b'output-file = ["json=a\\u0000b"]\n', "1:1"),
        (b'select = ["a\\u0000b"]\n', "1:1"),
        (b'directive = ""\n', "1:1"),
        (b'format = "xml"\n', "1:1"),
        (b'output-file = ["x=y"]\n', "1:1"),
        (b"a = " + b"[" * 20_000, "1:1"),
        (b"select = " + b"[" * 20_000 + b"]" * 20_000, "1:1"),
        (b"quiet = " + b"1" * 5_000, "1:1"),
        (b'lang = "vi"\nlang = "en"\n', "2:12"),
        (b"# \xe1\xbb\nx", "1:3"),
        (b"\xff\xfel\0a\0n\0g\0", "1:1"),
        (b'[lang]\nx = 1\n', "1:1"),
        (b'\nlang = "vi', "2:1"),
        (b'file = "x"\n', "1:1"),
    ],
)  # fmt: skip
def test_a_mistake_has_its_place(tmp_path: Path, content: bytes, place: str) -> None:
    path = file_of(tmp_path, content)
    [problem] = problems(lambda: read_settings(path))
    assert problem.place.describe().removeprefix(f"{path}:") == place


def test_a_file_that_is_too_large_or_no_file_is_told(tmp_path: Path) -> None:
    assert problems(lambda: read_settings(file_of(tmp_path, b"#" * (LARGEST + 1))))
    assert problems(lambda: read_settings(tmp_path))
    assert problems(lambda: read_settings(tmp_path / "nowhere.toml"))
    assert problems(lambda: settings_in_force(Path("/dev/zero")))


@pytest.mark.parametrize(
    "written", ['directive = "{}"', 'output-file = ["json={}"]', 'waivers = "{}"', 'baseline = "{}"']
)
def test_a_name_that_is_too_long_for_a_file_is_read_and_told_where_it_is_used(tmp_path: Path, written: str) -> None:
    assert read_settings(file_of(tmp_path, written.format("x" * 5_000).encode()))


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    path = file_of(tmp_path, codecs.BOM_UTF8 + b'fail-on = "never"\r\nlang = "vi"\r\n')
    assert read_settings(path) == Settings(fail_on="never", lang="vi", file=str(path))


def test_the_nearest_above_the_current_directory_is_taken_and_shown_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    file_of(tmp_path, b'waivers = "w.yaml"\n')
    monkeypatch.chdir(inner)
    assert nearest() == Path("../../thamdinh.toml")
    assert settings_in_force().waivers == "../../w.yaml"
    (inner / "thamdinh.toml").symlink_to("nowhere")
    assert problems(settings_in_force)


def test_paths_are_seen_from_the_file_and_a_pack_s_id_goes_before_a_folder(tmp_path: Path) -> None:
    for name in ("ben-tre-2017", "mine"):
        (tmp_path / name).mkdir()
    path = file_of(
        tmp_path, b'directive = "ben-tre-2017"\noutput-file = ["docx=phieu/", "csv=../x.csv"]\nbaseline = "b"\n'
    )
    settings = read_settings(path)
    assert (settings.directive, settings.baseline) == ("ben-tre-2017", str(tmp_path / "b"))
    assert settings.output_file == (f"docx={tmp_path}/phieu/", f"csv={tmp_path}/../x.csv")
    file_of(tmp_path, b'directive = "mine"\n')
    assert read_settings(path).directive == str(tmp_path / "mine")


def test_options_go_before_the_file_which_stays_named() -> None:
    settings = Settings(lang="en", quiet=True, file="thamdinh.toml")
    given = {"lang": "vi", "quiet": None, "file": "other", "directive": "x"}
    assert merged(given, settings) == Settings("x", lang="vi", quiet=True, file="thamdinh.toml")
