"""Values of independent libraries for the perceptron, frozen in `perceptron.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/perceptron.py > tests/reference/perceptron.json

Nothing of the project is imported: the data are made here too.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog
from sklearn.linear_model import Perceptron
from sklearn.metrics import hinge_loss
from sklearn.svm import SVC

from writing import write


def clouds(seed: int, n_each: int = 20, dimensions: int = 2) -> tuple[Any, Any]:
    """Draw two Gaussian clouds in shuffled order; as in the curriculum in the plane."""
    rng = np.random.default_rng(seed)
    x = np.concatenate([rng.normal(s * 1.2, 0.8, (n_each, dimensions)) for s in (1, -1)])
    order = np.random.default_rng(seed).permutation(2 * n_each)
    return x[order], np.repeat([1, -1], n_each)[order]


def trained() -> list[dict[str, Any]]:
    """Train scikit-learn's perceptron without shuffling until nothing can change."""
    sheet = [[1, 2], [2, 0.5], [-1, -0.5], [-1.5, 1], [0.5, 1.5], [-0.5, -2]], [1, 1, -1, -1, 1, -1]
    cases = {"curriculum": sheet, **{f"clouds, seed {s}": clouds(s) for s in (0, 1, 2, 5, 11)}}
    cases |= {f"3-d, seed {s}": clouds(s, 15, 3) for s in (3, 4)}
    found = []
    for name, (x, y) in cases.items():
        unit = Perceptron(shuffle=False, tol=None, max_iter=2000, eta0=1.0).fit(x, y)
        found.append(
            {
                "name": name,
                "x": np.asarray(x, float).tolist(),
                "y": np.asarray(y).tolist(),
                "w": unit.coef_[0].tolist(),
                "b": float(unit.intercept_[0]),
                "is_separated": bool(unit.score(x, y) == 1),
            }
        )
    return found


def widest() -> list[dict[str, Any]]:
    """Fit a linear support vector machine with hardly any slack."""
    found = []
    for seed in (0, 1, 2):
        x, y = clouds(seed)
        machine = SVC(kernel="linear", C=1e9, tol=1e-10).fit(x, y)
        norm = float(np.linalg.norm(machine.coef_[0]))
        found.append(
            {
                "seed": seed,
                "x": x.tolist(),
                "y": y.tolist(),
                "w": (machine.coef_[0] / norm).tolist(),
                "b": float(machine.intercept_[0] / norm),
                "margin": 1 / norm,
                "support": sorted(machine.support_.tolist()),
            }
        )
    return found


def is_separable(x: Any, y: Any) -> bool:
    """Ask a linear program for weights with y (w·x + b) >= 1."""
    rows = -np.asarray(y)[:, None] * np.column_stack([x, np.ones(len(x))])
    zeros = np.zeros(rows.shape[1])
    return bool(linprog(zeros, rows, -np.ones(len(x)), bounds=(None, None)).status == 0)


def labellings(x: Any) -> int:
    """Count the labellings of points that a linear program separates."""
    return sum(is_separable(x, y) for y in product((-1, 1), repeat=len(x)))


def criteria() -> list[dict[str, Any]]:
    """Shift scikit-learn's hinge loss: at z + y it is max(0, 1 - y (z + y)) = max(0, -y z)."""
    found, rng = [], np.random.default_rng(21)
    for seed in (0, 7, 8, 9):
        x, y = clouds(seed, 6)
        w = rng.normal(size=3)
        loss = len(y) * hinge_loss(y, x @ w[:2] + w[2] + y)
        found.append({"x": x.tolist(), "y": y.tolist(), "w": w.tolist(), "loss": float(loss)})
    return found


def main() -> None:
    """Write all values as JSON."""
    rng = np.random.default_rng(17)
    planes = [{"n": n, "d": 3, "count": labellings(rng.normal(size=(n, 2)))} for n in range(1, 9)]
    spaces = [{"n": n, "d": 4, "count": labellings(rng.normal(size=(n, 3)))} for n in range(1, 9)]
    lines = [{"n": n, "d": 2, "count": labellings(rng.normal(size=(n, 1)))} for n in range(1, 9)]
    corners = {n: np.array(list(product((0.0, 1.0), repeat=n))) for n in (1, 2, 3)}
    values = {
        "versions": {name: version(name) for name in ("scikit-learn", "scipy", "numpy")},
        "perceptron": trained(),
        "max_margin": widest(),
        "cover": lines + planes + spaces,
        "boolean": [{"n": n, "count": labellings(x)} for n, x in corners.items()],
        "criterion": criteria(),
    }
    write(values)


if __name__ == "__main__":
    main()
