"""The options of conf.py that begin with ``dlcv_``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# name, default, types, what it is; none changes how pages are read
OPTIONS: tuple[tuple[str, Any, type, str], ...] = (
    ("dlcv_figure_packages", ["dlcv_viz.figures"], list, "packages searched for figures"),
    ("dlcv_store", "_build/figures", str, "folder of drawn figures, relative to conf.py"),
    ("dlcv_workers", 0, int, "processes that draw; 0 is one a core"),
    ("dlcv_timeout", 60.0, float, "seconds that one figure may take"),
    ("dlcv_categories", [], list, "groups of modules, in their order; empty allows any"),
    ("dlcv_keep_days", 30, int, "days after which an unused figure is dropped from the store"),
)


def setup(app: "Sphinx") -> None:
    """Register the options."""
    for name, default, kind, description in OPTIONS:
        types = frozenset({int, float}) if kind is float else frozenset({kind})
        app.add_config_value(name, default, "", types=types, description=description)
    app.connect("config-inited", _check)


def _check(app: "Sphinx", config: "Config") -> None:
    packages = config.dlcv_figure_packages
    if not packages or not all(isinstance(package, str) for package in packages):
        raise ConfigError(f"dlcv_figure_packages={packages!r} is not a list of package names")
    for name, least in (("dlcv_workers", 0), ("dlcv_timeout", 0.1), ("dlcv_keep_days", 1)):
        if config[name] < least:
            raise ConfigError(f"{name}={config[name]!r} is below {least}")
    config.numfig_format.setdefault("example", "Example %s")
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    app.add_css_file("dlcv.css")
