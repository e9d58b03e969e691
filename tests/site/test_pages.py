"""The built site, page by page: links, ids, figures, and the parts that every module has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest
from bs4 import BeautifulSoup

from minisite import only

TABS = ["Overview", "Key Concepts", "Visualization", "Math", "Applications", "Summary"]
# A quote that was not filled: {name}, {name[0]:.2f}, or \fact{...}. TeX lives in annotations.
OPEN_QUOTE = re.compile(r"\{[a-z_]\w*(\[-?\d+\])?(:[^{}\s]*)?\}|\\fact\{")


def parse(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the built site by its name."""
    paths = sorted(p for p in site.rglob("*.html") if "_static" not in p.parts)
    return {str(p.relative_to(site)): parse(p) for p in paths}


@pytest.fixture(scope="module")
def modules(pages: dict[str, BeautifulSoup]) -> dict[str, BeautifulSoup]:
    """Pages of modules."""
    return {name: page for name, page in pages.items() if page.find(class_="kicker")}


def addresses(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(["a", "link"], href=True):
        yield str(tag["href"])
    for tag in page.find_all(["img", "script"], src=True):
        yield str(tag["src"])


def test_every_page_is_there(root: Path, pages: dict[str, BeautifulSoup]) -> None:
    sources = [root / "index.md", *root.glob("modules/*.md"), *root.glob("reference/*.md")]
    assert {str(p.relative_to(root).with_suffix(".html")) for p in sources} <= pages.keys()


def test_every_address_within_the_site_leads_somewhere(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    ids = {name: {str(t["id"]) for t in page.find_all(id=True)} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for written in addresses(page):
            # The page for what is not there is shown at any address, so its links are whole.
            address = written.removeprefix("/en/latest/") if name == "404.html" else written
            if urlparse(address).scheme:
                continue
            path, anchor = urldefrag(urlparse(address)._replace(query="").geturl())
            target = (site / name).parent.joinpath(unquote(path)).resolve() if path else site / name
            there = str(target.relative_to(site))
            if not target.is_file():
                broken.append(f"{name}: {address}")
            elif anchor and unquote(anchor) not in ids.get(there, set()):
                broken.append(f"{name}: {address} (no such id)")
    assert broken == []


def test_no_page_asks_a_third_party_for_anything(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    asked = [
        f"{name}: {tag}"
        for name, page in pages.items()
        for tag in page.find_all(["img", "script", "iframe", "link", "source"])
        for address in [str(tag.get("src") or tag.get("href") or "")]
        if urlparse(address).netloc and tag.get("rel") != ["canonical"]
    ]
    assert asked == []
    sheets = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.css"))
    outside = re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", sheets)
    assert outside == []


def test_ids_are_unique_on_every_page(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        ids = [str(tag["id"]) for tag in page.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), name


def test_no_page_holds_an_open_quote_or_a_failed_figure(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        assert page.find(class_="dlcv-error") is None, name
        body = (
            BeautifulSoup(str(page.find("article")), "html.parser")
            if page.find("article")
            else page
        )
        for tag in body.find_all(["annotation", "code", "pre"]):
            tag.decompose()
        alts = " ".join(str(image["alt"]) for image in body.find_all("img"))
        assert OPEN_QUOTE.search(body.get_text() + alts) is None, name


def test_every_figure_has_two_pictures_an_alternative_text_and_a_size(
    pages: dict[str, BeautifulSoup],
) -> None:
    figures = [f for page in pages.values() for f in page.find_all("figure", class_="dlcv-figure")]
    assert figures
    for figure in figures:
        light, dark = figure.find_all("img", class_=lambda name: name != "dlcv-sheet")
        assert (light["class"], dark["class"]) == (["dlcv-light"], ["dlcv-dark"])
        assert light["alt"] == dark["alt"]
        assert 40 <= len(str(light["alt"])) <= 300
        assert float(str(light["width"])) > 0
        assert float(str(light["height"])) > 0
        assert light["loading"] == "lazy"


def test_every_figure_of_a_module_is_numbered_and_has_a_caption(
    modules: dict[str, BeautifulSoup],
) -> None:
    for name, page in modules.items():
        for figure in page.find_all("figure", class_="dlcv-figure"):
            number = figure.find(class_="caption-number")
            assert number is not None, name
            assert re.fullmatch(r"Figure\N{NO-BREAK SPACE}\d+\.\d+ ", number.get_text())
            assert len(only(figure.find("figcaption")).get_text()) > 80, figure["id"]
            assert str(figure["id"]).startswith("fig-")


def test_every_module_has_six_tabs_that_all_say_something(
    modules: dict[str, BeautifulSoup],
) -> None:
    assert modules
    for name, page in modules.items():
        (tabs,) = page.find_all(class_="sd-tab-set")
        labels = tabs.find_all("label", recursive=False)
        assert [label.get_text().strip() for label in labels] == TABS, name
        module = Path(name).stem
        slugs = [tab.lower().replace(" ", "-") for tab in TABS]
        assert [label["id"] for label in labels] == [f"{module}-tab-{slug}" for slug in slugs]
        for panel in tabs.find_all(class_="sd-tab-content", recursive=False):
            assert len(panel.get_text().split()) > 100, f"{name}: {panel['id']}"
            assert panel.find("h3") is not None


def test_every_module_has_what_a_reader_expects(modules: dict[str, BeautifulSoup]) -> None:
    for name, page in modules.items():
        assert len(page.find_all(class_="formula")) >= 1, name
        assert len(page.find_all(class_="worked-example")) >= 2, name
        assert len(page.find_all("details", class_="question")) >= 5, name
        assert len(page.find_all(class_="predict")) >= 1, name
        swept = page.find_all("figure", attrs={"data-frames": True})
        assert swept, f"{name} has no swept figure"


def test_every_module_says_its_key_idea_at_first_and_has_few_callouts(
    modules: dict[str, BeautifulSoup],
) -> None:
    for name, page in modules.items():
        first = page.select(".sd-tab-set > .sd-tab-content")[0]
        assert page.select(".key-idea") == first.select(".key-idea") != [], name
        assert len(page.select(".key-idea")) == 1, name
        assert len(page.select(".admonition")) <= 6, f"{name}: where all is marked, nothing is"


NEED_FIGURES = ("Visualization", "Math", "Applications")  # a reader sees before believing
UNWRITTEN = re.compile(r"\b(TODO|TBD|FIXME|[Ll]orem|[Pp]laceholder)\b")


def test_the_tabs_that_need_a_figure_have_one_and_none_is_unwritten(
    modules: dict[str, BeautifulSoup],
) -> None:
    for name, page in modules.items():
        panels = page.select(".sd-tab-set > .sd-tab-content")
        for tab, panel in zip(TABS, panels, strict=True):
            assert tab not in NEED_FIGURES or panel.select("figure.dlcv-figure"), f"{name}: {tab}"
            assert not UNWRITTEN.search(panel.get_text()), f"{name}: {tab}"


# Tested under another name than their own; each with where.
TESTED_ELSEWHERE = {
    "dlcv_viz.numerics.activation.sigmoid_derivative": "the table ACTIVATIONS",
    "dlcv_viz.numerics.activation.tanh_derivative": "the table ACTIVATIONS",
    "dlcv_viz.numerics.normalization.scale_shift": "the last step of every normalization",
}


def test_the_code_of_every_formula_is_tested(root: Path, site: Path) -> None:
    formulas = json.loads((site / "formulas.json").read_text(encoding="utf-8"))
    named = {formula["implements"] for formula in formulas} - {""}
    tests = "".join(path.read_text() for path in sorted(root.glob("tests/numerics/*.py")))
    words = set(re.findall(r"\w+", tests))
    unnamed = {name for name in named if name.rpartition(".")[2] not in words}
    assert unnamed == TESTED_ELSEWHERE.keys(), "a missing test, or an exemption nobody needs"


def test_every_formula_tells_its_symbols_and_its_source(modules: dict[str, BeautifulSoup]) -> None:
    for page in modules.values():
        for formula in page.find_all(class_="formula"):
            assert formula.find("details", class_="symbols"), formula["id"]
            assert only(formula.find(class_="formula-source")).find("a"), formula["id"]
            assert formula.find("math", display="block"), formula["id"]


def test_every_figure_formula_and_example_of_a_module_is_spoken_of(
    pages: dict[str, BeautifulSoup], modules: dict[str, BeautifulSoup]
) -> None:
    """What no sentence refers to is not part of the text."""
    links = {
        urldefrag(str(link["href"])).fragment
        for name, page in pages.items()
        if not name.startswith("reference/")  # indexes link to everything
        for link in page.find_all("a", class_="reference", href=True)
        if link.find_parent(class_=["toc-tree", "sidebar-tree", "used-in"]) is None
    }
    things = [
        str(thing["id"])
        for page in modules.values()
        for thing in page.find_all(class_=["dlcv-figure", "formula", "worked-example"], id=True)
    ]
    assert [thing for thing in things if thing not in links] == []


FORMULAS = {
    "perceptron-decision", "perceptron-update-01", "perceptron-update-pm1", "perceptron-criterion",
    "margin", "perceptron-convergence", "convergence-proof", "xor-contradiction", "cover-count",
    "point-plane-distance",
}  # fmt: skip


def test_the_perceptron_has_its_formulas_figures_and_examples(
    pages: dict[str, BeautifulSoup],
) -> None:
    page = pages["modules/perceptron.html"]
    ids = {str(f["id"]).removeprefix("equation-eq-") for f in page.find_all(class_="formula")}
    assert ids == FORMULAS
    figures = {str(f["data-figure"]) for f in page.find_all("figure")}
    names = ("boundary", "gates", "mistake_bounds", "glyphs", "training_steps")
    assert figures == {f"perceptron.{name}" for name in names}
    examples = {str(e["id"]) for e in page.find_all(class_="worked-example")}
    assert {
        f"ex-perceptron-{n}" for n in ("two-points", "and-gate", "other-gates", "xor-cycle")
    } <= examples
    assert len(page.find_all("details", class_="question")) == 10


def test_numbers_on_the_page_are_those_of_the_sheet(pages: dict[str, BeautifulSoup]) -> None:
    text = " ".join(pages["modules/perceptron.html"].get_text().split())
    assert "The line after 14 updates in 8 epochs, on 20 and 20 synthetic points." in text
    assert "it stops after 11, 5 and 10 updates" in text
    assert "w = (2, 1), b = \N{MINUS SIGN}3 after 11 updates" in text
    assert "w = (1, 1), b = \N{MINUS SIGN}1 after 3 updates" in text
    assert "Done after 1 update, 2 were allowed" in text


def test_every_citation_is_in_the_references(pages: dict[str, BeautifulSoup]) -> None:
    cited = pages["modules/perceptron.html"].find_all("a", href=re.compile("bibliography.html#"))
    assert len({str(a["href"]) for a in cited}) == 11
