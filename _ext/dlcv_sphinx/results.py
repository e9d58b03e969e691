"""What a build knows of the figures: results by request, labels, and the facts behind a quote."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlcv_viz.engine.fingerprint import Sources
from dlcv_viz.engine.session import Failure, Request, Result
from dlcv_viz.engine.store import DamagedError, Picture, Store
from dlcv_viz.facts import FactError, Quote, fill, substitute, written
from dlcv_viz.registry import nearest


@dataclass(slots=True)
class Results:
    """Everything that is resolved once for a build.

    Parameters
    ----------
    form : str
        Which form of pictures the builder takes; ``"facts"`` for none.
    store : Store
        Where the pictures are.
    found : dict of Request to Result or Failure
        For every request of every page.
    labels : mapping of str to Request
        Figures and examples by their ``:name:``.
    draw : callable
        Draws requests again whose pictures are damaged.
    sources : Sources
        The project's source files.
    packages : sequence of str
        Where figures and examples are found.
    cards : mapping of str to Result or Failure
        What other sites show of each page.
    """

    form: str
    store: Store
    found: dict[Request, Result | Failure]
    labels: Mapping[str, Request]
    draw: Callable[[Request], Result | Failure]
    sources: Sources
    packages: Sequence[str]
    cards: Mapping[str, Result | Failure]

    def request_of(self, quote: Quote, around: Request | None) -> Request:
        """Return what a quote is about.

        Parameters
        ----------
        quote : Quote
            The quoted fact.
        around : Request or None
            The figure or example that the quote stands in.

        Returns
        -------
        Request
            By label, by name with the default arguments, or the one around.

        Raises
        ------
        FactError
            If there is nothing with that label, or nothing around.
        """
        if not quote.target:
            if around is None:
                raise FactError(f"fact {quote.name!r} of what? write module.function.{quote.name}")
            return around
        if quote.target in self.labels:
            return self.labels[quote.target]
        if "." in quote.target:
            return Request(quote.target)
        hint = nearest(quote.target, self.labels)
        raise FactError(f"no figure or example is labelled {quote.target!r}{hint}")

    def facts(self, quote: Quote, around: Request | None) -> Mapping[str, Any]:
        """Return the facts that a quote is about.

        Parameters
        ----------
        quote : Quote
            The quoted fact.
        around : Request or None
            The figure or example that the quote stands in.

        Returns
        -------
        mapping
            Facts of a still, or of the start frame of a swept figure.

        Raises
        ------
        FactError
            If there are none, since the figure failed.
        """
        result = self.found[self.request_of(quote, around)]
        if isinstance(result, Failure):
            raise FactError(result.message)
        return result.entry.shown

    def write(self, template: str, around: Request | None, *, tex: bool = False) -> str:
        """Fill a template with facts."""

        def put(quote: Quote) -> str:
            return written(quote, self.facts(quote, around), tex=tex)

        return substitute(template, put, tex=tex)

    def source(self, request: Request) -> str:
        """Return the source of a figure or an example; empty if it has none of its own."""
        for package in self.packages:
            name = f"{package}.{request.name}"
            if self.sources.defines(name):
                return self.sources.function(name)
        return ""  # made by a decorator or imported from elsewhere

    def value(self, quote: Quote, around: Request | None) -> Any:
        """Return the value of a quote; None where that is an error, which is reported."""
        try:
            return self.facts(quote, around).get(quote.name)
        except FactError:
            return None

    def alt(self, result: Result, own: str) -> str:
        """Return the alternative text of a figure: the page's own, or the function's."""
        return self.alts(result, own)[result.entry.start]

    def alts(self, result: Result, own: str) -> list[str]:
        """Return the alternative text of every frame."""
        template = own or result.description.alt
        return [" ".join(fill(template, facts).split()) for facts in result.entry.by_frame]

    def whole(self, request: Request) -> Result | Failure:
        """Return a result whose pictures are on the disk as they were drawn."""
        result = self.found[request]
        if isinstance(result, Result):
            try:
                self.store.verify(result.entry)
            except DamagedError:
                result = self.found[request] = self.draw(request)
        return result

    def path(self, picture: Picture) -> Path:
        """Return where a picture is, as an absolute path."""
        return self.store.path(picture).absolute()
