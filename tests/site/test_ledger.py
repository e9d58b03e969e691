"""Ledgers in the browser: they fold, and their headings sort."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FLAT, FOLDED = "#tab-vgg-16", "#tab-resnet-18"


def names(page: Page, table: str) -> list[str]:
    """Return the first cell of each row that is shown."""
    return page.locator(f"{table} tbody tr:visible > th").all_inner_texts()


def test_a_heading_sorts_layers_by_its_numbers_and_the_total_stays_last(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/modules/vgg.html{FLAT}")
    computed = names(page, FLAT)
    button = page.locator(FLAT).get_by_role("button", name="Parameters")
    head = page.locator(f"{FLAT} thead th", has_text="Parameters")
    button.click()
    assert names(page, FLAT)[:3] == ["fc6", "fc7", "fc8"]
    expect(head).to_have_attribute("aria-sort", "descending")
    button.press("Enter")
    assert names(page, FLAT)[0] == "pool1", "the first of those without any"
    assert names(page, FLAT)[-2:] == ["fc6", "Total"]
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.locator(FLAT).get_by_role("button", name="Multiply-adds").click()
    assert head.get_attribute("aria-sort") is None
    assert names(page, FLAT)[0] == "conv1_2"
    for _ in range(2):
        page.locator(FLAT).get_by_role("button", name="Multiply-adds").click()
    assert names(page, FLAT) == computed


def test_stages_are_sorted_with_their_layers_inside(page: Page, server: str) -> None:
    page.goto(f"{server}/modules/resnet.html{FOLDED}")
    computed = names(page, FOLDED)
    page.locator(FOLDED).get_by_role("button", name="Parameters").click()
    assert names(page, FOLDED)[:2] == ["conv5", "conv4"]
    page.locator(f"{FOLDED} summary", has_text="conv5").click()
    assert names(page, FOLDED)[1].startswith("conv5_1")
    page.locator(f"{FOLDED} summary", has_text="conv5").click()
    for _ in range(2):
        page.locator(FOLDED).get_by_role("button", name="Parameters").click()
    assert names(page, FOLDED) == computed


def test_a_heading_of_words_or_shapes_sorts_nothing_and_no_script_means_no_button(
    page: Page, browser: Browser, server: str
) -> None:
    page.goto(f"{server}/modules/vgg.html{FLAT}")
    sorting = page.locator(f"{FLAT} th button").all_inner_texts()
    assert sorting == ["Parameters", "Multiply-adds", "Receptive field", "Jump"]
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{server}/modules/vgg.html{FLAT}")
        expect(plain.locator(f"{FLAT} thead th").first).to_be_visible()
        assert plain.locator(f"{FLAT} button").count() == 0
