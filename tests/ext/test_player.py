"""Swept figures: what a page holds for the player, and what is there without it."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from minisite import Built, MiniSite, only

GROW = """
@figure(
    alt="Frame {k} of {frames}: {said}.",
    sweep=Sweep("k", (2, 3, 4), label="points", start=1),
)
def grow(*, k: int = 2, m: int = 1) -> Drawing:
    '''Grow.'''
    said = "</script><b>" if k == 2 else "many, \\"quoted\\""
    return Drawing(picture(k), facts={"k": k, "low": -k, "said": said, "each": [0.5] * (k - 1)})
"""
PLANE = """
@figure(
    alt="Over {a} and {b}: {sum}, a number.",
    sweep=(Sweep("a", (1, 2), label="a", start=0), Sweep("b", (10, 20, 30), label="b")),
)
def plane(*, a: int = 1, b: int = 10) -> Drawing:
    '''Two parameters.'''
    return Drawing(picture(a + 2), facts={"a": a, "b": b, "sum": a + b})
"""
PAGE = """# T

```{dlcv-figure} toy.grow
:name: fig-grow
:args: m=5
Points: **{k}**, lowest {low}, of {frames}.
```
"""
PAIRS = """# T

```{dlcv-figure} toy.plane
:name: fig-plane
Sum {sum}.
```
"""


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Callable[[str], Built]:
    """Build once with each builder: a page with one slider, another with two."""
    shared.module(GROW + PLANE)
    shared.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    shared.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    shared.page(PAGE + "\n```{toctree}\npairs\n```\n")
    shared.page(PAIRS, "pairs")
    return cache(shared.build)


@pytest.fixture(scope="module")
def html(built: Callable[[str], Built]) -> Built:
    """Return the site as a browser gets it."""
    return built("html")


def data_of(built: Built, page: str = "index") -> Any:
    player = only(built.page(page).find(class_="dlcv-player"))
    return json.loads(only(player.find("script")).get_text())


def test_a_page_shows_the_start_frame_and_knows_where_the_others_are(html: Built) -> None:
    assert (html.status, html.problems) == (0, "")
    figure = only(html.page().find("figure"))
    assert figure["data-frames"] == "3"
    light, dark, sheet = figure.find_all("img")
    for image, theme in ((light, "light"), (dark, "dark")):
        assert image["class"] == [f"dlcv-{theme}"]
        assert image["alt"] == 'Frame 3 of 3: many, "quoted".'
        assert str(image["src"]).endswith(f"-{theme}.svg")
        assert str(image["data-stack"]).endswith(f"-{theme}-stack.svg")
        assert (html.out / str(image["data-stack"])).is_file()
    assert sheet["class"] == ["dlcv-sheet"]
    pictures = [p.name for p in (html.out / "_images").glob("toy-grow-*")]
    assert {name.rpartition("-")[2] for name in pictures} == {
        "light.svg", "dark.svg", "stack.svg", "sheet.svg",
    }  # fmt: skip
    assert len(pictures) == 5


def test_without_a_script_there_is_a_link_to_the_key_frames(html: Built) -> None:
    link = only(only(html.page().find("noscript")).find("a"))
    sheet = (html.out / str(link["href"])).read_text()
    assert all(f">points {k}</text>" in sheet for k in (2, 3, 4))


def test_the_player_knows_every_frame(html: Built) -> None:
    data = data_of(html)
    assert data["start"] == 1
    assert data["sweeps"] == [
        {"label": "points", "values": ["2", "3", "4"], "literals": ["2", "3", "4"]}
    ]
    assert data["alts"][0] == "Frame 2 of 3: </script><b>."
    assert data["call"] == 'dlcv_viz.draw("toy.grow", m=5, k=%0)'
    minus = "\N{MINUS SIGN}"
    assert data["live"] == [
        ["2", "3", "4"],
        [f"{minus}2", f"{minus}3", f"{minus}4"],
        ["3", "3", "3"],
    ]
    assert data["table"] == [
        ["k", "low", "said", "each[0]", "each[1]", "each[2]"],
        [2, -2, "</script><b>", 0.5, None, None],
        [3, -3, 'many, "quoted"', 0.5, 0.5, None],
        [4, -4, 'many, "quoted"', 0.5, 0.5, 0.5],
    ]


def test_a_caption_marks_the_facts_that_follow_the_frames(html: Built) -> None:
    caption = only(html.page().find("figcaption"))
    told = [(s["data-live"], s.get_text()) for s in caption.select("span[data-live]")]
    assert told == [("0", "3"), ("1", "\N{MINUS SIGN}3"), ("2", "3")]
    assert only(caption.find("strong")).get_text() == "3"


def test_a_formula_that_could_not_follow_the_frames_is_refused(mini: MiniSite) -> None:
    mini.module(GROW)
    mini.page(PAGE.replace("**{k}**", r"$k = \fact{k}$"))
    built = mini.build()
    assert "a formula cannot follow the frames: quote 'k' beside it" in built.problems
    assert built.status == 1


@pytest.mark.parametrize(("builder", "count"), [("latex", 3), ("epub", 1), ("text", 0)])
def test_paper_gets_the_key_frames(built: Callable[[str], Built], builder: str, count: int) -> None:
    made = built(builder)
    assert (made.status, made.problems) == (0, "")
    assert len([p for p in made.out.rglob("toy-grow-*") if p.suffix in {".pdf", ".svg"}]) == count
    name = {"latex": "mini.tex", "epub": "index.xhtml", "text": "index.txt"}[builder]
    text = (made.out / name).read_text(encoding="utf-8")
    assert "lowest \N{MINUS SIGN}3, of 3" in text
    assert "data-live" not in text
    if builder == "latex":
        assert text.count(r"\sphinxincludegraphics[width=0.480\linewidth]{{toy-grow-") == 3
        assert "points 2 · points 3" in text


def test_two_parameters_make_every_pair(html: Built) -> None:
    data = data_of(html, "pairs")
    assert data["start"] == 2
    assert data["live"] == [["11", "21", "31", "12", "22", "32"]]
    assert data["call"] == 'dlcv_viz.draw("toy.plane", a=%0, b=%1)'


@pytest.mark.browser
def test_two_sliders_move_a_figure_of_two_parameters(html: Built, browser: Browser) -> None:
    page = opened(browser, html.out / "pairs.html")
    first, second = page.locator(".dlcv-ranges input").all()
    assert (first.input_value(), second.input_value()) == ("0", "2")
    first.press("End")
    expect(page.locator("output b")).to_have_text("a 2, b 30")
    second.press("Home")
    expect(page.locator("figcaption [data-live]")).to_have_text("12")
    expect(page.locator("img.dlcv-light")).to_have_attribute("src", re.compile("#f3$"))


@pytest.mark.browser
def test_no_text_of_a_fact_becomes_markup(html: Built, browser: Browser) -> None:
    page = opened(browser, html.out / "index.html")
    page.locator(".dlcv-ranges input").press("Home")
    expect(page.locator("img.dlcv-light")).to_have_attribute("alt", "Frame 2 of 3: </script><b>.")
    assert page.locator("figure b").count() == 1, "that of the readout"


def opened(browser: Browser, path: Path) -> Page:
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto(path.as_uri())
    page.locator(".dlcv-player output").wait_for()
    return page
