"""Figures of the module MobileNet."""

from dlcv_viz.draw.canvas import canvas
from dlcv_viz.registry import Drawing, figure


@figure(alt="A placeholder until the module of this name has its figures: {cells} cells.")
def thumbnail() -> Drawing:
    """Stand in for the module's card."""
    return Drawing(canvas(240, 150), facts={"cells": 0})
