"""Cards of pages: drawn by the project's own function, named on the page, loaded by none."""

from pathlib import Path
from urllib.parse import urlparse

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from minisite import Built, MiniSite, kept, mini_in

CONF = """
html_baseurl = "https://example.org/course"
dlcv_card = "cards.card"
"""
CARD = """
line_of = picture


@figure(alt="Card of {title}, {line}.")
def card(
    *, title: str = "", line: str = "", group: str = "", number: int = 0, picture: str = "",
    is_start: bool = False,
) -> Drawing:
    '''Draw a card whose line is as long as its words.'''
    facts = {"title": title, "line": line or "nothing", "has": (group, number, picture[:4])}
    if title == "Bad":
        raise ValueError("no card of this")
    drawn = line_of(2 + len(title + line + picture))
    if is_start:
        drawn.set_size_inches(5, 2)
    return Drawing(drawn, facts={name: str(value) for name, value in facts.items()})
"""
THUMBNAIL = """
@figure(alt="A line.")
def thumbnail() -> Drawing:
    '''Draw a line.'''
    return Drawing(picture(3), facts={})
"""
MODULE = """---
category: Basics
one-line: {line}
minutes: 20
---

# {title}

Text.
"""
INDEX = """# Where it begins

```{module-cards}
```

```{toctree}
:numbered: 1

a
b
other
```
"""


def said(page: BeautifulSoup) -> dict[str, str]:
    """Return what a page says of its card."""
    found = {}
    for tag in page.find_all("meta"):
        name = str(tag.get("property") or tag.get("name"))
        if name.startswith(("og:image", "twitter:")):
            found[name] = str(tag["content"])
    return found


def picture(built: Built, page: str) -> Path:
    """Return the file of a page's card."""
    address = said(built.page(page))["og:image"]
    assert address.startswith("https://example.org/course/_images/")
    return built.out / urlparse(address).path.removeprefix("/course/")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a course of two modules, of which one has a thumbnail, and keep it beside the site."""
    folder = tmp_path_factory.mktemp("first")
    site = mini_in(folder / "site")
    site.conf(CONF)
    site.module(CARD, "cards")
    site.module(THUMBNAIL, "a")
    site.module(THUMBNAIL.replace("3", "30"), "b")
    site.page(INDEX)
    site.page(MODULE.format(title="Alpha", line="All of it"), "a")
    site.page(MODULE.format(title="Beta <2>", line="The rest"), "b")
    site.page("# Other\n\nText.\n", "other")
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    site.keep()
    return built


@pytest.fixture
def site(first: Built) -> MiniSite:
    """Return the site as the first build left it."""
    return kept(first)


PAGES = ("index", "a", "b", "other")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_its_card_with_address_words_and_size(first: Built, name: str) -> None:
    told = said(first.page(name))
    with Image.open(picture(first, name)) as card:
        size = card.size
    assert (told["og:image:width"], told["og:image:height"]) == tuple(map(str, size))
    assert (size == (720, 288)) == (name == "index"), "only the dashboard is the start"
    assert told["twitter:card"] == "summary_large_image"
    words = {"a": "Alpha, All of it", "b": "Beta <2>, The rest", "other": "Other, nothing"}
    assert told["og:image:alt"] == f"Card of {words.get(name, 'Where it begins, nothing')}."


def test_each_page_has_its_own_card_and_loads_none(first: Built) -> None:
    cards = {name: picture(first, name).name for name in PAGES}
    assert len(set(cards.values())) == len(PAGES)
    for name in PAGES:
        page = first.page(name)
        for tag in page.find_all("meta"):
            tag.decompose()
        assert not [card for card in cards.values() if card in str(page)]


def test_a_second_build_draws_nothing_and_writes_nothing(site: MiniSite) -> None:
    def written() -> dict[str, int]:
        out = site.folder / "_build/html"
        paths = [*(out / f"{name}.html" for name in PAGES), *out.glob("_images/*")]
        return {str(path): path.stat().st_mtime_ns for path in paths}

    drawn, before = site.files(), written()
    assert site.build().status == 0
    assert (site.files(), written()) == (drawn, before)


def test_another_line_of_a_module_redraws_its_card_alone(site: MiniSite) -> None:
    drawn = site.files()
    site.page(MODULE.format(title="Alpha", line="All of it, and more"), "a")
    before = {path.name for path in (site.folder / "_build/html/_images").glob("*.png")}
    built = site.build()
    assert built.status == 0
    new = site.files().keys() - drawn.keys()
    assert new == {picture(built, "a").name}
    after = {path.name for path in (built.out / "_images").glob("*.png")}
    assert len(before & after) == len(PAGES) - 1
    assert after - before == new, "and the old one is gone"


def test_another_thumbnail_is_on_the_card(site: MiniSite, first: Built) -> None:
    before = {name: picture(first, name).name for name in PAGES}
    site.module(THUMBNAIL.replace("3", "31"), "b")
    built = site.build()
    after = {name: picture(built, name).name for name in PAGES}
    assert [name for name in PAGES if before[name] != after[name]] == ["b"]


@pytest.mark.parametrize("option", ["html_baseurl=", "dlcv_card="])
def test_without_an_address_or_a_function_there_are_no_cards(site: MiniSite, option: str) -> None:
    built = site.build("html", "-D", option)
    assert built.status == 0
    assert [said(built.page(name)) for name in PAGES] == [{}] * len(PAGES)
    assert list((built.out / "_images").glob("*.png")) == []


def test_a_lost_or_damaged_card_is_put_back(site: MiniSite, first: Built) -> None:
    card = picture(first, "a")
    data = card.read_bytes()
    card.unlink()
    stored = site.folder / "_build/figures/files" / card.name
    stored.write_bytes(bytes(len(data)))
    assert site.build().status == 0
    assert stored.read_bytes() == card.read_bytes() == data


def test_a_card_that_fails_is_an_error_of_its_page(site: MiniSite) -> None:
    site.page("# Bad\n\nText.\n", "other")
    built = site.build(strict=False)
    (error,) = [text for text in built.problems.splitlines() if "ERROR" in text]
    assert error.startswith("other.md:1: ERROR: card of the page: cards.card(")
    assert error.partition(" failed: ")[2].startswith("ValueError: no card of this")
    assert said(built.page("other")) == {}
    assert said(built.page("a")), "the others have theirs"


def test_a_function_that_is_not_there_is_one_error(site: MiniSite) -> None:
    built = site.build("html", "-D", "dlcv_card=cards.cart", strict=False)
    errors = [text for text in built.problems.splitlines() if "ERROR" in text]
    assert [text.partition("page: ")[2] for text in errors] == [
        "no figure or example 'cards.cart'; did you mean 'cards.card'? [dlcv.figure]"
    ]
