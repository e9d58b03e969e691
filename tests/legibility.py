"""Whether the text of a figure can be read where it lies, in either theme."""

import pickle
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from colour import contrast, over
from dlcv_viz.draw.svg import HALO, recoloured
from dlcv_viz.draw.theme import PALETTE, THEMES

ENOUGH = 4.5  # WCAG 2.2, success criterion 1.4.3


def hard_to_read(figure: Figure, texts: Callable[[Figure], Sequence[Text]]) -> Iterator[str]:
    """Name the texts whose colour is too near to what is below them.

    Below a text is what most of its box shows when all texts are taken away.
    """
    for theme in THEMES:
        plate = PALETTE[theme]["plate"]
        copy = recoloured(pickle.loads(pickle.dumps(figure)), theme)  # noqa: S301  # our own
        words = texts(copy)
        canvas = FigureCanvasAgg(copy)
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in words]  # type: ignore[no-untyped-call]  # theirs
        inks = [(over(to_hex(t.get_color()), t.get_alpha() or 1, plate), t) for t in words]
        for text in words:
            text.set_visible(False)
        copy.patch.set_facecolor(plate)
        copy.patch.set_alpha(1)
        canvas.draw()  # type: ignore[no-untyped-call]  # theirs
        # Upwards, as boxes count.
        shown = np.asarray(canvas.buffer_rgba())[::-1, :, :3]  # type: ignore[no-untyped-call]  # theirs
        for (ink, text), box in zip(inks, boxes, strict=True):
            x0, y0, x1, y1 = np.round(box.extents).astype(int)
            below = shown[max(y0, 0) : y1, max(x0, 0) : x1].reshape(-1, 3)
            if not len(below):
                continue
            colours, counts = np.unique(below, axis=0, return_counts=True)
            most = "#" + bytes(colours[counts.argmax()]).hex()
            if (text.get_gid() or "").startswith("halo-"):
                most = over(plate, HALO, most)
            if (found := contrast(ink, most)) < ENOUGH:
                yield f"{text.get_text()!r} in {theme}: {ink} on {most} has {found:.1f}"
