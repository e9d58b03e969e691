"""Small sites for the tests of the extension."""

from pathlib import Path

import pytest

from minisite import MiniSite, mini_in


@pytest.fixture
def mini(tmp_path: Path) -> MiniSite:
    """Return a site with one module of one figure, and no page yet."""
    return mini_in(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """Return such a site for all tests of a module: what one builds, the others read."""
    return mini_in(tmp_path_factory.mktemp("shared"))
