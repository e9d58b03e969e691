"""Bad input: one clear error at page:line, in every build, and nothing that was built is lost."""

from typing import NamedTuple

import pytest

from minisite import LINE, Built, MiniSite, mini_in, put_together

NO_FACT = "no fact 'm'; there are n, top, low, names, is_up"
BAD_CALL = (
    " is not a list like 'seed=1, kind=\"xor\"': "
    "names with numbers, strings, True, False or lists of these"
)
ALLOWED = "allowed: n (int from 2 to 50), kind (one of 'up', 'down')"
SUMS = """
@example
def add() -> dict:
    '''Add.'''
    return {'n': 1}


@example
def two():
    '''Give lists of two lengths.'''
    return {'a': [1], 'b': [1, 2], 'c': 3}
"""


def figure(name: str, *options: str) -> str:
    return "\n".join([f"```{{dlcv-figure}} {name}", *options, "```"])


def line(argument: str) -> str:
    return figure("toy.line", f":args: {argument}")


def table(column: str) -> str:
    return f"```{{fact-table}} sums.two\n{column}\n```"


class Bad(NamedTuple):
    """What a page says, the error, and how many lines below the first it is."""

    text: str
    message: str
    below: int = 0


REFUSED = {
    "an unknown name is answered with the nearest": [
        Bad(figure("tay.line"), "no module 'tay' of figures in toyfigures; did you mean 'toy'?"),
        Bad(figure("toy.lime"), "no figure or example 'toy.lime'; did you mean 'toy.line'?"),
        Bad(figure("toy"), "'toy' is no name of a figure: write module.function"),
    ],
    "a wrong argument is answered with what is allowed": [
        Bad(line("m=3"), f"'m' is no argument of toy.line; {ALLOWED}"),
        Bad(line("n=1"), "n=1 is not int from 2 to 50"),
        Bad(line("n=51"), "n=51 is not int from 2 to 50"),
        Bad(line("n='3'"), "n='3' is not int from 2 to 50"),
        Bad(line("n=True"), "n=True is not int from 2 to 50"),
        Bad(line("n=2.5"), "n=2.5 is not int from 2 to 50"),
        Bad(line("n=[3]"), "n=[3] is not int from 2 to 50"),
        Bad(line("kind='left'"), "kind='left' is not one of 'up', 'down'"),
    ],
    "arguments are literals only": [
        Bad(line(call), f":args: {call!r}{BAD_CALL}")
        for call in ("n=", "3", "n=len('a')", "**{'n': 3}", "n=3); x(", "n=1e999", "n={3: 4}[3]")
    ],
    "an unknown fact is answered with those there are": [
        Bad("{fact}`toy.line.m`", NO_FACT),
        Bad("{fact}`toy.line.names[5]`", "fact 'names' has no item 5"),
        Bad("{fact}`toy.line.n[0]`", "fact 'n' has no item 0"),
        Bad("{fact}`toy.line.n:yes`", "fact 'n' is int: no form 'yes'"),
        Bad("{fact}`toy.lune.n`", "no figure or example 'toy.lune'; did you mean 'toy.line'?"),
        Bad(
            "{fact}`fig-a.n`",
            "no figure or example is labelled 'fig-a'; did you mean 'fig-b'?",
        ),
        Bad("{fact}`n`", "fact 'n' of what? write module.function.n"),
        Bad(
            "{fact}`toy.line.`",
            "'toy.line.' quotes no fact: write target.name, name[0] or name:.2f",
        ),
        Bad(r"$\fact{toy.line.m}$", NO_FACT),
    ],
    "an unknown fact in a caption is told at the line of the caption": [
        Bad(figure("toy.line", ":name: fig-b", "", "A caption of {m}."), NO_FACT, below=3)
    ],
    "an unknown fact in an alternative text is an error": [
        Bad(figure("toy.line", ":alt: of {m}"), f"alternative text of 'toy.line': {NO_FACT}")
    ],
    "a fact in a heading is refused": [
        Bad(
            "## Of {fact}`toy.line.n`",
            "a fact in a heading would change its anchor; quote it in the text below",
        )
    ],
    "an example is no figure and a figure no example": [
        Bad(figure("sums.add"), "'sums.add' is registered as example, not as figure"),
        Bad(
            ":::{worked-example} toy.line\n:name: ex-a\n:title: T\n:::",
            "'toy.line' is registered as figure, not as example",
        ),
        Bad(":::{worked-example} sums.add\n:name: ex-b\n:::", "a worked example needs :title:"),
        Bad(
            ":::{worked-example} sums.add\n:name: ex-c\n:title: $x_{i}$ is {n}\n:::",
            "a title quotes no facts: it is listed where they are not known",
        ),
    ],
    "a table needs lists of one length and bars": [
        Bad(
            table("A | {a}\nB | {b}"),
            "the columns of a table are lists of one length: a has 1, b has 2",
        ),
        Bad(table("C | {c}"), "the columns of a table are lists of one length: none is a list"),
        Bad(table("A {a}"), "a column is 'heading | {fact}', not 'A {a}'"),
    ],
}


@pytest.fixture(scope="module")
def refused(shared: MiniSite) -> list[Built]:
    """Build twice a site with a page for each promise."""
    shared.module(SUMS, "sums")
    put_together(
        shared, {name: "\n\n".join(bad.text for bad in page) for name, page in REFUSED.items()}
    )
    return [shared.build(), shared.build()]


def expected(promise: str) -> list[str]:
    page, told, place = promise.replace(" ", "-"), [], 3
    for text, message, below in REFUSED[promise]:
        told.append(f"{page}.md:{place + below}: ERROR: {message} [dlcv.figure]")
        place += text.count("\n") + 2
    return told


@pytest.mark.parametrize("promise", REFUSED)
def test_bad_input_is_one_error_at_its_line_in_every_build(
    refused: list[Built], promise: str
) -> None:
    for built in refused:
        told = [t for t in built.problems.splitlines() if promise.replace(" ", "-") in t]
        assert sorted(told) == sorted(expected(promise))
        assert built.status == 1


def test_nothing_is_told_but_the_errors(refused: list[Built]) -> None:
    every = sorted(error for promise in REFUSED for error in expected(promise))
    assert [sorted(built.problems.splitlines()) for built in refused] == [every] * 2


def test_a_name_that_is_used_twice_names_the_other_place(mini: MiniSite) -> None:
    mini.page("# T\n\n```{dlcv-figure} toy.line\n:name: fig-a\nOne.\n```\n\n```{toctree}\nb\n```\n")
    mini.page("# B\n\ntext\n\n```{dlcv-figure} toy.line\n:name: fig-a\nTwo.\n```\n", "b")
    for _ in range(2):
        built = mini.build()
        error = "index.md:3: ERROR: duplicate name 'fig-a', also at b:5 [dlcv.figure]"
        assert error in built.problems.splitlines()
        assert built.status == 1


FAILING = {
    "raises": ("return missing", "NameError: name 'missing' is not defined"),
    "leaves": ("sys.exit(3)", "SystemExit: 3"),
    "ends": ("os._exit(4)", "its process ended with exit code 4"),
    "forgets": ("return picture(2)", "TypeError: returned Figure, not a Drawing with a Figure"),
    "is_nan": (
        "return Drawing(picture(2), facts={'x': float('nan')})",
        "FactError: fact 'x' is nan, which is no JSON number",
    ),
    "is_code": (
        "return Drawing(picture(2), facts={'x': picture})",
        "FactError: fact 'x' holds a function; "  # noqa: ISC004  # one message
        "facts are str, int, float, bool or short lists of these",
    ),
    "sleeps": ("time.sleep(60)", "took longer than 2 s (dlcv_timeout)"),
    "hangs": ("[None for _ in iter(int, 1)]", "took longer than 2 s (dlcv_timeout)"),
}


def test_a_function_that_fails_is_named_and_fails_every_build_but_no_other_figure(
    mini: MiniSite,
) -> None:
    functions = "".join(
        f"\n@figure(alt='An alternative text.')\n"
        f"def {name}(*, a: int = 3) -> Drawing:\n    '''Fail.'''\n    {body}\n"
        for name, (body, _) in FAILING.items()
    )
    mini.conf("dlcv_timeout = 2\n")
    mini.module(LINE + functions)
    mini.page("# T\n\n" + "\n\n".join(map(figure, ["toy.line", *(f"toy.{n}" for n in FAILING)])))
    lines = range(6, 6 + 3 * len(FAILING), 3)
    for _ in range(2):
        built = mini.build()
        found = [line for line in built.problems.splitlines() if ": ERROR: " in line]
        for line, (name, (_, message)) in zip(lines, FAILING.items(), strict=True):
            start = f"index.md:{line}: ERROR: toy.{name}(a=3) failed: {message}"
            assert any(text.startswith(start) for text in found), start
        assert len(found) == len(FAILING)
        assert "return missing" in built.problems, "the traceback is the function's own"
        assert "worker.py" not in built.problems, "and none of ours"
        assert built.status == 1
        page = built.page()
        shown = [error.get_text() for error in page.find_all(class_="dlcv-error")]
        assert len(shown) == len(FAILING)
        assert len(page.find_all("img")) == 2, "the other figure is drawn"


UNUSABLE = {
    "blank": (
        "@figure(alt=' ')\ndef f() -> Drawing: ...",
        "ValueError: a figure needs an alternative",
    ),
    "without": (
        "@figure()\ndef f() -> Drawing: ...",
        "TypeError: figure() missing 1 required keyword",
    ),
    "placed": (
        "@example\ndef f(a: int = 1): ...",
        "TypeError: parameter 'a' of placed.f is not keyword",
    ),
    "needed": (
        "@example\ndef f(*, a: int): ...",
        "TypeError: parameter 'a' of needed.f has no default",
    ),
    "untyped": (
        "@example\ndef f(*, a: dict = {}): ...",
        "TypeError: parameter 'a' of untyped.f is <class 'd",
    ),
    "unread": ("def f(:", "SyntaxError: invalid syntax"),
    "lost": ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
}


@pytest.fixture(scope="module")
def unusable(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a page for each module that cannot be used."""
    site = mini_in(tmp_path_factory.mktemp("unusable"))
    for name, (source, _) in UNUSABLE.items():
        site.module(source, name)
    put_together(site, {name: figure(f"{name}.f") for name in UNUSABLE})
    return site.build()


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_module_that_cannot_be_used_says_why(unusable: Built, name: str) -> None:
    start = f"{name}.md:3: ERROR: module {name!r} of figures cannot be used: {UNUSABLE[name][1]}"
    assert f"\n{start}" in f"\n{unusable.problems}"
    assert unusable.problems.count(": ERROR: ") == len(UNUSABLE)
    assert unusable.status == 1


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("dlcv_timeout = 0", "dlcv_timeout=0 is below 0.1"),
        ("dlcv_workers = -1", "dlcv_workers=-1 is below 0"),
        ("dlcv_memory = -1", "dlcv_memory=-1 is below 0"),
        ("dlcv_figure_packages = []", "dlcv_figure_packages=[] is not a list of package names"),
    ],
)
def test_a_wrong_option_of_the_project_ends_the_build(
    mini: MiniSite, option: str, message: str
) -> None:
    mini.conf(f"{option}\n")
    mini.page("# T\n")
    built = mini.build()
    assert built.status == 2
    assert message in built.problems
