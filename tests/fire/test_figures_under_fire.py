"""Figures that do what none should: the others on the page are drawn, and right."""

import psutil  # type: ignore[import-untyped]  # has no stubs of its own
import pytest

from firesite import figure
from minisite import LINE, MiniSite

pytestmark = pytest.mark.slow

# What a function does, and how its error begins; one that has none draws its figure.
ROGUES = {
    "leaks": ("KEPT.append(bytearray(30 << 20))", ""),
    "prints": ("print('<b>seen</b>'); os.system('echo unseen')", ""),
    "leaves": ("sys.exit(3)", "SystemExit: 3"),
    "ends": ("os._exit(4)", "its process ended with exit code 4"),
    "forks": ("fork(True)", ""),
    "comes_back_twice": ("fork(False)", ""),
    "forks_and_ends": ("fork(True); os._exit(5)", "its process ended with exit code 5"),
    "threads": ("threading.Thread(target=threading.Event().wait).start()", ""),
    "restyles": ("matplotlib.rcParams.update({'lines.linewidth': 9, 'font.size': 30})", ""),
    "moves": ("os.chdir('/')", ""),
    "seeds": ("np.random.seed(1)", ""),
    "is_strict": ("np.seterr(all='raise'); warnings.simplefilter('error')", ""),
    "eats": ("bytearray(400 << 20)", "MemoryError: more than 300 MiB (dlcv_memory)"),
    "nests": ("nest()", "RecursionError: maximum recursion depth exceeded"),
}
HELP = """
import threading
import warnings

import matplotlib
import numpy as np

KEPT = []
CHILDREN = os.path.join(os.path.dirname(__file__), "children.txt")


def fork(stays):
    child = os.fork()
    if child == 0 and stays:
        time.sleep(3600)
    if child != 0:
        with open(CHILDREN, "a") as file:
            file.write(f"{child}\\n")


def nest():
    return nest()


@figure(alt="A figure that warns.")
def warns(*, a: int = 3) -> Drawing:
    '''Warn.'''
    np.log(np.zeros(2))
    for _ in range(2):
        warnings.warn("one", stacklevel=1)
    return Drawing(picture(2), facts={})
"""


def functions() -> str:
    return HELP + "".join(
        f"\n@figure(alt='A figure that {name}.')\n"
        f"def {name}(*, a: int = 3) -> Drawing:\n    '''Misbehave.'''\n    {body}\n"
        "    return Drawing(picture(2), facts={})\n"
        for name, (body, _) in ROGUES.items()
    )


def pictures(site: MiniSite) -> dict[str, bytes]:
    files = (site.folder / "_build/figures/files").glob("toy-line-*")
    return {path.name: path.read_bytes() for path in files}


def test_no_figure_harms_the_others(mini: MiniSite) -> None:
    """One worker draws them all, in the order of the page."""
    mini.conf("dlcv_workers = 1\ndlcv_memory = 300\ndlcv_timeout = 30\n")
    honest = [figure("toy.line", f"n={n}") for n in range(2, 3 + len(ROGUES))]
    mini.module(LINE + functions())
    mini.page("# T\n\n" + "".join(honest))
    assert mini.build().status == 0
    expected = pictures(mini)
    assert len(expected) == 2 * len(honest)
    mini.forget_figures()

    page, lines = "# T\n\n", {}
    for name, good in zip(["warns", *ROGUES], honest, strict=True):
        lines[name] = page.count("\n") + 1
        page += figure(f"toy.{name}") + good
    mini.page(page)
    built = mini.build()
    assert built.status == 1
    assert pictures(mini) == expected
    for name, (_, error) in ROGUES.items():
        start = f"index.md:{lines[name]}: ERROR: toy.{name}(a=3) failed: {error}"
        assert (start in built.problems) == bool(error), name
    warned = f"index.md:{lines['warns']}: WARNING: toy.warns warned: RuntimeWarning: divide by"
    assert warned in built.problems
    assert built.problems.count("UserWarning: one (toy.py:") == 1
    n_failed = sum(bool(error) for _, error in ROGUES.values())
    assert built.problems.count(": ERROR: ") == n_failed
    assert len(built.page().find_all("img")) == 2 * (len(lines) + len(honest) - n_failed)
    assert "toy.prints printed: <b>seen</b>" in built.output
    assert "unseen" not in built.output
    children = (mini.folder / "toyfigures/children.txt").read_text().split()
    assert len(children) == 3
    assert [pid for pid in children if is_running(int(pid))] == []


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_figure_that_warns_fails_every_strict_build_until_it_is_mended(mini: MiniSite) -> None:
    """On each page that asks for it, once; with no effect on what is drawn."""
    text = LINE.replace("facts = {", "np.log(np.zeros(n))\n    facts = {")
    mini.module("import numpy as np\n" + text)
    mini.page("# T\n\n" + 2 * figure("toy.line") + "```{toctree}\nb\nc\n```\n")
    mini.page("# B\n\n" + figure("toy.line", "n=5"), "b")
    mini.page("# C\n\n{fact}`toy.line.top`\n", "c")
    for builder in ("html", "html", "text"):
        built = mini.build(builder)
        found = [line.partition(" (toy.py")[0] for line in sorted(built.problems.splitlines())]
        warned = "WARNING: toy.line warned: RuntimeWarning: divide by zero encountered in log"
        assert found == [f"b.md:3: {warned}", f"index.md:3: {warned}"]
        assert built.status == 1
    assert mini.build(strict=False).status == 0
    mini.module(LINE)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")


def test_a_fact_that_only_prose_quotes_has_its_warning_there(mini: MiniSite) -> None:
    text = LINE.replace("facts = {", "warnings.warn('no', stacklevel=1)\n    facts = {")
    mini.module("import warnings\n" + text)
    mini.page("# T\n\n{fact}`toy.line.top` and {fact}`toy.line.n`\n")
    built = mini.build()
    assert built.problems.startswith(
        "index.md:3: WARNING: toy.line warned: UserWarning: no (toy.py:"
    )
    assert built.problems.count("WARNING") == 1
