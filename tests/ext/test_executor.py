"""The option ``dlcv_executor``: whatever draws, the same site, and nothing is left running."""

import hashlib
from pathlib import Path

import pytest

from minisite import LINE, MiniSite

EXECUTORS = """
import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager


def processes():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def threads():
    return ThreadPoolExecutor(3)


class Inline(Executor):
    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@contextmanager
def dask():
    from distributed import Client

    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield client.get_executor()


@contextmanager
def client():
    yield 3


def fails():
    raise OSError("no scheduler at tcp://nowhere")
"""
# What runs when the pages are about to be written.
SPY = """
import threading

import psutil

import executors


def running(app, *_):
    names = [p.cmdline() for p in psutil.Process().children(recursive=True)]
    names += [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    # Python's own, and a thread that Dask keeps for its next client.
    kept = ("resource_tracker", "Dask-Offload")
    print("running:", [n for n in names if not any(k in str(n) for k in kept)])


def setup(app):
    app.connect("write-started", running)
"""
SWEPT = """
import warnings

@figure(alt="{n}.", sweep=Sweep("n", [2, 4, 8], label="n"))
def steps(*, n: int = 2) -> Drawing:
    '''Draw more and more points.'''
    warnings.warn("too many", stacklevel=1) if n > 4 else None
    return Drawing(picture(n), facts={"n": n})
"""
PAGE = """# T

```{dlcv-figure} toy.line
```

```{dlcv-figure} toy.line
:args: n=9
```

```{dlcv-figure} toy.steps
```

{fact}`toy.line.top`
"""
WARNED = "index.md:10: WARNING: toy.steps warned: UserWarning: too many (toy.py:"


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def site(mini: MiniSite) -> MiniSite:
    mini.source(EXECUTORS, "executors.py")
    mini.conf(SPY)
    return mini


EVERY = ("executors.processes", "executors.threads", "executors.Inline", "executors.dask")


@pytest.mark.slow
def test_every_executor_gives_the_same_site_and_leaves_nothing_running(site: MiniSite) -> None:
    site.module(LINE + SWEPT)
    site.page(PAGE)
    ours = site.build(out="ours")
    assert ours.problems.startswith(WARNED)
    expected = digests(ours.out)
    pictures = digests(site.folder / "_build/figures/files")
    assert len(pictures) >= 10
    conf = (site.folder / "conf.py").read_text()
    for name in EVERY:
        (site.folder / "_build/doctrees").rename(site.folder / f"before-{name}")
        site.forget_figures()
        (site.folder / "conf.py").write_text(f"{conf}\ndlcv_executor = '{name}'\n")
        built = site.build(out=name)
        assert built.problems == ours.problems, name
        assert "running: []" in built.output, name
        assert digests(site.folder / "_build/figures/files") == pictures, name
        assert digests(built.out) == expected, name


ENDLESS = """
@figure(alt="A.")
def endless(*, a: int = 3) -> Drawing:
    '''Never end.'''
    while True:
        try:
            time.sleep(60)
        except Exception:
            pass
"""
TWO = "# T\n\n```{dlcv-figure} toy.endless\n```\n\n```{dlcv-figure} toy.line\n```\n"


def test_an_executor_without_limits_ends_a_figure_that_takes_too_long(site: MiniSite) -> None:
    """The option may also be the factory itself."""
    site.module(LINE + ENDLESS)
    site.page("# T\n\n{fact}`toy.line.n`\n")
    assert site.build().status == 0  # importing is held to the limit too, and may take long
    conf = (site.folder / "conf.py").read_text() + "\ndlcv_timeout = 2\n"
    for n, factory in enumerate(["'executors.processes'", "executors.Inline"], 2):
        (site.folder / "conf.py").write_text(f"{conf}dlcv_executor = {factory}\n")
        site.page(TWO.replace("toy.line\n", f"toy.line\n:args: n={n}\n"))
        built = site.build()
        late = "toy.endless(a=3) failed: took longer than 2 s (dlcv_timeout)"
        assert built.problems == f"index.md:3: ERROR: {late} [dlcv.figure]\n"
        assert len(built.page().find_all("img")) == 2
        assert "running: []" in built.output


def test_a_pool_that_loses_a_worker_names_every_figure_it_did_not_draw(site: MiniSite) -> None:
    """The standard pool ends with its worker, and takes no more tasks."""
    site.module(LINE + ENDLESS.replace("while True:", "os._exit(4)\n    while True:"))
    site.page(TWO)
    site.conf("dlcv_executor = 'executors.processes'\n")
    built = site.build()
    assert built.status == 1
    problems = built.problems.splitlines()
    assert problems[0].startswith("index.md:3: ERROR: toy.endless(a=3) failed: A process in the")
    assert [line for line in problems if not line.startswith("index.md:")] == []


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("3", "dlcv_executor=3 is no dotted name and cannot be called"),
        ("'executors'", "dlcv_executor='executors' cannot be used: ValueError: write module.fac"),
        ("'nowhere.x'", "dlcv_executor='nowhere.x' cannot be used: ModuleNotFoundError: No module"),
        ("'executors.x'", "dlcv_executor='executors.x' cannot be used: AttributeError: module 'ex"),
        ("'executors.fails'", "dlcv_executor='executors.fails' cannot be used: OSError: no sched"),
        ("'executors.client'", "dlcv_executor='executors.client' gave int, not a concurrent.fut"),
        ("'os.getpid'", "dlcv_executor='os.getpid' gave int, not a concurrent.futures.Executor"),
    ],
)
def test_an_executor_that_cannot_be_used_ends_the_build(
    site: MiniSite, option: str, message: str
) -> None:
    site.page("# T\n\n```{dlcv-figure} toy.line\n```\n")
    site.conf(f"dlcv_executor = {option}\n")
    built = site.build()
    assert built.status == 2
    assert f"ConfigError: {message}" in built.problems
    assert "(most recent call last)" not in built.problems
