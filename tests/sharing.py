"""Which tests share a process, where several run them: those that share what is dear to make."""

import re

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # has no types

_OF_A_FIGURE = re.compile(r"(tests/figures/)test_every_figure\.py::.*\[(\w+)\.")
_OF_THE_BOOK = "tests/builders/"
_HEAVY = ("slow", "browser")


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # of an untyped class
    """Give a process all tests of a file; a rule for every figure goes with the module's own tests.

    So a site is built, a browser started and a figure drawn once for all that look at it. The tests
    of the book are one process's, too: another one would only wait until the book is there.
    """

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # by the number of tests, which says little here

    def _split_scope(self, nodeid: str) -> str:
        """Return what names those that stay together."""
        if of_a_figure := _OF_A_FIGURE.match(nodeid):
            return "{}test_{}.py".format(*of_a_figure.groups())
        file = nodeid.partition("::")[0]
        return _OF_THE_BOOK if file.startswith(_OF_THE_BOOK) else file


def heavy_files_first(items: list[pytest.Item]) -> None:
    """Sort tests so that no process begins with a heavy file when the others are done."""
    heavy = {item.path for item in items if any(map(item.get_closest_marker, _HEAVY))}
    items.sort(key=lambda item: item.path not in heavy)
