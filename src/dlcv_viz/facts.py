r"""Facts: what a figure says in numbers, and the templates that quote them.

A template holds ``{updates}``, ``{w[0]:.2f}`` or ``{right:yes|no}``; in formulas, where braces
belong to TeX, ``\fact{w[0]:.2f}``. What looks like neither is left alone.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Listable(Protocol):
    """An array: what `tolist` turns into Python's own numbers."""

    def tolist(self) -> Any:
        """Return a number or a list of numbers."""


Scalar = str | int | float | bool
Fact = Scalar | Sequence[Scalar] | Listable
Facts = Mapping[str, Fact]

MAX_ITEMS = 100  # facts are quoted one by one; longer arrays are data

_EXPRESSION = r"[^\W\d][\w.-]*(?:\[-?\d+\])?(?::[^{}]*)?"
IN_TEXT = re.compile(r"\\fact\{\s*(" + _EXPRESSION + r")\s*\}|\{(" + _EXPRESSION + r")\}")
IN_TEX = re.compile(r"\\fact\{\s*(" + _EXPRESSION + r")\s*\}")
# What XML has no place for: pages are EPUB, too.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = re.compile(r"(?:(?P<target>.+)\.)?(?P<name>\w+)(?:\[(?P<index>-?\d+)\])?")


class FactError(ValueError):
    """A fact that is not JSON, is not there, or cannot be written as asked."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted fact.

    Parameters
    ----------
    target : str
        What has the fact: a label or ``module.function``; empty for the figure around the quote.
    name : str
        The fact's name.
    index : int or None
        Which item of a list.
    form : str
        Format specification; ``yes|no`` for a bool.
    """

    target: str
    name: str
    index: int | None = None
    form: str = ""

    @classmethod
    def parse(cls, text: str) -> "Quote":
        """Read ``target.name[index]:form``.

        Parameters
        ----------
        text : str
            Without braces.

        Returns
        -------
        Quote
            With an empty target if the text holds none.

        Raises
        ------
        FactError
            If it is not of that form.
        """
        head, colon, form = text.strip().partition(":")
        found = _HEAD.fullmatch(head)
        if found is None or (colon and not form):
            raise FactError(f"{text!r} quotes no fact: write target.name, name[0] or name:.2f")
        index = None if found["index"] is None else int(found["index"][:20])  # int() has a limit
        return cls(found["target"] or "", found["name"], index, form)

    def value(self, facts: Mapping[str, Any], *, minus: str = "-") -> str:
        """Write the fact as text.

        Parameters
        ----------
        facts : mapping
            Facts of the target.
        minus : str, default "-"
            Sign of negative numbers.

        Returns
        -------
        str
            The items of a list with commas between them.

        Raises
        ------
        FactError
            If there is no such fact, or it cannot be written in that form.
        """
        if self.name not in facts:
            raise FactError(f"no fact {self.name!r}; there are {', '.join(facts) or 'none'}")
        found = facts[self.name]
        if self.index is not None:
            try:
                found = found[self.index] if isinstance(found, list) else None
            except IndexError:
                found = None
            if found is None:
                raise FactError(f"fact {self.name!r} has no item {self.index}")
        try:
            if isinstance(found, list):
                return ", ".join(_written(item, self.form, minus) for item in found)
            return _written(found, self.form, minus)
        except (ValueError, OverflowError):
            kind = type(found).__name__
            raise FactError(f"fact {self.name!r} is {kind}: no form {self.form!r}") from None


def pieces(template: str, *, tex: bool = False) -> Iterator[str | Quote]:
    """Yield the text of a template and the facts that it quotes, in order."""
    end = 0
    for found in (IN_TEX if tex else IN_TEXT).finditer(template):
        yield template[end : found.start()]
        yield Quote.parse(next(group for group in found.groups() if group))
        end = found.end()
    yield template[end:]


def quotes(template: str, *, tex: bool = False) -> Iterator[Quote]:
    """Yield the facts that a template quotes, in order."""
    return (piece for piece in pieces(template, tex=tex) if isinstance(piece, Quote))


def fill(template: str, facts: Mapping[str, Any], *, tex: bool = False) -> str:
    r"""Put facts into a template.

    Parameters
    ----------
    template : str
        Text, or TeX, where only ``\fact{...}`` quotes.
    facts : mapping
        Facts of the figure the template belongs to.
    tex : bool, default False
        Whether braces and minus signs are TeX's.

    Returns
    -------
    str
        Negative numbers have a true minus (U+2212), unless in TeX.

    Raises
    ------
    FactError
        If a fact is not there or cannot be written in that form.

    Examples
    --------
    >>> ascii(fill("after {updates} updates, b = {b:.1f}", {"updates": 14, "b": -2.0}))
    "'after 14 updates, b = \\u22122.0'"
    """
    return substitute(template, lambda quote: written(quote, facts, tex=tex), tex=tex)


def substitute(template: str, write: Callable[[Quote], str], *, tex: bool = False) -> str:
    """Replace every quote of a template by what `write` makes of it."""
    return "".join(
        write(piece) if isinstance(piece, Quote) else piece for piece in pieces(template, tex=tex)
    )


def written(quote: Quote, facts: Mapping[str, Any], *, tex: bool = False) -> str:
    """Write one fact for text or for TeX."""
    return quote.value(facts, minus="-" if tex else "\N{MINUS SIGN}")


def as_text(value: Scalar) -> str:
    """Write a value as a reader sees it where no form is asked for."""
    return _written(value, "", "\N{MINUS SIGN}")


def checked_facts(facts: object) -> dict[str, Any]:
    """Return facts as JSON values.

    Parameters
    ----------
    facts : mapping
        What a registered function gave. Scalars and arrays of numpy become Python's.

    Returns
    -------
    dict
        Values that `json` writes and reads back unchanged.

    Raises
    ------
    FactError
        If it is no mapping, a name is no identifier, or a value is not finite or not JSON.
    """
    if not isinstance(facts, Mapping):
        raise FactError(f"facts are a mapping of names to values, not {type(facts).__name__}")
    checked: dict[str, Any] = {}
    for name, given in facts.items():
        if not isinstance(name, str) or not name.isidentifier():
            raise FactError(f"{name!r} is no name of a fact: letters, digits and _ only")
        value = given.tolist() if hasattr(given, "tolist") else given
        if isinstance(value, list | tuple):
            if len(value) > MAX_ITEMS:
                raise FactError(f"fact {name!r} has {len(value)} items; at most {MAX_ITEMS}")
            checked[name] = [_scalar(name, item) for item in value]
        else:
            checked[name] = _scalar(name, value)
    return checked


def _scalar(name: str, given: object) -> Scalar:
    value = given.tolist() if hasattr(given, "tolist") else given
    if not isinstance(value, str | int | float | bool):
        raise FactError(
            f"fact {name!r} holds a {type(value).__name__}; "
            "facts are str, int, float, bool or short lists of these"
        )
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        raise FactError(f"fact {name!r} is {value!r}, which is no JSON number") from None
    if isinstance(value, str) and (bad := _NO_TEXT.search(value)):
        raise FactError(f"fact {name!r} holds {bad[0]!r}, which no page can show")
    return value


def _written(value: Scalar, form: str, minus: str) -> str:
    if isinstance(value, bool):
        yes, bar, no = (form or "yes|no").partition("|")
        if not bar:
            raise ValueError(form)
        return yes if value else no
    if re.search(r"\d{3}", form):
        raise ValueError(form)  # a width of gigabytes would be made
    if isinstance(value, str):
        return format(value, form)
    form = form or ("g" if isinstance(value, float) else "")
    text = format(value, form)
    # A rounded negative zero is zero: "-0.00" would be read as below it.
    if isinstance(value, float) and not re.search("[1-9]", text):
        text = format(0.0, form)
    return text.replace("-", minus)
