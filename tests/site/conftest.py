"""A reader of the built site: a server, a browser's context and a tab of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from minicourse import write_course
from serving import serving

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


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


def _watched(context: BrowserContext) -> Iterator[Page]:
    """Open a tab, and say at its end which scripts failed."""
    made, errors = context.new_page(), list[str]()
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.set_default_timeout(10_000)
    yield made
    assert errors == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader at a desk."""
    with browser.new_context(viewport=DESK) as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab of that reader's browser; an error in a script fails the test."""
    yield from _watched(context)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab of a fresh reader with a phone, which has no pointer but a finger."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        yield from _watched(context)
