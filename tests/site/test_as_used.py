"""The site as it is used: the network is gone, a reader goes back and forward, a finger taps."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PAGE = "modules/perceptron.html"
FIGURE = "#fig-perceptron-training-steps"
OVERVIEW, MATH = "perceptron-tab-overview", "perceptron-tab-math"


def is_open(page: Page, tab: str) -> None:
    expect(page.locator(f"input:checked + #{tab}")).to_have_count(1)
    expect(page.locator(f"#{tab} + .sd-tab-content")).to_be_visible()


def is_shown(page: Page, *, there: bool) -> None:
    """Whether the picture of the player is there to see; the browser has to decide first."""
    picture = page.locator(f"{FIGURE} img:visible").first
    picture.evaluate("image => image.decode().catch(() => null)")
    assert picture.evaluate("image => image.naturalWidth > 0") == there


def step_back(page: Page, told: str) -> None:
    page.locator(FIGURE).get_by_role("button", name="Back").click()
    expect(page.locator(f"{FIGURE} output b")).to_have_text(told)


# --- the network is gone


def test_what_was_loaded_works_without_network(
    page: Page, context: BrowserContext, server: str
) -> None:
    page.goto(f"{server}/{PAGE}{FIGURE}")
    step_back(page, "update 13")
    is_shown(page, there=True)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    step_back(page, "update 12")
    is_shown(page, there=True)
    for label in page.locator(".sd-tab-set > label").all():
        label.click()
        is_open(page, str(label.get_attribute("id")))
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.locator(".theme-toggle:visible").first.click()  # from the system's, which is light
    assert page.evaluate(ground) != before


def test_what_was_not_loaded_says_so_and_comes_with_the_network(
    page: Page, context: BrowserContext, server: str
) -> None:
    """The picture's words stand in its place, and a button tells that it could not do its work."""
    page.goto(f"{server}/{PAGE}{FIGURE}")
    page.locator(f"{FIGURE} output").wait_for()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    step_back(page, "update 13")
    is_shown(page, there=False)
    expect(page.locator(f"{FIGURE} img:visible")).to_have_attribute("alt", re.compile("13 of 14"))
    page.locator(f"{FIGURE} .dlcv-save summary").click()
    for kind in ("SVG", "PNG"):
        button = page.locator(f"{FIGURE} .dlcv-save").get_by_role("button", name=kind)
        button.click()
        expect(button).to_have_text("Not available")
        expect(button).to_have_text(kind)
    context.set_offline(False)
    step_back(page, "update 12")
    is_shown(page, there=True)


def test_a_search_without_network_says_so(page: Page, context: BrowserContext, server: str) -> None:
    page.goto(f"{server}/search.html", wait_until="networkidle")
    context.set_offline(True)
    page.locator("#dlcv-search [name=q]").fill("perceptron")
    expect(page.locator("#dlcv-search-status")).to_contain_text("cannot be loaded")


# --- back and forward


def test_back_and_forward_keep_the_tab(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    page.locator(f"#{MATH}").click()
    page.locator(f"#{MATH} + .sd-tab-content a[href*='bibliography.html']").first.click()
    expect(page).to_have_url(re.compile("bibliography"))
    page.go_back()
    is_open(page, MATH)
    page.go_forward()
    expect(page).to_have_url(re.compile("bibliography"))


def test_back_and_forward_keep_the_frame(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}{FIGURE}")
    step_back(page, "update 13")
    page.goto(f"{server}/index.html")
    page.go_back()
    expect(page.locator(f"{FIGURE} output b")).to_have_text("update 13")
    expect(page.locator(FIGURE)).to_be_in_viewport()


def test_back_from_a_link_within_the_page_opens_the_tab_it_came_from(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    link = page.locator("a[href='#fig-perceptron-boundary']:visible").first
    link.click()
    is_open(page, "perceptron-tab-visualization")
    page.go_back()
    is_open(page, OVERVIEW)
    expect(link).to_be_in_viewport()
    page.go_forward()
    is_open(page, "perceptron-tab-visualization")


# --- a phone


def test_a_finger_opens_tabs_and_predicts(phone: Page, server: str) -> None:
    phone.goto(f"{server}/{PAGE}")
    phone.locator("#perceptron-tab-visualization").tap()
    is_open(phone, "perceptron-tab-visualization")
    predict = phone.locator(".predict").first
    predict.locator("label").nth(1).tap()
    expect(predict.locator(".answer")).to_be_visible()


def test_a_finger_steps_through_a_figure_and_drags_its_range(phone: Page, server: str) -> None:
    phone.goto(f"{server}/{PAGE}{FIGURE}")
    told = phone.locator(f"{FIGURE} output b")
    phone.locator(FIGURE).get_by_role("button", name="Back").tap()
    expect(told).to_have_text("update 13")
    at = phone.locator(f"{FIGURE} .dlcv-ranges input")
    at.scroll_into_view_if_needed()
    box = at.bounding_box()
    assert box is not None
    touch = phone.context.new_cdp_session(phone)
    for kind, share in (("touchStart", 0.9), ("touchMove", 0.6), ("touchMove", 0.02)):
        point = {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(told).to_have_text("update 0")
    is_shown(phone, there=True)
