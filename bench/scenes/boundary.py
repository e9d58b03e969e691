"""Two moons of 200 points and the decision function of a kernel machine, as contours."""

import numpy as np
from matplotlib.figure import Figure

SIZE = (5.2, 4.0)  # inches
MARK = "v1"


def moons(k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of the two classes, 100 by 2 each."""
    rng = np.random.default_rng(k)
    t = rng.uniform(0, np.pi, 100)
    upper = np.c_[np.cos(t), np.sin(t)] + rng.normal(0, 0.15, (100, 2))
    lower = np.c_[1 - np.cos(t), 0.5 - np.sin(t)] + rng.normal(0, 0.15, (100, 2))
    return upper, lower


def field(
    upper: np.ndarray, lower: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x, y and the decision function on a grid of n by n."""
    points = np.r_[upper, lower]
    labels = np.r_[np.ones(100), -np.ones(100)]
    x = np.linspace(-1.7, 2.7, n)
    grid = np.stack(np.meshgrid(x, x - 0.3), -1).reshape(-1, 1, 2)
    kernel = np.exp(-3.0 * ((points[:, None] - points[None]) ** 2).sum(-1))
    alpha = np.linalg.solve(kernel + 0.3 * np.eye(200), labels)
    z = np.exp(-3.0 * ((grid - points[None]) ** 2).sum(-1)) @ alpha
    return x, x - 0.3, z.reshape(n, n)


def draw(k: int, fig: Figure) -> None:
    """Draw variant `k` on an empty figure."""
    ax = fig.subplots()
    upper, lower = moons(k)
    x, y, z = field(upper, lower, 120)
    ax.contourf(x, y, z, levels=20, cmap="RdBu", alpha=0.7)
    ax.contour(x, y, z, levels=[-1, 0, 1], colors="k", linestyles=["--", "-", "--"])
    ax.scatter(
        upper[:, 0], upper[:, 1], s=14, c="C0", edgecolor="k", linewidth=0.4, label="class +1"
    )
    ax.scatter(
        lower[:, 0], lower[:, 1], s=14, c="C3", edgecolor="k", linewidth=0.4, label="class -1"
    )
    ax.legend(fontsize=8)
    ax.set_title(f"kernel machine {k} {MARK}")
