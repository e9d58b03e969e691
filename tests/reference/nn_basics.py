"""Values of independent libraries for dense layers, small networks and a spiking neuron.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/nn_basics.py > tests/reference/nn_basics.json

Nothing of the project is imported: the data are made here too.
"""

# mypy: disable-error-code="import-not-found, import-untyped, no-any-return"
# (torch, scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from scipy.integrate import solve_ivp
from scipy.interpolate import make_interp_spline
from sklearn.linear_model import LogisticRegression
from torch import nn

from writing import write

torch.set_default_dtype(torch.float64)
ACTIVATIONS = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU, "identity": nn.Identity}


def network(sizes: list[int], hidden: str, output: str, seed: int) -> nn.Sequential:
    """Stack linear layers and activations, with seeded parameters."""
    rng = np.random.default_rng(seed)
    parts: list[nn.Module] = []
    for layer, (n_in, n_out) in enumerate(pairwise(sizes)):
        linear = nn.Linear(n_in, n_out)
        linear.weight.data = torch.tensor(rng.normal(size=(n_out, n_in)))
        linear.bias.data = torch.tensor(rng.normal(size=n_out))
        last = layer == len(sizes) - 2
        parts += [linear, ACTIVATIONS[output if last else hidden]()]
    return nn.Sequential(*parts)


def parameters(made: nn.Sequential, what: str) -> dict[str, Any]:
    """Return weights and biases, or their gradients, layer by layer."""
    linears = [part for part in made if isinstance(part, nn.Linear)]
    if what == "gradient":
        return {
            "weights": [part.weight.grad.tolist() for part in linears],
            "biases": [part.bias.grad.tolist() for part in linears],
        }
    return {
        "weights": [part.weight.tolist() for part in linears],
        "biases": [part.bias.tolist() for part in linears],
    }


def loss_of(kind: str, outputs: Any, targets: Any) -> Any:
    """Average over samples what torch sums over outputs."""
    m = len(targets)
    if kind == "half_squared_error":
        return nn.functional.mse_loss(outputs, targets, reduction="sum") / (2 * m)
    if kind == "binary_cross_entropy":
        both = nn.functional.binary_cross_entropy_with_logits(outputs, targets, reduction="sum")
        return both / m
    return nn.functional.cross_entropy(outputs, targets)


def trained() -> list[dict[str, Any]]:
    """Run networks forward and backward, and five steps of gradient descent on."""
    cases = [
        ([3, 4, 2], "tanh", "sigmoid", "half_squared_error"),
        ([2, 5, 4, 1], "sigmoid", "identity", "half_squared_error"),
        ([3, 6, 3], "relu", "identity", "binary_cross_entropy"),
        ([2, 4, 4, 3], "tanh", "identity", "softmax_cross_entropy"),
    ]
    found = []
    for seed, (sizes, hidden, output, kind) in enumerate(cases):
        rng = np.random.default_rng(100 + seed)
        x = rng.normal(size=(6, sizes[0]))
        if kind == "softmax_cross_entropy":
            targets = np.eye(sizes[-1])[rng.integers(0, sizes[-1], 6)]
        elif kind == "binary_cross_entropy":
            targets = rng.integers(0, 2, (6, sizes[-1])).astype(float)
        else:
            targets = rng.normal(size=(6, sizes[-1]))
        made = network(sizes, hidden, output, seed)
        case = {
            "name": f"{hidden} {kind}",
            "hidden": hidden, "output": output, "loss_name": kind, "x": x.tolist(),
            "targets": targets.tolist(), "start": parameters(made, "value"),
        }  # fmt: skip
        walk = torch.optim.SGD(made.parameters(), lr=0.3)
        for step in range(6):
            walk.zero_grad()
            outputs = made(torch.tensor(x))
            loss = loss_of(kind, outputs, torch.tensor(targets))
            loss.backward()
            if step == 0:
                case |= {
                    "outputs": outputs.tolist(),
                    "loss": loss.item(),
                    "gradient": parameters(made, "gradient"),
                }
            case["last_loss"] = loss.item()
            if step < 5:
                walk.step()
        found.append({**case, "end": parameters(made, "value")})
    return found


def layers() -> list[dict[str, Any]]:
    """Run single linear layers on batches."""
    found = []
    for seed, (m, n_in, n_out) in enumerate([(1, 1, 1), (4, 3, 2), (2, 5, 7)]):
        rng = np.random.default_rng(200 + seed)
        x, w, b = rng.normal(size=(m, n_in)), rng.normal(size=(n_out, n_in)), rng.normal(size=n_out)
        z = nn.functional.linear(torch.tensor(x), torch.tensor(w), torch.tensor(b))
        found.append({"x": x.tolist(), "w": w.tolist(), "b": b.tolist(), "z": z.tolist()})
    return found


def counts() -> list[dict[str, Any]]:
    """Count the elements of the parameters of torch's layers."""
    found = []
    for sizes in ([784, 300, 100, 10], [4, 8, 3], [1, 1], [20, 30, 40, 50, 6]):
        made = network(sizes, "relu", "identity", 0)
        found.append({"sizes": sizes, "count": sum(p.numel() for p in made.parameters())})
    return found


def large_logits() -> dict[str, Any]:
    """Take cross-entropies where a naive exponential overflows."""
    logits, targets = [[1000.0, -1000.0], [-750.0, 30.0]], [[0.0, 1.0], [1.0, 0.0]]
    both = torch.tensor(logits), torch.tensor(targets)
    return {
        "logits": logits,
        "targets": targets,
        "binary": loss_of("binary_cross_entropy", *both).item(),
        "softmax": loss_of("softmax_cross_entropy", *both).item(),
    }


def interpolants() -> list[dict[str, Any]]:
    """Interpolate with splines of degree 1."""
    found = []
    for left, right, n in ((-1.0, 2.0, 3), (0.5, 1.5, 7), (0.0, 1.0, 1)):
        knots = np.linspace(left, right, n + 1)
        at = np.linspace(left, right, 23)
        spline = make_interp_spline(knots, np.exp(-knots) * np.cos(3 * knots), k=1)
        found.append(
            {"left": left, "right": right, "n": n, "at": at.tolist(), "height": spline(at).tolist()}
        )
    return found


def spiking() -> list[dict[str, Any]]:
    """Integrate the membrane numerically, from spike to spike."""
    found = []
    for tau, refractory, resistance, threshold, current in (
        (0.02, 0.002, 1.0, 1.0, 1.3),
        (0.01, 0.0, 2.0, 1.5, 0.9),
        (0.03, 0.005, 1.0, 2.0, 7.0),
    ):

        def crosses(t: float, v: Any, *_: Any, threshold: float = threshold) -> float:
            return v[0] - threshold

        crosses.terminal = True  # type: ignore[attr-defined]  # scipy reads it there
        spikes, start = list[float](), 0.0
        while len(spikes) < 4:
            run = solve_ivp(
                lambda t, v, tau=tau, drive=resistance * current: (-v + drive) / tau,
                (start, start + 100 * tau), [0.0], events=crosses, rtol=1e-11, atol=1e-13,
            )  # fmt: skip
            spikes.append(float(run.t_events[0][0]))
            start = spikes[-1] + refractory
        found.append(
            {
                "tau": tau, "refractory": refractory, "resistance": resistance,
                "threshold": threshold, "current": current, "spikes": spikes,
                "rate": 3 / (spikes[-1] - spikes[0]),
            }
        )  # fmt: skip
    return found


def logistic() -> dict[str, Any]:
    """Fit logistic regression, without a penalty, where gradient descent should end."""
    rng = np.random.default_rng(7)
    x = np.concatenate([rng.normal(0.7, 1, (30, 2)), rng.normal(-0.7, 1, (30, 2))])
    y = np.repeat([1, 0], 30)
    fitted = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(x, y)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "w": fitted.coef_[0].tolist(),
        "b": float(fitted.intercept_[0]),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "scikit-learn", "numpy")},
        "layers": layers(),
        "networks": trained(),
        "counts": counts(),
        "large_logits": large_logits(),
        "interpolants": interpolants(),
        "spiking": spiking(),
        "logistic": logistic(),
    }
    write(values)


if __name__ == "__main__":
    main()
