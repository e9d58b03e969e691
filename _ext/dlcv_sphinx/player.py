"""The player of a swept figure: what the script needs to show any of its frames.

The page holds the start frame, and is whole without a script. What the script shows beside the
picture is worked out here: facts in the caption, alternative texts, the table behind the figure.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _

from dlcv_sphinx.nodes import FigureNode, request_of
from dlcv_viz.engine.session import Result
from dlcv_viz.facts import Quote, as_text, pieces, written

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from dlcv_sphinx.results import Results


class Player(nodes.Element):
    """The place of the controls; ``data`` is JSON, ``sheet`` the picture of the key frames."""


class LiveFact(nodes.inline):
    """A fact in the caption of a swept figure; ``place`` says which one of the caption's."""


def live_text(
    template: str, figure: FigureNode, result: Result, results: "Results"
) -> list[nodes.Node]:
    """Fill the text of a caption with facts that follow the frames.

    Parameters
    ----------
    template : str
        A text of the caption.
    figure : FigureNode
        Keeps, under ``live``, what each fact is in every frame.
    result : Result
        Of the figure.
    results : Results
        For facts of other figures, which stay.

    Returns
    -------
    list of Node
        Text and `LiveFact`.
    """
    found: list[nodes.Node] = []
    live: list[list[str]] = figure.setdefault("live", [])
    for piece in pieces(template):
        if not isinstance(piece, Quote):
            found.append(nodes.Text(piece))
        elif piece.target:
            found.append(nodes.Text(written(piece, results.facts(piece, None))))
        else:
            values = [written(piece, facts) for facts in result.entry.by_frame]
            found.append(LiveFact("", values[result.entry.start], place=len(live)))
            live.append(values)
    return found


def player(figure: FigureNode, result: Result, alts: Sequence[str], sheet: str) -> Player:
    """Return the controls of a figure.

    Parameters
    ----------
    figure : FigureNode
        Whose caption is filled already.
    result : Result
        With all frames.
    alts : sequence of str
        Alternative text of each frame.
    sheet : str
        URI of the picture of the key frames.

    Returns
    -------
    Player
        To be put below the pictures.
    """
    name, arguments = request_of(figure)
    sweeps = result.description.sweeps
    fixed = [f"{key}={value!r}" for key, value in json.loads(arguments).items()]
    moving = [f"{sweep['parameter']}=%{place}" for place, sweep in enumerate(sweeps)]
    call = ", ".join([f'dlcv_viz.draw("{name}"', *fixed, *moving]) + ")"
    data = {
        "name": name.replace(".", "-").replace("_", "-"),
        "start": result.entry.start,
        "sweeps": [
            {
                "label": sweep["label"],
                "values": [as_text(value) for value in sweep["values"]],
                "literals": [repr(value) for value in sweep["values"]],
            }
            for sweep in sweeps
        ],
        "alts": list(alts),
        "live": figure.get("live", []),
        "call": call,
        "table": _table(result),
    }
    return Player(data=json.dumps(data, ensure_ascii=False), sheet=sheet)


def _table(result: Result) -> list[list[Any]]:
    """Return the data behind a figure: a row a frame, the values that were set and the facts."""
    names = [sweep["parameter"] for sweep in result.description.sweeps]
    columns = dict.fromkeys([*names, *(n for f in result.entry.facts for n in f)])
    cells = [
        {**dict(zip(names, values, strict=True)), **facts}
        for values, facts in zip(result.entry.values, result.entry.facts, strict=True)
    ]
    wide = {
        name: max((len(c[name]) for c in cells if isinstance(c.get(name), list)), default=0)
        for name in columns
    }
    head = [
        title
        for name, n in wide.items()
        for title in ([f"{name}[{k}]" for k in range(n)] if n else [name])
    ]
    return [head, *([value for n in wide for value in _row(c.get(n), wide[n])] for c in cells)]


def _row(value: Any, n: int) -> list[Any]:
    if not n:
        return [value]
    items = value if isinstance(value, list) else [value]
    return [*items, *[None] * (n - len(items))]


def setup(app: "Sphinx") -> None:
    """Register the nodes and the script."""
    app.add_node(Player, html=(_visit_player, _depart))
    app.add_node(LiveFact, html=(_visit_live, _depart_live))
    app.add_js_file("dlcv-player.js", loading_method="defer")


def _visit_player(self: "HTML5Translator", node: Player) -> None:
    sheet = f"{self.builder.imgpath}/{self.builder.images[node['sheet']]}"
    data = node["data"].replace("<", "\\u003c")  # no text of a page ends the script element
    self.body.append(
        '<div class="dlcv-player">\n'
        f'<noscript><a href="{sheet}">{self.encode(_("Key frames"))}</a></noscript>\n'
        f'<script type="application/json">{data}</script>\n</div>\n'
    )
    raise nodes.SkipNode


def _depart(self: "HTML5Translator", node: Player) -> None:
    pass


def _visit_live(self: "HTML5Translator", node: LiveFact) -> None:
    self.body.append(f'<span data-live="{node["place"]}">')


def _depart_live(self: "HTML5Translator", node: LiveFact) -> None:
    self.body.append("</span>")
