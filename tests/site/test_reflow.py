"""Nothing is lost to a reader who enlarges, spaces out, wants contrast or uses own colours."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from spread import go_to, page_names, spread

pytestmark = pytest.mark.browser

MODULE = "modules/perceptron.html"
PAGES = page_names(Path(__file__).parents[2])
ENLARGED: ViewportSize = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
# What WCAG 1.4.12 lets a reader set.
SPACED = """* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""
# The page itself cuts what is too wide, so its width alone would tell nothing.
LOST = """() => {
    const scrolls = (element) => {
        for (let at = element.parentElement; !at.matches(".content"); at = at.parentElement) {
            if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
        }
        return false;
    };
    const lost = [];
    for (const element of document.querySelectorAll(".content *")) {
        const { right, width, height } = element.getBoundingClientRect();
        if (width < 2 || height < 2 || element.closest("math, svg") || scrolls(element)) continue;
        const { overflowX, overflowY } = getComputedStyle(element);
        const cuts = /hidden|clip/;
        const isCut = (cuts.test(overflowX) && element.scrollWidth > element.clientWidth + 1)
            || (cuts.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
        const isPicture = element.matches(".dlcv-figure, .dlcv-picture, .thumb");
        if (right > innerWidth + 1 || (isCut && !isPicture)) {
            const { tagName, className, textContent } = element;
            lost.push(`${tagName}.${className}: ${textContent.trim().slice(0, 40)}`);
        }
    }
    if (document.documentElement.scrollWidth > innerWidth) lost.push("the page scrolls");
    return lost;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_no_page_loses_anything_at_four_times_the_size_nor_with_spaced_text(
    page: Page, server: str, name: str
) -> None:
    page.set_viewport_size(ENLARGED)
    go_to(page, server, name)
    spread(page)
    assert page.evaluate(LOST) == []
    page.add_style_tag(content=SPACED)
    assert page.evaluate(LOST) == []


def test_a_loss_is_shown_to_be_found(page: Page, server: str) -> None:
    page.set_viewport_size(ENLARGED)
    page.goto(f"{server}/{MODULE}")
    page.locator("h1").evaluate("e => { e.style.width = '400px'; }")
    assert any(text.startswith("H1.") for text in page.evaluate(LOST))


def test_tabs_do_not_take_the_screen_of_who_enlarges(page: Page, server: str) -> None:
    page.set_viewport_size(ENLARGED)
    page.goto(f"{server}/{MODULE}")
    page.evaluate("scrollTo(0, 2000)")
    expect(page.locator(".sd-tab-label").first).not_to_be_in_viewport()


def test_the_keyboard_stops_at_what_scrolls_sideways_and_at_nothing_else(
    page: Page, server: str
) -> None:
    page.set_viewport_size({"width": 640, "height": 900})  # only the long lines do not fit
    page.goto(f"{server}/reference/code.html")
    page.wait_for_function("document.querySelector('pre[tabindex]')")
    wide = "document.querySelectorAll('pre')"
    stops = page.evaluate(f"[...{wide}].map(e => [e.tabIndex, e.scrollWidth > e.clientWidth])")
    assert all((index == 0) == is_wide for index, is_wide in stops)
    assert {is_wide for _, is_wide in stops} == {True, False}
    page.locator("pre[tabindex]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


# --- the keyboard

STEP = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    // A control that cannot be seen shows the focus on what stands for it.
    const icons = { __navigation: ".nav-overlay-icon", __toc: ".toc-overlay-icon" }[at.id];
    const standing = icons ? [...document.querySelectorAll(icons)]
        : [at.labels?.[0], at.closest(".card, label"), at].filter(Boolean);
    const shown = standing.filter((element) => element.checkVisibility());
    const ring = shown.find((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    const place = ring ?? at;
    const { left, right, top, bottom } = [...place.getClientRects()][0];
    const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const y = Math.min(Math.max(middle, 1), innerHeight - 1);
    const over = document.elementFromPoint(x, y);
    const isSeen = place.contains(over) || over?.contains(place);
    const name = [at.tagName, at.id, at.name, at.className].join(" ");
    return { name, hasRing: Boolean(ring), isSeen };
}"""
NARROW: ViewportSize = {"width": 390, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 700}


@pytest.mark.parametrize(
    ("tab", "viewport", "met"),
    [
        ("visualization", DESK, {"theme-toggle", "sidebar-search", "go", "predict-1", "SELECT"}),
        ("math", NARROW, {"__navigation", "__toc", "formula-copy", "go", "SUMMARY"}),
    ],
)
def test_the_keyboard_goes_through_a_module_and_the_focus_is_always_in_sight(
    page: Page, server: str, tab: str, viewport: ViewportSize, met: set[str]
) -> None:
    page.set_viewport_size(viewport)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server}/{MODULE}")  # a fragment would be where the keyboard starts
    page.evaluate(f"document.getElementById('perceptron-tab-{tab}').control.click()")
    seen = list[dict[str, object]]()
    for _ in range(400):  # more than there are
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        if step is None:
            break
        seen.append(step)
    else:
        pytest.fail("the keyboard does not leave the page")
    assert [step for step in seen if not step["hasRing"]] == []
    assert [step for step in seen if not step["isSeen"]] == []
    assert met <= set(" ".join(str(step["name"]) for step in seen).split())


def test_the_first_stop_skips_to_the_text(page: Page, server: str) -> None:
    page.goto(f"{server}/{MODULE}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # the box of the contents, at this width, comes first
    expect(page.locator(".skip-to-content")).to_be_focused()
    expect(page.locator(".skip-to-content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=main]') !== null")


# --- what the system says


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_wants_contrast_gets_stronger_edges_and_quiet_text(
    browser: Browser, server: str, theme: str
) -> None:
    def lines(wish: str) -> list[float]:
        options = {"contrast": wish, "color_scheme": theme, "reduced_motion": "reduce"}
        with browser.new_context(**options) as context:  # type: ignore[arg-type]  # literals
            page = context.new_page()
            page.goto(f"{server}/{MODULE}")
            # A colour that is mixed is told in numbers once it is painted.
            return [float(page.evaluate(PAINTED, role)) for role in ("muted", "edge", "line")]

    usual, more = lines("no-preference"), lines("more")
    assert all(now > before for now, before in zip(more, usual, strict=True))
    assert more[0] >= 7  # WCAG 1.4.6
    assert min(more[1:]) >= 4.5


PAINTED = """(role) => {
    const paint = (value) => {
        const brush = document.createElement("canvas").getContext("2d");
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = value;
        brush.fillStyle = getComputedStyle(probe).color;
        probe.remove();
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (value) => paint(value).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0.05);
    const [one, other] = [luminance(`var(--${role})`), luminance("var(--ground)")];
    return Math.max(one, other) / Math.min(one, other);
}"""


def test_calm_readers_see_no_motion(page: Page, server: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server}/{MODULE}")
    moving = """[...document.querySelectorAll("*")].filter((e) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
        return /[1-9]/.test(transitionDuration) || animationName !== "none"
            || scrollBehavior !== "auto";
    }).map((e) => `${e.tagName}.${e.className}`)"""
    assert page.evaluate(moving) == []


@pytest.mark.parametrize("system", ["light", "dark"])
def test_with_colours_of_the_system_what_is_chosen_still_differs(
    browser: Browser, server: str, system: str
) -> None:
    """Each pair differs in something that is not only a colour of ours."""
    look = """e => { const s = getComputedStyle(e);
        return [s.backgroundColor, s.borderBottomWidth, s.borderBottomColor].join(); }"""
    options = {"forced_colors": "active", "color_scheme": system}
    with browser.new_context(**options) as context:  # type: ignore[arg-type]  # literals
        page = context.new_page()
        page.goto(f"{server}/{MODULE}#perceptron-tab-visualization")
        chosen = page.locator(".sd-tab-set > input:checked + label").evaluate(look)
        assert chosen != page.locator(".sd-tab-label").first.evaluate(look)
        choice = page.locator(".predict label:visible")
        choice.first.click()
        assert choice.first.evaluate(look) != choice.nth(1).evaluate(look)
        plate = page.locator("#fig-perceptron-boundary .dlcv-picture")
        ground = plate.evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 35)"}[system]
        page.goto(f"{server}/search.html")
        chip = page.locator("#dlcv-search label")
        assert chip.first.evaluate(look) != chip.nth(1).evaluate(look)
        page.goto(f"{server}/reference/formulas.html")
        order = page.get_by_role("button", name="A to Z")
        before = order.evaluate(look)
        order.click()
        assert order.evaluate(look) != before
