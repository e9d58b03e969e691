"""State that code of figures must leave as it found it."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from matplotlib import rcParams


@contextmanager
def unchanged() -> Iterator[None]:
    """Fail if matplotlib's settings or numpy's global random state differ afterwards."""
    before = _state()
    yield
    after = _state()
    assert before == after, "global state was changed"


def _state() -> tuple[dict[str, str], bytes]:
    settings = {str(name): repr(value) for name, value in rcParams.items()}
    return settings, pickle.dumps(np.random.get_state())  # noqa: NPY002  # it is what must stay
