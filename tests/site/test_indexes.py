"""The index of formulas as a reader uses it."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PAGE = "reference/formulas.html"


def test_typing_keeps_the_rows_that_hold_the_words(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    rows, field = page.locator(".formula-row:visible"), page.locator(".index-bar input")
    every = rows.count()
    field.fill("mistake bound")
    expect(rows).to_have_count(1)
    expect(page.locator(".index-bar output")).to_have_text(f"1 of {every} shown")
    field.fill("\\gamma")  # LaTeX finds too
    assert 1 < rows.count() < every
    field.fill("no such formula")
    expect(page.locator(".index-heading:visible")).to_have_count(0)
    field.fill("")
    expect(rows).to_have_count(every)


def test_a_to_z_and_back(page: Page, server: str) -> None:
    page.goto(f"{server}/{PAGE}")
    names = page.locator(".formula-row a")
    before = names.all_inner_texts()
    page.get_by_role("button", name="A to Z").click()
    after = names.all_inner_texts()
    assert after != before
    assert sorted(after) == sorted(before)
    assert [name[0].lower() for name in after] == sorted(name[0].lower() for name in after)
    page.get_by_role("button", name="A to Z").click()
    assert names.all_inner_texts() == before


def test_without_script_every_formula_is_listed(browser: Browser, server: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server}/{PAGE}")
        assert page.locator(".formula-row:visible").count() > 5
        assert page.locator(".index-bar:visible").count() == 0
