"""What a first visit costs a reader: bytes, requests, our script, and a page that stands still.

Each page is loaded once with an empty cache, from a server that compresses text as any host does.
Bytes are those that Chromium takes from the network, headers included.
"""

import runpy
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

BUDGET = runpy.run_path(str(Path(__file__).parents[2] / "conf.py"))["dlcv_budget"]  # KB
REQUESTS = 12
SHIFT = 0.02  # a fifth of what counts as good (web.dev/articles/cls)

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

WATCH = """
window.seen = {shift: 0, largest: "nothing"};
const watch = (type, take) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({type, buffered: true});
};
watch("layout-shift", (entry) => { seen.shift += entry.value; });
watch("largest-contentful-paint", ({url, element}) => {
    const pictures = [...document.querySelectorAll("figure.dlcv-figure img")];
    const figure = pictures.find((picture) => picture.checkVisibility());
    seen.largest = !url ? "text" : element === figure ? "the first figure" : url;
});
"""


@dataclass
class Visit:
    """What was seen of a page at first: bytes by address, and what the page itself tells."""

    base: str
    bytes: dict[str, int] = field(default_factory=dict)
    shift: float = 0
    largest: str = ""

    def paths(self) -> list[str]:
        """Return what was asked of the site, below its top."""
        return [urlparse(url).path[1:] for url in self.bytes if url.startswith(self.base)]

    def total(self, *, font: bool) -> int:
        """Return the bytes, with or without fonts."""
        return sum(n for url, n in self.bytes.items() if font or not url.endswith(".woff2"))


def watch_network(page: Page, visit: Visit) -> None:
    urls = dict[str, str]()

    def note(event: dict[str, Any]) -> None:
        url = urls[event["requestId"]]
        if not url.startswith("data:"):
            visit.bytes[url] = int(event["encodedDataLength"])

    network = page.context.new_cdp_session(page)
    network.on(
        "Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]})
    )
    network.on("Network.loadingFinished", note)
    network.send("Network.enable")


def look(browser: Browser, base: str, path: str, viewport: ViewportSize) -> Visit:
    """Load a page as a new reader, and wait until it rests."""
    visit = Visit(base)
    with browser.new_context(viewport=viewport) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        watch_network(page, visit)
        page.goto(f"{base}/{path}", wait_until="networkidle")
        page.wait_for_function("seen.largest !== 'nothing'")  # it is told after it was drawn
        seen = page.evaluate("seen")
    visit.shift, visit.largest = seen["shift"], seen["largest"]
    return visit


@pytest.fixture(scope="module")
def names(site: Path) -> list[str]:
    """Every page but that for what is not there, whose addresses are those of the host."""
    paths = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    return sorted({str(path.relative_to(site)) for path in paths} - {"404.html"})


@pytest.fixture(scope="module")
def at_desk(browser: Browser, server: str, names: list[str]) -> dict[str, Visit]:
    """A first visit of every page at a desk."""
    return {name: look(browser, server, name, DESK) for name in names}


@pytest.fixture(scope="module")
def on_phone(browser: Browser, server: str, names: list[str]) -> dict[str, Visit]:
    """A first visit of the dashboard and of every module on a phone."""
    return {name: look(browser, server, name, PHONE) for name in names if is_read(name)}


def is_read(name: str) -> bool:
    return name == "index.html" or name.startswith("modules/")


def above(visits: dict[str, Visit], measure: Callable[[Visit], float], most: float) -> list[str]:
    """Tell the pages that exceed a budget, each with what it has."""
    found = {name: measure(visit) for name, visit in visits.items()}
    assert max(found.values()) > 0, "nothing was measured"
    return [f"{name}: {value}" for name, value in found.items() if value > most]


def test_a_first_view_keeps_its_budget_of_bytes(at_desk: dict[str, Visit]) -> None:
    read = {name: visit for name, visit in at_desk.items() if is_read(name)}
    assert above(read, lambda visit: visit.total(font=False), 1000 * BUDGET["first-view"]) == []
    assert above(at_desk, lambda visit: visit.total(font=True), 1000 * BUDGET["in-all"]) == []


def test_a_first_view_takes_few_requests(at_desk: dict[str, Visit]) -> None:
    """The dashboard and the gallery also have a picture for each thing they list, loaded lazily."""
    texts = {n: v for n, v in at_desk.items() if n not in {"index.html", "reference/figures.html"}}
    assert above(texts, lambda visit: len(visit.bytes), REQUESTS) == []
    others = [[p for p in visit.paths() if "_images/" not in p] for visit in at_desk.values()]
    assert [paths for paths in others if len(paths) > REQUESTS] == []


def test_a_page_asks_no_other_host(at_desk: dict[str, Visit]) -> None:
    for name, visit in at_desk.items():
        assert len(visit.paths()) == len(visit.bytes), name


def test_a_page_loads_little_script_of_ours(
    root: Path, site: Path, at_desk: dict[str, Visit]
) -> None:
    ours = [path.read_text() for path in root.glob("_ext/*/static/*.js")]

    def weight(visit: Visit) -> int:
        loaded = "".join((site / p).read_text() for p in visit.paths() if p.endswith(".js"))
        return sum(len(script.encode()) for script in ours if script in loaded)

    assert above(at_desk, weight, 1000 * BUDGET["script"]) == []
    assert all(weight(visit) > 0 for visit in at_desk.values())


@pytest.fixture(params=["at_desk", "on_phone"])
def visits(request: pytest.FixtureRequest) -> dict[str, Visit]:
    """Pages as readers first see them, on both kinds of screen."""
    found: dict[str, Visit] = request.getfixturevalue(request.param)
    return found


def test_nothing_moves_while_a_page_loads(visits: dict[str, Visit]) -> None:
    assert [f"{name}: {v.shift}" for name, v in visits.items() if v.shift > SHIFT] == []


def test_the_largest_thing_at_first_is_text_or_the_first_figure(visits: dict[str, Visit]) -> None:
    seen = {name: visit.largest for name, visit in visits.items() if is_read(name)}
    assert {n: what for n, what in seen.items() if what not in {"text", "the first figure"}} == {}


def test_the_bundle_has_the_colours_of_code_that_the_theme_writes_last(site: Path) -> None:
    colours = (site / "_static/pygments.css").read_text()
    assert 'body[data-theme="dark"]' in colours
    assert colours in (site / "_static/bundle.css").read_text()
