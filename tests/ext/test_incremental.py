"""What is drawn and written again, and what is not; the same bytes whichever way."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from minisite import Built, MiniSite, kept, mini_in

NUMERICS = "def height(n):\n    return n - 1\n"
USING = """
from toynumerics.heights import height

@figure(alt="A line of {n} points up to {top}.")
def tall(*, n: int = 5) -> Drawing:
    '''Draw a line.'''
    return Drawing(picture(n), facts={"n": n, "top": height(n)})
"""
# Prints, when the build is over, what of the heavy packages its process has loaded.
SPY = """
import atexit
atexit.register(lambda: print("loaded:", [
    n for n in ("numpy", "matplotlib", "fontTools", "multiprocessing.forkserver")
    if n in sys.modules
]))
import sys
"""
# Ends the process when it comes to the last of the pages that an edit changes.
DIE = """
import os


def die(app, page, *_):
    if page == "c":
        os._exit(9)


def setup(app):
    app.connect("html-page-context", die)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != ".buildinfo"
    }


def written(folder: Path) -> dict[str, int]:
    return {p.stem: p.stat().st_mtime_ns for p in folder.glob("?.html")}


def figure(name: str, *, caption: str = "Up to {top}.", args: str = "") -> str:
    return f"```{{dlcv-figure}} {name}\n:name: fig-{name}\n:args: {args}\n{caption}\n```\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build four pages: a draws with a numerics module, b without, c only quotes, d neither.

    What is built is kept beside the site: where Sphinx finds itself in another folder it begins
    anew.
    """
    folder = tmp_path_factory.mktemp("first")
    site = mini_in(folder / "site")
    site.conf(SPY)
    site.source(NUMERICS, "toynumerics/heights.py")
    site.module(USING, "using")
    site.page("# T\n\n```{toctree}\na\nb\nc\nd\n```\n")
    site.page("# A\n\n" + figure("using.tall"), "a")
    site.page("# B\n\n" + figure("toy.line"), "b")
    site.page("# C\n\n{fact}`using.tall.top` and {ref}`fig-using.tall`\n", "c")
    site.page("# D\n\nNothing.\n", "d")
    built = site.build(apart=True)
    site.keep()
    return built


@pytest.fixture
def site(first: Built) -> MiniSite:
    """Return the site as the first build left it."""
    return kept(first)


def test_a_second_build_draws_nothing_writes_nothing_and_loads_no_matplotlib(
    site: MiniSite,
) -> None:
    drawn, pages = site.files(), written(site.folder / "_build/html")
    assert len(drawn) == 4
    built = site.build(apart=True)
    assert built.status == 0
    assert "loaded: []" in built.output
    assert site.files() == drawn
    assert written(built.out) == pages


def test_a_build_that_draws_loads_no_matplotlib_into_its_own_process(first: Built) -> None:
    loaded = first.output.partition("loaded: ")[2].splitlines()[0]
    assert "matplotlib" not in loaded
    assert "numpy" not in loaded


def test_an_edit_of_numerics_redraws_exactly_the_figures_that_use_it(site: MiniSite) -> None:
    before, pages = site.files(), written(site.folder / "_build/html")
    site.source(NUMERICS.replace("- 1", "+ 1"), "toynumerics/heights.py")
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    after = site.files()
    touched = {name for name in after if before.get(name) != after[name]}
    assert {name.partition("-")[0] for name in touched} == {"using"}
    assert all(after[name] == before[name] for name in before if name.startswith("toy-"))
    changed = {name for name, at in written(built.out).items() if pages[name] != at}
    assert changed == {"a", "c"}
    assert "Up to 6." in built.page("a").get_text()
    assert "6 and Up to 6." in built.page("c").get_text()


def test_an_edit_of_prose_draws_nothing(site: MiniSite) -> None:
    before = site.files()
    site.page("# A\n\nNew words.\n\n" + figure("using.tall"), "a")
    built = site.build()
    assert "loaded: []" in built.output
    assert site.files() == before
    assert "New words." in built.page("a").get_text()


def test_a_caption_draws_nothing_and_reaches_the_links(site: MiniSite) -> None:
    before = site.files()
    site.page("# A\n\n" + figure("using.tall", caption="Now up to {top}."), "a")
    assert "4 and Now up to 4." in site.build().page("c").get_text()
    assert site.files() == before


def test_an_argument_draws_that_figure_alone(site: MiniSite) -> None:
    before = site.files()
    site.page("# A\n\n" + figure("using.tall", args="n=9"), "a")
    built = site.build()
    assert "Up to 8." in built.page("a").get_text()
    new = site.files().keys() - before.keys()
    assert len(new) == 2
    assert all(name.startswith("using-tall-") for name in new)


def test_a_figure_put_before_another_gives_links_on_other_pages_the_new_number(
    site: MiniSite,
) -> None:
    site.page("# C\n\n{numref}`fig-using.tall`\n", "c")
    assert "Fig. 1" in site.build().page("c").get_text()
    site.page(
        "# A\n\n" + figure("toy.line").replace("fig-toy", "fig-new") + figure("using.tall"), "a"
    )
    assert "Fig. 2" in site.build().page("c").get_text()


def test_images_that_no_page_shows_any_more_leave_the_site(site: MiniSite) -> None:
    site.page("# A\n\nNo figure.\n", "a")
    site.page("# C\n\nNo link.\n", "c")
    built = site.build()
    names = {p.name.partition("-")[0] for p in (built.out / "_images").iterdir()}
    assert names == {"toy"}


def test_one_figure_on_two_pages_is_drawn_once(site: MiniSite) -> None:
    site.page("# B\n\n" + figure("using.tall", args="n=5").replace("fig-using", "fig-b"), "b")
    site.module("raise SystemExit", "toy")  # not used any more
    site.forget_figures()
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    assert len(site.files()) == 2


def test_other_builders_share_the_doctrees_and_see_an_edit(site: MiniSite) -> None:
    site.build("text")
    site.source(NUMERICS.replace("- 1", "+ 1"), "toynumerics/heights.py")
    assert "Up to 6." in site.build("html").page("a").get_text()
    text = site.build("text").out
    assert "Up to 6." in (text / "a.txt").read_text()
    assert "6 and" in (text / "c.txt").read_text()


def test_parallel_and_serial_and_incremental_builds_give_the_same_bytes(site: MiniSite) -> None:
    serial = digests(site.build("html", "-j", "1", out="serial").out)
    edited = "# A\n\nOther words.\n\n" + figure("using.tall")
    original = (site.folder / "a.md").read_text()
    site.page(edited, "a")
    site.build("html", out="serial")
    site.page(original, "a")
    again = digests(site.build("html", out="serial").out)
    # Sphinx keeps the words of deleted sentences in its search index, with no page behind them.
    assert {**again, "searchindex.js": serial["searchindex.js"]} == serial
    site.folder.joinpath("_build/doctrees").rename(site.folder / "old")
    assert digests(site.build("html", "-j", "4", out="parallel").out) == serial


def test_a_restored_cache_of_figures_makes_no_page_outdated(site: MiniSite) -> None:
    """A CI restores the store with new times; a page is not older than its figures for that."""
    tomorrow = time.time() + 86_400
    for path in (site.folder / "_build/figures").rglob("*"):
        os.utime(path, (tomorrow, tomorrow))
    before = written(site.folder / "_build/html")
    built = site.build()
    assert "0 changed, 0 removed" in built.output or "no targets are out of date" in built.output
    assert written(built.out) == before


def test_pages_of_a_build_that_died_are_written_again_also_when_its_edit_is_undone(
    site: MiniSite,
) -> None:
    conf = (site.folder / "conf.py").read_text()
    site.conf(DIE)
    site.source(NUMERICS.replace("- 1", "+ 1"), "toynumerics/heights.py")
    died = site.build()
    assert died.status == 9
    assert "Up to 6." in died.page("a").get_text()
    (site.folder / "conf.py").write_text(conf)
    site.source(NUMERICS, "toynumerics/heights.py")
    assert "Up to 4." in site.build().page("a").get_text()


def test_a_damaged_picture_is_drawn_again_and_never_served(site: MiniSite) -> None:
    good = digests(site.folder / "_build/html")
    for path in (site.folder / "_build/figures/files").glob("*"):
        data = path.read_bytes()
        path.write_bytes(data[:-9] + b"truncated")  # of the same size
    site.folder.joinpath("_build/html").rename(site.folder / "old")
    built = site.build()
    assert built.status == 0
    assert digests(built.out) == good
