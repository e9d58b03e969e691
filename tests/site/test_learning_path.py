"""The learning path as a reader uses it: a picture whose stations are links."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

pytestmark = pytest.mark.browser

PATH = "reference/path.html"
SIZES: list[ViewportSize] = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
Box = tuple[float, float, float, float]


def box(page: Page, selector: str) -> Box:
    """Return left, top, right and bottom of the element that is seen."""
    found = page.locator(f"{selector}:visible").first.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def opened(page: Page, server: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(f"{server}/{PATH}")
    # Until it is there, a picture has the shape that its attributes tell.
    page.wait_for_function("""[...document.querySelectorAll(".dlcv-linked img")].some(
        image => image.checkVisibility() && image.complete && image.naturalWidth)""")


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_each_link_lies_over_the_number_of_its_station(
    page: Page, server: str, size: ViewportSize
) -> None:
    opened(page, server, size)
    image = page.locator(".dlcv-linked img:visible")
    svg = page.request.get(str(image.evaluate("image => image.src"))).text()
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    texts = {
        text: (float(x) / width, float(y) / height)
        for x, y, text in re.findall(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<', svg)
    }
    left, top, right, bottom = box(page, ".dlcv-linked img")
    links = page.locator(".dlcv-links a")
    assert links.count() >= 1
    for k, link in enumerate(links.all()):
        x, y = texts[str(k + 1)]
        found = link.bounding_box()
        assert found is not None
        assert found["x"] < left + x * (right - left) < found["x"] + found["width"]
        assert found["y"] < top + y * (bottom - top) < found["y"] + found["height"]


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_links_stay_over_a_picture_that_is_wider_than_a_phone(
    page: Page, server: str, size: ViewportSize
) -> None:
    """A longer course has the wide picture; here the one that is there is said to be wide."""
    opened(page, server, size)
    page.evaluate("""for (const image of document.querySelectorAll(".dlcv-linked img"))
        image.setAttribute("width", 747)""")
    assert box(page, ".dlcv-links") == pytest.approx(box(page, ".dlcv-linked img"), abs=0.6)
    frame = page.locator(".dlcv-picture:visible")
    excess = "element => element.scrollWidth - element.clientWidth"
    assert (frame.evaluate(excess) > 100) == (size["width"] < 560)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    frame.evaluate("element => element.scrollTo(9999, 0)")
    assert box(page, ".dlcv-links") == pytest.approx(box(page, ".dlcv-linked img"), abs=0.6)


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_a_click_opens_the_module_whose_title_is_shown(
    page: Page, server: str, size: ViewportSize
) -> None:
    opened(page, server, size)
    link = page.locator(".dlcv-links").get_by_role("link", name="The Perceptron", exact=True)
    title = link.locator("span")
    assert title.evaluate("element => getComputedStyle(element).opacity") == "0"
    link.hover()
    expect(title).to_have_css("opacity", "1")
    expect(title).to_be_in_viewport(ratio=1)
    link.click()
    expect(page.locator("h1")).to_contain_text("The Perceptron")


def test_the_keyboard_reaches_a_module_and_sees_where_it_is(page: Page, server: str) -> None:
    opened(page, server, SIZES[0])
    first = page.locator(".dlcv-links a").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    expect(first).to_be_focused()
    expect(first.locator("span")).to_have_css("opacity", "1")
    expect(first).to_have_css("outline-style", "solid")
    name = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(name)


def test_print_has_the_picture_without_the_links(page: Page, server: str) -> None:
    opened(page, server, SIZES[0])
    page.emulate_media(media="print")
    expect(page.locator(".dlcv-linked .dlcv-light")).to_be_visible()
    expect(page.locator(".dlcv-links")).to_be_hidden()
