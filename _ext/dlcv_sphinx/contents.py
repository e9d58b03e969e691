"""What each page shows that is not its own source: it is written again when that changes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dlcv_sphinx import backlinks, gallery, indexes, learning_path, modules
from dlcv_sphinx.course import target
from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.notes import Asked
from dlcv_sphinx.results import Results
from dlcv_viz.engine.session import Failure, Result
from dlcv_viz.engine.shown import Page
from dlcv_viz.facts import FactError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx


def asked_by_all(app: "Sphinx") -> Iterator[tuple[str, Asked]]:
    """Yield what all pages ask for, the pictures of cards and the learning path included."""
    domain = domain_of(app.env)
    yield from domain.asked()
    yield from modules.thumbnails(app, domain)
    yield from learning_path.asked(app.env, domain)


class Contents:
    """The contents of all pages: JSON values, keys of figures and names of pictures.

    Parameters
    ----------
    app : Sphinx
        After figures have their numbers.
    results : Results
        Of this build.
    """

    def __init__(self, app: "Sphinx", results: Results) -> None:
        self._app, self._results = app, results
        self._content: dict[str, list[Any]] = {docname: [] for docname in app.env.found_docs}
        self._keys: dict[str, set[str]] = {docname: set() for docname in self._content}
        self._files: dict[str, set[str]] = {docname: set() for docname in self._content}

    def pages(self) -> dict[str, Page]:
        """Return what each page shows."""
        env, domain, results = self._app.env, domain_of(self._app.env), self._results
        for docname, asked in asked_by_all(self._app):
            self._add_figure(docname, results.found[asked.request])
        self._add_quotes()
        for docname, request in gallery.pictures(self._app):
            self._add_still(docname, results.found[request])
        for docname, card in results.cards.items():
            self._add_figure(docname, card)
        self._add(modules.shown_on(env, domain))
        self._add(learning_path.shown_on(env, domain))
        self._add(indexes.shown_on(env, results))
        self._add(backlinks.shown_on(env, results))
        for docname, link in domain.links():
            self._content[docname].append(target(env, link))
        return {
            docname: Page.of(content, self._keys[docname], self._files[docname])
            for docname, content in self._content.items()
        }

    def _add(self, shown: "Mapping[str, list[Any]]") -> None:
        for docname, told in shown.items():
            self._content[docname].append(told)

    def _add_figure(self, docname: str, result: Result | Failure) -> None:
        if isinstance(result, Failure):
            self._content[docname].append(result.message)
            return
        pictures = [*result.entry.on_page.values()]
        self._keys[docname].add(result.key)
        self._files[docname].update(picture.name for picture in pictures)
        digests = [picture.digest for picture in pictures]
        self._content[docname].append([result.entry.shown, digests, result.description.alt])

    def _add_still(self, docname: str, result: Result | Failure) -> None:
        """Add what the gallery shows of a figure that has its home on another page."""
        if isinstance(result, Result):
            pictures = [result.entry.on_page[theme] for theme in ("light", "dark")]
            self._files[docname].update(picture.name for picture in pictures)
            digests = [picture.digest for picture in pictures]
            self._content[docname].append([result.description.summary, digests])

    def _add_quotes(self) -> None:
        for docname, quoted in domain_of(self._app.env).quoted():
            try:
                request = self._results.request_of(quoted.quote, quoted.request)
            except FactError:
                continue  # reported at the line of the quote
            result = self._results.found[request]
            if isinstance(result, Result):
                self._keys[docname].add(result.key)
                self._content[docname].append(result.entry.shown.get(quoted.quote.name))
