"""Six activation functions and their derivatives: two axes, 400 points a curve."""

import numpy as np
from matplotlib.figure import Figure

SIZE = (7.0, 3.2)  # inches
MARK = "v1"  # the scenario `source` edits this line


def draw(k: int, fig: Figure) -> None:
    """Draw variant `k` on an empty figure."""
    left, right = fig.subplots(1, 2)
    x = np.linspace(-5, 5, 400)
    scale = 1 + 0.01 * k
    functions = {
        "sigmoid": 1 / (1 + np.exp(-scale * x)),
        "tanh": np.tanh(scale * x),
        "ReLU": np.maximum(0, scale * x),
        "leaky ReLU": np.where(x > 0, scale * x, 0.1 * x),
        "GELU": 0.5 * x * (1 + np.tanh(0.79788 * (x + 0.044715 * x**3))),
        "softplus": np.log1p(np.exp(scale * x)),
    }
    for name, y in functions.items():
        left.plot(x, y, label=name)
        right.plot(x, np.gradient(y, x), label=name)
    left.set_ylim(-1.5, 5)
    left.set_title(f"activations {k} {MARK}")
    right.set_title(r"derivatives $\partial f/\partial x$")
    for ax in (left, right):
        ax.grid(visible=True, alpha=0.3)
        ax.set_xlabel("$x$")
        ax.legend(fontsize=7)
