"""The site as a reader uses it, in Chromium: each test is a promise to the reader."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

PAGE = "modules/perceptron.html"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


def open_tab(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.sd-tab-set > input:checked + label').id"))


@pytest.mark.parametrize("path", ["index.html", PAGE, "reference/bibliography.html", "search.html"])
@pytest.mark.parametrize("way", ["server", "file"])
def test_no_page_complains_or_asks_another_host(
    page: Page, server: str, site: Path, path: str, way: str
) -> None:
    base = server if way == "server" else site.as_uri()
    said, asked = list[str](), list[str]()
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/{path}")
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith((base, "data:"))] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("path", ["index.html", PAGE])
def test_no_page_scrolls_sideways(page: Page, server: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server}/{path}")
    excess = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(excess) <= 0
    for label in page.locator(".sd-tab-set > label").all():
        label.click()
        assert page.evaluate(excess) <= 0, label.inner_text()


def test_a_link_to_a_formula_opens_its_tab_and_shows_it(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#equation-eq-perceptron-convergence")
    formula = page.locator("#equation-eq-perceptron-convergence")
    expect(formula).to_be_visible()
    expect(formula).to_be_in_viewport()
    assert open_tab(page) == "perceptron-tab-math"
    # Not below the tabs, which stay in sight.
    assert formula.bounding_box()["y"] >= 40  # type: ignore[index]  # it is visible


def test_a_link_within_the_page_opens_the_tab_of_its_target(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    assert open_tab(page) == "perceptron-tab-overview"
    link = page.locator("a[href='#fig-perceptron-boundary']:visible").first
    link.click()
    expect(page.locator("#fig-perceptron-boundary")).to_be_in_viewport()
    assert open_tab(page) == "perceptron-tab-visualization"


def test_a_second_click_on_the_same_link_opens_the_tab_again(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#fig-perceptron-boundary")
    page.locator("#perceptron-tab-overview").click()
    page.evaluate("history.replaceState(null, '', '#fig-perceptron-boundary')")
    page.locator("a[href='#fig-perceptron-boundary']:visible").first.click()
    expect(page.locator("#fig-perceptron-boundary")).to_be_visible()


def test_a_link_from_another_page_opens_the_tab(page: Page, server: str) -> None:
    page.goto(f"{server}/index.html")
    page.evaluate(f"location.href = '{PAGE}#ex-perceptron-xor-cycle'")
    expect(page.locator("#ex-perceptron-xor-cycle")).to_be_in_viewport()


def test_a_search_in_the_page_reaches_closed_tabs(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#:~:text=Cauchy")
    page.wait_for_function(
        "document.querySelector('#perceptron-tab-summary-title').checkVisibility()"
    )
    assert open_tab(page) == "perceptron-tab-summary"


def test_tabs_follow_the_arrow_keys_and_the_address_follows_the_tabs(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{PAGE}")
    page.locator(".sd-tab-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert open_tab(page) == "perceptron-tab-key-concepts"
    assert page.url.endswith("#perceptron-tab-key-concepts")
    expect(page.get_by_text("1. A weighted sum and a threshold").first).to_be_visible()


def test_the_open_tab_is_marked_in_the_contents(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(f"{server}/{PAGE}#perceptron-tab-math")
    marked = page.locator(".toc-tree [aria-current='true']")
    expect(marked).to_have_text("Math")


def test_print_holds_all_six_tabs(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    page.emulate_media(media="print")
    for title in page.locator(".dlcv-tab-title").all():
        expect(title).to_be_visible()
    expect(page.locator("#equation-eq-cover-count")).to_be_visible()
    expect(page.locator(".sd-tab-label").first).to_be_hidden()


def test_without_script_a_link_opens_its_tab(browser: Browser, server: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}#equation-eq-margin")
        expect(page.locator("#equation-eq-margin")).to_be_visible()
        page.goto(f"{server}/{PAGE}")
        page.locator(".sd-tab-label", has_text="Math").click()
        expect(page.locator("#equation-eq-margin")).to_be_visible()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_figures_follow_the_system_and_the_switch(
    browser: Browser, server: str, system: str
) -> None:
    other = {"light": "dark", "dark": "light"}[system]
    with browser.new_context(color_scheme=system, viewport=DESK) as context:  # type: ignore[arg-type]  # a literal
        page = context.new_page()
        pictures = list[str]()
        page.on("request", lambda r: pictures.append(r.url) if r.url.endswith(".svg") else None)
        page.goto(f"{server}/{PAGE}#fig-perceptron-boundary")
        figure = page.locator("#fig-perceptron-boundary")
        expect(figure.locator(f".dlcv-{system}")).to_be_visible()
        expect(figure.locator(f".dlcv-{other}")).to_be_hidden()
        page.wait_for_load_state("networkidle")
        assert not [url for url in pictures if url.endswith(f"-{other}.svg") and "_images" in url]
        page.evaluate(f"document.body.dataset.theme = '{other}'")
        expect(figure.locator(f".dlcv-{other}")).to_be_visible()
        expect(figure.locator(f".dlcv-{system}")).to_be_hidden()


def test_without_script_figures_follow_the_system(browser: Browser, server: str) -> None:
    options = {"java_script_enabled": False, "color_scheme": "dark", "viewport": DESK}
    with browser.new_context(**options) as context:  # type: ignore[arg-type]  # as the names say
        page = context.new_page()
        page.goto(f"{server}/{PAGE}#fig-perceptron-boundary")
        expect(page.locator("#fig-perceptron-boundary .dlcv-dark")).to_be_visible()
        expect(page.locator("#fig-perceptron-boundary .dlcv-light")).to_be_hidden()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(15, 20, 25)"


def test_print_is_light_on_a_dark_system(browser: Browser, server: str) -> None:
    with browser.new_context(color_scheme="dark", viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}")
        page.emulate_media(media="print")
        expect(page.locator("#fig-perceptron-boundary .dlcv-light")).to_be_visible()
        expect(page.locator("#fig-perceptron-boundary .dlcv-dark")).to_be_hidden()


def test_a_prediction_shows_its_answer_after_a_choice(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#perceptron-tab-visualization")
    predict = page.locator(".predict").first
    expect(predict.locator(".answer")).to_be_hidden()
    predict.locator("label").nth(2).click()
    expect(predict.locator(".answer")).to_be_visible()
    expect(page.locator(".predict").nth(1).locator(".answer")).to_be_hidden()


def test_a_question_folds_out_by_the_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#perceptron-tab-summary")
    question = page.locator("details.question").first
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question.locator(".fold-out-body")).to_be_visible()


def test_formulas_are_set_in_the_font_that_the_site_brings(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#perceptron-tab-math")
    page.wait_for_function("document.fonts.check('16px \"DLCV Math\"')")
    formula = page.locator("#equation-eq-perceptron-convergence math").first
    assert "DLCV Math" in formula.evaluate("e => getComputedStyle(e).fontFamily")
    # A parenthesis around a fraction stretches: it is taller than one in a line of text.
    tall = formula.locator("mo", has_text="(").first.bounding_box()
    flat = page.locator("#equation-eq-point-plane-distance mo", has_text="(").first.bounding_box()
    assert tall is not None
    assert flat is not None
    assert tall["height"] > 1.5 * flat["height"]


def test_the_button_of_a_formula_copies_its_latex(browser: Browser, server: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}#equation-eq-perceptron-decision")
        page.locator("#equation-eq-perceptron-decision .formula-copy").click()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == r"\hat y = \mathbb 1[\mathbf w^\top \mathbf x + b \ge 0]"


def test_a_copied_sentence_holds_its_formulas_as_latex(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#perceptron-weighted-sum")
    copied = page.evaluate("""() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("#perceptron-weighted-sum")
            .closest("h3").nextElementSibling);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        const event = new ClipboardEvent("copy", {
            clipboardData: new DataTransfer(), bubbles: true, cancelable: true,
        });
        document.dispatchEvent(event);
        return event.clipboardData.getData("text/plain");
    }""")
    assert r"The unit computes $z = \mathbf w^\top \mathbf x + b$ and answers" in copied


def test_the_tabs_stay_in_sight_while_a_reader_scrolls(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}#perceptron-tab-math")
    page.evaluate("scrollTo(0, 3000)")
    expect(page.locator("#perceptron-tab-overview")).to_be_in_viewport()


def test_text_in_a_figure_can_be_read_on_a_phone(browser: Browser, server: str) -> None:
    """The smallest text of a figure is 9.5 pt in a picture of 360 or 560 pt."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}")
        for label in page.locator(".sd-tab-set > label").all():
            label.click()
            for image in page.locator("article figure img.dlcv-light:visible").all():
                width = image.bounding_box()["width"]  # type: ignore[index]  # it is visible
                points = float(image.get_attribute("width") or 0) * 72 / 96
                assert 9.5 * width / points >= 9, image.get_attribute("src")


def test_on_a_phone_the_side_where_a_wide_figure_goes_on_fades_out(
    browser: Browser, server: str
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{server}/modules/perceptron.html#fig-perceptron-glyphs")
        more = "e => getComputedStyle(e).getPropertyValue('--more')"
        wide = page.locator("#fig-perceptron-glyphs .dlcv-picture")
        expect(wide).to_be_visible()
        assert wide.evaluate(more) == "1"
        wide.evaluate("e => { e.scrollLeft = e.scrollWidth }")
        page.wait_for_function(
            "getComputedStyle(document.querySelector('#fig-perceptron-glyphs .dlcv-picture'))"
            ".getPropertyValue('--more') < 0.05"
        )
        page.goto(f"{server}/modules/perceptron.html#fig-perceptron-boundary")
        narrow = page.locator("#fig-perceptron-boundary .dlcv-picture")
        expect(narrow).to_be_visible()
        assert narrow.evaluate(more) == "0"
