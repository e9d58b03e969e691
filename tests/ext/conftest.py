"""A small site for every test of the extension."""

from pathlib import Path

import pytest

from minisite import CONF, LINE, MiniSite


@pytest.fixture
def mini(tmp_path: Path) -> MiniSite:
    """Return a site with one module of one figure, and no page yet."""
    (tmp_path / "conf.py").write_text(CONF)
    site = MiniSite(tmp_path)
    site.module(LINE)
    return site
