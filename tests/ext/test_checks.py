"""What a course lacks is a warning with a place and a name, so that a strict build fails."""

import pytest

from minisite import CONF, LINE, Built, MiniSite

PAGE = """---
category: Basics
one-line: All
minutes: 10
---
# A

::::{tab-set}
:::{tab-item} Overview
Text.
:::
:::{tab-item} Notes
% to be written
:::
::::

:::{formula} one
:title: Alone

z = 1

$z$ | height | any
:::

:::{formula} two
:title: Other
:implements: toyfigures.a.thumbnail

z = 2

$z$ | sum | any
:::

{module}`nowhere` and {formula}`nothing`
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A module that lacks nearly everything, in one build."""
    folder = tmp_path_factory.mktemp("lacking")
    more = 'extensions += ["sphinx_design"]\nprimary_domain = "dlcv"\n'
    (folder / "conf.py").write_text(CONF + more + 'dlcv_tabs = ["Overview", "Math", "Summary"]\n')
    site = MiniSite(folder)
    site.module(LINE.replace("def line", "def thumbnail") + LINE, "a")
    site.page("# Course\n\n```{module-cards}\n```\n\n```{toctree}\na\n```\n")
    site.page(PAGE, "a")
    return site.build()


@pytest.mark.parametrize(
    "problem",
    [
        "a.md:1: WARNING: the module has no tab 'Math', 'Summary' [dlcv.tabs]",
        "a.md:8: WARNING: tab 'Notes' is empty [dlcv.tabs]",
        "a.md:1: WARNING: 'a.line' is registered and on no page [dlcv.reader]",
        "a.md:17: WARNING: formula 'one' has no code, and nothing refers to it [dlcv.formula]",
        "a.md:25: WARNING: $z$ means 'sum' in formula 'two' and 'height' in 'one' [dlcv.symbol]",
        "a.md:34: WARNING: no module 'nowhere' [ref.module]",
        "a.md:34: WARNING: no formula 'nothing' [ref.formula]",
    ],
)
def test_what_is_missing_is_told_at_its_line(built: Built, problem: str) -> None:
    assert problem in built.problems.splitlines()


def test_nothing_else_is_told(built: Built) -> None:
    assert built.status == 1
    assert len(built.problems.splitlines()) == 7
