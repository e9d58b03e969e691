"""Values of torch and scipy for convolutions, frozen in `conv_layer.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/conv_layer.py > tests/reference/conv_layer.json

Nothing of the project is imported. Gradients are those of torch's automatic differentiation.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy import ndimage, signal
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(1989)
GEOMETRY = ("stride", "padding", "dilation", "groups")
# Channels in and out, size, kernel, then the geometry.
LAYERS: dict[str, tuple[Any, ...]] = {
    "plain": (1, 1, (5, 6), (3, 3), 1, 0, 1, 1),
    "strided": (3, 2, (6, 5), (3, 3), 2, 1, 1, 1),
    "dilated": (2, 3, (7, 6), (3, 2), 1, 2, 2, 1),
    "pointwise": (3, 4, (3, 4), (1, 1), 1, 0, 1, 1),
    "grouped": (4, 2, (5, 4), (3, 3), 1, 1, 1, 2),
    "depthwise": (3, 6, (5, 5), (2, 3), 2, 1, 1, 3),
    "uneven": (2, 2, (8, 7), (5, 3), (3, 2), (2, 1), (1, 2), 1),
}
# As above, with output padding after padding.
TRANSPOSED: dict[str, tuple[Any, ...]] = {
    "plain": (1, 1, (3, 4), (3, 3), 1, 0, 0, 1, 1),
    "doubling": (3, 2, (3, 2), (4, 4), 2, 1, 0, 1, 1),
    "grouped": (2, 4, (4, 3), (3, 3), 2, 1, 1, 1, 2),
    "uneven": (2, 3, (3, 3), (3, 2), (3, 2), (1, 0), (2, 1), (2, 1), 1),
}


def tensor(values: Any) -> Any:
    """Make a double-precision tensor that keeps its gradient."""
    return torch.tensor(np.asarray(values).tolist(), dtype=torch.float64, requires_grad=True)


def numbers(*shape: int) -> Any:
    """Draw numbers of two decimals: products have four, so that JSON holds all in little room."""
    return RNG.normal(size=shape).round(2)


def listed(array: Any) -> Any:
    """Return nested lists, without the rounding of sums whose terms have four decimals."""
    return np.asarray(array.detach() if torch.is_tensor(array) else array).round(9).tolist()


def layers() -> list[dict[str, Any]]:
    """Compute layers forward, and back with gradients by their outputs."""
    found = []
    for name, (c_in, c_out, size, kernel, *rest) in LAYERS.items():
        geometry = dict(zip(GEOMETRY, rest, strict=True))
        x = tensor(numbers(2, c_in, *size))
        w = tensor(numbers(c_out, c_in // geometry["groups"], *kernel))
        b = tensor(numbers(c_out))
        y = functional.conv2d(x, w, b, **geometry)
        delta = tensor(numbers(*y.shape))
        (y * delta).sum().backward()
        arrays = {"x": x, "w": w, "b": b, "y": y, "delta": delta}
        arrays |= {f"d{name}": arrays[name].grad for name in "xwb"}
        listing = {k: listed(v) for k, v in arrays.items()}
        found.append({"name": name, "geometry": geometry} | listing)
    return found


def transposed() -> list[dict[str, Any]]:
    """Compute transposed convolutions."""
    found, names = [], (*GEOMETRY[:2], "output_padding", *GEOMETRY[2:])
    for name, (c_in, c_out, size, kernel, *rest) in TRANSPOSED.items():
        geometry = dict(zip(names, rest, strict=True))
        x, w = numbers(2, c_in, *size), numbers(c_in, c_out // geometry["groups"], *kernel)
        b = numbers(c_out)
        y = functional.conv_transpose2d(tensor(x), tensor(w), tensor(b), **geometry)
        arrays = {k: listed(v) for k, v in {"x": x, "w": w, "b": b, "y": y}.items()}
        found.append({"name": name, "geometry": geometry} | arrays)
    return found


def planes() -> list[dict[str, Any]]:
    """Correlate and convolve single pictures with scipy, valid and full."""
    found = []
    for size, kernel in (((4, 5), (3, 2)), ((6, 3), (2, 2)), ((5, 5), (1, 4))):
        x, k = numbers(*size), numbers(*kernel)
        case = {"x": x.tolist(), "k": k.tolist()}
        for mode in ("valid", "full"):
            case[f"correlated {mode}"] = listed(signal.correlate2d(x, k, mode))
            case[f"convolved {mode}"] = listed(signal.convolve2d(x, k, mode))
        found.append(case)
    return found


def fills() -> list[dict[str, Any]]:
    """Pad with torch in its four ways."""
    x, found = numbers(1, 1, 4, 5), []
    modes = {"zero": "constant", "reflect": "reflect", "replicate": "replicate"}
    for name, mode in (modes | {"circular": "circular"}).items():
        padded = functional.pad(tensor(x), (3, 3, 2, 2), mode)[0, 0]
        found.append({"fill": name, "x": listed(x[0, 0]), "padded": listed(padded)})
    return found


def sizes() -> list[list[int]]:
    """Ask torch for sizes: n, k, s, p, d, output, and the transposed one's back."""
    found = []
    for n, k, s, p, d in ((10, 3, 1, 1, 1), (11, 4, 3, 2, 1), (17, 5, 2, 0, 2), (6, 6, 1, 0, 1)):
        there = functional.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, k), None, s, p, d)
        back = functional.conv_transpose1d(there, torch.zeros(1, 1, k), None, s, p, 0, 1, d)
        found.append([n, k, s, p, d, there.shape[-1], back.shape[-1]])
    return found


def counts() -> list[list[int]]:
    """Count parameters with torch: C_in, C_out, k_h, k_w, groups, bias, count."""
    found = []
    for c_in, c_out, kernel, groups, bias in (
        (5, 7, (3, 2), 1, True),
        (8, 12, (5, 5), 4, False),
        (6, 6, (3, 3), 6, True),
    ):
        layer = torch.nn.Conv2d(c_in, c_out, kernel, groups=groups, bias=bias)
        count = sum(p.numel() for p in layer.parameters())
        found.append([c_in, c_out, *kernel, groups, int(bias), count])
    return found


def edges() -> dict[str, Any]:
    """Blur and differentiate with scipy, the outermost pixels repeated."""
    x = numbers(9, 8)
    blurred = {
        str(sd): listed(ndimage.gaussian_filter(x, sd, mode="nearest", truncate=3)) for sd in (1, 2)
    }
    across, down = (ndimage.sobel(x, axis=axis, mode="nearest") for axis in (1, 0))
    return {"x": listed(x), "blurred": blurred, "across": listed(across), "down": listed(down)}


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "numpy")},
        "layers": layers(),
        "transposed": transposed(),
        "planes": planes(),
        "fills": fills(),
        "sizes": sizes(),
        "counts": counts(),
        "edges": edges(),
    }
    write(values)


if __name__ == "__main__":
    main()
