"""Colour roles, the marker colours that stand for them, and the colour maps of data.

A figure is drawn once, in marker colours; `dlcv_viz.draw.svg.themed` replaces them by those of a
theme. Nothing here knows what a figure shows. The values are those of ``_static/tokens.css``.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from matplotlib.colors import LinearSegmentedColormap

_ROLES = """
                light    dark
ground          #ffffff  #0f1419
surface         #f6f8fb  #1a1f2e
plate           #ffffff  #141923
sunken          #edf1f6  #0a0e13
ink             #141a24  #e4e6eb
muted           #4b5668  #b0b7c3
line            #dbe1ea  #2c3446
edge            #7b889b  #6f7d96
accent-1        #0074b8  #00d4ff
accent-1-text   #0067a3  #00d4ff
accent-2        #bc3908  #ff6b35
accent-3        #00664a  #47a683
accent-4        #b58900  #ffe08a
accent-4-text   #866400  #ffe08a
accent-5        #4b1fa8  #9778f0
accent-6        #a8507c  #fba0ba
good            #00714f  #4be3a4
bad             #b3261e  #ff5d5d
on-accent       #ffffff  #0f1419
group-foundations                    #026e89  #70dbfe
group-training                       #0052b4  #7aaffe
group-computer-vision                #6b48b8  #cdc0fe
group-cnn-architectures              #842a8b  #da8dde
group-detection                      #ab285c  #feb2c6
group-segmentation-and-recognition   #963202  #f88d67
group-generative                     #855904  #febd5a
group-sequence-and-language          #446403  #94be58
group-vision-transformers-and-graphs #097650  #67e7ae
group-library                        #4b5668  #b0b7c3
"""
_ROWS = [row.split() for row in _ROLES.strip().splitlines()]
THEMES = tuple(_ROWS[0])
PALETTE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {theme: {row[0]: row[1 + i] for row in _ROWS[1:]} for i, theme in enumerate(THEMES)}
)

# Colours that neither a palette nor a colour map holds; the last byte counts the roles.
MARKER: Mapping[str, str] = MappingProxyType(
    {row[0]: f"#c0de{i:02x}" for i, row in enumerate(_ROWS[1:])}
)

# A series is known by its colour and by one of these, so that grey print and every eye can tell.
MARK: Mapping[str, str] = MappingProxyType(
    {
        "accent-1": "o",
        "accent-2": "s",
        "accent-3": "^",
        "accent-4": "D",
        "accent-5": "v",
        "accent-6": "P",
    }
)
DASH: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "accent-1": (),
        "accent-2": (3.2, 2.2),
        "accent-3": (1, 1.8),
        "accent-4": (5, 2, 1, 2),
        "accent-5": (7, 2),
        "accent-6": (2, 1.4),
    }
)

FONT_STACK = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', "
    "'Liberation Sans', Arial, sans-serif"
)

# Knots at equal CIEDE2000 distances along curves in OKLCH. The same in both themes.
_SEQUENTIAL = (
    "0a1731 0c1f40 0f284f 11305e 11396b 0e4275 094b80 01548a 005d93 006699 006f9e 0077a4 "
    "007faa 0087ae 008fb1 0b97b4 179fb6 1fa7b9 29afbc 3ab6bb 47bdba 54c4b9 5fcab8 6bd1b7 "
    "7bd7b4 8ddbb1 9ddfad ade2a9 bce6a5 cceaa5 ddefae edf3b5 fbf7bc "
)
_DIVERGING = (
    "6e1e00 802800 933200 a53c01 b44912 bf5724 c96532 d57441 dd8453 e29569 e6a67f eab693 "
    "edc5a8 efd3be f2dfd1 f3ebe3 f4f3f0 e8eef0 d8e7ef c5dfee afd6ed 98c9e9 80bbe2 69aedb "
    "51a0d5 4193cb 3286c1 237bb8 0e6faf 0863a1 065792 044a82 033e72 "
)


def letters(role: str) -> str:
    """Return the marker colour for text of a role.

    Parameters
    ----------
    role : str
        One of `MARKER`.

    Returns
    -------
    str
        Its own, or a darker one where it is too light for letters, be it on its own tint.
    """
    return MARKER.get(f"{role}-text", MARKER[role])


def group_role(name: str) -> str:
    """Return the colour role of a group of modules; one that has none of its own is `muted`."""
    role = "group-" + "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    return role if role in MARKER else "muted"


def sequential() -> LinearSegmentedColormap:
    """Navy to pale yellow: intensities, activations, losses, probabilities."""
    return _map("dlcv-sequential", _SEQUENTIAL)


def diverging() -> LinearSegmentedColormap:
    """Orange below zero, near-white at zero, blue above: weights, gradients, differences."""
    return _map("dlcv-diverging", _DIVERGING)


def grey() -> LinearSegmentedColormap:
    """Black to white: pictures without colour."""
    return LinearSegmentedColormap.from_list("dlcv-grey", ["#000000", "#ffffff"])


def _map(name: str, knots: str) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list(name, [f"#{knot}" for knot in knots.split()])
