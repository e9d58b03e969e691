"""Everyone can use every page: axe-core finds nothing, in any tab and in both themes.

A page is loaded once and spread out: all tabs open, all folded out. axe's rules for WCAG 2.2 A and
AA and its best practices judge it whole in the light theme. Only contrast depends on the theme, so
that rule alone runs in both; it takes most of axe's time, so it gets one element of each style:
its colour and size, and the grounds and opacities it lies on.
"""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from colour import contrast, over
from spread import go_to, page_names, spread

pytestmark = pytest.mark.browser

MODULE = "modules/perceptron.html"
PAGES = page_names(Path(__file__).parents[2])
WIDE: ViewportSize = {"width": 1400, "height": 900}  # both side bars are in sight
PHONE: ViewportSize = {"width": 390, "height": 844}

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async ([tags, colours, undecided]) => {
    const options = { resultTypes: ["violations"], preload: false };
    // A formula has no colour of its own.
    const context = { exclude: ["math"], ...(colours && { include: oneOfEachStyle() }) };
    options.runOnly = colours ? { type: "rule", values: ["color-contrast"] } : tags;
    if (!colours) options.rules = { "color-contrast": { enabled: false } };
    // Short words and signs are text too, and no pseudo-element of ours lies below text.
    const judge = { ignoreLength: true, ignoreUnicode: false, ignorePseudo: true };
    options.checks = { "color-contrast": { options: judge } };
    const { violations, incomplete } = await axe.run(context, options);
    const open = undecided ? incomplete.filter((rule) => rule.id === "color-contrast") : [];
    return [...violations, ...open].flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(" ")}: ${
            [...node.any, ...node.all, ...node.none].map((check) => check.message)}`));
}"""
# Squared paper lies below text; its lines are judged below. What sticks lies over what is read, in
# a page that is scrolled to an element. Thousands of elements in formulas, for which axe has no
# rules, would take half of its time.
STYLES = """
for (const math of document.querySelectorAll("math")) math.replaceChildren(math.textContent);
document.head.insertAdjacentHTML("beforeend",
    `<style>.worked-example { background: var(--plate) !important }
    .sd-tab-label, .sidebar-sticky, .toc-sticky { position: static !important }
    .sidebar-scroll, .sidebar-sticky { height: auto !important; overflow: visible !important }
    </style>`);
window.oneOfEachStyle = () => {
    const below = new Map([[null, ""]]);
    const groundOf = (element) => {
        if (!below.has(element)) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
            const own = `${backgroundColor} ${backgroundImage} ${opacity}`;
            const outer = groundOf(element.parentElement);
            below.set(element, own === "rgba(0, 0, 0, 0) none 1" ? outer : `${outer}; ${own}`);
        }
        return below.get(element);
    };
    const found = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const says = words.some((node) => /[\\p{L}\\p{N}]/u.test(node.data));
        if (!says || element.closest("math") || !element.checkVisibility()) continue;
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const style = [color, fontSize, fontWeight, groundOf(element)].join("; ");
        if (!found.has(style)) found.set(style, element);
    }
    return [...found.values()];
};
"""


def axe_on(page: Page, *, colours: bool = False, undecided: bool = False) -> list[str]:
    """Return what axe finds in the page as it is, or on its colours alone.

    It cannot decide on text that something covers in part, as a drawer does.
    """
    if not page.evaluate("'axe' in window"):
        source = files("axe_playwright_python").joinpath("axe.min.js")
        page.evaluate(source.read_text(encoding="utf-8"))
        page.evaluate(STYLES)
    found: list[str] = page.evaluate(AXE, [TAGS, colours, undecided])
    return found


def colours_in_both_themes(page: Page, *, undecided: bool = False) -> list[str]:
    found = []
    for theme in ("light", "dark"):
        page.evaluate(f"document.body.dataset.theme = '{theme}'")
        found += [f"{theme}: {text}" for text in axe_on(page, colours=True, undecided=undecided)]
    return found


@pytest.fixture
def calm(page: Page) -> Page:
    """A page whose colours change at once."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_that_shows_all_it_has(
    calm: Page, server: str, name: str
) -> None:
    calm.set_viewport_size(WIDE)
    go_to(calm, server, name)
    spread(calm)
    found = axe_on(calm)
    # All in sight: axe cannot decide on the colours of what the end of the window cuts.
    height = calm.evaluate("document.documentElement.scrollHeight")
    calm.set_viewport_size({"width": WIDE["width"], "height": height})
    assert found + colours_in_both_themes(calm, undecided=True) == []


@pytest.mark.parametrize("name", ["index.html", MODULE, "reference/formulas.html"])
def test_axe_finds_nothing_on_a_phone(calm: Page, server: str, name: str) -> None:
    calm.set_viewport_size(PHONE)
    go_to(calm, server, name)
    assert axe_on(calm) + colours_in_both_themes(calm) == []
    calm.get_by_label("Toggle site navigation sidebar").focus()
    calm.keyboard.press("Space")
    expect(calm.locator(".sidebar-tree")).to_be_visible()
    assert axe_on(calm) + colours_in_both_themes(calm) == []


def test_axe_finds_nothing_in_a_preview_and_in_results(calm: Page, server: str) -> None:
    calm.goto(f"{server}/{MODULE}")
    link = calm.locator("article a[href='#equation-eq-perceptron-convergence']:visible").first
    link.evaluate("e => e.scrollIntoView({ block: 'center' })")
    link.hover()
    expect(calm.locator("#dlcv-preview")).to_be_visible()
    assert axe_on(calm) + colours_in_both_themes(calm) == []
    calm.goto(f"{server}/search.html?q=margin")
    expect(calm.locator("#dlcv-search-hits li").first).to_be_visible()
    assert axe_on(calm) + colours_in_both_themes(calm) == []


def test_axe_is_shown_to_find_something(calm: Page, server: str) -> None:
    calm.goto(f"{server}/{MODULE}")
    calm.evaluate("document.querySelector('h1').style.color = 'var(--line)'")
    calm.evaluate("document.querySelector('.sidebar-logo').removeAttribute('alt')")
    found = {text.split(":")[0] for text in axe_on(calm) + axe_on(calm, colours=True)}
    assert {"color-contrast", "image-alt"} <= found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_on_squared_paper_and_the_ring_of_the_focus_can_be_seen(
    calm: Page, server: str, theme: str
) -> None:
    calm.goto(f"{server}/{MODULE}")
    calm.evaluate(f"document.body.dataset.theme = '{theme}'")
    style = "getComputedStyle(document.body)"
    roles = ("brand", "brand-2", "ink", "muted", "plate", "ground", "surface", "sunken")
    tokens = {role: calm.evaluate(f"{style}.getPropertyValue('--{role}')") for role in roles}
    square = over(tokens["brand"], 0.11, tokens["plate"])
    assert min(contrast(tokens[role], square) for role in ("ink", "muted", "brand-2")) >= 4.5
    grounds = ("plate", "ground", "surface", "sunken")
    assert min(contrast(tokens["brand-2"], tokens[ground]) for ground in grounds) >= 3


# --- what a screen reader is told


def tree(page: Page) -> list[tuple[str, str]]:
    """Return role and name of all that the browser tells of a page, in its order."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    told = []
    waiting = [nodes[0]]
    while waiting:
        node = waiting.pop()
        if not node["ignored"]:
            told.append((node["role"]["value"], node.get("name", {}).get("value", "")))
        waiting += [by_id[i] for i in reversed(node.get("childIds", [])) if i in by_id]
    return told


def test_every_landmark_is_told_once_by_its_name(page: Page, server: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(f"{server}/{MODULE}")
    kinds = {"main", "navigation", "search", "complementary", "contentinfo", "region"}
    assert [(role, name) for role, name in tree(page) if role in kinds] == [
        ("complementary", "Site"),
        ("search", ""),
        ("navigation", "All pages"),
        ("main", ""),
        ("region", "Overview"),
        ("navigation", "After “Overview”"),
        ("contentinfo", ""),
        ("complementary", "This page"),
        ("navigation", "On this page"),
    ]


def test_tabs_are_choices_of_one_named_group(page: Page, server: str) -> None:
    page.goto(f"{server}/{MODULE}")
    group = page.get_by_role("group", name="Sections of this page")
    names = ["Overview", "Key Concepts", "Visualization", "Math", "Applications", "Summary"]
    radios = group.get_by_role("radio")
    assert [
        radio.evaluate("e => e.labels[0].textContent.trim()") for radio in radios.all()
    ] == names
    expect(group.get_by_role("radio", name="Overview")).to_be_checked()


def test_a_formula_is_told_as_mathematics_once_and_without_its_tex(page: Page, server: str) -> None:
    page.goto(f"{server}/{MODULE}#perceptron-tab-math")
    told = page.locator("#equation-eq-perceptron-decision div.math").aria_snapshot()
    assert told.splitlines()[0] == '- group "Equation 2.1":'
    assert re.fullmatch(r"  - math: y . = . \[ . . . \+ b ≥ 0 \]", told.splitlines()[1])


def test_a_heading_that_is_a_formula_has_a_name(page: Page, server: str) -> None:
    page.goto(f"{server}/modules/batch-norm.html#batch-norm-tab-math")
    expect(page.get_by_role("columnheader", name="x i − μ B").first).to_be_visible()


def test_a_figure_is_told_by_its_picture_then_its_caption_each_once(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/{MODULE}#fig-perceptron-boundary")
    told = page.locator("#fig-perceptron-boundary").aria_snapshot().splitlines()
    assert told[0].startswith('- figure "Figure 2.2 The line after')
    assert ["img" in line for line in told].count(True) == 1
    assert "img" in told[1]
    caption = page.locator("#fig-perceptron-boundary figcaption").inner_text()
    picture = str(page.locator("#fig-perceptron-boundary img:visible").get_attribute("alt"))
    assert picture not in caption


def test_a_prediction_is_a_group_named_by_its_question(page: Page, server: str) -> None:
    page.goto(f"{server}/{MODULE}#perceptron-tab-visualization")
    question = page.locator(".predict-question:visible").first.inner_text()
    group = page.get_by_role("group", name=question)
    expect(group.get_by_role("radio", name="halfway between the clouds")).not_to_be_checked()
