"""The options of conf.py that begin with ``dlcv_``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

# name, default, types, what it is; none changes how pages are read
OPTIONS: tuple[tuple[str, Any, type, str], ...] = (
    ("dlcv_figure_packages", ["dlcv_viz.figures"], list, "packages searched for figures"),
    ("dlcv_store", "_build/figures", str, "folder of drawn figures, relative to conf.py"),
    ("dlcv_workers", 0, int, "processes that draw; 0 is one a core"),
    ("dlcv_timeout", 60.0, float, "seconds that one figure may take"),
    ("dlcv_memory", 2048, int, "MiB that one figure may use (Linux, our own pool); 0 is no limit"),
    ("dlcv_executor", "", object, "what draws in place of our pool: a factory or its dotted name"),
    ("dlcv_categories", [], list, "groups of modules, in their order; empty allows any"),
    ("dlcv_budget", {}, dict, "what a page may weigh and a figure take; makes the page of health"),
    ("dlcv_card", "", str, "figure that other sites show of a page; empty for none"),
    ("dlcv_tabs", [], list, "titles of the tabs that each module has; empty for any"),
    ("dlcv_keep_days", 30, int, "days after which an unused figure is dropped from the store"),
)

# KB of a module at first view without and with its fonts, KB of our scripts, seconds of a frame
BUDGETS = frozenset({"first-view", "in-all", "script", "frame"})
_LEAST = (("dlcv_workers", 0), ("dlcv_timeout", 0.1), ("dlcv_memory", 0), ("dlcv_keep_days", 1))


def on_screen(builder: "Builder") -> bool:
    """Whether pages are read in a browser, where a script can run and a part can fold out."""
    return builder.format == "html" and builder.name != "epub"


def setup(app: "Sphinx") -> None:
    """Register the options."""
    for name, default, kind, description in OPTIONS:
        types = Any if kind is object else {int, float} if kind is float else {kind}
        app.add_config_value(name, default, "", types=types, description=description)
    app.connect("config-inited", _check)


def _check(app: "Sphinx", config: "Config") -> None:
    packages = config.dlcv_figure_packages
    if not packages or not all(isinstance(package, str) for package in packages):
        raise ConfigError(f"dlcv_figure_packages={packages!r} is not a list of package names")
    executor = config.dlcv_executor
    if not isinstance(executor, str) and not callable(executor):
        raise ConfigError(f"dlcv_executor={executor!r} is no dotted name and cannot be called")
    for name, least in _LEAST:
        if config[name] < least:
            raise ConfigError(f"{name}={config[name]!r} is below {least}")
    for name, limit in config.dlcv_budget.items():
        if name not in BUDGETS or not isinstance(limit, int | float) or limit <= 0:
            known = ", ".join(sorted(BUDGETS))
            raise ConfigError(f"dlcv_budget: {name!r}: {limit!r} is no limit above 0 of {known}")
    config.numfig_format.setdefault("example", "Example %s")
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    app.add_css_file("dlcv.css")
