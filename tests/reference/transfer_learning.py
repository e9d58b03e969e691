"""Values of torch and scikit-learn for reused networks, frozen in `transfer_learning.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scikit-learn==1.9.1
    /tmp/refenv/bin/python tests/reference/transfer_learning.py \
        > tests/reference/transfer_learning.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2018)


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def distilled() -> list[dict[str, Any]]:
    """Differentiate the loss of a student at some temperatures."""
    cases = []
    for temperature, share in ((1.0, 0.3), (2.5, 1.0), (9.0, 0.6)):
        student, teacher = 3 * drawn(4, 5), 3 * drawn(4, 5)
        labels = torch.tensor([0, 4, 2, 2])
        student.requires_grad_()
        soft = functional.kl_div(
            functional.log_softmax(student / temperature, 1),
            functional.log_softmax(teacher / temperature, 1),
            reduction="none",
            log_target=True,
        ).sum(1)
        hard = functional.cross_entropy(student, labels, reduction="none")
        losses = (1 - share) * hard + share * temperature**2 * soft
        losses.sum().backward()
        cases.append(
            {
                "temperature": temperature,
                "share": share,
                "student": student.tolist(),
                "teacher": teacher.tolist(),
                "labels": labels.tolist(),
                "losses": losses.tolist(),
                "gradient": student.grad.tolist(),
            }
        )
    return cases


def fine_tuned() -> list[dict[str, Any]]:
    """Train three layers by Adam, each group at a rate of its own; 0 means frozen."""
    cases = []
    for rates in ((0.0, 0.002, 0.03), (0.001, 0.01, 0.05), (0.0, 0.0, 0.1), (0.02, 0.0, 0.01)):
        layers = [nn.Linear(4, 6).double(), nn.Linear(6, 5).double(), nn.Linear(5, 3).double()]
        for layer in layers:
            layer.weight.data, layer.bias.data = (
                drawn(*layer.weight.shape),
                drawn(*layer.bias.shape),
            )
        x, labels, n_steps = drawn(9, 4), torch.tensor([0, 1, 2, 2, 1, 0, 0, 1, 2]), 12
        before = told(layers, "before")
        network = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
        groups = [
            {"params": layer.parameters(), "lr": rate}
            for layer, rate in zip(layers, rates, strict=True)
        ]
        optimizer = torch.optim.Adam(groups)
        for _ in range(n_steps):
            optimizer.zero_grad()
            functional.cross_entropy(network(x), labels).backward()
            optimizer.step()
        given = {"x": x.tolist(), "labels": labels.tolist()}
        cases.append(
            {"rates": rates, "n_steps": n_steps, **before, **given, **told(layers, "after")}
        )
    return cases


def told(layers: list[Any], when: str) -> dict[str, Any]:
    """Return weights and biases as they are."""
    return {
        f"weights_{when}": [layer.weight.tolist() for layer in layers],
        f"biases_{when}": [layer.bias.tolist() for layer in layers],
    }


def probed() -> dict[str, Any]:
    """Fit a classifier without a penalty to features that no plane separates."""
    x = RNG.normal(size=(60, 3))
    labels = (x @ RNG.normal(size=(3, 3)) + 1.5 * RNG.gumbel(size=(60, 3))).argmax(axis=1)
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(x, labels)
    return {
        "x": x.tolist(),
        "labels": labels.tolist(),
        "probabilities": model.predict_proba(x).tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    write(
        {
            "versions": {name: version(name) for name in ("torch", "scikit-learn")},
            "distilled": distilled(),
            "fine_tuned": fine_tuned(),
            "probed": probed(),
        }
    )


if __name__ == "__main__":
    main()
