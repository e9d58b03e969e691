"""The player of a swept figure as a reader uses it."""

import json
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

PAGE = "modules/perceptron.html"
FIGURE = "#fig-perceptron-training-steps"
DESK: ViewportSize = {"width": 1280, "height": 900}
N = 15


def open_player(page: Page, base: str, end: str = "") -> None:
    page.goto(f"{base}/{PAGE}{FIGURE}{end}")
    page.locator(f"{FIGURE} output").wait_for()


def shown(page: Page) -> str:
    return str(page.locator(f"{FIGURE} output b").inner_text())


def test_nothing_but_the_start_frame_is_fetched_before_the_first_step(
    page: Page, server: str
) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    open_player(page, server)
    page.wait_for_load_state("networkidle")
    steps = [url for url in asked if "training-steps" in url]
    assert len(steps) == 1
    assert steps[0].endswith("-light.svg")
    page.get_by_role("button", name="Back").click()
    page.wait_for_load_state("networkidle")
    stacks = {url.partition("#")[0] for url in asked if "stack" in url}
    assert len(stacks) == 1
    assert stacks.pop().endswith("-light-stack.svg")


def test_steps_change_picture_caption_text_and_address_together(page: Page, server: str) -> None:
    open_player(page, server)
    assert shown(page) == "update 14"
    page.get_by_role("button", name="Back").click()
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 13")
    picture = page.locator(f"{FIGURE} img.dlcv-light")
    expect(picture).to_have_attribute("src", re.compile(r"-light-stack\.svg#f13$"))
    expect(picture).to_have_attribute("alt", re.compile("Update 13 of 14"))
    expect(page.locator(f"{FIGURE} figcaption")).to_contain_text("The state after update 13 of 14")
    assert page.url.endswith(f"{FIGURE}&frame=13")
    page.get_by_role("button", name="On", exact=True).click()
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 14")


def test_the_frame_that_is_shown_is_the_one_that_was_drawn(page: Page, server: str) -> None:
    """A stack that shows its start, whatever is asked, would look right at first sight."""
    open_player(page, server, "&frame=3")
    three = pixels(page, 3)
    page.get_by_role("button", name="On", exact=True).click()
    four = pixels(page, 4)
    page.get_by_role("button", name="Back").click()
    assert three == pixels(page, 3)
    assert three != four


def pixels(page: Page, frame: int) -> str:
    """Return what the picture shows once it shows the frame."""
    picture = page.locator(f"{FIGURE} img.dlcv-light")
    expect(picture).to_have_attribute("src", re.compile(f"#f{frame}$"))
    return str(
        picture.evaluate("""async (image) => {
            await image.decode();
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [image.width, image.height];
            canvas.getContext("2d").drawImage(image, 0, 0);
            return canvas.toDataURL();
        }""")
    )


def test_the_keyboard_does_everything(page: Page, server: str) -> None:
    open_player(page, server)
    at = page.locator(f"{FIGURE} .dlcv-ranges input")
    at.focus()
    for key, told in (("Home", "update 0"), ("ArrowRight", "update 1"), ("End", "update 14"),
                      ("ArrowLeft", "update 13")):  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(f"{FIGURE} output b")).to_have_text(told)
    text = str(at.get_attribute("aria-valuetext"))
    assert text.startswith("update 13: Update 13 of 14")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def stand_still(page: Page) -> None:
    """Stop the page's clock: from now on time passes only where a test lets it."""
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))


def test_play_goes_from_the_start_to_the_end_and_stops(page: Page, server: str) -> None:
    page.clock.install()
    open_player(page, server)
    stand_still(page)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 0")
    page.clock.run_for(30_000)
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 14")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(
    ("motion", "speed", "first", "step"),
    [
        ("no-preference", "1", 300, 600),
        ("no-preference", "2", 300, 300),
        ("reduce", "4", 1000, 1000),
    ],
)
def test_play_keeps_its_pace(  # noqa: PLR0917  # a row of the table
    browser: Browser, server: str, motion: str, speed: str, first: int, step: int
) -> None:
    """The speed that is chosen; one step a second for who wants less motion."""
    with browser.new_context(viewport=DESK, reduced_motion=motion) as context:  # type: ignore[arg-type]  # a literal
        page = context.new_page()
        page.clock.install()
        open_player(page, server, "&frame=1")
        stand_still(page)
        page.locator(f"{FIGURE} select").select_option(speed)
        page.get_by_role("button", name="Play").click()
        page.clock.run_for(first + 5 * step - 10)
        expect(page.locator(f"{FIGURE} output b")).to_have_text("update 6")
        page.clock.run_for(20)
        expect(page.locator(f"{FIGURE} output b")).to_have_text("update 7")


def test_play_stops_out_of_sight(page: Page, server: str) -> None:
    open_player(page, server, "&frame=0")
    page.get_by_role("button", name="Play").click()
    page.locator("#perceptron-tab-math").click()
    page.locator("#perceptron-tab-visualization").click()
    page.locator(FIGURE).scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_an_address_opens_the_tab_and_the_frame(page: Page, server: str) -> None:
    open_player(page, server, "&frame=5")
    assert shown(page) == "update 5"
    expect(page.locator(FIGURE)).to_be_in_viewport()
    page.evaluate(f"location.hash = '{FIGURE}&frame=7'")
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 7")
    page.evaluate(f"location.hash = '{FIGURE}&frame=99'")
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 7")


def test_a_reader_takes_the_frame_away_as_svg_png_and_csv(page: Page, server: str) -> None:
    open_player(page, server, "&frame=5")
    page.locator(f"{FIGURE} .dlcv-save summary").click()
    found = {}
    for kind in ("SVG", "PNG", "CSV"):
        with page.expect_download() as download:
            page.locator(f"{FIGURE} .dlcv-save").get_by_role("button", name=kind).click()
        found[kind] = download.value.suggested_filename, download.value.path().read_bytes()
    assert [name for name, _ in found.values()] == [
        "perceptron-training-steps-5.svg", "perceptron-training-steps-5.png",
        "perceptron-training-steps.csv",
    ]  # fmt: skip
    svg = found["SVG"][1].decode()
    assert "update 5 of 14" in svg
    assert "update 6 of 14" not in svg
    assert found["PNG"][1].startswith(b"\x89PNG")
    width, height = struct.unpack(">II", found["PNG"][1][16:24])
    assert width > 900
    assert height > 800
    rows = found["CSV"][1].decode().splitlines()
    assert rows[0].startswith("step,updates,epoch,")
    assert len(rows) == 1 + N


def test_a_reader_copies_the_link_and_the_line_that_draws_it(browser: Browser, server: str) -> None:
    granted = ["clipboard-read", "clipboard-write"]
    with browser.new_context(viewport=DESK, permissions=granted) as context:
        page = context.new_page()
        open_player(page, server, "&frame=5")
        page.locator(f"{FIGURE} .dlcv-save summary").click()
        told = []
        for name in ("Python", "Link"):
            page.locator(f"{FIGURE} .dlcv-save").get_by_role("button", name=name).click()
            told.append(page.evaluate("navigator.clipboard.readText()"))
    assert told == [
        'dlcv_viz.draw("perceptron.training_steps", step=5)',
        f"{server}/{PAGE}{FIGURE}&frame=5",
    ]


def test_it_plays_from_a_folder_and_offers_what_it_can_give(
    context: BrowserContext, site: Path
) -> None:
    page = context.new_page()
    open_player(page, site.as_uri(), "&frame=2")
    page.get_by_role("button", name="On", exact=True).click()
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 3")
    page.locator(f"{FIGURE} .dlcv-save summary").click()
    names = page.locator(f"{FIGURE} .dlcv-save button").all_inner_texts()
    assert "CSV" in names
    assert not {"SVG", "PNG"} & set(names)


def test_another_theme_keeps_the_frame(page: Page, server: str) -> None:
    open_player(page, server, "&frame=5")
    page.get_by_role("button", name="Back").click()
    page.evaluate("document.body.dataset.theme = 'dark'")
    dark = page.locator(f"{FIGURE} img.dlcv-dark")
    expect(dark).to_be_visible()
    expect(dark).to_have_attribute("src", re.compile(r"-dark-stack\.svg#f4$"))


def test_paper_shows_the_key_frames(page: Page, server: str, tmp_path: Path) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/{PAGE}")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "sheet" in url], "on the screen it is not fetched"
    page.pdf(path=tmp_path / "page.pdf")
    assert [url for url in asked if url.endswith("-light-sheet.svg")]
    page.emulate_media(media="print")
    expect(page.locator(f"{FIGURE} .dlcv-light")).to_be_hidden()
    expect(page.locator(f"{FIGURE} .dlcv-player")).to_be_hidden()
    assert (
        page.locator(f"{FIGURE} .dlcv-sheet").evaluate("e => getComputedStyle(e).display")
        == "inline"
    )


def test_without_a_script_there_is_the_start_frame_and_a_link(
    browser: Browser, server: str
) -> None:
    with browser.new_context(java_script_enabled=False, viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}{FIGURE}")
        expect(page.locator(f"{FIGURE} img.dlcv-light")).to_be_visible()
        expect(page.get_by_role("link", name="Key frames")).to_be_visible()
        assert page.locator(f"{FIGURE} button").count() == 0


def test_the_script_and_the_first_load_keep_their_budgets(root: Path, site: Path) -> None:
    """8 KB of script; 25 KB for the start frame and what the player knows, before compression."""
    script = root / "_ext/dlcv_sphinx/static/dlcv-player.js"
    assert script.stat().st_size <= 8_000
    html = (site / PAGE).read_text()
    figure = re.search(r"<figure[^>]*data-frames.*?</figure>", html, re.DOTALL)
    assert figure is not None
    start = re.search(r'src="\.\./([^"]*-light\.svg)"', figure[0])
    assert start is not None
    data = re.search(r'application/json">(.*?)</script>', figure[0], re.DOTALL)
    assert data is not None
    assert len(json.loads(data[1])["alts"]) == N
    assert len(figure[0]) + (site / start[1]).stat().st_size <= 25_000
