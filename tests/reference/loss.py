"""Values of independent libraries for losses and robust lines, frozen in `loss.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/loss.py > tests/reference/loss.json

Nothing of the project is imported. Gradients are those of torch's automatic differentiation.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch, scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from scipy import integrate, optimize, stats
from scipy.spatial import distance
from sklearn.metrics import mean_pinball_loss
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2024)


def tensor(values: Any) -> Any:
    """Make a double-precision tensor that keeps its gradient."""
    return torch.tensor(np.asarray(values, float).tolist(), dtype=torch.float64, requires_grad=True)


def told(loss: Any, **inputs: Any) -> dict[str, Any]:
    """Return inputs, losses, and the gradient of their sum by the first input."""
    loss.sum().backward()
    first = next(iter(inputs.values()))
    return {
        **{name: value.tolist() for name, value in inputs.items()},
        "loss": loss.tolist(),
        "gradient": first.grad.tolist(),
    }


def regression() -> dict[str, Any]:
    """Ask torch for the losses of errors, and of predictions against targets."""
    errors = np.array([-37.5, -2.25, -1.25, -0.7, -0.01, 0.02, 0.4, 1.1, 3.3, 250.0])
    zeros = torch.zeros(len(errors), dtype=torch.float64)
    y, y_hat = RNG.normal(size=(2, 7)) * 3
    huber = []
    for delta in (0.4, 1.0, 2.5):
        e = tensor(errors)
        loss = functional.huber_loss(e, zeros, reduction="none", delta=delta)
        huber.append({"delta": delta, **told(loss, e=e)})
    pinball = []
    for tau in (0.1, 0.5, 0.8):
        loss = [mean_pinball_loss([0.0], [e], alpha=tau) for e in errors]
        pinball.append({"tau": tau, "e": errors.tolist(), "loss": list(map(float, loss))})
    e = tensor(errors)
    cosh = told(torch.logaddexp(e, -e) - np.log(2), e=e)
    pairs = {}
    for name, loss in (("mse", functional.mse_loss), ("mae", functional.l1_loss)):
        predicted, target = tensor(y_hat), tensor(y).detach()
        pairs[name] = told(loss(predicted, target), y_hat=predicted, y=target)
    return {"huber": huber, "pinball": pinball, "log_cosh": cosh, **pairs}


def binary() -> dict[str, Any]:
    """Ask torch for the losses of two classes; focal and squared are written out."""
    logits = np.array([-60.0, -7.5, -2.2, -0.6, 0.3, 1.4, 4.8, 60.0])
    found: dict[str, Any] = {"bce": [], "squared": [], "hinge": [], "focal": []}
    for label in (0.0, 1.0):
        y = torch.full((len(logits),), label, dtype=torch.float64)
        z = tensor(logits)
        loss = functional.binary_cross_entropy_with_logits(z, y, reduction="none")
        found["bce"].append(told(loss, z=z, y=y))
        z = tensor(logits)
        loss = functional.mse_loss(torch.sigmoid(z), y, reduction="none") / 2
        found["squared"].append(told(loss, z=z, y=y))
        z, sign = tensor(logits), 2 * y - 1
        loss = functional.margin_ranking_loss(
            z, torch.zeros_like(y), sign, margin=1.0, reduction="none"
        )
        found["hinge"].append(told(loss, z=z, y=sign))
        for gamma, alpha in ((0.0, None), (1.5, None), (2.0, 0.25), (5.0, 0.7)):
            z = tensor(logits)
            log_right = functional.logsigmoid(sign * z)
            wrong = torch.exp(functional.logsigmoid(-sign * z))
            weight = 1.0 if alpha is None else alpha * label + (1 - alpha) * (1 - label)
            case = told(-weight * wrong**gamma * log_right, z=z, y=y)
            found["focal"].append({"gamma": gamma, "alpha": alpha, **case})
    soft = tensor(RNG.uniform(size=6)).detach()
    p = tensor(RNG.uniform(0.02, 0.98, size=6))
    loss = functional.binary_cross_entropy(p, soft, reduction="none")
    found["probability"] = told(loss, y_hat=p, y=soft)
    return found


def categorical() -> dict[str, Any]:
    """Ask torch for the cross-entropy with labels, smoothing and weights."""
    logits = RNG.normal(size=(5, 4)) * 4
    logits[4] *= 200
    labels = torch.tensor([3, 0, 2, 2, 1])
    weights = [0.5, 1.0, 4.0, 2.5]
    found: dict[str, Any] = {"smoothed": []}
    for epsilon in (0.0, 0.1, 0.6):
        z = tensor(logits)
        loss = functional.cross_entropy(z, labels, reduction="none", label_smoothing=epsilon)
        found["smoothed"].append({"epsilon": epsilon, **told(loss, z=z, labels=labels)})
    z = tensor(logits[:4])
    loss = functional.cross_entropy(z, labels[:4], weight=tensor(weights).detach())
    found["weighted"] = {"weights": weights, **told(loss, z=z, labels=labels[:4])}
    return found


def divergences() -> list[dict[str, Any]]:
    """Ask scipy for entropy and relative entropy; the cross-entropy is their sum."""
    found = []
    for n in (2, 3, 6):
        p, q = RNG.dirichlet(np.ones(n), size=2)
        found.append(
            {
                "p": p.tolist(),
                "q": q.tolist(),
                "cross_entropy": float(stats.entropy(p) + stats.entropy(p, q)),
                "kl": float(stats.entropy(p, q)),
            }
        )
    return found


def metric() -> dict[str, Any]:
    """Ask torch for the triplet loss; pairs and masks are written out."""
    found: dict[str, Any] = {"triplet": [], "contrastive": [], "dice": []}
    for margin in (0.2, 3.0):
        a, p, n = (tensor(values) for values in RNG.normal(size=(3, 6, 3)))
        loss = functional.triplet_margin_with_distance_loss(
            a, p, n, distance_function=lambda u, v: ((u - v) ** 2).sum(-1), margin=margin,
            reduction="none",
        )  # fmt: skip
        case = told(loss, anchor=a, positive=p, negative=n)
        case |= {"positive_gradient": p.grad.tolist(), "negative_gradient": n.grad.tolist()}
        found["triplet"].append({"margin": margin, **case})
        d, different = tensor(RNG.uniform(0, 4, size=8)), torch.tensor([0, 1] * 4)
        loss = torch.where(different == 1, torch.clamp(margin - d, min=0) ** 2, d**2) / 2
        found["contrastive"].append({"margin": margin, **told(loss, d=d, different=different)})
    mask = tensor(RNG.integers(0, 2, size=(3, 4))).detach()
    values = RNG.uniform(size=(3, 4))
    for is_squared in (False, True):
        p, power = tensor(values), 2 if is_squared else 1
        loss = 1 - 2 * (p * mask).sum() / ((p**power).sum() + (mask**power).sum())
        found["dice"].append({"is_squared": is_squared, **told(loss, p=p, g=mask)})
    p, g = RNG.integers(0, 2, size=(2, 20))
    hard = float(distance.dice(p.astype(bool), g.astype(bool)))
    found["hard_dice"] = {"p": p.tolist(), "g": g.tolist(), "loss": hard}
    return found


def lines() -> list[dict[str, Any]]:
    """Fit lines by scipy: least squares, a linear program, and a general minimiser."""
    found = []
    for seed in (5, 6, 7):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-3, 8, size=17)
        y = 1.5 - 0.8 * x + rng.standard_t(2, size=17)
        y[:3] += 15
        n, ones = len(x), np.ones(len(x))
        program = optimize.linprog(
            np.concatenate([[0, 0], ones]),
            np.block([[x[:, None], ones[:, None], -np.eye(n)],
                      [-x[:, None], -ones[:, None], -np.eye(n)]]),
            np.concatenate([y, -y]),
            bounds=[(None, None)] * 2 + [(0, None)] * n,
        )  # fmt: skip
        squares = stats.linregress(x, y)
        fits = []
        for delta in (0.3, 1.0, 4.0):
            fit = optimize.minimize(
                lambda line, delta=delta, x=x, y=y: huber_sum(line, x, y, delta),
                [0.0, 0.0], jac=True, method="BFGS", options={"gtol": 1e-11},
            )  # fmt: skip
            fits.append({"delta": delta, "line": fit.x.tolist()})
        found.append(
            {
                "x": x.tolist(),
                "y": y.tolist(),
                "squares": [float(squares.slope), float(squares.intercept)],
                "absolute": program.x[:2].tolist(),
                "huber": fits,
            }
        )
    return found


def efficiencies() -> list[dict[str, float]]:
    """Integrate the two expectations of Huber's efficiency by scipy."""
    found = []
    for delta in (0.05, 0.8, 1.345, 3.0):

        def square(z: float, delta: float = delta) -> float:
            return float(np.clip(z, -delta, delta) ** 2 * stats.norm.pdf(z))

        ends = [-40, -delta, delta, 40]  # so that no kink lies within a piece
        second = sum(integrate.quad(square, *piece)[0] for piece in pairwise(ends))
        first = integrate.quad(stats.norm.pdf, -delta, delta)[0]
        found.append({"delta": delta, "efficiency": float(first**2 / second)})
    return found


def huber_sum(line: Any, x: Any, y: Any, delta: float) -> tuple[float, Any]:
    """Return the sum of torch's Huber losses of a line, and its gradient."""
    parameters = tensor(line)
    predicted = parameters[0] * torch.tensor(x) + parameters[1]
    loss = functional.huber_loss(predicted, torch.tensor(y), reduction="sum", delta=delta)
    loss.backward()
    return loss.item(), parameters.grad.numpy()


def focal_minimisers() -> list[dict[str, float]]:
    """Minimize the expected focal loss over the prediction by scipy."""
    found = []
    for share, gamma in ((0.9, 1.0), (0.7, 2.0), (0.15, 3.0), (0.98, 0.5), (0.6, 0.0)):
        result = optimize.minimize_scalar(
            lambda q, p=share, g=gamma: (
                -p * (1 - q) ** g * np.log(q) - (1 - p) * q**g * np.log(1 - q)
            ),
            bounds=(1e-6, 1 - 1e-6), method="bounded", options={"xatol": 1e-12},
        )  # fmt: skip
        found.append({"share": share, "gamma": gamma, "minimiser": float(result.x)})
    return found


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "scikit-learn", "numpy")},
        "regression": regression(),
        "binary": binary(),
        "categorical": categorical(),
        "divergences": divergences(),
        "metric": metric(),
        "lines": lines(),
        "efficiencies": efficiencies(),
        "focal_minimisers": focal_minimisers(),
    }
    write(values)


if __name__ == "__main__":
    main()
