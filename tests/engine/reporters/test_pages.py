"""The shell of every page: safe, self-contained, usable by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from thamdinh.engine.reporters import pages

HOSTILE = '<script>document.title = "taken"</script>"\' onerror=alert(1)'


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A page with hostile data, as a file."""
    environment: Environment = pages._environment().overlay()
    assert environment.loader is not None
    source = environment.loader.get_source(environment, "base.html")[0]
    style = environment.loader.get_source(environment, "base.css")[0]
    body = '{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}{% block main %}<h1>{{ name }}</h1><a href="#x">x</a>{% endblock %}'
    environment.loader = DictLoader({"base.html": source, "base.css": style, "body.html": body})
    environment.cache = None
    monkeypatch.setattr(pages, "_environment", lambda: environment)
    path = tmp_path / "page.html"
    path.write_text(pages.page("body.html", "vi", name=HOSTILE), encoding="utf-8")
    return path


def test_data_come_out_as_text_and_nothing_is_fetched(browser: Any, written: Path) -> None:
    browser.get(written.as_uri())
    assert browser.title == HOSTILE
    assert browser.find_element("tag name", "h1").text == HOSTILE
    assert browser.find_element("tag name", "html").get_attribute("lang") == "vi"
    assert [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]] == []


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser: Any, written: Path) -> None:
    browser.get(written.as_uri())
    browser.switch_to.active_element.send_keys("\ue004")
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    browser.switch_to.active_element.send_keys("\ue007")
    assert browser.switch_to.active_element.get_attribute("id") == "main"


def test_a_value_nobody_gave_is_an_error_not_a_blank() -> None:
    with pytest.raises(Exception, match="undefined"):
        pages._environment().from_string("{{ absent }}").render()
