"""The directive ``{ledger}``: a network's layers as a table, builder by builder."""

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bs4 import Tag
from playwright.sync_api import Browser

from dlcv_sphinx import ledger_table
from dlcv_viz.architectures.table import COLUMNS
from minisite import Built, MiniSite, mini_in, only, put_together

IMPORTS = """
from dlcv_viz.architectures import lenet, resnet, table
from dlcv_viz.architectures.ledger import ledger

"""
NETS = (
    IMPORTS
    + """
@example
def small(*, version: Literal["paper", "remake"] = "remake") -> dict:
    '''LeNet-5.'''
    network = lenet.paper() if version == "paper" else lenet.remake()
    return table.facts(ledger(network, (1, 32, 32)))


@example
def staged() -> dict:
    '''ResNet-18.'''
    return table.facts(ledger(resnet.resnet(18), (3, 224, 224)))


@example
def other() -> dict:
    '''Give something else.'''
    return {"n": 1}
"""
)
PAGE = """# Title

```{ledger} nets.small
:name: tab-small
:args: version="paper"
*LeNet-5* has {total_parameters:,} parameters.
```

```{ledger} nets.staged
:name: tab-staged
:columns: layer, output, parameters, multiply_adds, receptive_field
:fold:
ResNet-18 by stages.
```

{fact}`nets.small.total_parameters:,`, {fact}`tab-small.total_multiply_adds:,`.
"""
LINKS = "\n{numref}`tab-staged` and {ref}`tab-small`.\n"


@pytest.fixture(scope="module")
def html(shared: MiniSite) -> Built:
    """Build the page once for all tests that read it."""
    shared.module(NETS, "nets")
    shared.page(PAGE + LINKS + "\n```{toctree}\nsub/page\n```\n")
    (shared.folder / "sub").mkdir()
    small = PAGE.split("```")[1].replace("tab-small", "tab-below")
    shared.page(f"# T\n\n```{small}```\n", "sub/page")
    return shared.build()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build once with each builder."""
    site = mini_in(tmp_path_factory.mktemp("built"))
    site.module(NETS, "nets")
    site.page(PAGE)
    site.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    site.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    return cache(site.build)


def table(built: Built, label: str) -> Tag:
    """Return the table with that label, which nothing else has."""
    (found,) = built.page().find_all(id=label)
    assert found.name == "table"
    return found


def cells(row: Tag) -> list[str]:
    """Return the words of each cell."""
    return [cell.get_text().strip() for cell in row.find_all(["td", "th"])]


def test_the_table_has_the_layers_and_the_totals(html: Built) -> None:
    assert (html.status, html.problems) == (0, "")
    head, *rows, total = table(html, "tab-small").find_all("tr")
    assert cells(head) == [
        *("Layer", "Kernel", "Stride", "Output"),
        *("Parameters", "Multiply-adds", "Receptive field"),
    ]
    assert cells(rows[0]) == ["C1", "5×5", "1", "28×28×6", "156", "117,600", "5"]
    assert [cells(row)[0] for row in rows] == ["C1", "S2", "C3", "S4", "C5", "F6", "output"]
    assert cells(total) == ["Total", "", "", "", "60,000", "326,520", ""]


def test_a_table_has_one_id_also_where_a_theme_wraps_it(tmp_path: Path) -> None:
    site = mini_in(tmp_path)
    site.module(NETS, "nets")
    site.page(PAGE)
    site.conf('html_theme = "furo"\n')
    page = site.build()
    assert "table-wrapper" in only(table(page, "tab-small").parent)["class"]
    ids = [str(tag["id"]) for tag in page.page().find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_its_caption_and_any_text_quote_its_facts(html: Built) -> None:
    caption = only(table(html, "tab-small").find("caption"))
    assert re.sub(r"\s+", " ", caption.get_text()).startswith("Table 1 LeNet-5 has 60,000 param")
    assert only(caption.find("em")).get_text() == "LeNet-5"
    assert "61,706, 326,520." in html.page().get_text()


def test_links_show_its_number_and_its_caption(html: Built) -> None:
    number = only(html.page().find("a", class_="internal", href="#tab-staged"))
    assert number.get_text() == "Table 2"
    caption = only(html.page().find("a", class_="internal", href="#tab-small"))
    assert caption.get_text() == "LeNet-5 has 60,000 parameters."


def test_every_column_of_a_ledger_can_be_shown_and_no_other() -> None:
    assert list(ledger_table.COLUMNS) == list(COLUMNS)


def test_a_stage_is_a_group_of_rows_under_its_sums(html: Built) -> None:
    groups = table(html, "tab-staged").find_all("tbody", class_="ledger-group")
    stages = [cells(only(group.find("tr"))) for group in groups]
    assert [stage[0] for stage in stages] == ["conv1", "conv2", "conv3", "conv4", "conv5", "head"]
    assert stages[1] == ["conv2", "56×56×64", "147,968", "462,422,016", "43"]
    for group in groups:
        first, *layers = group.find_all("tr")
        assert only(first.find("summary")).get_text() == cells(first)[0]
        held = [int(cells(layer)[2].replace(",", "")) for layer in layers]
        assert f"{sum(held):,}" == cells(first)[2]


@pytest.mark.browser
def test_a_stage_opens_on_its_name_and_on_paper(html: Built, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((html.out / "index.html").as_uri())
    rows = page.locator("#tab-staged tbody tr:visible")
    names = page.locator("#tab-staged summary")
    closed = rows.count()
    assert closed == names.count() + 1  # and the totals
    names.nth(1).click()
    conv2 = page.locator("#tab-staged .ledger-group").nth(1).locator("tr")
    assert rows.count() == closed + conv2.count() - 1
    page.emulate_media(media="print")
    assert rows.count() == page.locator("#tab-staged tbody tr").count()
    page.close()


@pytest.mark.parametrize(("page", "label"), [("index", "tab-small"), ("sub/page", "tab-below")])
def test_the_whole_table_can_be_downloaded(html: Built, page: str, label: str) -> None:
    link = only(
        only(html.page(page).find("div", class_="ledger")).find("a", string=re.compile("CSV"))
    )
    file = (html.out / f"{page}.html").parent / str(link["href"])
    assert file.resolve() == html.out.resolve() / f"_downloads/{label}.csv"
    first, *_ = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    assert first["layer"] == "C1"
    assert (first["weights"], first["biases"], first["start"]) == ("150", "6", "2")


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_where_nothing_folds_it_is_a_plain_table(
    built: Callable[[str], Built], builder: str
) -> None:
    made = built(builder)
    assert (made.status, made.problems) == (0, "")
    name = {"text": "index.txt", "latex": "mini.tex", "epub": "index.xhtml"}[builder]
    text = (made.out / name).read_text(encoding="utf-8")
    for said in ("60,000", "conv2", "462,422,016", "average pool", "by stages."):
        assert said in text
    assert not re.search(r"CSV|<details|total_parameters", text)


NEAREST = "did you mean 'nets.small' or 'nets.staged' or 'nets.other'?"
BAD_LEDGERS = """
@example
def short() -> dict:
    '''Give a ledger that lacks something.'''
    given = table.facts(ledger(lenet.remake(), (1, 32, 32)))
    given["ledger"] = given["ledger"].replace("jump", "leap", 1)
    return {name: fact for name, fact in given.items() if name != "total_biases"}


@example
def wrong() -> dict:
    '''Give a ledger whose counts are none.'''
    given = table.facts(ledger(lenet.remake(), (1, 32, 32)))
    return {**given, "ledger": given["ledger"].replace("156", "many", 1)}
"""
BAD = {
    "no name": ("```{ledger} nets.small\nA\n```", "a ledger needs :name:"),
    "no caption": (
        "```{ledger} nets.small\n:name: tab-b\n```",
        "a ledger needs a caption: write it as the content",
    ),
    "unknown column": (
        "```{ledger} nets.small\n:name: tab-c\n:columns: layer, multiply-adds\nA\n```",
        "a ledger has no column 'multiply-adds'; did you mean 'multiply_adds'?",
    ),
    "columns without names": (
        "```{ledger} nets.small\n:name: tab-d\n:columns: output\nA\n```",
        "the columns of a ledger begin with 'layer', and each is there once",
    ),
    "no columns": (
        "```{ledger} nets.small\n:name: tab-j\n:columns: ,\nA\n```",
        "the columns of a ledger begin with 'layer', and each is there once",
    ),
    "no ledger": (
        "```{ledger} nets.other\n:name: tab-e\nA\n```",
        "'nets.other' has no fact 'ledger', which a ledger prints",
    ),
    "lacking ledger": (
        "```{ledger} bad.short\n:name: tab-h\nA\n```",
        "the ledger of 'bad.short' lacks jump, total_biases",
    ),
    "wrong ledger": (
        "```{ledger} bad.wrong\n:name: tab-i\nA\n```",
        "the ledger of 'bad.wrong' has 'many' for parameters, not a count",
    ),
    "unknown network": (
        "```{ledger} nets.smal\n:name: tab-f\nA\n```",
        f"no figure or example 'nets.smal'; {NEAREST}",
    ),
    "wrong argument": (
        '```{ledger} nets.small\n:name: tab-g\n:args: version="x"\nA\n```',
        "version='x' is not one of 'paper', 'remake'",
    ),
}


def test_bad_input_is_one_error_at_its_line_in_every_build(mini: MiniSite) -> None:
    mini.module(NETS, "nets")
    mini.module(IMPORTS + BAD_LEDGERS, "bad")
    put_together(mini, {name: text for name, (text, _) in BAD.items()})
    for _ in range(2):
        problems = mini.build(strict=False).problems.strip().splitlines()
        expected = [
            f"{name.replace(' ', '-')}.md:3: ERROR: {said}" for name, (_, said) in BAD.items()
        ]
        assert sorted(re.sub(r" \[dlcv.*\]$", "", line) for line in problems) == sorted(expected)
