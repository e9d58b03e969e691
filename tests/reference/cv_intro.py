"""Values of independent libraries for the fundamentals of vision, frozen in `cv_intro.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/cv_intro.py > tests/reference/cv_intro.json

Nothing of the project is imported: the data are made here too.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch, scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy.linalg import toeplitz
from scipy.ndimage import shift
from sklearn.metrics import top_k_accuracy_score
from sklearn.preprocessing import StandardScaler
from torch.nn import Conv2d, Linear
from torch.nn.functional import binary_cross_entropy_with_logits, conv2d

from writing import write


def parameters() -> list[dict[str, Any]]:
    """Count what layers of torch own; on the device "meta" they take no memory."""
    dense = [((28, 28, 1), 1000), ((224, 224, 3), 1000), ((33, 17, 5), 29)]
    found: list[dict[str, Any]] = []
    for (height, width, channels), units in dense:
        layer = Linear(height * width * channels, units, device="meta")
        count = sum(p.numel() for p in layer.parameters())
        found.append({"shape": [height, width, channels], "units": units, "count": count})
    return found


def kernels() -> list[dict[str, Any]]:
    """Count the weights of convolutions without bias."""
    found = []
    for channels, maps, side in ((3, 64, 3), (16, 24, 5), (7, 1, 1)):
        layer = Conv2d(channels, maps, side, bias=False, device="meta")
        count = sum(p.numel() for p in layer.parameters())
        found.append({"channels": channels, "maps": maps, "side": side, "count": count})
    return found


def standardized() -> dict[str, Any]:
    """Standardize channels by scikit-learn: fitted on one set, applied to another."""
    rng = np.random.default_rng(32)
    train, test = rng.gamma(2, 0.2, (4, 3, 5, 3)), rng.gamma(2, 0.3, (2, 3, 5, 3))
    scaler = StandardScaler().fit(train.reshape(-1, 3))
    return {
        "train": train.tolist(),
        "test": test.tolist(),
        "mean": scaler.mean_.tolist(),
        "deviation": scaler.scale_.tolist(),
        "standardized": scaler.transform(test.reshape(-1, 3)).reshape(test.shape).tolist(),
    }


def top_k() -> list[dict[str, Any]]:
    """Grade random scores, among which no two are equal."""
    found = []
    for seed, n_classes in ((33, 7), (34, 12)):
        rng = np.random.default_rng(seed)
        scores, labels = rng.normal(size=(40, n_classes)), rng.integers(0, n_classes, 40)
        errors = [
            1 - top_k_accuracy_score(labels, scores, k=k, labels=range(n_classes))
            for k in range(1, n_classes)
        ]
        found.append({"scores": scores.tolist(), "labels": labels.tolist(), "errors": errors})
    return found


def matrices() -> list[dict[str, Any]]:
    """Build banded matrices by scipy: a first column and a first row."""
    found = []
    for n, kernel in ((6, [2.0, -1.0, 0.5]), (5, [3.0]), (4, [1.0, 2.0, 3.0, 4.0])):
        rows = n - len(kernel) + 1
        matrix = toeplitz([kernel[0]] + [0.0] * (rows - 1), kernel + [0.0] * (rows - 1))
        found.append({"n": n, "kernel": kernel, "matrix": matrix.tolist()})
    return found


def shifts() -> list[dict[str, Any]]:
    """Shift pictures by scipy, with zeros from outside."""
    found = []
    for seed, by in ((35, [2, -1]), (36, [0, 3]), (37, [-4, 0])):
        x = np.random.default_rng(seed).normal(size=(5, 6))
        found.append({"x": x.tolist(), "by": by, "shifted": shift(x, by, order=0).tolist()})
    return found


def trained() -> dict[str, Any]:
    """Let torch differentiate filters, their best matches and the cross-entropy, and descend."""
    rng = np.random.default_rng(38)
    x = torch.tensor(rng.normal(size=(9, 6, 7)))
    y = torch.tensor(rng.integers(0, 2, 9))
    net = [
        torch.tensor(rng.normal(0, scale, size), requires_grad=True)
        for size, scale in (((3, 3, 3), 0.5), (3, 0.3), (3, 0.8), (1, 0.2))
    ]
    names = ("filters", "thresholds", "weights", "bias")
    start = dict(zip(names, (p.detach().tolist() for p in net), strict=True))

    def scores() -> Any:
        maps = conv2d(x[:, None], net[0][:, None], padding=1)
        return torch.relu(maps.amax(dim=(2, 3)) + net[1]) @ net[2] + net[3]

    def slopes() -> Any:
        return torch.autograd.grad(binary_cross_entropy_with_logits(scores(), y.double()), net)

    values = {"x": x.tolist(), "y": y.tolist(), "start": start, "scores": scores().tolist()}
    values["gradient"] = dict(zip(names, (g.tolist() for g in slopes()), strict=True))
    for _ in range(25):
        with torch.no_grad():
            for part, slope in zip(net, slopes_of(slopes), strict=True):
                part.sub_(0.4 * slope)
    values["end"] = dict(zip(names, (p.detach().tolist() for p in net), strict=True))
    return {**values, "learning_rate": 0.4, "n_steps": 25}


def slopes_of(slopes: Any) -> Any:
    """Differentiate inside a block that does not record."""
    with torch.enable_grad():
        return slopes()


def main() -> None:
    """Write all values as JSON."""
    packages = ("torch", "scipy", "scikit-learn", "numpy")
    values = {
        "versions": {name: version(name) for name in packages},
        "parameters": parameters(),
        "kernels": kernels(),
        "standardized": standardized(),
        "top_k": top_k(),
        "matrices": matrices(),
        "shifts": shifts(),
        "trained": trained(),
    }
    write(values)


if __name__ == "__main__":
    main()
