"""Swept figures: what a page holds for the player, and what is there without it."""

import json
import re
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


@pytest.fixture
def swept(mini: MiniSite) -> MiniSite:
    mini.module(GROW + PLANE)
    mini.page(PAGE)
    return mini


def data_of(built: Built) -> Any:
    return json.loads(only(only(built.page().find(class_="dlcv-player")).find("script")).get_text())


def test_a_page_shows_the_start_frame_and_knows_where_the_others_are(swept: MiniSite) -> None:
    built = swept.build()
    assert (built.status, built.problems) == (0, "")
    figure = only(built.page().find("figure"))
    assert figure["data-frames"] == "3"
    light, dark, sheet = figure.find_all("img")
    for image, theme in ((light, "light"), (dark, "dark")):
        assert image["class"] == [f"dlcv-{theme}"]
        assert image["alt"] == 'Frame 3 of 3: many, "quoted".'
        assert str(image["src"]).endswith(f"-{theme}.svg")
        assert str(image["data-stack"]).endswith(f"-{theme}-stack.svg")
        assert (built.out / str(image["data-stack"])).is_file()
    assert sheet["class"] == ["dlcv-sheet"]
    assert {p.name.rpartition("-")[2] for p in (built.out / "_images").iterdir()} == {
        "light.svg", "dark.svg", "stack.svg", "sheet.svg",
    }  # fmt: skip
    assert len(list((built.out / "_images").iterdir())) == 5


def test_without_a_script_there_is_a_link_to_the_key_frames(swept: MiniSite) -> None:
    built = swept.build()
    link = only(only(built.page().find("noscript")).find("a"))
    sheet = (built.out / str(link["href"])).read_text()
    assert all(f">points {k}</text>" in sheet for k in (2, 3, 4))


def test_the_player_knows_every_frame(swept: MiniSite) -> None:
    data = data_of(swept.build())
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


def test_a_caption_marks_the_facts_that_follow_the_frames(swept: MiniSite) -> None:
    caption = only(swept.build().page().find("figcaption"))
    told = [(s["data-live"], s.get_text()) for s in caption.select("span[data-live]")]
    assert told == [("0", "3"), ("1", "\N{MINUS SIGN}3"), ("2", "3")]
    assert only(caption.find("strong")).get_text() == "3"


def test_a_formula_that_could_not_follow_the_frames_is_refused(swept: MiniSite) -> None:
    swept.page(PAGE.replace("**{k}**", r"$k = \fact{k}$"))
    built = swept.build()
    assert "a formula cannot follow the frames: quote 'k' beside it" in built.problems
    assert built.status == 1


@pytest.mark.parametrize(("builder", "count"), [("latex", 3), ("epub", 1), ("text", 0)])
def test_paper_gets_the_key_frames(swept: MiniSite, builder: str, count: int) -> None:
    swept.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    swept.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    built = swept.build(builder)
    assert (built.status, built.problems) == (0, "")
    assert len([p for p in built.out.rglob("toy-grow-*") if p.suffix in {".pdf", ".svg"}]) == count
    name = {"latex": "mini.tex", "epub": "index.xhtml", "text": "index.txt"}[builder]
    text = (built.out / name).read_text(encoding="utf-8")
    assert "lowest \N{MINUS SIGN}3, of 3" in text
    assert "data-live" not in text
    if builder == "latex":
        assert text.count(r"\sphinxincludegraphics[width=0.480\linewidth]") == 3
        assert "points 2 · points 3" in text


def test_two_parameters_make_every_pair(swept: MiniSite) -> None:
    swept.page("# T\n\n```{dlcv-figure} toy.plane\n:name: fig-plane\nSum {sum}.\n```\n")
    data = data_of(swept.build())
    assert data["start"] == 2
    assert data["live"] == [["11", "21", "31", "12", "22", "32"]]
    assert data["call"] == 'dlcv_viz.draw("toy.plane", a=%0, b=%1)'


@pytest.mark.browser
def test_two_sliders_move_a_figure_of_two_parameters(swept: MiniSite, browser: Browser) -> None:
    swept.page("# T\n\n```{dlcv-figure} toy.plane\n:name: fig-plane\nSum {sum}.\n```\n")
    page = opened(browser, swept.build().out)
    first, second = page.locator(".dlcv-ranges input").all()
    assert (first.input_value(), second.input_value()) == ("0", "2")
    first.press("End")
    expect(page.locator("output b")).to_have_text("a 2, b 30")
    second.press("Home")
    expect(page.locator("figcaption [data-live]")).to_have_text("12")
    expect(page.locator("img.dlcv-light")).to_have_attribute("src", re.compile("#f3$"))


@pytest.mark.browser
def test_no_text_of_a_fact_becomes_markup(swept: MiniSite, browser: Browser) -> None:
    page = opened(browser, swept.build().out)
    page.locator(".dlcv-ranges input").press("Home")
    expect(page.locator("img.dlcv-light")).to_have_attribute("alt", "Frame 2 of 3: </script><b>.")
    assert page.locator("figure b").count() == 1, "that of the readout"


def opened(browser: Browser, out: Path) -> Page:
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto((out / "index.html").as_uri())
    page.locator(".dlcv-player output").wait_for()
    return page
