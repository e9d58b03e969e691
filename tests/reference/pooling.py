"""Values of torch for pooling, forward and back, frozen in `pooling.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/pooling.py > tests/reference/pooling.json

Nothing of the project is imported. Gradients are those of torch's automatic differentiation.
"""

# mypy: disable-error-code="import-not-found"
# (torch is installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2010)
# Size, kernel, stride, padding, rounding up.
GEOMETRIES: dict[str, tuple[Any, ...]] = {
    "side by side": ((6, 8), (2, 2), (2, 2), (0, 0), False),
    "overlapping": ((7, 9), (3, 3), (2, 2), (0, 0), False),
    "padded": ((5, 6), (3, 3), (2, 2), (1, 1), False),
    "rounded up": ((6, 7), (3, 2), (2, 2), (0, 0), True),
    "rounded up over a border": ((6, 5), (3, 3), (2, 3), (1, 1), True),
    "uneven": ((8, 7), (3, 2), (1, 3), (1, 0), False),
    "apart": ((7, 7), (2, 2), (3, 3), (0, 0), False),
}


def tensor(values: Any) -> Any:
    """Make a double-precision tensor that keeps its gradient."""
    return torch.tensor(np.asarray(values).tolist(), dtype=torch.float64, requires_grad=True)


def numbers(*shape: int) -> Any:
    """Draw numbers of one decimal, so that windows have equal values now and then."""
    return RNG.normal(size=shape).round(1)


def listed(array: Any) -> Any:
    """Return nested lists, without the rounding of sums."""
    return np.asarray(array.detach() if torch.is_tensor(array) else array).round(12).tolist()


def backward(y: Any, x: Any, delta: Any) -> Any:
    """Return the gradient by the input, and forget it."""
    (found,) = torch.autograd.grad((y * delta).sum(), x)
    return listed(found)


def windows() -> list[dict[str, Any]]:
    """Pool in three ways with each geometry."""
    found = []
    for name, (size, kernel, stride, padding, ceil) in GEOMETRIES.items():
        x = tensor(numbers(1, 2, *size))
        level = {"stride": stride, "padding": padding, "ceil_mode": ceil}
        largest, indices = functional.max_pool2d(x, kernel, **level, return_indices=True)
        delta = tensor(numbers(*largest.shape))
        case = {"name": name, "kernel": kernel, "geometry": level, "x": listed(x)}
        case |= {"delta": listed(delta), "max": listed(largest), "indices": listed(indices)}
        case["dmax"] = backward(largest, x, delta)
        for counted in (True, False):
            y = functional.avg_pool2d(x, kernel, **level, count_include_pad=counted)
            case[f"mean {counted}"], case[f"dmean {counted}"] = listed(y), backward(y, x, delta)
        found.append(case)
    return found


def norms() -> list[dict[str, Any]]:
    """Take p-norms of windows, of positive numbers: torch leaves out the absolute value."""
    found = []
    for p, kernel, stride in ((2.0, 2, 2), (3.0, 3, 2), (1.0, 2, 1), (4.0, (1, 3), (1, 2))):
        x = tensor(np.abs(numbers(2, 5, 7)) + 0.1)
        y = functional.lp_pool2d(x, p, kernel, stride)
        delta = tensor(numbers(*y.shape))
        case = {"p": p, "kernel": kernel, "stride": stride, "x": listed(x), "y": listed(y)}
        found.append(case | {"delta": listed(delta), "dx": backward(y, x, delta)})
    return found


def adaptive() -> list[dict[str, Any]]:
    """Pool to given sizes, also to larger ones than the picture."""
    found = []
    for size, output in (((7, 5), (3, 2)), ((4, 6), (1, 4)), ((3, 3), (5, 2))):
        x = tensor(numbers(2, *size))
        mean, largest = (
            functional.adaptive_avg_pool2d(x, output),
            functional.adaptive_max_pool2d(x, output),
        )
        case = {"output": output, "x": listed(x), "mean": listed(mean), "max": listed(largest)}
        found.append(case)
    return found


def sizes() -> list[list[int]]:
    """Ask torch for sizes: n, k, s, p, rounded down, rounded up."""
    found = []
    for n in (3, 4, 7, 10, 13, 24):
        for k, s, p in ((2, 2, 0), (3, 2, 0), (2, 2, 1), (3, 2, 1), (2, 3, 1), (3, 1, 1)):
            x = torch.zeros(1, 1, n)
            both = (functional.max_pool1d(x, k, s, p, 1, ceil).shape[-1] for ceil in (False, True))
            found.append([n, k, s, p, *both])
    return found


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy")},
        "windows": windows(),
        "norms": norms(),
        "adaptive": adaptive(),
        "sizes": sizes(),
    }
    write(values)


if __name__ == "__main__":
    main()
