"""A page with all that it can show: every tab open, all folded out, every prediction made."""

from pathlib import Path

from playwright.sync_api import Page

_SPREAD = """() => {
    const sheet = document.createElement("style");
    sheet.textContent = `.sd-tab-set > .sd-tab-content {
        display: block !important; content-visibility: visible !important;
    }`;
    document.head.append(sheet);
    for (const panel of document.querySelectorAll(".sd-tab-content")) {
        panel.removeAttribute("hidden");
        panel.removeAttribute("aria-hidden");
    }
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    for (const choice of document.querySelectorAll(".predict input")) choice.checked = true;
}"""
_HOST = "/en/latest/"  # where the page for what is not there looks for its files


def page_names(root: Path) -> list[str]:
    """Return every page that is written or that Sphinx makes, by its address."""
    written = [root / "index.md", *root.glob("modules/*.md"), *root.glob("reference/*.md")]
    names = [str(path.relative_to(root).with_suffix(".html")) for path in written]
    return sorted([*names, "search.html", "genindex.html", "404.html"])


def go_to(page: Page, server: str, name: str) -> None:
    """Open a page as it is found on its host."""
    page.route(f"**{_HOST}**", lambda route: route.continue_(url=_as_served(route.request.url)))
    page.goto(f"{server}{_HOST if name == '404.html' else '/'}{name}")


def _as_served(url: str) -> str:
    return url.replace(_HOST, "/", 1)


def spread(page: Page) -> None:
    """Show all that the page can show."""
    page.evaluate(_SPREAD)
