"""A reader of the built site: a server, a browser's context and a tab of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from minicourse import write_course
from serving import serving

DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """Serve the built site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """Build and serve a course of four short modules in three groups that looks like the site."""
    folder = tmp_path_factory.mktemp("course")
    built = write_course(folder, root).build(strict=False)
    assert built.status == 0, built.problems
    with serving(built.out) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader at a desk."""
    with browser.new_context(viewport=DESK) as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that reader's browser; an error in a script fails the test."""
    made = context.new_page()
    made.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    made.set_default_timeout(10_000)
    return made
