"""The learning path: the graph of all modules with a link on each, and what makes it new."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from minisite import CONF, MiniSite, only

NAMES = ("perceptron", "mlp", "loss", "backprop", "conv", "pool")
NEEDS = {"mlp": "perceptron", "loss": "perceptron", "backprop": "mlp, loss", "pool": "conv, mlp"}
ALT = "Learning path of 6 modules in 2 groups: the longest chain of prerequisites leads through"


class Course:
    """Six modules in two groups, and a page with their graph."""

    def __init__(self, folder: Path) -> None:
        (folder / "conf.py").write_text(CONF)
        self.site = MiniSite(folder)
        self.site.conf('dlcv_figure_packages = ["toyfigures", "dlcv_viz.figures"]\n')
        self.site.source("", "toyfigures/empty.py")
        self.order(*NAMES)
        self.site.page("# Path\n\nText.\n\n```{learning-path}\n```\n", "path")
        for name in NAMES:
            self.module(name)

    def order(self, *names: str) -> None:
        """Write the toctree of the modules."""
        tree = "\n".join(("```{toctree}", ":numbered: 1", *names, "```"))
        self.site.page(f"# Course\n\n{tree}\n\n```{{toctree}}\npath\n```\n")

    def module(
        self, name: str, title: str = "", needs: str | None = None, minutes: int = 20
    ) -> None:
        """Write a module."""
        category = "Vision" if name in {"conv", "pool"} else "Foundations"
        needs = NEEDS.get(name, "") if needs is None else needs
        front = f"category: {category}\none-line: All of it\nminutes: {minutes}"
        text = (
            f"---\n{front}\nprerequisites: [{needs}]\n---\n\n# {title or name.title()}\n\nText.\n"
        )
        self.site.page(text, name)

    def written(self) -> int:
        """Return when the page with the graph was written."""
        return (self.site.folder / "_build/html/path.html").stat().st_mtime_ns


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Build a course once, by several processes."""
    made = Course(tmp_path_factory.mktemp("course"))
    built = made.site.build("html", "-j", "2")
    assert (built.status, built.problems) == (0, "")
    return made


def figure(page: BeautifulSoup) -> Tag:
    return only(page.find("figure", attrs={"data-figure": "learning_path.graph"}))


def picture(course: Course, page: BeautifulSoup) -> str:
    image = only(figure(page).find("img", class_="dlcv-light"))
    return (course.site.folder / "_build/html" / str(image["src"])).read_text(encoding="utf-8")


def links(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [(str(a["href"]), a.get_text()) for a in figure(page).find_all("a")]


def parsed(course: Course) -> BeautifulSoup:
    text = (course.site.folder / "_build/html/path.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def test_each_module_has_a_link_named_by_its_title_within_the_picture(course: Course) -> None:
    page = parsed(course)
    assert links(page) == [(f"{name}.html", name.title()) for name in NAMES]
    boxes = [
        [float(share) for share in re.findall(r"([\d.]+)%", str(item["style"]))]
        for item in figure(page).find_all("li")
    ]
    for left, top, width, height in boxes:
        assert min(left, top, width, height) > 0
        assert max(left + width, top + height) < 100
    assert boxes[0][0] < boxes[1][0] < boxes[2][0]  # a row from left to right
    assert boxes[0][1] < boxes[4][1]  # the next row below
    # Over the pictures, in the frame that scrolls.
    frame = only(only(figure(page).find(class_="dlcv-picture")).find(class_="dlcv-linked"))
    assert len(frame.find_all("img", recursive=False)) == 2


def test_the_picture_has_names_numbers_and_groups_and_a_text_instead(course: Course) -> None:
    page = parsed(course)
    drawn = re.findall(r"<text[^>]*>([^<]+)</text>", picture(course, page))
    assert set(drawn) == {name.title() for name in NAMES} | set("123456") | {
        "Foundations",
        "Vision",
    }
    assert {str(image["alt"]) for image in figure(page).find_all("img")} == {
        f"{ALT} 3 of them, from Perceptron to Backprop."
    }
    assert not figure(page).find("figcaption")


def test_other_builders_show_the_picture_or_its_text(course: Course) -> None:
    text = course.site.build("text")
    assert (text.status, text.problems) == (0, "")
    shown = " ".join((text.out / "path.txt").read_text(encoding="utf-8").split())
    assert f"[{ALT} 3 of them, from Perceptron to Backprop.]" in shown
    latex = course.site.build("latex")
    assert (latex.status, latex.problems) == (0, "")
    (tex,) = latex.out.glob("*.tex")
    assert re.search(r"\\sphinxincludegraphics\{\{learning-path-graph-", tex.read_text("utf-8"))
    gettext = course.site.build("gettext", "-d", str(course.site.folder / "other"))
    assert (gettext.status, gettext.problems) == (0, "")


def test_the_page_is_written_again_when_the_graph_changes_and_only_then(course: Course) -> None:
    course.site.build()
    before = course.written()
    course.module("mlp", minutes=45)
    assert course.site.build().status == 0
    assert course.written() == before

    # What stands in brackets is not drawn; the name of the link is the whole title.
    course.module("mlp", "Mlp (many)")
    assert ("mlp.html", "Mlp (many)") in links(course.site.build().page("path"))

    course.module("conv", needs="backprop")
    page = course.site.build().page("path")
    assert f"{ALT} 5 of them, from Perceptron to Pool." in str(figure(page))

    course.order("perceptron", "loss", "mlp", "backprop", "conv", "pool")
    assert [href for href, _ in links(course.site.build().page("path"))] == [
        f"{name}.html" for name in ("perceptron", "loss", "mlp", "backprop", "conv", "pool")
    ]


def test_wrong_prerequisites_are_told_and_the_rest_is_drawn(course: Course) -> None:
    course.order(*NAMES)
    for name in NAMES:
        course.module(name)
    course.module("perceptron", needs="mlp")
    course.module("loss", needs="pool")
    built = course.site.build()
    assert built.status == 1
    cycle = "each of these needs the next: perceptron -> mlp -> perceptron"
    assert built.problems.splitlines() == [
        f"perceptron.md:1: ERROR: prerequisites: {cycle} [dlcv.figure]",
        "loss.md:1: ERROR: prerequisites: 'pool' comes later in the toctree [dlcv.figure]",
    ]
    assert len(links(built.page("path"))) == 6


def test_a_course_without_modules_or_without_the_figure(tmp_path: Path) -> None:
    course = Course(tmp_path)
    built = course.site.build("html", "-D", "dlcv_figure_packages=toyfigures", strict=False)
    assert "path.md:5: ERROR: no module 'learning_path' of figures in toyfigures" in built.problems
    for name in NAMES:
        course.site.page(f"# {name}\n", name)
    built = course.site.build()
    assert (built.status, built.problems) == (0, "")
    assert "Text." in built.page("path").get_text()
    assert not built.page("path").find("figure")
