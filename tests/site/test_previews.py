"""Previews beside links, as readers with a mouse, a keyboard, a finger or paper meet them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

pytestmark = pytest.mark.browser

PAGE = "modules/perceptron.html"
FORMULA = "a[href='#equation-eq-perceptron-convergence']"
EXAMPLE = "a[href='#ex-perceptron-xor-cycle']"
FIGURE = "a[href='#fig-perceptron-boundary']"
PLAYER = "a[href='#fig-perceptron-training-steps']"
TERM = "a[href*='#term-hyperplane']"
CITATION = "a[href*='bibliography.html#']"
WAIT = 500  # ms: longer than the delays of 300 and 250


def link(page: Page, selector: str) -> Locator:
    """Return the first visible link, in the middle of the window."""
    found = page.locator(f"article {selector}").filter(visible=True).first
    found.evaluate("link => link.scrollIntoView({block: 'center', behavior: 'instant'})")
    return found


def preview(page: Page) -> Locator:
    return page.locator("#dlcv-preview")


def hover(page: Page, selector: str) -> Locator:
    """Rest on the first visible link, coming from afar; return its preview."""
    page.mouse.move(1, 1)
    expect(preview(page)).to_be_hidden()
    link(page, selector).hover()
    expect(preview(page)).to_be_visible()
    return preview(page)


def test_a_formula_comes_with_number_title_and_folded_symbols(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, FORMULA)
    expect(shown.locator(".formula-number")).to_have_text("2.7")
    expect(shown.locator(".formula-title")).to_have_text("Mistake bound")
    expect(shown.locator("math[display=block]")).to_be_visible()
    expect(shown.locator("summary")).to_have_text("Symbols")
    expect(shown.locator("details table")).to_be_hidden()
    shown.locator("summary").click()
    expect(shown.locator("details table")).to_be_visible()


def test_an_example_comes_with_its_table_and_a_figure_with_its_caption(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, EXAMPLE)
    expect(shown).to_contain_text("XOR never ends")
    expect(shown.locator("tr.is-wrong")).to_have_count(4)
    shown = hover(page, FIGURE)
    expect(shown.locator("figcaption")).to_contain_text("The line after 14 updates")
    picture = shown.locator("img.dlcv-light")
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")
    expect(shown.locator("img.dlcv-dark")).to_be_hidden()
    page.evaluate("document.body.dataset.theme = 'dark'")
    expect(shown.locator("img.dlcv-dark")).to_be_visible()
    expect(picture).to_be_hidden()


def test_a_term_comes_with_its_definition_and_a_citation_with_its_text(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, TERM)
    expect(shown.locator("dt")).to_have_text("hyperplane")
    expect(shown.locator("dd")).to_contain_text("a line in the plane")
    expect(shown.locator("dd")).to_have_count(1)
    shown = hover(page, CITATION)
    expect(shown).to_contain_text("Frank Rosenblatt. The perceptron: a probabilistic model")
    expect(shown.get_by_role("link", name="doi:10.1037/h0042519")).to_be_visible()
    expect(shown.locator(".label")).to_have_count(0)


def test_a_copy_repeats_no_id_holds_no_controls_and_leads_where_the_original_leads(
    page: Page, server: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})  # the player's figure is not in sight
    page.goto(f"{server}/{PAGE}")
    for selector in (FORMULA, EXAMPLE, FIGURE, TERM, CITATION, PLAYER):
        if selector == PLAYER:
            page.locator("#perceptron-tab-visualization").click()
        shown = hover(page, selector)
        assert shown.inner_text().strip(), selector
        controls = "script, noscript, button, input, select, output, .headerlink, [id], [name]"
        assert shown.locator(controls).count() == 0, selector
        page.keyboard.press("Escape")
    page.locator("#perceptron-tab-overview").click()
    hover(page, TERM)
    led = preview(page).locator("a").evaluate_all("links => links.map(link => link.href)")
    home = f"{server}/{PAGE}"
    assert led == [home, f"{home}#equation-eq-point-plane-distance"]


def test_nothing_is_fetched_before_it_is_asked_for_and_nothing_twice(
    page: Page, server: str
) -> None:
    asked = list[str]()
    kinds = {"document", "fetch", "xhr"}  # pictures come as they come into sight

    def note(request: Request) -> None:
        if request.resource_type in kinds:
            asked.append(request.url)

    page.on("request", note)
    page.goto(f"{server}/{PAGE}")
    page.wait_for_load_state("networkidle")
    before = len(asked)
    assert before > 0
    hover(page, FORMULA)
    assert len(asked) == before
    for _ in range(2):
        hover(page, TERM)
        hover(page, "a[href*='#term-online-learning']")
    assert asked[before:] == [f"{server}/reference/glossary.html"]


def test_a_pointer_has_to_rest_on_the_link(page: Page, server: str) -> None:
    page.clock.install(time=0)
    page.goto(f"{server}/{PAGE}")
    page.clock.pause_at(60_000)
    link(page, FORMULA).hover()
    page.clock.run_for(200)
    page.mouse.move(1, 1)
    page.clock.run_for(2_000)
    expect(preview(page)).to_be_hidden()
    link(page, FORMULA).hover()
    page.clock.run_for(400)
    expect(preview(page)).to_be_visible()


def test_it_stays_while_the_pointer_is_in_it_and_goes_when_it_leaves(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, FORMULA)
    shown.locator(".formula-title").hover()
    page.wait_for_timeout(WAIT)
    expect(shown).to_be_visible()
    page.mouse.move(1, 1)
    expect(shown).to_be_hidden()


def test_escape_closes_it_until_the_pointer_comes_again(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, FORMULA)
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    page.wait_for_timeout(WAIT)
    expect(shown).to_be_hidden()
    hover(page, FORMULA)


def test_the_keyboard_opens_it_stays_with_the_focus_and_follows_the_link(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    page.locator(".sd-tab-set > input").first.focus()
    for _ in range(10):  # past what is linked before it
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href") == "#equation-eq-perceptron-convergence":
            break
    expect(preview(page)).to_contain_text("Mistake bound")
    before = preview(page).bounding_box()
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(WAIT)
    after = preview(page).bounding_box()
    assert before is not None
    assert after is not None
    assert before["y"] - after["y"] == pytest.approx(60, abs=1), (
        "beside its link in spite of scrolling"
    )
    page.keyboard.press("Tab")
    expect(preview(page)).to_contain_text("XOR never ends")
    page.keyboard.press("Escape")
    expect(preview(page)).to_be_hidden()
    expect(page.locator(":focus")).to_have_attribute("href", "#ex-perceptron-xor-cycle")
    page.keyboard.press("Enter")
    expect(page.locator("#ex-perceptron-xor-cycle")).to_be_in_viewport()


def test_a_click_follows_the_link_and_closes_the_preview(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, FORMULA)
    page.locator(f"article {FORMULA}").filter(visible=True).first.click()
    expect(page.locator("#equation-eq-perceptron-convergence")).to_be_in_viewport()
    expect(shown).to_be_hidden()
    page.goto(f"{server}/{PAGE}#perceptron-tab-overview")
    link(page, FORMULA).click()  # at once, before a preview could open
    expect(page.locator("#equation-eq-perceptron-convergence")).to_be_in_viewport()
    page.wait_for_timeout(WAIT)
    expect(shown).to_be_hidden()


def test_a_tap_follows_the_link(browser: Browser, server: str) -> None:
    with browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}")
        link(page, FORMULA).tap()
        expect(page.locator("#equation-eq-perceptron-convergence")).to_be_in_viewport()
        page.wait_for_timeout(WAIT)
        expect(preview(page)).to_be_hidden()


def test_on_a_phone_nothing_covers_the_text(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/{PAGE}")
    link(page, FORMULA).hover()
    page.wait_for_timeout(WAIT)
    expect(preview(page)).to_be_hidden()


@pytest.mark.parametrize("size", [(660, 500), (1280, 900)])
def test_it_lies_in_the_window_and_not_over_its_link(
    page: Page, server: str, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server}/{PAGE}")
    for selector in (FIGURE, TERM):
        for block in ("start", "center", "end"):
            page.mouse.move(1, 1)
            expect(preview(page)).to_be_hidden()
            at = link(page, selector)
            at.evaluate("(link, block) => link.scrollIntoView({block, behavior: 'instant'})", block)
            at.hover()
            expect(preview(page)).to_be_visible()
            box, beside = preview(page).bounding_box(), at.bounding_box()
            assert box is not None
            assert beside is not None
            told = f"{selector} at the {block}: {box}"
            assert box["x"] >= 0, told
            assert box["y"] >= 0, told
            assert box["x"] + box["width"] <= width, told
            assert box["y"] + box["height"] <= height, told
            below = box["y"] >= beside["y"] + beside["height"]
            above = box["y"] + box["height"] <= beside["y"]
            assert below or above, told


def test_what_is_in_sight_is_marked_instead_of_copied(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.goto(f"{server}/{PAGE}#fig-perceptron-training-steps")
    figure = page.locator("#fig-perceptron-training-steps")
    page.locator(f"article {PLAYER}").filter(visible=True).first.hover()
    expect(figure).to_have_css("outline-style", "solid")
    expect(preview(page)).to_be_hidden()
    page.mouse.move(1, 1)
    expect(figure).to_have_css("outline-style", "none")


def test_a_screen_reader_hears_of_details_and_of_a_source_its_text(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    hover(page, FORMULA)
    at = page.locator(f"article {FORMULA}").first
    expect(at).to_have_attribute("aria-details", "dlcv-preview")
    assert at.get_attribute("aria-describedby") is None
    page.keyboard.press("Escape")
    assert at.get_attribute("aria-details") is None
    source = link(page, CITATION)
    assert not source.get_attribute("title"), "the browser would show it over the preview"
    expect(source).to_have_accessible_description(re.compile("Frank Rosenblatt.*h0042519"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_a_plate_of_the_theme_without_needless_motion(
    page: Page, server: str, theme: str
) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # a literal
    page.goto(f"{server}/{PAGE}")
    shown = hover(page, TERM)
    plate = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 35)"}[theme]
    expect(shown).to_have_css("background-color", plate)
    expect(shown).to_have_css("border-top-left-radius", "14px")
    expect(shown).to_have_css("animation-name", "none")
    page.emulate_media(forced_colors="active")
    expect(shown).to_have_css("border-top-style", "solid")
    assert shown.evaluate("box => getComputedStyle(box).borderTopColor") == shown.evaluate(
        "box => getComputedStyle(box).color"
    )
    page.emulate_media(media="print")
    expect(shown).to_be_hidden()


def test_in_a_folder_it_shows_what_is_at_hand_and_never_complains(page: Page, site: Path) -> None:
    said = list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.as_uri()}/{PAGE}")
    expect(hover(page, FORMULA)).to_contain_text("Mistake bound")
    expect(hover(page, CITATION)).to_contain_text("Frank Rosenblatt. The perceptron")
    link(page, TERM).hover()
    page.wait_for_timeout(WAIT)
    expect(preview(page)).to_be_hidden()
    assert said == []
    link(page, TERM).click()
    expect(page.locator("#term-hyperplane")).to_be_in_viewport()


def test_without_a_connection_the_link_works_as_ever_and_the_preview_comes_with_it(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    page.route("**/glossary.html", lambda route: route.abort())
    link(page, TERM).hover()
    page.wait_for_timeout(WAIT)
    expect(preview(page)).to_be_hidden()
    page.unroute("**/glossary.html")
    hover(page, TERM)
    link(page, TERM).click()
    expect(page.locator("#term-hyperplane")).to_be_in_viewport()


def test_the_script_keeps_its_budget(root: Path) -> None:
    script = root / "_ext/dlcv_sphinx/static/dlcv-previews.js"
    assert script.stat().st_size <= 3_500
