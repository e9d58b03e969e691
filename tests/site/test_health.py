"""The page of the site's health, as readers meet it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from minisite import only


def test_it_has_every_page_of_the_course_and_no_budget_of_bytes_is_exceeded(site: Path) -> None:
    page = BeautifulSoup((site / "health.html").read_text(encoding="utf-8"), "html.parser")
    linked = {str(a["href"]) for a in only(page.find("table")).find_all("a")}
    pages = [site / "index.html", *site.glob("modules/*"), *site.glob("reference/*")]
    assert linked == {path.relative_to(site).as_posix() for path in pages}
    budgets = [li.get_text() for li in only(only(page.find("article")).find("ul")).find_all("li")]
    assert [text[0] for text in budgets if " KB" in text] == ["✓"] * 3


@pytest.mark.browser
def test_its_tables_fit_on_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/health.html")
    for table in page.locator("article table:visible").all():
        box = table.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
