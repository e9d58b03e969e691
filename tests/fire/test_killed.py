"""A build that is killed at any moment: the next one is as if nothing had been."""

import shutil
import signal
import time
from contextlib import suppress

import numpy as np
import psutil  # type: ignore[import-untyped]  # has no stubs of its own
import pytest

import forked
from dlcv_viz.engine.shown import keys_in_use
from dlcv_viz.engine.store import Store
from firesite import NUMERICS, digests
from minisite import MiniSite

N_KILLS = 10  # a test; there are two


def kill_after(site: MiniSite, seconds: float) -> bool:
    """Begin to build and kill it with all its processes; whether it was still at work."""
    build = forked.start(site.arguments(), site.variables, site.folder / "killed.txt")
    started = []
    if not build.has_ended(seconds):
        with suppress(psutil.NoSuchProcess):  # it ended in this moment
            started = psutil.Process(build.pid).children(recursive=True)
        build.kill()
    # Workers end by themselves when the build has ended.
    assert psutil.wait_procs(started, timeout=30)[1] == []
    return build.result() == -signal.SIGKILL


def stored(site: MiniSite) -> dict[str, int]:
    """Return the whole entries with the times when they were written."""
    store = Store(site.folder / "_build/figures")
    names = [f"entries/{path.name}" for path in (store.folder / "entries").glob("*.json")]
    whole = [name for name in names if store.read_json(name) is not None]
    return {name: (store.folder / name).stat().st_mtime_ns for name in whole}


def pruned(site: MiniSite) -> set[str]:
    """Drop from the store what no page shows; name the files that are left."""
    store = Store(site.folder / "_build/figures")
    store.prune(keys_in_use(store))
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    return {path.relative_to(store.folder).as_posix() for path in files}


def edit(site: MiniSite) -> None:
    """Change a page, and what half of the figures are computed with."""
    (site.folder / "d.md").write_text((site.folder / "d.md").read_text() + "\nMore words.\n")
    site.source(NUMERICS.replace("- 1", "+ 1"), "toynumerics/heights.py")


@pytest.mark.slow
@pytest.mark.parametrize(("when", "seed"), [("first", 1), ("after an edit", 2)])
def test_a_killed_build_is_made_good_by_the_next(site: MiniSite, when: str, seed: int) -> None:
    build, before = site.folder / "_build", site.folder / "before"
    if when == "after an edit":
        site.build()
        edit(site)
    shutil.copytree(build, before)
    started = time.monotonic()
    assert site.build().status == 0
    duration = time.monotonic() - started
    expected, files = digests(build / "html"), pruned(site)
    rng, n_killed = np.random.default_rng(seed), 0
    while n_killed < N_KILLS:
        shutil.rmtree(build)
        shutil.copytree(before, build)
        share = rng.uniform()
        if not kill_after(site, share * duration):
            duration *= 0.9  # builds are quicker than the first one was: it may have shared a core
            continue
        n_killed += 1
        kept = stored(site)
        built = site.build()
        assert (built.status, built.problems) == (0, ""), share
        assert digests(build / "html") == expected, share
        assert kept.items() <= stored(site).items(), "what was stored is not drawn again"
        assert pruned(site) == files, share
