"""The documents as a site: it is built without a warning, and loads nothing from elsewhere."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.appraisal import ROOT

pytestmark = pytest.mark.process

_LOADED = re.compile(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc="?(?P<src>[^"\s>]+)|<link\b(?P<link>[^>]*)>""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", folder],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        for found in _LOADED.finditer(page.read_text(encoding="utf-8")):
            link = found["link"] or ""
            loads = found["src"] or ("" if "canonical" in link else link)
            assert "://" not in loads, (page.name, loads)


def test_it_is_searched_in_vietnamese_and_lists_every_decision(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert '"lang":["vi","en"]' in index
    assert "phiếu thẩm định" in json.loads(index)["docs"].__repr__().lower()
    page = (site / "decisions" / "index.html").read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f'href="{path.stem}.html"' in page or path.name == "README.md"


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readme_is_short_and_its_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.encode()) <= 6 * 1024
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_page_is_found_from_the_first_one_and_in_the_navigation() -> None:
    docs = ROOT / "docs"
    pages = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if path.parent.parent == docs]
    told = [page for page in pages if page.split("/")[0] not in ("decisions", "rules", "reference")]
    assert len(told) > 25
    for place in (docs / "index.md", ROOT / "mkdocs.yml"):
        text = place.read_text(encoding="utf-8")
        assert [page for page in told if page not in text] == [], place.name


def test_every_page_and_source_that_is_spoken_of_is_there() -> None:
    spoken = re.compile(r"(?<![\w/.-])(?:docs|engine|desk|commands|tests|tools|benchmarks)/[\w./-]*\.(?:md|py)\b")
    gone, found = {}, 0
    for top in ("engine", "desk", "commands", "features", "rules", "docs", "tools", "benchmarks"):
        for path in (ROOT / top).rglob("*"):
            if path.suffix in (".py", ".md", ".yaml", ".html", ".txt"):
                said = set(spoken.findall(path.read_text(encoding="utf-8")))
                found += len(said)
                gone |= {name: path for name in said if not (ROOT / name).exists()}
    assert found > 50
    assert gone == {}


def test_what_the_program_says_of_itself_is_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
