"""Values of independent libraries for optimizers and what they are tried on, in `optimizers.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/optimizers.py > tests/reference/optimizers.json

Nothing of the project is imported. Steps are those of torch.optim in double precision.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch, scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from writing import write

RNG = np.random.default_rng(77)
START = RNG.normal(size=3) * 2
GRADIENTS = RNG.normal(size=(25, 3)) * np.array([0.01, 1.0, 50.0])
GRADIENTS[7] = 0.0

# Name of ours, its arguments, torch's name and arguments.
RULES: list[tuple[str, dict[str, float], str, dict[str, Any]]] = [
    ("SGD", {"learning_rate": 0.07}, "SGD", {"lr": 0.07}),
    ("Momentum", {"learning_rate": 0.03, "beta": 0.8}, "SGD", {"lr": 0.03, "momentum": 0.8}),
    ("AdaGrad", {"learning_rate": 0.3, "epsilon": 1e-10}, "Adagrad", {"lr": 0.3, "eps": 1e-10}),
    ("AdaGrad", {"learning_rate": 0.3, "epsilon": 0.5}, "Adagrad", {"lr": 0.3, "eps": 0.5}),
    (
        "RMSProp",
        {"learning_rate": 0.02, "beta": 0.95, "epsilon": 1e-3},
        "RMSprop",
        {"lr": 0.02, "alpha": 0.95, "eps": 1e-3},
    ),
    ("Adam", {}, "Adam", {}),
    (
        "Adam",
        {"learning_rate": 0.2, "beta1": 0.7, "beta2": 0.97, "epsilon": 0.01},
        "Adam",
        {"lr": 0.2, "betas": (0.7, 0.97), "eps": 0.01},
    ),
    ("AdamW", {}, "AdamW", {}),
    (
        "AdamW",
        {"learning_rate": 0.15, "beta1": 0.8, "decay": 0.3},
        "AdamW",
        {"lr": 0.15, "betas": (0.8, 0.999), "weight_decay": 0.3},
    ),
]


def stepped(optimizer: Any, w: Any, gradient: Any, n_steps: int) -> list[list[float]]:
    """Follow one of torch's optimizers; the gradient is asked by place and step."""
    places = []
    for step in range(n_steps):
        w.grad = gradient(w.detach(), step)
        optimizer.step()
        places.append(w.detach().tolist())
    return places


def known_gradients() -> list[dict[str, Any]]:
    """Apply every rule to the same gradients."""
    found = []
    every = torch.tensor(GRADIENTS)
    for name, ours, theirs, options in RULES:
        w = torch.tensor(START, requires_grad=True)
        optimizer = getattr(torch.optim, theirs)([w], **options)
        places = stepped(optimizer, w, lambda _, step: every[step].clone(), len(GRADIENTS))
        found.append({"rule": name, "arguments": ours, "places": places})
    return found


def nesterov() -> dict[str, Any]:
    """Follow torch's Nesterov momentum, which walks through the look-ahead places, on a bowl."""
    h, options = torch.tensor([0.5, 3.0, 11.0]), {"lr": 0.05, "momentum": 0.85}
    w = torch.tensor(START, requires_grad=True)
    optimizer = torch.optim.SGD([w], nesterov=True, **options)
    places = stepped(optimizer, w, lambda here, _: h.double() * here, 40)
    return {"h": h.tolist(), "learning_rate": 0.05, "beta": 0.85, "places": places}


def clipped() -> list[dict[str, Any]]:
    """Ask torch to clip the gradients of two parameters together."""
    found = []
    for limit in (0.5, 2.0, 100.0):
        parts = [torch.zeros(4, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)]
        g = RNG.normal(size=6) * 3
        parts[0].grad, parts[1].grad = torch.tensor(g[:4]), torch.tensor(g[4:])
        torch.nn.utils.clip_grad_norm_(parts, limit)
        after = torch.cat([part.grad for part in parts])
        found.append({"g": g.tolist(), "limit": limit, "clipped": after.tolist()})
    return found


def schedules() -> dict[str, Any]:
    """Ask torch for rates step by step."""

    def rates(scheduler: str, n: int, **options: Any) -> list[float]:
        w = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=0.4)
        asked = getattr(torch.optim.lr_scheduler, scheduler)(optimizer, **options)
        found = []
        for _ in range(n):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            asked.step()
        return found

    return {
        "cosine": rates("CosineAnnealingLR", 31, T_max=30, eta_min=0.01),
        "steps": rates("StepLR", 31, step_size=7, gamma=0.3),
    }


def logistic() -> dict[str, Any]:
    """Fit weights without a penalty, and ask torch for loss, slopes and curvatures."""
    x = RNG.normal(size=(60, 3)) * np.array([1.0, 5.0, 0.3])
    y = (RNG.random(60) < expit(x @ np.array([0.5, -0.2, 2.0]))).astype(int)
    fit = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-12, max_iter=10000).fit(x, y)
    place = RNG.normal(size=3)
    samples, target = torch.tensor(x), torch.tensor(y, dtype=torch.float64)

    def loss(w: Any) -> Any:
        return torch.nn.functional.binary_cross_entropy_with_logits(samples @ w, target)

    w = torch.tensor(place)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "fit": fit.coef_[0].tolist(),
        "w": place.tolist(),
        "loss": float(loss(w)),
        "gradient": torch.autograd.functional.jacobian(loss, w).tolist(),
        "hessian": torch.autograd.functional.hessian(loss, w).tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "scikit-learn", "numpy")},
        "start": START.tolist(),
        "gradients": GRADIENTS.tolist(),
        "rules": known_gradients(),
        "nesterov": nesterov(),
        "clipped": clipped(),
        "schedules": schedules(),
        "logistic": logistic(),
    }
    write(values)


if __name__ == "__main__":
    main()
