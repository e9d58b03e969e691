"""The figures of a build: where they are kept, and what draws them."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError, ExtensionError
from sphinx.util.display import status_iterator

from dlcv_viz.engine.guard import Limits
from dlcv_viz.engine.session import Session
from dlcv_viz.engine.store import Store

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sphinx.application import Sphinx
    from sphinx.config import Config


def store_of(app: "Sphinx") -> Store:
    """Return the store of a project."""
    return Store(Path(app.confdir, app.config.dlcv_store))


@contextmanager
def session_of(app: "Sphinx") -> Iterator[Session]:
    """Open the figures of a build."""
    config = app.config

    def progress(futures: Iterable["Future[Any]"], n: int) -> Iterable["Future[Any]"]:
        return status_iterator(
            futures, "drawing figures... ", "green", n, app.verbosity, lambda _: ""
        )

    with (
        keeping(app),
        Session(
            store_of(app),
            config.dlcv_figure_packages,
            lambda: _executor(config),
            progress,
            _limits(config),
        ) as session,
    ):
        yield session


@contextmanager
def keeping(app: "Sphinx") -> Iterator[None]:
    """End the build in one line when the store cannot be written, such as on a full disk."""
    try:
        yield
    except OSError as error:
        folder = str(store_of(app).folder)
        raise ExtensionError(f"figures cannot be kept in {folder!r}: {error}") from error


def _limits(config: "Config") -> Limits:
    """Return what a figure must hold itself to: what its executor does not see to."""
    if config.dlcv_executor:
        # Its processes are not ours: a limit of their memory would outlast us in a cluster.
        return Limits(seconds=config.dlcv_timeout)
    return Limits(memory=config.dlcv_memory)


def _executor(config: "Config") -> AbstractContextManager[Executor]:
    """Return what opens and ends the executor of a project.

    Parameters
    ----------
    config : Config
        With the checked options.

    Returns
    -------
    context manager of Executor
        Nothing is started or imported before it is entered.
    """
    if config.dlcv_executor:
        return _foreign(config.dlcv_executor)
    from dlcv_viz.engine.pool import FigurePool  # noqa: PLC0415  # most builds draw nothing

    return FigurePool(config.dlcv_workers, timeout=config.dlcv_timeout)


@contextmanager
def _foreign(wanted: str | Callable[[], Any]) -> Iterator[Executor]:
    with ExitStack() as stack:
        try:
            made = _factory(wanted)()
            if isinstance(made, AbstractContextManager):
                made = stack.enter_context(made)
        except Exception as error:
            raise ConfigError(
                f"dlcv_executor={wanted!r} cannot be used: {type(error).__name__}: {error}"
            ) from error
        if not isinstance(made, Executor):
            raise ConfigError(
                f"dlcv_executor={wanted!r} gave {type(made).__name__}, "
                "not a concurrent.futures.Executor or a context manager around one"
            )
        yield made


def _factory(wanted: str | Callable[[], Any]) -> Callable[[], Any]:
    if not isinstance(wanted, str):
        return wanted
    module, _, name = wanted.rpartition(".")
    if not module:
        raise ValueError("write module.factory")
    found: Callable[[], Any] = getattr(import_module(module), name)
    return found
