"""Hostile text in options, captions and facts: escaped, never executed, never a traceback of ours.

Most cases go to the functions that read what pages say; a hundred go through whole builds.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dlcv_sphinx.arguments import PageError, parse_arguments
from dlcv_viz.facts import FactError, Quote, checked_facts, fill
from dlcv_viz.parameters import ArgumentError, Parameter
from minisite import Built, mini_in

few = settings(max_examples=100, phases=[Phase.generate])

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</figure><svg onload=alert(1)>",
    "\" onmouseover='alert(1)",
    "javascript:alert(1)",
    "../../../etc/passwd",
    "..\\..\\x",
    "&lt;&amp;&#60;",
    "]]>",
    "-->",
    "{n}",
    "{missing}",
    "{n:9999999999}",
    "{n[99999999999999999999]}",
    "\\fact{n}",
    "{{n}}",
    "{fact}`n`",
    "`",
    "```",
    "''\"\"",
    "%s%(a)s",
    "$\\href{javascript:alert(1)}{x}$",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{HEBREW LETTER ALEF}\N{ARABIC LETTER BEH}",
    "\N{NULL}",
    "\x1b[31m",
    "\x7f\x85\u2028",
    "\ud800",
    "x" * 10_000,
    "(" * 300,
    "9" * 5000,
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=4).map(
    "".join
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)


@few
@given(texts | texts.map(lambda text: f"kind={text!r}") | json_values.map(lambda v: f"a={v!r}"))
def test_arguments_are_read_or_refused(text: str) -> None:
    try:
        read = json.loads(parse_arguments(text))
    except PageError:
        return
    assert all(name.isidentifier() for name in read)


@few
@given(
    texts | texts.map(lambda text: "{n" + text + "}") | texts.map(lambda text: "{s:" + text + "}")
)
def test_a_template_is_filled_or_refused(text: str) -> None:
    facts = {"n": 3, "s": "<b>", "x": -0.5, "w": [1, 2], "ok": True}
    for parse in (Quote.parse, lambda text: fill(text, facts), lambda t: fill(t, facts, tex=True)):
        try:
            written = parse(text)
        except FactError:
            continue
        assert isinstance(written, Quote) or len(written) < len(text) + 10_000


@few
@given(st.dictionaries(texts | st.just("s"), json_values, max_size=3))
def test_facts_are_json_that_can_be_written_or_are_refused(facts: dict[str, Any]) -> None:
    try:
        checked = checked_facts(facts)
    except FactError:
        return
    written = json.dumps(checked, ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(written) == checked


@few
@given(st.sampled_from(["int", "float", "bool", "str"]), st.booleans(), json_values)
def test_an_argument_is_of_its_kind_or_refused(kind: str, many: bool, value: object) -> None:
    parameter = Parameter("a", kind, None, many=many)
    try:
        checked = parameter.check(value)
    except ArgumentError:
        return
    for one in checked if many else [checked]:
        assert type(one).__name__ == kind


HOSTILE = """
@figure(alt="An alternative text of {s}.")
def hostile(*, s: str = "plain", n: int = 3) -> Drawing:
    '''Show what it is given.'''
    drawn = picture(n)
    drawn.text(0.5, 0.5, s[:99].replace("$", ""))
    return Drawing(drawn, facts={"n": n, "s": s, "many": [s, s]})
"""
LINKS = {"href", "src", "xlink:href"}
PARTS = range(4)
NAMES = "abcdefghijklmnopqrstuvwxyz"
# Markdown lets pages write HTML of their own. A project that does not trust its pages forbids that.
NO_HTML = 'myst_disable_syntax = ["html_block", "html_inline"]\n'


def cases(n: int) -> list[tuple[str, str, str]]:
    """Return the same triples of a fact, a caption and an option in every run."""
    found: list[tuple[str, str, str]] = []

    @settings(
        max_examples=n,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(texts, texts, texts))
    def keep(case: tuple[str, str, str]) -> None:
        found.append(case)

    keep()
    return found


def on_one_line(text: str) -> str:
    return re.sub(r"[\ud800-\udfff]", "", " ".join(text.split()))


def page(number: int, some: list[tuple[str, str, str]]) -> str:
    lines = [f"# Page {number}", ""]
    for index, (fact, caption, option) in enumerate(some):
        said, told, given = ascii(fact), on_one_line(caption), on_one_line(option)
        name = f"{NAMES[index]}{number}"
        lines += [
            "```````````{dlcv-figure} toy.hostile",
            f":args: s={said}",
            *([f":alt: {given}"] if index % 2 else [f":figclass: {given}"]),
            f":name: fig-{name}",
            "",
            f"About {{s}}. {told}",
            "```````````",
            "",
            f"{{fact}}`fig-{name}.s` and {{fact}}`fig-{name}.many` and $x \\fact{{fig-{name}.n}}$",
            "",
            f"``````{{dlcv-figure}} {given.replace('{', '')}",
            "``````",
            "",
        ]
    return "\n".join(lines)


def executed(page: BeautifulSoup) -> set[str]:
    """Return what of a page a browser would run."""
    found = {str(script) for script in page.find_all("script")}
    for tag in page.find_all(True):
        assert isinstance(tag, Tag)
        for name, value in tag.attrs.items():
            if name.startswith("on") or (name in LINKS and "javascript:" in str(value)):
                found.add(f"{tag.name} {name}={value}")
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a hundred cases, 25 a page, beside a page that says nothing."""
    site = mini_in(tmp_path_factory.mktemp("hostile"))
    site.conf(NO_HTML)
    site.module(HOSTILE)
    site.page("# Nothing\n")
    every = cases(100)
    for part in PARTS:
        site.page(page(part, every[25 * part : 25 * part + 25]), f"part-{part}")
    return site.build(strict=False)


@pytest.mark.slow
def test_no_text_is_a_traceback_of_ours(built: Built) -> None:
    assert built.status == 0
    assert "(most recent call last)" not in built.problems
    assert "dlcv_sphinx/" not in built.problems


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_a_page_or_a_fact_says_is_executed(built: Built, part: int) -> None:
    shown = built.page(f"part-{part}")
    assert len(shown.find_all("figure")) >= 25
    assert executed(shown) == executed(built.page())
    names = [Path(str(image["src"])) for image in shown.find_all("img")]
    assert names
    assert {path.parent.as_posix() for path in names} == {"_images"}
    for path in names:
        assert executed(BeautifulSoup((built.out / path).read_bytes(), "html.parser")) == set()


@pytest.mark.slow
def test_no_text_reaches_the_name_of_a_picture(built: Built) -> None:
    pages = [built.page(f"part-{part}") for part in PARTS]
    shown = {Path(str(image["src"])).name for page in pages for image in page.find_all("img")}
    held = {path.name for path in (built.out / "_images").iterdir()}
    assert shown == held
    assert [name for name in held if not re.fullmatch(r"[\w-]+\.svg", name)] == []
