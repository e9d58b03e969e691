"""Figures that are computed while the site is built, and the facts they show."""

from importlib import import_module

from dlcv_viz.facts import Facts
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure

__all__ = ["Drawing", "Facts", "Range", "Sweep", "draw", "example", "figure"]


# Python binds a subpackage to its name here when it is first imported. Were that later than the
# function below, it would replace it: `dlcv_viz.draw(...)` would work once.
import_module("dlcv_viz.draw")


def draw(name: str, /, **arguments: object) -> object:
    """Draw a figure and return it, as a notebook shows it.

    Parameters
    ----------
    name : str
        ``module.function``, such as ``perceptron.boundary``.
    **arguments : object
        The figure's own parameters.

    Returns
    -------
    matplotlib.figure.Figure
        Drawn in the colours of the light theme.

    Raises
    ------
    LookupError
        If there is no such figure; the message names the nearest ones.
    ArgumentError
        If a parameter is unknown or its value is not allowed.

    See Also
    --------
    dlcv_viz.engine.worker.render : Draws a figure for a page.
    """
    from dlcv_viz.engine.worker import draw_light  # noqa: PLC0415  # matplotlib only when used

    return draw_light(name, arguments)
