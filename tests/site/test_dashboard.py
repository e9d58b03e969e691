"""The dashboard in Chromium, on a course of four modules in three groups."""

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from colour import contrast
from minicourse import MODULES, card, end_of, know, tab

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


# --- the filter


def shown(page: Page) -> list[str]:
    return page.locator(".card:visible .card-title").all_inner_texts()


def test_a_chip_shows_the_modules_of_one_group(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    assert shown(page) == [name.title() for name in MODULES]
    page.locator(".filter label", has_text="Foundations").click()
    assert shown(page) == ["Alpha", "Beta"]
    expect(page.locator(".card-group:visible h2")).to_have_count(1)
    expect(page.locator(".filter [role=status]")).to_have_text("2 of 4 modules")
    page.locator(".filter label", has_text="All").click()
    assert len(shown(page)) == 4


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("steps", ["Alpha", "Beta"]),  # of the one line
        ("SECOND steps", ["Beta"]),
        ("gamma", ["Gamma"]),  # of the title
        ("detection", ["Delta"]),  # of the group
    ],
)
def test_the_field_finds_modules_by_their_words(
    page: Page, course: str, words: str, left: list[str]
) -> None:
    page.goto(f"{course}/index.html")
    page.get_by_role("searchbox", name="Find a module").fill(words)
    assert shown(page) == left


def test_an_empty_result_says_so_and_leads_back(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    page.locator(".filter label", has_text="Training").click()
    page.get_by_role("searchbox", name="Find a module").fill("alpha")
    assert shown(page) == []
    expect(page.locator(".filter [role=status]")).to_have_text("No module matches.")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".card:visible")).to_have_count(4)
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_a_station_of_the_path_shows_its_group_whatever_was_filtered(
    page: Page, course: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{course}/index.html")
    page.get_by_role("searchbox", name="Find a module").fill("alpha")
    page.locator(".path a", has_text="Detection").click()
    expect(page.locator("#group-detection")).to_be_in_viewport()
    expect(card(page, "delta")).to_be_visible()


# --- for every reader


def test_without_script_all_cards_are_links_and_nothing_waits_for_one(
    browser: Browser, course: str
) -> None:
    with browser.new_context(java_script_enabled=False, viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{course}/index.html")
        assert shown(page) == [name.title() for name in MODULES]
        for hidden in (".filter", ".progress", ".progress-tools"):
            for place in page.locator(hidden).all():
                expect(place).to_be_hidden()
        page.locator(".card a", has_text="Gamma").click()
        expect(page).to_have_url(f"{course}/modules/gamma.html")
        expect(page.locator(".tab-end").first).to_be_hidden()
        expect(page.locator(".ring").first).to_be_hidden()
        expect(page.locator(".related-pages .next-page")).to_be_visible()
        page.locator(".sidebar-tree summary", has_text="Detection").click()
        page.locator(".sidebar-tree a", has_text="Delta").click()
        expect(page).to_have_url(f"{course}/modules/delta.html")


def test_the_whole_card_is_the_link(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    card(page, "beta").click(position={"x": 20, "y": 20})
    expect(page).to_have_url(f"{course}/modules/beta.html")


def test_the_keyboard_alone_filters_opens_and_goes_on(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    page.locator(".filter [value='']").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["Alpha", "Beta"]
    page.keyboard.press("Tab")
    page.keyboard.type("second")
    assert shown(page) == ["Beta"]
    page.keyboard.press("Enter")  # nothing is sent
    assert shown(page) == ["Beta"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{course}/modules/beta.html")
    end_of(page, tab("beta", "Overview")).locator(".go").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="About Key Concepts")).to_be_in_viewport()
    fold = page.locator(".sidebar-tree details", has_text="Training")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.get_by_text("Gamma")).to_be_visible()


def test_what_has_the_focus_can_be_seen(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    for selector, outlined in (
        (".actions .go", ".actions .go"),
        (".path a >> nth=0", ".path a >> nth=0"),
        (".filter [value='group-training']", ".filter label:has([value='group-training'])"),
        (".filter [type=search]", ".filter [type=search]"),
        (".card a >> nth=0", ".card >> nth=0"),
    ):
        page.locator(selector).focus()
        page.keyboard.press("Shift")  # the focus is the keyboard's
        width = page.locator(outlined).evaluate("e => getComputedStyle(e).outlineWidth")
        assert width == "3px", selector


@pytest.mark.parametrize("path", ["index.html", "modules/alpha.html"])
def test_no_part_is_wider_than_a_phone_and_all_can_be_hit_by_a_finger(
    browser: Browser, course: str, path: str
) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{course}/{path}")
        page.evaluate("document.querySelector('details.progress-tools')?.setAttribute('open', '')")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        targets = page.locator(
            ":is(.actions a, .filter label, .filter [type=reset], .tab-end a, .tab-end button,"
            " .path a, .progress-tools :is(a, label, button, summary)):visible"
        )
        assert targets.count() >= 1
        for target in targets.all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, target.inner_text()


def test_the_tabs_of_a_phone_stay_in_sight(browser: Browser, course: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{course}/modules/alpha.html")
        page.evaluate("scrollTo(0, 2000)")
        expect(page.locator(f"#{tab('alpha', 'Overview')}")).to_be_in_viewport()


def test_the_keyboard_opens_the_drawer_of_a_phone_and_skips_it_while_it_is_shut(
    browser: Browser, course: str
) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{course}/index.html")
        fold = page.locator(".sidebar-tree summary", has_text="Detection")
        expect(fold).to_be_hidden()
        page.get_by_label("Toggle site navigation sidebar").focus()
        page.keyboard.press("Space")
        expect(fold).to_be_visible()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_words_on_buttons_chips_and_cards_can_be_read_in_both_themes(
    browser: Browser, course: str, system: str
) -> None:
    def colour(place: Locator, name: str) -> str:
        found = place.evaluate(f"e => getComputedStyle(e).{name}")
        return "#" + "".join(f"{int(part):02x}" for part in found[4:-1].split(","))

    with browser.new_context(color_scheme=system, viewport=DESK) as context:  # type: ignore[arg-type]  # a literal
        page = context.new_page()
        know(page, course, read=[], done=["alpha"])
        go, chip = page.locator(".actions .go"), page.locator(".filter label:has(:checked)")
        first = page.locator(".card").first
        for words, ground in (
            (go, go),
            (chip, chip),
            (first.locator("a"), first),
            (first.locator(".card-line"), first),
            (first.locator(".told"), first),
        ):
            ratio = contrast(colour(words, "color"), colour(ground, "backgroundColor"))
            assert ratio >= 4.5, words
        expect(page.locator(f".hero .dlcv-{system}")).to_be_visible()


def test_print_shows_cards_and_no_controls(page: Page, course: str) -> None:
    page.goto(f"{course}/index.html")
    page.emulate_media(media="print")
    assert shown(page) == [name.title() for name in MODULES]
    for selector in (".actions", ".path", ".filter", ".progress-tools"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator(".told").first).to_be_hidden()
