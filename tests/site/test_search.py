"""The search as a reader uses it, on a server and from files."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

HITS = "#dlcv-search-hits li"
PERCEPTRON = "modules/perceptron.html"
PHONE = {"width": 390, "height": 844}


def search(page: Page, base: str, words: str) -> None:
    page.goto(f"{base}/search.html")
    page.get_by_role("searchbox").fill(words)
    expect(page.get_by_role("status")).not_to_be_empty(timeout=20_000)  # the engine loads


def open_tab(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.sd-tab-set > input:checked + label').id"))


def test_a_word_in_a_closed_tab_is_found_and_its_hit_opens_the_tab(page: Page, server: str) -> None:
    search(page, server, "reputation")
    hit = page.locator(HITS).first
    expect(hit.locator("mark").first).to_contain_text("reputation")
    expect(hit).to_contain_text("The Perceptron · Summary")
    hit.get_by_role("link").click()
    page.wait_for_url(f"**/{PERCEPTRON}#*")
    assert open_tab(page) == "perceptron-tab-summary"
    heading = page.locator(unquote(page.url.partition(PERCEPTRON)[2]))
    expect(heading.first).to_be_in_viewport()


NAMED = {
    "perceptron": ("The Perceptron", "Module", "perceptron"),
    "geometric margin": (
        "Geometric margin",
        "Formula · The Perceptron · Math",
        "equation-eq-margin",
    ),
    "learning and": (
        "Learning AND",
        "Paper & Pain · The Perceptron · Math",
        "ex-perceptron-and-gate",
    ),
    "why it stops": ("Why it stops", "The Perceptron · Math", "perceptron-convergence"),
}


@pytest.mark.parametrize("words", NAMED)
def test_what_has_the_name_comes_first(page: Page, server: str, words: str) -> None:
    title, where, anchor = NAMED[words]
    search(page, server, words)
    link = page.locator(HITS).first.get_by_role("link")
    expect(link).to_have_text(title)
    expect(link).to_have_attribute("href", f"./{PERCEPTRON}#{anchor}")
    expect(page.locator(HITS).first.locator("small")).to_have_text(where)
    link.click()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_results_follow_the_typing_and_are_counted_aloud(page: Page, server: str) -> None:
    page.goto(f"{server}/search.html")
    page.keyboard.type("marg")  # the box has the focus
    expect(page.locator(HITS).first).to_contain_text("margin")
    page.keyboard.type("in")
    count = re.compile(r"Results for “margin”: (\d+)(?:, (\d+) shown)?")
    expect(page.get_by_role("status")).to_have_text(count)
    told = count.search(page.get_by_role("status").inner_text())
    assert told is not None
    assert int(told[2] or told[1]) == page.locator(HITS).count()
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.locator(HITS)).to_have_count(0)


def test_the_address_keeps_the_words_for_the_way_back(page: Page, server: str) -> None:
    search(page, server, "novikoff 1962")
    page.locator(HITS).first.get_by_role("link").click()
    page.wait_for_url("**#*")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("novikoff 1962")
    expect(page.locator(HITS).first).to_be_visible()


def test_a_kind_can_be_chosen(page: Page, server: str) -> None:
    search(page, server, "margin")
    everything = page.locator(HITS).count()
    page.locator("#dlcv-search label", has_text="Formulas").click()
    expect(page.locator(HITS).first).to_contain_text("Geometric margin")
    expect(page.locator(HITS)).not_to_have_count(everything)
    for where in page.locator(f"{HITS} small").all_inner_texts():
        assert where.startswith("Formula · ")


@pytest.mark.parametrize("words", ["quaternion", "zzz", "xylophone"])
def test_words_that_are_nowhere_find_nothing_and_the_page_says_so(
    page: Page, server: str, words: str
) -> None:
    search(page, server, words)
    expect(page.get_by_role("status")).to_contain_text(f"Nothing found for “{words}”.")
    expect(page.locator(HITS)).to_have_count(0)
    expect(page.locator("#dlcv-search-else a").first).to_be_visible()


def test_the_keyboard_reaches_box_and_hits_and_leaves_them(page: Page, server: str) -> None:
    page.goto(f"{server}/{PERCEPTRON}")
    page.keyboard.press("/")
    page.keyboard.type("margin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=margin")
    hits = page.locator(f"{HITS} a")
    expect(hits.nth(1)).to_be_visible()
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("margin")


def test_nothing_is_fetched_before_the_first_word_and_nothing_from_elsewhere(
    page: Page, server: str
) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/search.html")
    page.wait_for_load_state("networkidle")
    index = re.compile("/pagefind/|searchindex")
    assert [url for url in asked if index.search(url)] == []
    page.keyboard.type("margin")
    expect(page.locator(HITS).first).to_be_visible()
    assert [url for url in asked if not url.startswith((server, "data:"))] == []
    assert any("/pagefind/pagefind.js" in url for url in asked)
    assert not any("searchindex" in url for url in asked)


def test_from_files_names_lead_to_their_place(page: Page, site: Path) -> None:
    said = list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.as_uri()}/search.html")
    page.keyboard.type("mistake bound")
    page.keyboard.press("Enter")
    hit = page.locator("#search-results li").first
    expect(hit).to_have_text("Mistake bound (formula, in The Perceptron)")
    assert said == []
    hit.get_by_role("link").click()
    expect(page.locator("#equation-eq-perceptron-convergence")).to_be_in_viewport()


def test_from_files_a_word_opens_the_tab_that_holds_it(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/search.html?q=reputation")
    page.locator("#search-results").get_by_role("link", name="The Perceptron").click()
    expect(page.locator("article .highlighted").first).to_be_in_viewport()
    assert open_tab(page) == "perceptron-tab-summary"


def test_without_its_index_the_page_asks_sphinx(page: Page, server: str) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404)

    page.route("**/pagefind/**", refuse)
    page.goto(f"{server}/search.html?q=geometric margin")
    expect(page.locator("#search-results li").first).to_contain_text("Geometric margin")
    page.get_by_role("searchbox").fill("margin and radius")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_contain_text("Margin and radius")
    expect(page.locator("fieldset")).to_be_hidden()


def test_without_script_a_sentence_leads_to_lists(browser: Browser, server: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server}/search.html?q=margin")
        expect(page.locator("noscript p")).to_contain_text("Searching needs JavaScript.")
        expect(page.locator("#dlcv-search")).to_be_hidden()
        page.locator("#dlcv-search-else a", has_text="References").click()
        expect(page.locator("h1")).to_have_text(re.compile("References"))


@pytest.mark.parametrize("words", ["perceptron", "geometric_margin"])
def test_results_fit_on_a_phone(page: Page, server: str, words: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # its keys are right
    search(page, server, words)
    expect(page.locator(HITS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
