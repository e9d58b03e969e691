"""Decorators, descriptions and the finding of figures by name."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, Literal

import numpy as np
import pytest

from dlcv_viz.registry import (
    ArgumentError,
    Description,
    Drawing,
    Parameter,
    Range,
    Registered,
    Sweep,
    example,
    figure,
    find,
    nearest,
    registered,
)
from toypackage import ToyPackage


@figure(alt="From {n}.", sweep=Sweep("step", range(3), label="update", start=1))
def swept(
    *,
    step: int = 0,
    seed: Annotated[int, Range(0, 99)] = 1,
    rate: Annotated[float, Range(least=0)] = 1,
    kind: Literal["or", "xor"] = "or",
    sizes: Annotated[Sequence[float], Range(greatest=9)] = (1, 2.5),
    is_dark: bool = False,
    word: str = "a",
) -> Drawing:
    """Draw a step.

    More.
    """
    raise NotImplementedError


def entry(function: Callable[..., Any]) -> Registered:
    found = vars(function)["dlcv"]
    assert isinstance(found, Registered)
    return found


def description() -> Description:
    return entry(swept).describe()


def refusal(call: Callable[[], object], kind: type[Exception] = ArgumentError) -> str:
    with pytest.raises(kind) as raised:
        call()
    return str(raised.value)


def test_a_figure_is_described_by_its_signature_and_decorator() -> None:
    found = description()
    assert (found.name, found.kind) == ("test_registry.swept", "figure")
    assert (found.summary, found.alt) == ("Draw a step.", "From {n}.")
    sweep = {"parameter": "step", "values": [0, 1, 2], "label": "update", "start": 1}
    assert found.sweeps == (sweep,)
    assert found.parameters == (
        Parameter("step", "int", 0),
        Parameter("seed", "int", 1, (), 0, 99),
        Parameter("rate", "float", 1.0, (), 0, None),
        Parameter("kind", "str", "or", ("or", "xor")),
        Parameter("sizes", "float", [1.0, 2.5], (), None, 9, many=True),
        Parameter("is_dark", "bool", False),
        Parameter("word", "str", "a"),
    )


def test_an_example_is_described_without_picture_and_docstring() -> None:
    @example
    def add() -> dict[str, int]:
        return {"n": 1}

    assert entry(add).describe() == Description("test_registry.add", "example", "", ())
    assert add() == {"n": 1}, "the decorator leaves the function as it is"


def test_a_description_comes_back_from_json_unchanged() -> None:
    found = description()
    assert Description.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_what_may_be_given_is_said_in_words() -> None:
    assert {p.name: p.allowed for p in description().parameters} == {
        "step": "int",
        "seed": "int from 0 to 99",
        "rate": "float from 0",
        "kind": "one of 'or', 'xor'",
        "sizes": "a list of float up to 9",
        "is_dark": "bool",
        "word": "str",
    }


def test_defaults_are_filled_in_and_ints_become_floats() -> None:
    defaults = {"seed": 1, "rate": 1.0, "kind": "or", "sizes": [1.0, 2.5], "is_dark": False}
    assert description().arguments({}) == {**defaults, "word": "a"}
    written = {"rate": 1, "sizes": (1, 2.5), "seed": 1}
    as_json = [json.dumps(description().arguments(given)) for given in ({}, written)]
    assert as_json[0] == as_json[1], "a default that is written out is the default"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seed": -1}, "seed=-1 is not int from 0 to 99"),
        ({"seed": 100}, "seed=100 is not int from 0 to 99"),
        ({"seed": 1.0}, "seed=1.0 is not int from 0 to 99"),
        ({"seed": True}, "seed=True is not int from 0 to 99"),
        ({"seed": "1"}, "seed='1' is not int from 0 to 99"),
        ({"seed": None}, "seed=None is not int from 0 to 99"),
        ({"rate": -0.1}, "rate=-0.1 is not float from 0"),
        ({"rate": float("nan")}, "rate=nan is not float from 0"),
        ({"rate": float("inf")}, "rate=inf is not float from 0"),
        ({"rate": False}, "rate=False is not float from 0"),
        ({"kind": "and"}, "kind='and' is not one of 'or', 'xor'"),
        ({"sizes": 3.0}, "sizes=3.0 is not a list of float up to 9"),
        ({"sizes": []}, "sizes=[] is not a list of float up to 9"),
        ({"sizes": "12"}, "sizes='12' is not a list of float up to 9"),
        ({"sizes": [1.0, 9.5]}, "sizes=9.5 is not a list of float up to 9"),
        ({"is_dark": 1}, "is_dark=1 is not bool"),
        ({"word": 1}, "word=1 is not str"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(given: dict[str, object], message: str) -> None:
    assert refusal(lambda: description().arguments(given)) == message


@pytest.mark.parametrize("kind", ["int", "float"])
def test_a_number_that_no_float_holds_is_refused(kind: str) -> None:
    parameter = Parameter("n", kind, 0)
    assert refusal(lambda: parameter.check(10**400)) == f"n={10**400} is not {kind}"


def test_limits_themselves_are_allowed() -> None:
    given = {"seed": 99, "rate": 0, "sizes": [9]}
    assert description().arguments(given) | given == description().arguments(given)


def test_an_unknown_argument_is_answered_with_all_that_there_are() -> None:
    message = refusal(lambda: description().arguments({"speed": 1}))
    assert message == (
        "'speed' is no argument of test_registry.swept; allowed: seed (int from 0 to 99), "
        "rate (float from 0), kind (one of 'or', 'xor'), sizes (a list of float up to 9), "
        "is_dark (bool), word (str)"
    )
    empty = Description("a.b", "example", "", ())
    expected = "'n' is no argument of a.b; allowed: none"
    assert refusal(lambda: empty.arguments({"n": 1})) == expected


def test_the_swept_argument_is_not_the_page_s_to_set() -> None:
    message = refusal(lambda: description().arguments({"step": 1}))
    assert message.startswith("'step' is set by the sweep of test_registry.swept; allowed: seed")


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_an_alternative_text_is_refused(alt: str) -> None:
    message = 'a figure needs an alternative text: alt="..."'
    assert refusal(lambda: figure(alt=alt), ValueError) == message


@pytest.mark.parametrize("n", [0, 1, 41])
def test_a_sweep_that_no_page_could_show_is_refused(n: int) -> None:
    message = refusal(lambda: Sweep("step", range(n), label="step"), ValueError)
    assert message == f"a sweep has 2 to 40 values, not {n}"


@pytest.mark.parametrize("start", [3, -4])
def test_a_sweep_that_starts_outside_its_values_is_refused(start: int) -> None:
    message = refusal(lambda: Sweep("step", range(3), label="step", start=start), ValueError)
    assert message == f"a sweep of 3 values has no frame {start}"
    inside = {3: 2, -4: -3}[start]
    assert Sweep("step", range(3), label="step", start=inside).start == inside


def test_swept_values_get_the_type_of_their_parameter() -> None:
    @figure(alt="A.", sweep=Sweep("rate", [np.float64(0), 1, 2.5], label="rate"))
    def rates(*, rate: float = 0) -> Drawing:
        raise NotImplementedError

    (sweep,) = entry(rates).describe().sweeps
    assert sweep["values"] == [0, 1, 2.5]
    assert {type(value) for value in sweep["values"]} == {float}


def test_a_sweep_must_fit_its_parameter() -> None:
    @figure(alt="A.", sweep=Sweep("speed", [1, 2], label="x"))
    def unknown(*, step: int = 0) -> Drawing:
        raise NotImplementedError

    @figure(alt="A.", sweep=Sweep("step", [1, 2.5], label="x"))
    def wrong(*, step: int = 0) -> Drawing:
        raise NotImplementedError

    message = "test_registry.unknown has no parameter 'speed' to sweep"
    assert refusal(entry(unknown).describe, TypeError) == message
    assert refusal(entry(wrong).describe) == "step=2.5 is not int"


BAD = {
    "a: int = 1": "is not keyword-only: write it behind a *",
    "*a: int": "is not keyword-only: write it behind a *",
    "**a: int": "is not keyword-only: write it behind a *",
    "*, a: int": "has no default",
    "*, a=1": "is None; allowed: int, float, bool, str, Literal, or a tuple",
    "*, a: dict = {}": "is <class 'dict'>; allowed: int, float, bool, str, Literal, or a tuple",
    "*, a: Literal[1, 'x'] = 1": "is typing.Literal[1, 'x']; "
    "allowed: int, float, bool, str, Literal, or a tuple",
    "*, a: int = 1.5": "has a default that is not allowed: a=1.5 is not int",
    "*, a: Annotated[int, Range(2, 9)] = 1": "has a default that is not allowed: "
    "a=1 is not int from 2 to 9",
    "*, a: Literal['x', 'y'] = 'z'": "has a default that is not allowed: a='z' is not "
    "one of 'x', 'y'",
}


@pytest.mark.parametrize("signature", BAD)
def test_a_parameter_that_a_page_could_not_set_is_refused(signature: str) -> None:
    scope: dict[str, Any] = {**globals()}
    exec(f"@example\ndef f({signature}): ...", scope)  # noqa: S102  # a signature as its source
    message = refusal(entry(scope["f"]).describe, TypeError)
    assert message == f"parameter 'a' of test_registry.f {BAD[signature]}"


EXAMPLE = "@example\ndef add():\n    return {{'n': {n}}}\n"


def test_figures_are_found_by_importing_their_module(toys: ToyPackage) -> None:
    toys.module(EXAMPLE.format(n=3))
    assert find("toy.add", [toys.name]).function() == {"n": 3}


def test_packages_are_searched_in_their_order(toys: ToyPackage) -> None:
    toys.module(EXAMPLE.format(n=1))
    toys.source("from dlcv_viz import example\n" + EXAMPLE.format(n=2), "other/toy.py")
    toys.source("from dlcv_viz import example\n" + EXAMPLE.format(n=3), "other/more.py")
    found = [
        find(name, iter(packages)).function()["n"]
        for name, packages in [
            ("toy.add", ["toyfigures", "other"]),
            ("toy.add", ["other", "toyfigures"]),
            ("more.add", ["toyfigures", "nowhere", "other"]),
        ]
    ]
    assert found == [1, 2, 3]


def test_only_a_module_s_own_functions_are_its_figures(toys: ToyPackage) -> None:
    first = toys.module(EXAMPLE.format(n=1), "first")
    toys.module(f"from {first} import add\n\n\ndef plain(): ...\n", "second")
    message = refusal(lambda: find("second.add", [toys.name]), LookupError)
    assert message == "second has no figure 'add'"
    assert list(registered(__import__(first, fromlist=["add"]))) == ["add"]


def test_an_unknown_name_is_answered_with_the_nearest(toys: ToyPackage) -> None:
    toys.module(EXAMPLE.format(n=1))
    messages = {
        "toy.ad": "toy has no figure 'ad'; did you mean 'add'?",
        "tay.add": "no module 'tay' of figures in toyfigures, nowhere; did you mean 'toy'?",
        "add": "'add' is no name of a figure: write module.function",
    }
    packages = [toys.name, "nowhere"]
    for name, message in messages.items():
        assert refusal(partial(find, name, iter(packages)), LookupError) == message


@pytest.mark.parametrize("missing", ["nowhere", "toyfig", "toy", "toyfigures.toy2", "t"])
def test_a_missing_import_of_a_figure_module_is_not_hidden(toys: ToyPackage, missing: str) -> None:
    """Also if its name begins like that of the figure's own module."""
    toys.module(f"import {missing}\n")
    message = refusal(lambda: find("toy.add", [toys.name]), ModuleNotFoundError)
    assert message == f"No module named '{missing}'"


@pytest.mark.parametrize(
    ("name", "known", "text"),
    [
        ("lime", ["line", "time", "x"], "; did you mean 'time' or 'line'?"),
        ("lime", ["b", "a"], "; there are a, b"),
        ("lime", [], ""),
    ],
)
def test_near_names_are_offered_and_otherwise_all(name: str, known: list[str], text: str) -> None:
    assert nearest(name, iter(known)) == text
