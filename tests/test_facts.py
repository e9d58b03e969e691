"""Facts: what may be one, and how templates of text and of TeX quote them."""

import enum
import json
import math
from typing import Any

import numpy as np
import pytest

from dlcv_viz.facts import FactError, Quote, checked_facts, fill, quotes, substitute

FACTS = {
    "n": 14,
    "low": -2.5,
    "tiny": -0.004,
    "w": [0.5, -1.25, 3.0],
    "names": ["a-b", "c"],
    "mixed": ["a-b", -1],
    "right": True,
    "answers": [True, False],
    "word": "well-known",
    "none": [],
}
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("n", Quote("", "n")),
        (" n ", Quote("", "n")),
        ("w[0]", Quote("", "w", 0)),
        ("w[-1]:.2f", Quote("", "w", -1, ".2f")),
        ("right:yes|no", Quote("", "right", None, "yes|no")),
        ("right:at 9:30|never", Quote("", "right", None, "at 9:30|never")),
        ("perceptron.boundary.updates", Quote("perceptron.boundary", "updates")),
        ("fig-a.w[2]:+.1e", Quote("fig-a", "w", 2, "+.1e")),
    ],
)
def test_a_quote_is_read_into_its_parts(text: str, quote: Quote) -> None:
    assert Quote.parse(text) == quote


@pytest.mark.parametrize("text", ["", "a b", "n:", "w[x]", "w[0", "a.", ".n", "fig-a", "w[0][1]"])
def test_what_quotes_nothing_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(FactError) as raised:
        Quote.parse(text)
    message = f"{text!r} quotes no fact: write target.name, name[0] or name:.2f"
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("after {n} updates", "after 14 updates"),
        ("{n:,} and {n:>4}", "14 and   14"),
        ("{low}, {low:.2f}, {low:.0%}", f"{MINUS}2.5, {MINUS}2.50, {MINUS}250%"),
        ("{tiny:.1e}", f"{MINUS}4.0e{MINUS}03"),
        ("{w[0]}, {w[-1]:.2f}", "0.5, 3.00"),
        ("{w}", f"0.5, {MINUS}1.25, 3"),
        ("{w:.1f}", f"0.5, {MINUS}1.2, 3.0"),
        ("{right}, {right:it is|it is not}", "yes, it is"),
        ("{answers}; {answers[1]:right|wrong}", "yes, no; wrong"),
        ("{names}, {names[0]}, {word}", "a-b, c, a-b, well-known"),
        ("{mixed}; {mixed[1]}", f"a-b, {MINUS}1; {MINUS}1"),
        ("[{none}]", "[]"),
        (r"\fact{n} \fact{ low:.1f }", f"14 {MINUS}2.5"),
        ("{}, { n }, {1}, {a b}, {w[i]}", "{}, { n }, {1}, {a b}, {w[i]}"),
    ],
)
def test_text_is_filled_in(template: str, text: str) -> None:
    assert fill(template, FACTS) == text


@pytest.mark.parametrize(
    ("template", "tex"),
    [
        (r"\frac{n}{2}", r"\frac{n}{2}"),
        (r"\frac{\fact{n}}{\fact{low:.2f}}", r"\frac{14}{-2.50}"),
        (r"w = (\fact{w:.1f})", "w = (0.5, -1.2, 3.0)"),
    ],
)
def test_in_tex_braces_stay_and_minus_signs_are_hyphens(template: str, tex: str) -> None:
    assert fill(template, FACTS, tex=True) == tex


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-0.0, "", "0"),
        (-0.004, ".2f", "0.00"),
        (-0.004, "7.2f", "   0.00"),
        (-0.004, ".0%", "0%"),
        (-0.0, ".1E", "0.0E+00"),
        (-0.005001, ".2f", f"{MINUS}0.01"),
        (-1e-9, "", f"{MINUS}1e{MINUS}09"),
        (-10.0, ".0f", f"{MINUS}10"),
        (-170, "x", f"{MINUS}aa"),
    ],
)
def test_a_negative_zero_has_no_sign_once_it_is_rounded(value: float, form: str, text: str) -> None:
    assert fill(f"{{x:{form}}}" if form else "{x}", {"x": value}) == text


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{m}", f"no fact 'm'; there are {', '.join(FACTS)}"),
        ("{w[3]}", "fact 'w' has no item 3"),
        ("{w[-4]}", "fact 'w' has no item -4"),
        ("{n[0]}", "fact 'n' has no item 0"),
        ("{word[0]}", "fact 'word' has no item 0"),
        ("{n:yes|no}", "fact 'n' is int: no form 'yes|no'"),
        ("{word:.2f}", "fact 'word' is str: no form '.2f'"),
        ("{right:.2f}", "fact 'right' is bool: no form '.2f'"),
        ("{answers:.2f}", "fact 'answers' is list: no form '.2f'"),
        ("{w[0]:q}", "fact 'w' is float: no form 'q'"),
    ],
)
def test_what_cannot_be_filled_in_says_why(template: str, message: str) -> None:
    with pytest.raises(FactError) as raised:
        fill(template, FACTS)
    assert str(raised.value) == message


def test_a_number_too_large_for_a_form_is_an_error_of_the_fact() -> None:
    with pytest.raises(FactError, match=r"^fact 'n' is int: no form '\.2f'$"):
        fill("{n:.2f}", {"n": 10**400})


def test_without_facts_an_unknown_one_says_so() -> None:
    with pytest.raises(FactError, match=r"^no fact 'n'; there are none$"):
        fill("{n}", {})


def test_a_name_may_be_written_in_any_alphabet() -> None:
    assert fill("{η:.1f} {größe}", checked_facts({"η": 0.5, "größe": 3})) == "0.5 3"


def test_quotes_are_listed_in_their_order() -> None:
    template = r"{n}, \fact{low:.1f}, {fig-a.w[0]} and {right:a|b}"
    found = list(quotes(template))
    assert [quote.name for quote in found] == ["n", "low", "w", "right"]
    assert list(quotes(template, tex=True)) == [Quote("", "low", None, ".1f")]


def test_a_template_may_be_written_by_another_rule() -> None:
    template = r"{n} {a.b[1]:.1f} \fact{n}"

    def write(quote: Quote) -> str:
        return f"<{quote.target}|{quote.name}|{quote.index}|{quote.form}>"

    assert substitute(template, write) == "<|n|None|> <a|b|1|.1f> <|n|None|>"
    assert substitute(template, write, tex=True) == "{n} {a.b[1]:.1f} <|n|None|>"


def test_scalars_and_arrays_of_numpy_become_python_s_own() -> None:
    given = {
        "i": np.int64(3),
        "f": np.float32(0.5),
        "b": np.bool_(True),
        "s": np.str_("a"),
        "zero": np.array(7),
        "array": np.arange(3),
        "flags": np.array([True, False]),
        "items": (np.float64(1.5), 2),
    }
    checked = checked_facts(given)
    assert checked == {
        "i": 3,
        "f": 0.5,
        "b": True,
        "s": "a",
        "zero": 7,
        "array": [0, 1, 2],
        "flags": [True, False],
        "items": [1.5, 2],
    }
    assert json.loads(json.dumps(checked)) == checked
    flat = [item for v in checked.values() for item in (v if isinstance(v, list) else [v])]
    assert {type(item).__module__ for item in flat} == {"builtins"}


def test_a_list_of_a_hundred_items_is_still_a_fact() -> None:
    assert len(checked_facts({"x": list(range(100))})["x"]) == 100


class Colour(enum.Enum):
    RED = 1


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ([("n", 1)], "facts are a mapping of names to values, not list"),
        (None, "facts are a mapping of names to values, not NoneType"),
        ({"n-1": 1}, "'n-1' is no name of a fact: letters, digits and _ only"),
        ({"": 1}, "'' is no name of a fact: letters, digits and _ only"),
        ({3: 1}, "3 is no name of a fact: letters, digits and _ only"),
        ({"x": math.nan}, "fact 'x' is nan, which is no JSON number"),
        ({"x": -math.inf}, "fact 'x' is -inf, which is no JSON number"),
        ({"x": [1.0, math.inf]}, "fact 'x' is inf, which is no JSON number"),
        ({"x": np.array([np.nan])}, "fact 'x' is nan, which is no JSON number"),
        ({"x": list(range(101))}, "fact 'x' has 101 items; at most 100"),
        ({"x": np.zeros(101)}, "fact 'x' has 101 items; at most 100"),
    ],
)
def test_what_is_no_mapping_of_names_to_finite_values_is_refused(facts: Any, message: str) -> None:
    with pytest.raises(FactError) as raised:
        checked_facts(facts)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "NoneType"),
        (1j, "complex"),
        ({"a": 1}, "dict"),
        ({1}, "set"),
        (b"a", "bytes"),
        (Colour.RED, "Colour"),
        ([None], "NoneType"),
        (np.eye(2), "list"),
        ([[1]], "list"),
    ],
)
def test_what_json_does_not_keep_as_it_is_is_refused(value: object, kind: str) -> None:
    with pytest.raises(FactError) as raised:
        checked_facts({"x": value})
    kinds = "facts are str, int, float, bool or short lists of these"
    assert str(raised.value) == f"fact 'x' holds a {kind}; {kinds}"
