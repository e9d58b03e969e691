"""Which input pixels a unit sees, found by following every window, along one axis.

Nothing of the ledger is used: windows are laid out one by one, and what they see is marked.
"""

import numpy as np

from dlcv_viz.architectures.layers import (
    ATTACHED,
    FLATTEN,
    SLIDING,
    Aside,
    Branches,
    Chain,
    Layer,
    Part,
    Residual,
)
from dlcv_viz.types import BoolArray


def visible(network: Chain, side: int) -> dict[str, BoolArray]:
    """Mark for each row what its units see: arrays of units by pixels."""
    found: dict[str, BoolArray] = {}
    _follow(network, np.eye(side, dtype=bool), found)
    return found


def _follow(part: Part, seen: BoolArray, found: dict[str, BoolArray]) -> BoolArray:
    if isinstance(part, Chain):
        for inner in part.parts:
            seen = _follow(inner, seen, found)
        return seen
    if isinstance(part, Aside):
        _follow(part.body, seen, found)
        return seen
    if isinstance(part, Branches | Residual):
        ways = part.parts if isinstance(part, Branches) else (part.body, part.shortcut)
        seen = np.logical_or.reduce([_follow(way, seen, found) for way in ways], axis=0)
    elif part.kind in SLIDING:
        seen = _slide(part, seen)
    elif part.kind not in {*ATTACHED, FLATTEN}:
        seen = np.logical_or.reduce(seen, axis=0, keepdims=True)
    found[part.name] = seen
    return seen


def _slide(layer: Layer, seen: BoolArray) -> BoolArray:
    kernel, stride, dilation = layer.kernel, layer.stride, layer.dilation
    assert isinstance(kernel, int)
    assert isinstance(stride, int)
    assert isinstance(dilation, int)
    pad = (kernel - 1) // 2 if layer.padding == "same" else layer.padding
    assert isinstance(pad, int)
    size, first = len(seen), -pad
    units: list[BoolArray] = []
    while True:
        taps = [first + dilation * k for k in range(kernel)]
        is_full = taps[-1] < size + pad
        begins_inside = first < size and units and taps[-1] - stride < size + pad - 1
        if not is_full and not (layer.rounds_up and begins_inside):
            return np.array(units)
        inside = [tap for tap in taps if 0 <= tap < size]
        units.append(np.logical_or.reduce(seen[inside], axis=0))
        first += stride
