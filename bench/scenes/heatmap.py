"""A confusion matrix of 10 by 10 cells, each with its number, and a colour bar."""

import numpy as np
from matplotlib.figure import Figure

SIZE = (5.2, 4.4)  # inches
MARK = "v1"


def matrix(k: int) -> np.ndarray:
    """Return a confusion matrix whose rows sum to 1."""
    rng = np.random.default_rng(k)
    return rng.dirichlet(np.ones(10) * 0.5, size=10) * 0.5 + np.eye(10) * 0.5


def draw(k: int, fig: Figure) -> None:
    """Draw variant `k` on an empty figure."""
    ax = fig.subplots()
    m = matrix(k)
    image = ax.imshow(m, cmap="viridis", vmin=0, vmax=1)
    for i in range(10):
        for j in range(10):
            ax.text(
                j,
                i,
                f"{m[i, j]:.2f}",
                ha="center",
                va="center",
                fontsize=7,
                color="white" if m[i, j] < 0.5 else "black",
            )
    ax.set_xticks(range(10))
    ax.set_yticks(range(10))
    ax.set_xlabel("predicted")
    ax.set_ylabel("true")
    ax.set_title(f"confusion matrix {k} {MARK}")
    fig.colorbar(image, ax=ax)
