"""Bad input: one clear error at page:line, in every build, and nothing that was built is lost."""

import pytest

from minisite import LINE, MiniSite

NO_FACT = "no fact 'm'; there are n, top, low, names, is_up"
BAD_CALL = (
    " is not a list like 'seed=1, kind=\"xor\"': "
    "names with numbers, strings, True, False or lists of these"
)


def figure(name: str, *options: str) -> str:
    return "\n".join([f"```{{dlcv-figure}} {name}", *options, "```"])


def refused(mini: MiniSite, *cases: tuple[str, str], offset: int = 0) -> None:
    """Put every text on one page; two builds both fail with these errors, at their lines."""
    page, expected = "# T\n\n", []
    for text, message in cases:
        line = page.count("\n") + 1 + offset
        expected.append(f"index.md:{line}: ERROR: {message} [dlcv.figure]")
        page += f"{text}\n\n"
    mini.page(page)
    for _ in range(2):
        built = mini.build()
        assert sorted(built.problems.splitlines()) == sorted(expected)
        assert built.status == 1


def test_an_unknown_name_is_answered_with_the_nearest(mini: MiniSite) -> None:
    refused(
        mini,
        (figure("tay.line"), "no module 'tay' of figures in toyfigures; did you mean 'toy'?"),
        (figure("toy.lime"), "no figure or example 'toy.lime'; did you mean 'toy.line'?"),
        (figure("toy"), "'toy' is no name of a figure: write module.function"),
    )


def test_a_wrong_argument_is_answered_with_what_is_allowed(mini: MiniSite) -> None:
    allowed = "allowed: n (int from 2 to 50), kind (one of 'up', 'down')"
    messages = {
        "m=3": f"'m' is no argument of toy.line; {allowed}",
        "n=1": "n=1 is not int from 2 to 50",
        "n=51": "n=51 is not int from 2 to 50",
        "n='3'": "n='3' is not int from 2 to 50",
        "n=True": "n=True is not int from 2 to 50",
        "n=2.5": "n=2.5 is not int from 2 to 50",
        "n=[3]": "n=[3] is not int from 2 to 50",
        "kind='left'": "kind='left' is not one of 'up', 'down'",
    }
    texts = [(figure("toy.line", f":args: {args}"), text) for args, text in messages.items()]
    refused(mini, *texts)


def test_arguments_are_literals_only(mini: MiniSite) -> None:
    calls = ("n=", "3", "n=len('a')", "**{'n': 3}", "n=3); x(", "n=1e999", "n={3: 4}[3]")
    texts = [(figure("toy.line", f":args: {args}"), f":args: {args!r}{BAD_CALL}") for args in calls]
    refused(mini, *texts)


def test_an_unknown_fact_is_answered_with_those_there_are(mini: MiniSite) -> None:
    refused(
        mini,
        ("{fact}`toy.line.m`", NO_FACT),
        ("{fact}`toy.line.names[5]`", "fact 'names' has no item 5"),
        ("{fact}`toy.line.n[0]`", "fact 'n' has no item 0"),
        ("{fact}`toy.line.n:yes`", "fact 'n' is int: no form 'yes'"),
        ("{fact}`toy.lime.n`", "no figure or example 'toy.lime'; did you mean 'toy.line'?"),
        ("{fact}`fig-a.n`", "no figure or example is labelled 'fig-a'"),
        ("{fact}`n`", "fact 'n' of what? write module.function.n"),
        ("{fact}`toy.line.`", "'toy.line.' quotes no fact: write target.name, name[0] or name:.2f"),
        (r"$\fact{toy.line.m}$", NO_FACT),
    )


def test_an_unknown_fact_in_a_caption_is_an_error_at_its_line(mini: MiniSite) -> None:
    refused(mini, (figure("toy.line", ":name: f", "", "A caption of {m}."), NO_FACT), offset=3)


def test_an_unknown_fact_in_an_alternative_text_is_an_error(mini: MiniSite) -> None:
    message = f"alternative text of 'toy.line': {NO_FACT}"
    refused(mini, (figure("toy.line", ":alt: of {m}"), message))


def test_a_fact_in_a_heading_is_refused(mini: MiniSite) -> None:
    message = "a fact in a heading would change its anchor; quote it in the text below"
    refused(mini, ("## Of {fact}`toy.line.n`", message))


def test_a_name_that_is_used_twice_names_the_other_place(mini: MiniSite) -> None:
    mini.page("# T\n\n```{dlcv-figure} toy.line\n:name: fig-a\nOne.\n```\n\n```{toctree}\nb\n```\n")
    mini.page("# B\n\ntext\n\n```{dlcv-figure} toy.line\n:name: fig-a\nTwo.\n```\n", "b")
    for _ in range(2):
        built = mini.build()
        expected = "index.md:3: ERROR: duplicate name 'fig-a', also at b:5 [dlcv.figure]"
        assert expected in built.problems.splitlines()
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


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("@figure(alt=' ')\ndef f() -> Drawing: ...", "ValueError: a figure needs an alternative"),
        ("@figure()\ndef f() -> Drawing: ...", "TypeError: figure() missing 1 required keyword"),
        ("@example\ndef f(a: int = 1): ...", "TypeError: parameter 'a' of toy.f is not keyword"),
        ("@example\ndef f(*, a: int): ...", "TypeError: parameter 'a' of toy.f has no default"),
        ("@example\ndef f(*, a: dict = {}): ...", "TypeError: parameter 'a' of toy.f is <class 'd"),
        ("def f(:", "SyntaxError: invalid syntax"),
        ("import nowhere", "ModuleNotFoundError: No module named 'nowhere'"),
    ],
)
def test_a_module_that_cannot_be_used_says_why(mini: MiniSite, source: str, message: str) -> None:
    mini.module(source)
    mini.page("# T\n\n" + figure("toy.f"))
    built = mini.build()
    start = f"index.md:3: ERROR: module 'toy' of figures cannot be used: {message}"
    assert built.problems.startswith(start)
    assert built.status == 1


def test_an_example_is_no_figure_and_a_figure_no_example(mini: MiniSite) -> None:
    mini.module(LINE + "\n@example\ndef add() -> dict:\n    '''Add.'''\n    return {'n': 1}\n")
    example = ":::{worked-example} toy.line\n:name: ex\n:title: T\n:::"
    refused(
        mini,
        (figure("toy.add"), "'toy.add' is registered as example, not as figure"),
        (example, "'toy.line' is registered as figure, not as example"),
        (":::{worked-example} toy.add\n:name: b\n:::", "a worked example needs :title:"),
    )


def test_a_table_needs_lists_of_one_length_and_bars(mini: MiniSite) -> None:
    mini.module(
        "@example\ndef two():\n    '''Two.'''\n    return {'a': [1], 'b': [1, 2], 'c': 3}\n"
    )
    lengths = "the columns of a table are lists of one length: "
    refused(
        mini,
        ("```{fact-table} toy.two\nA | {a}\nB | {b}\n```", f"{lengths}a has 1, b has 2"),
        ("```{fact-table} toy.two\nC | {c}\n```", f"{lengths}none is a list"),
        ("```{fact-table} toy.two\nA {a}\n```", "a column is 'heading | {fact}', not 'A {a}'"),
    )


def test_an_error_mended_leaves_no_trace(mini: MiniSite) -> None:
    mini.page("# T\n\n" + figure("toy.lime"))
    assert mini.build().status == 1
    mini.page("# T\n\n" + figure("toy.line"))
    built = mini.build()
    assert (built.status, built.problems) == (0, "")


def test_a_mended_function_is_drawn_though_no_page_changed(mini: MiniSite) -> None:
    mini.module(LINE.replace("top}", "missing}"))
    mini.page("# T\n\n" + figure("toy.line"))
    assert mini.build().status == 1
    mini.module(LINE)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    assert len(built.page().find_all("img")) == 2


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (":align: up", '"left", "center", or "right"'),
        (":loading: soon", '"lazy", or "eager"'),
        (":width: wide", '"wide" is no valid measure'),
        (":nmae: fig-a", "Unknown option key: 'nmae' (allowed: ['align', 'alt', 'args'"),
    ],
)
def test_a_wrong_option_of_the_directive_is_told_in_every_build(
    mini: MiniSite, option: str, message: str
) -> None:
    mini.page("# T\n\n" + figure("toy.line", option))
    for _ in range(2):
        built = mini.build()
        assert built.problems.startswith("index.md:")
        assert message in built.problems
        assert built.status == 1
    mini.page("# T\n\n" + figure("toy.line"))
    assert (mini.build().status, mini.build().problems) == (0, "")


def test_a_warning_of_sphinx_itself_is_told_in_every_build(mini: MiniSite) -> None:
    mini.page("# T\n\n{ref}`nowhere`\n\n```{toctree}\nb\n```\n")
    mini.page("# B\n\n```{nonsense}\n```\n", "b")
    first, second = mini.build(), mini.build("html", "-j", "2")
    assert "index.md:3: WARNING" in first.problems
    assert "b.md:3: WARNING" in first.problems
    assert sorted(second.problems.splitlines()) == sorted(first.problems.splitlines())


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
