"""The sites that are disturbed."""

from pathlib import Path

import pytest

from firesite import fill
from minisite import MiniSite, mini_in


@pytest.fixture
def mini(tmp_path: Path) -> MiniSite:
    """Return a site with one module of one figure, and no page yet."""
    return mini_in(tmp_path)


@pytest.fixture
def site(mini: MiniSite) -> MiniSite:
    """Return the site of six pages."""
    return fill(mini)
