"""Values of independent libraries for activations and softmax, frozen in `activation.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/activation.py > tests/reference/activation.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy import integrate, optimize, special, stats
from torch.nn import functional

from writing import write

POINTS = [-30.0, -6.5, -3.2, -1.7, -0.9, -0.3, 0.1, 0.8, 1.6, 2.6, 5.5, 30.0]
FUNCTIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": functional.leaky_relu,
    "elu": functional.elu,
    "selu": functional.selu,
    "softplus": lambda z: functional.softplus(z, threshold=100),  # 20 cuts digits off
    "gelu": functional.gelu,
    "silu": functional.silu,
    "mish": functional.mish,
}


def curve(function: Any) -> dict[str, list[float]]:
    """Evaluate a function of torch, and differentiate it by its autograd."""
    z = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
    value = function(z)
    (slope,) = torch.autograd.grad(value.sum(), z)
    return {"value": value.tolist(), "slope": slope.tolist()}


def curves() -> dict[str, Any]:
    """Evaluate every function, and those with a parameter for other values of it, too."""
    others = {
        "leaky_relu 0.2": lambda z: functional.leaky_relu(z, 0.2),
        "elu 0.7": lambda z: functional.elu(z, 0.7),
        "silu 1.7": lambda z: z * torch.sigmoid(1.7 * z),
        "gelu_tanh": lambda z: functional.gelu(z, approximate="tanh"),
    }
    return {name: curve(function) for name, function in (FUNCTIONS | others).items()}


def extremes() -> dict[str, Any]:
    """Find the minimum and the largest slope of the functions that dip below zero."""
    found = {}
    for name in ("gelu", "silu", "mish"):

        def value(z: float, name: str = name) -> float:
            return float(FUNCTIONS[name](torch.tensor(z, dtype=torch.float64)))

        def slope(z: float, name: str = name) -> float:
            at = torch.tensor(z, dtype=torch.float64, requires_grad=True)
            return float(torch.autograd.grad(FUNCTIONS[name](at), at)[0])

        least = optimize.brentq(slope, -2, -0.5, xtol=1e-14)
        steepest = optimize.minimize_scalar(
            lambda z: -slope(z), bounds=(0.5, 4), method="bounded", options={"xatol": 1e-10}
        )
        found[name] = {
            "at": least,
            "least": value(least),
            "steepest_at": steepest.x,
            "steepest": -steepest.fun,
        }
    return found


def softmaxes() -> list[dict[str, Any]]:
    """Take softmax, its Jacobian, the log of the sum and the entropy of seeded logits."""
    rng, found = np.random.default_rng(5), []
    for n, temperature in ((2, 1.0), (3, 0.4), (5, 1.0), (5, 3.0), (7, 0.5)):
        logits = rng.normal(0, 3, n)
        z = torch.tensor(logits)
        p = functional.softmax(z / temperature, dim=0)

        def shares(z: torch.Tensor, temperature: float = temperature) -> torch.Tensor:
            return functional.softmax(z / temperature, dim=0)

        found.append(
            {
                "z": logits.tolist(),
                "temperature": temperature,
                "p": p.tolist(),
                "jacobian": torch.autograd.functional.jacobian(shares, z).tolist(),
                "log_sum_exp": float(special.logsumexp(logits)),
                "entropy": float(stats.entropy(p.numpy())),
            }
        )
    return found


def mean_square(function: Any, variance: float) -> float:
    """Integrate the square of a function that may have a kink at 0, adaptively."""
    density, far = stats.norm(scale=variance**0.5).pdf, 12 * variance**0.5
    return sum(
        float(integrate.quad(lambda z: function(z) ** 2 * density(z), *ends, epsabs=1e-12)[0])
        for ends in ((-far, 0), (0, far))
    )


def gaussian_means() -> list[dict[str, Any]]:
    """Take the mean square of values and slopes for normal pre-activations."""
    found = []
    for name in ("sigmoid", "tanh", "relu", "leaky_relu", "gelu"):
        for variance in (0.3, 1.0, 2.5):

            def slope(z: float, name: str = name) -> float:
                at = torch.tensor(z, dtype=torch.float64, requires_grad=True)
                return float(torch.autograd.grad(FUNCTIONS[name](at), at)[0])

            def value(z: float, name: str = name) -> float:
                return float(FUNCTIONS[name](torch.tensor(z, dtype=torch.float64)))

            squares = {"value": mean_square(value, variance), "slope": mean_square(slope, variance)}
            found.append({"name": name, "variance": variance, **squares})
    return found


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "numpy")},
        "points": POINTS,
        "curves": curves(),
        "extremes": extremes(),
        "softmax": softmaxes(),
        "normal_cdf": special.ndtr(POINTS).tolist(),
        "gaussian_means": gaussian_means(),
    }
    write(values)


if __name__ == "__main__":
    main()
