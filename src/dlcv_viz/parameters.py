"""What a figure function may be given: its keywords, their types and limits, as plain data."""

import inspect
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args, get_origin

from dlcv_viz.facts import Scalar

_KINDS: Mapping[type, str] = {bool: "bool", int: "int", float: "float", str: "str"}


class ArgumentError(ValueError):
    """An argument that the function does not allow; the message says what it does."""


@dataclass(frozen=True, slots=True)
class Range:
    """Least and greatest value of a numeric parameter, both allowed.

    Used as ``seed: Annotated[int, Range(0, 99)] = 1``.
    """

    least: float = -math.inf
    greatest: float = math.inf


@dataclass(frozen=True, slots=True)
class Parameter:
    """One keyword of a registered function, as plain data.

    Parameters
    ----------
    name, kind : str
        The keyword, and ``"int"``, ``"float"``, ``"bool"`` or ``"str"``.
    default : JSON
        Value that the function takes when the page gives none.
    choices : tuple
        The only values allowed, if not empty.
    least, greatest : float or None
        Limits of a number, both allowed.
    many : bool
        True if the value is a list of such values.
    """

    name: str
    kind: str
    default: Any
    choices: tuple[Scalar, ...] = ()
    least: float | None = None
    greatest: float | None = None
    many: bool = False

    @property
    def allowed(self) -> str:
        """What may be given, in words: ``int from 0 to 9``."""
        if self.choices:
            return "one of " + ", ".join(map(repr, self.choices))
        limits = ""
        if self.least is not None:
            limits += f" from {self.least:g}"
        if self.greatest is not None:
            limits += f" {'to' if limits else 'up to'} {self.greatest:g}"
        return f"{'a list of ' if self.many else ''}{self.kind}{limits}"

    def check(self, value: object) -> Any:
        """Return `value` in the parameter's own type.

        Parameters
        ----------
        value : object
            What a page or a caller gave.

        Returns
        -------
        JSON
            The value; an int becomes a float where a float is asked for.

        Raises
        ------
        ArgumentError
            If the value is not allowed.
        """
        if self.many:
            if not isinstance(value, list | tuple) or not value:
                raise ArgumentError(f"{self.name}={value!r} is not {self.allowed}")
            return [self._check_one(item) for item in value]
        return self._check_one(value)

    def _check_one(self, value: object) -> Scalar:
        kinds = {"bool": (bool,), "int": (int,), "float": (float, int), "str": (str,)}[self.kind]
        fits = isinstance(value, kinds) and isinstance(value, bool) == (self.kind == "bool")
        if fits and self.choices:
            fits = value in self.choices
        if fits and isinstance(value, int | float) and self.kind != "bool":
            least = -math.inf if self.least is None else self.least
            greatest = math.inf if self.greatest is None else self.greatest
            # Greater ints have no float; NaN is in no range.
            fits = abs(value) <= sys.float_info.max and least <= value <= greatest
        if not fits:
            raise ArgumentError(f"{self.name}={value!r} is not {self.allowed}")
        return float(value) if self.kind == "float" else value  # type: ignore[arg-type, return-value]  # checked above


def parameter_of(figure_name: str, p: inspect.Parameter, hint: Any) -> Parameter:
    """Describe one keyword of a signature.

    Parameters
    ----------
    figure_name : str
        For the message of an error.
    p : inspect.Parameter
        With a default.
    hint : type
        Its annotation: int, float, bool, str, a ``Literal``, or a tuple or list of one of these;
        ``Annotated`` with a `Range` for a limited number.

    Returns
    -------
    Parameter
        Plain data.

    Raises
    ------
    TypeError
        If it is not keyword-only, has no default or a wrong one, or another type.
    """
    where = f"parameter {p.name!r} of {figure_name}"
    if p.kind is not inspect.Parameter.KEYWORD_ONLY:
        raise TypeError(f"{where} is not keyword-only: write it behind a *")
    if p.default is inspect.Parameter.empty:
        raise TypeError(f"{where} has no default")
    limits = Range()
    if get_origin(hint) is Annotated:
        hint, *extra = get_args(hint)
        limits = next((e for e in extra if isinstance(e, Range)), limits)
    many, default = False, p.default
    if get_origin(hint) in {tuple, list, Sequence}:
        many, hint, default = True, get_args(hint)[0], list(p.default)
    choices: tuple[Scalar, ...] = ()
    if get_origin(hint) is Literal:
        choices = get_args(hint)
        kinds = {type(choice) for choice in choices}
        hint = kinds.pop() if len(kinds) == 1 else hint
    if hint not in _KINDS:
        raise TypeError(f"{where} is {hint!r}; allowed: int, float, bool, str, Literal, or a tuple")
    parameter = Parameter(
        p.name,
        _KINDS[hint],
        default,
        choices,
        limits.least if math.isfinite(limits.least) else None,
        limits.greatest if math.isfinite(limits.greatest) else None,
        many,
    )
    try:
        # In the parameter's own type: 1 for a float is what the page's `1` becomes.
        return replace(parameter, default=parameter.check(default))
    except ArgumentError as error:
        raise TypeError(f"{where} has a default that is not allowed: {error}") from None
