"""Values of independent libraries for the scale of weights, frozen in `weight_init.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/weight_init.py > tests/reference/weight_init.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

import sys
from importlib.metadata import version
from typing import Any

import torch
from scipy import integrate, special, stats
from torch.nn import init

from writing import write

GAINS = {"identity": "linear", "sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu", "selu": "selu"}
SHAPES = [(7, 11), (48, 20, 5, 5), (6, 9, 1, 7)]
STDS, SLOPES, CUTS, SHARES = [0.3, 1.0, 2.7], [0.0, 0.05, 0.4], [0.7, 2.0, 3.1], [1e-9, 0.03, 0.8]


def moments(std: float) -> list[float]:
    """Integrate the powers of a rectified normal number, and take its variance."""
    density = stats.norm(scale=std).pdf
    first, second = (
        integrate.quad(lambda z, k=k: z**k * density(z), 0, 40 * std, epsabs=1e-13)[0]
        for k in (1, 2)
    )
    return [first, second, second - first**2]


def bounds() -> list[dict[str, Any]]:
    """Draw a million uniform weights: the largest of them is the bound to one in 10^5."""
    found = []
    for shape in [(900, 1300), (1300, 900)]:
        torch.manual_seed(0)
        glorot, he = torch.empty(shape), {}
        init.xavier_uniform_(glorot)
        for slope in SLOPES:
            weights = init.kaiming_uniform_(torch.empty(shape), a=slope)
            he[str(slope)] = float(weights.abs().max())
        found.append({"shape": shape, "glorot": float(glorot.abs().max()), "he": he})
    return found


def main() -> None:
    """Write all values, with the versions that made them."""
    versions = {name: version(name) for name in ("torch", "scipy", "numpy")}
    values = {
        "versions": versions | {"python": sys.version.split()[0]},
        "gains": {name: float(init.calculate_gain(theirs)) for name, theirs in GAINS.items()},
        "leaky_gains": {str(a): float(init.calculate_gain("leaky_relu", a)) for a in SLOPES},
        "fans": [
            [shape, list(init._calculate_fan_in_and_fan_out(torch.empty(shape)))]
            for shape in SHAPES
        ],
        "relu_moments": [[std, moments(std)] for std in STDS],
        "bounds": bounds(),
        "truncated": [[cut, float(stats.truncnorm(-cut, cut).std())] for cut in CUTS],
        "logits": [[share, float(special.logit(share))] for share in SHARES],
        "uniform_variance": [[r, float(stats.uniform(-r, 2 * r).var())] for r in (0.2, 1.9)],
    }
    write(values)


if __name__ == "__main__":
    main()
