"""The card of each page: the picture that other sites show beside a link to it.

It is drawn as figures are, by the function that ``dlcv_card`` names, and no page loads it.
"""

import base64
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.modules import Module, dashboard_of, modules_of
from dlcv_sphinx.session import store_of
from dlcv_viz.engine.session import Failure, Request, Result

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from dlcv_viz.engine.session import Session

Cards = Mapping[str, Result | Failure]


def cards(app: "Sphinx", session: "Session") -> Cards:
    """Draw the card of each page.

    Parameters
    ----------
    app : Sphinx
        After all pages are read.
    session : Session
        What draws.

    Returns
    -------
    dict of str to Result or Failure
        By page; empty for a project that names no function, and where addresses of pictures cannot
        be whole, as other sites need them.
    """
    figure = app.config.dlcv_card
    if not (figure and app.config.html_baseurl and app.builder.name in {"html", "dirhtml"}):
        return {}
    modules = {module.docname: module for module in modules_of(app.env).values()}
    # What is on a page is looked at when that is written; these are not on one.
    pictures = session.resolve({m.thumbnail: "png" for m in modules.values()}, verified=True)
    requests = {}
    for docname in sorted(app.env.found_docs):
        module = modules.get(docname)
        picture = _text(app, pictures[module.thumbnail] if module else None)
        requests[docname] = Request(figure, _asked(app.env, docname, module, picture))
    found = session.resolve(dict.fromkeys(requests.values(), "png"), verified=True)
    return {docname: found[request] for docname, request in requests.items()}


def _asked(env: "BuildEnvironment", docname: str, module: Module | None, picture: str) -> str:
    """Return the arguments of a card: what is on it, and nothing that another page may change."""
    told = {
        "title": env.titles[docname].astext(),
        "line": module.line if module else "",
        "group": module.category if module else "",
        "number": module.number if module else 0,
        "picture": picture,
        "is_start": docname == (dashboard_of(env) or env.config.root_doc),
    }
    return json.dumps(told, sort_keys=True)


def _text(app: "Sphinx", thumbnail: Result | Failure | None) -> str:
    """Return a thumbnail as text; empty without one, which the cards of the dashboard tell."""
    if not isinstance(thumbnail, Result):
        return ""
    path = store_of(app).path(thumbnail.entry.on_page["dark"])
    return base64.b64encode(path.read_bytes()).decode()


def tags(app: "Sphinx", docname: str) -> dict[str, str]:
    """Return what a page says of its card: properties by name."""
    results = domain_of(app.env).results
    card = results.cards.get(docname) if results else None
    if results is None or not isinstance(card, Result):
        return {}
    name = card.entry.on_page["dark"].name
    return {
        "og:image": f"{app.config.html_baseurl.rstrip('/')}/{app.builder.imagedir}/{name}",
        "og:image:alt": results.alt(card, ""),
        "og:image:width": f"{card.entry.width:.0f}",
        "og:image:height": f"{card.entry.height:.0f}",
    }


def problems(drawn: Cards) -> Iterator[tuple[str, Failure]]:
    """Yield what went wrong, each once, with the first page that it went wrong on."""
    told = set[str]()
    for docname, card in drawn.items():
        if isinstance(card, Failure) and card.message not in told:
            told.add(card.message)
            yield docname, card


def copy(app: "Sphinx", drawn: Cards) -> None:
    """Put the cards beside the figures of the site: Sphinx copies only what a page shows."""
    store = store_of(app)
    folder = Path(app.outdir, app.builder.imagedir)
    for card in drawn.values():
        if isinstance(card, Result):
            picture = card.entry.on_page["dark"]
            target = folder / picture.name
            if not target.exists() or target.stat().st_size != picture.size:
                folder.mkdir(exist_ok=True)
                shutil.copyfile(store.path(picture), target)
