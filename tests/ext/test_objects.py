"""Modules and formulas as objects: links, what is linked back, indexes, and other projects."""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from minisite import CONF, LINE, Built, MiniSite, only

EXAMPLE = '''
@example
def twice(*, n: int = 2) -> dict:
    """Double a number.

    Details that the page leaves out.
    """
    return {"n": n, "double": 2 * n}
'''
FORMULA = r"""
:::{formula} NAME
:title: TITLE
:implements: toyfigures.toy.line
:source: A book

z = NAME_i

$z$ | sum | $\mathbb R$
:::
"""
ALPHA = (
    """---
category: Basics
one-line: First
minutes: 10
---
# Alpha

::::::{tab-set}
:::::{tab-item} Math
:name: a-math

"""
    + FORMULA.replace("NAME", "first").replace("TITLE", "The *first* one")
    + """
```{dlcv-figure} toy.line
:name: fig-a
Up to {top}, as {formula}`second` says.
```

:::{worked-example} toy.twice
:name: ex-a
:title: Twice
:args: n=3

Twice {n} is {double}; see {formula}`first`.
:::

:::{question} Why $z$?
:level: deeper
Because of {formula}`its number <first>` and {fact}`toy.line.top`.
:::
:::::
::::::
"""
)
BETA = (
    """---
category: Basics
one-line: Second
minutes: 10
prerequisites: [a]
---
# Beta

"""
    + FORMULA.replace("NAME", "second").replace("TITLE", "The second")
    + "\nAfter {module}`a`, or {module}`that one <a>`: {formula}`first`, {eq}`eq-first`.\n"
)
INDEX = """# Course

```{toctree}
:numbered: 1
a
b
```
```{toctree}
lookup
code
figures
```
"""
LOOKUP = """# Lookup

```{formula-index}
```
```{symbol-index}
```
```{example-index}
```
```{question-bank}
```
"""
MORE = """
extensions += ["sphinx_design"]
primary_domain = "dlcv"
math_eqref_format = "formula {number}"
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """Two modules and the indexes over them."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "conf.py").write_text(CONF + MORE)
    site = MiniSite(folder)
    site.module(LINE + EXAMPLE)
    for name in ("a", "b"):
        site.module(LINE.replace("def line", "def thumbnail"), name)
    site.page(INDEX)
    site.page(ALPHA, "a")
    site.page(BETA, "b")
    site.page(LOOKUP, "lookup")
    site.page("# Code\n\n```{code-index}\n```\n", "code")
    site.page("# Figures\n\n```{figure-gallery}\n```\n", "figures")
    return site


@pytest.fixture(scope="module")
def built(course: MiniSite) -> Built:
    """The built course."""
    built = course.build()
    assert (built.status, built.problems) == (0, "")
    return built


def links(tag: object) -> list[tuple[str, str]]:
    return [(str(a["href"]), a.get_text()) for a in only(tag).find_all("a", class_="internal")]


def test_a_module_is_shown_by_its_title_a_formula_by_its_number(built: Built) -> None:
    (paragraph,) = [p for p in built.page("b").find_all("p") if p.get_text().startswith("After")]
    assert links(paragraph) == [
        ("a.html", "Alpha"),
        ("a.html", "that one"),
        ("a.html#equation-eq-first", "formula 1.1"),
        ("a.html#equation-eq-first", "formula 1.1"),
    ]


def test_a_formula_tells_where_it_is_used_and_leads_to_its_code(built: Built) -> None:
    first = only(built.page("a").find(id="equation-eq-first"))
    # Twice in the tab, in example and question: one link each; Beta has no tabs.
    assert links(first.find(class_="used-in")) == [
        ("#ex-a", "Example 1.1"),
        ("#a-math", "Math"),
        ("b.html", "Beta"),
    ]
    source = only(first.find(class_="formula-source"))
    assert links(source) == [("code.html#code-toyfigures-toy-line", "toyfigures.toy.line")]
    second = only(built.page("b").find(id="equation-eq-second"))
    assert links(second.find(class_="used-in")) == [("a.html#fig-a", "Fig. 1.1")]


def test_a_worked_example_folds_out_the_code_that_computed_it(built: Built) -> None:
    fold = only(built.page("a").find("details", class_="check-it"))
    code, run = fold.find_all("pre")
    assert code.get_text().startswith("@example\ndef twice(")
    assert '"""Double a number."""' in code.get_text()
    assert "Details" not in code.get_text()
    assert run.get_text().strip() == "python -m dlcv_viz show toy.twice --set=n=3"


def test_the_indexes_list_everything_by_module(built: Built) -> None:
    page = built.page("lookup")
    rows = page.find_all("li", class_="formula-row")
    assert [links(row)[0] for row in rows] == [
        ("a.html#equation-eq-first", "The first one"),
        ("b.html#equation-eq-second", "The second"),
    ]
    assert only(rows[0].find("em")).get_text() == "first"
    assert [only(row.find(class_="formula-number")).get_text() for row in rows] == ["1.1", "2.1"]
    assert [only(row.find(class_="meta")).get_text() for row in rows] == ["3 uses", "1 use"]
    assert all(row.find("math", display="block") for row in rows)
    tables = page.find_all("table", class_="symbol-index")
    assert [links(table) for table in tables] == [
        [("a.html#equation-eq-first", "1.1")],
        [("b.html#equation-eq-second", "2.1")],
    ]
    (example,) = only(page.find(class_="example-index")).find_all("li")
    assert links(example) == [("a.html#ex-a", "Example 1.1")]
    assert "toy.twice(n=3)" in example.get_text()
    question = only(page.find("details", class_="question"))
    assert links(question) == [("a.html#equation-eq-first", "its number")]
    assert "and 4." in question.get_text()
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_index_of_code_shows_each_function_with_its_formulas(built: Built) -> None:
    page = built.page("code")
    assert only(page.find(id="code-toyfigures-toy-line")).name == "h2"
    assert [text for _, text in links(page.find("p", class_="meta"))] == [
        "formula 1.1",
        "formula 2.1",
    ]
    assert "def line(" in only(page.find("pre")).get_text()


def test_the_gallery_shows_every_figure_still_with_its_call(built: Built) -> None:
    (card,) = only(built.page("figures").find("ul", class_="gallery")).find_all("li")
    light, dark = card.find_all("img")
    assert (light["class"], dark["class"]) == (["dlcv-light"], ["dlcv-dark"])
    assert (built.out / str(light["src"])).is_file()
    assert links(card) == [("a.html#fig-a", "Fig. 1.1")]
    assert only(card.find("code")).get_text() == "toy.line()"


def test_teachers_get_every_formula_as_json_and_as_latex(built: Built) -> None:
    listed = json.loads((built.out / "formulas.json").read_text())
    assert [(f["number"], f["id"], f["page"]) for f in listed] == [
        ("1.1", "first", "Alpha"),
        ("2.1", "second", "Beta"),
    ]
    assert listed[0]["url"] == "a.html#equation-eq-first"
    assert listed[0]["symbols"] == [{"tex": "$z$", "meaning": "sum", "values": "$\\mathbb R$"}]
    latex = (built.out / "formulas.tex").read_text()
    assert "\\section*{Alpha}" in latex
    assert "\\paragraph{1.1 The first one}" in latex


def inventory(folder: Path) -> Iterator[str]:
    data = (folder / "objects.inv").read_bytes()
    yield from zlib.decompress(data.split(b"\n", 4)[4]).decode().splitlines()


def test_the_inventory_names_modules_formulas_examples_and_headings(built: Built) -> None:
    lines = [line for line in inventory(built.out) if " dlcv:" in line]
    assert lines == [
        "Math dlcv:heading 3 a.html#a-math-title -",
        "a dlcv:module -1 a.html Alpha",
        "b dlcv:module -1 b.html Beta",
        "ex-a dlcv:example 1 a.html#$ Twice",
        "first dlcv:formula 1 a.html#equation-eq-$ The first one",
        "second dlcv:formula 1 b.html#equation-eq-$ The second",
    ]


def test_another_project_links_to_a_module_and_a_formula(built: Built, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        CONF
        + 'extensions += ["sphinx.ext.intersphinx"]\n'
        + f'intersphinx_mapping = {{"dl": ("https://dl.example/", "{built.out}/objects.inv")}}\n'
    )
    other = MiniSite(tmp_path)
    other.page("# T\n\n{external+dl:dlcv:module}`a`, {dlcv:formula}`this <first>`\n")
    page = other.build().page()
    found = [(a["href"], a.get_text()) for a in page.find_all("a", class_="external")]
    assert found[:2] == [
        ("https://dl.example/a.html", "Alpha"),
        ("https://dl.example/a.html#equation-eq-first", "this"),
    ]


def test_pages_are_written_again_when_what_they_show_changes_and_only_then(
    course: MiniSite, built: Built
) -> None:
    def written() -> dict[str, int]:
        return {path.stem: path.stat().st_mtime_ns for path in built.out.glob("*.html")}

    def changed(name: str, text: str) -> set[str]:
        before = written()
        course.page(text, name)
        assert course.build().status == 0
        return {page for page, time in written().items() if time != before.get(page)}

    always = {"genindex", "search", "index"}  # Sphinx writes those with a toctree above a change
    assert changed("a", ALPHA.replace("Twice {n}", "Doubled, {n}")) == {"a"} | always
    # Another link to the first formula: its page and the index that counts.
    more = BETA + "\n```{dlcv-figure} toy.line\n:name: fig-b\nAs {formula}`first`.\n```\n"
    assert changed("b", more) == {"a", "b", "lookup", "figures"} | always
    answer = ALPHA.replace("Because of", "Just because of")
    assert changed("a", answer) == {"a", "lookup"} | always
    title = answer.replace("The *first* one", "The only one")
    assert changed("a", title) == {"a", "lookup"} | always


@pytest.mark.parametrize("jobs", [1, 4])
def test_indexes_are_the_same_bytes_whichever_way_they_were_built(
    course: MiniSite, jobs: int, tmp_path: Path
) -> None:
    course.build()
    folders = "-d", str(tmp_path / "doctrees"), "-E"
    clean = course.build("html", "-j", str(jobs), *folders, out=f"clean{jobs}")
    assert clean.status == 0
    for path in sorted((course.folder / "_build/html").rglob("*.html")):
        name = path.relative_to(course.folder / "_build/html")
        assert (clean.out / name).read_bytes() == path.read_bytes(), name
