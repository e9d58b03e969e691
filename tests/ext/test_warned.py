"""What was wrong is told until it is mended, and then no more."""

import pytest

from minisite import LINE, Built, MiniSite, mini_in, put_together


def figure(*options: str) -> str:
    return "\n".join(["```{dlcv-figure} toy.line", *options, "```"])


def test_an_error_mended_leaves_no_trace(mini: MiniSite) -> None:
    mini.page("# T\n\n" + figure().replace("line", "lime"))
    assert mini.build().status == 1
    mini.page("# T\n\n" + figure())
    built = mini.build()
    assert (built.status, built.problems) == (0, "")


def test_a_mended_function_is_drawn_though_no_page_changed(mini: MiniSite) -> None:
    mini.module(LINE.replace("top}", "missing}"))
    mini.page("# T\n\n" + figure())
    assert mini.build().status == 1
    mini.module(LINE)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    assert len(built.page().find_all("img")) == 2


# What a page says, and how the warning of Sphinx or docutils about it goes.
WARNED = {
    "align": (figure(":align: up"), '"left", "center", or "right"'),
    "loading": (figure(":loading: soon"), '"lazy", or "eager"'),
    "width": (figure(":width: wide"), '"wide" is no valid measure'),
    "nmae": (
        figure(":nmae: fig-a"),
        "Unknown option key: 'nmae' (allowed: ['align', 'alt', 'args'",
    ),
    "ref": ("{ref}`nowhere`", "undefined label: 'nowhere'"),
    "directive": ("```{nonsense}\n```", "nonsense"),
}


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Build a site that Sphinx warns about, once more in parallel, and mended."""
    site = mini_in(tmp_path_factory.mktemp("warned"))
    put_together(site, {name: text for name, (text, _) in WARNED.items()})
    twice = [site.build(), site.build("html", "-j", "2")]
    put_together(site, dict.fromkeys(WARNED, figure()))
    return [*twice, site.build()]


@pytest.mark.parametrize("name", WARNED)
def test_what_sphinx_itself_warns_about_is_told_in_every_build(
    warned: list[Built], name: str
) -> None:
    """Also a wrong option of the directive."""
    for built in warned[:2]:
        (told,) = [t for t in built.problems.splitlines() if t.startswith(f"{name}.md:")]
        assert WARNED[name][1] in told
        assert built.status == 1


def test_what_is_mended_is_told_no_more(warned: list[Built]) -> None:
    first, second, mended = warned
    assert sorted(first.problems.splitlines()) == sorted(second.problems.splitlines())
    assert (mended.status, mended.problems) == (0, "")
