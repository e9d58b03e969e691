"""The glossary, a list that can be relied on, and the notation."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page


@pytest.fixture(scope="module")
def glossary(site: Path) -> BeautifulSoup:
    """Return the page of the glossary."""
    html = (site / "reference/glossary.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def words(text: str) -> list[str]:
    return text.replace("\N{PILCROW SIGN}", "").split()


def test_terms_stand_in_alphabetical_order_below_their_letters(glossary: BeautifulSoup) -> None:
    letters = [a.get_text() for a in glossary.select(".letters a")]
    assert letters == sorted(letters)
    sections = glossary.select("section section")
    assert [" ".join(words(s.select("h2")[0].get_text())) for s in sections] == letters
    for letter, section in zip(letters, sections, strict=True):
        # Where an entry has several names, the first says where it stands.
        names = [" ".join(words(dt.get_text())).lower() for dt in section.select("dt:not(dt + dt)")]
        assert names == sorted(names)
        assert {name[0] for name in names} == {letter.lower()}


def test_a_definition_is_a_sentence_or_two(glossary: BeautifulSoup) -> None:
    definitions = glossary.select("dl.glossary dd")
    assert len(definitions) >= 90
    for definition in definitions:
        for markup in definition.select("annotation"):
            markup.decompose()
        text = " ".join(words(definition.get_text()))
        assert 5 <= len(text.split()) <= 60, text
        assert text.endswith("."), text


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["glossary", "notation"])
def test_neither_page_scrolls_sideways(page: Page, server: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server}/reference/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
