"""A translator gets captions and alternative texts with their quotes; readers get the facts."""

import shutil

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from minisite import LINE, Built, MiniSite, only

PAGE = """# T

```{dlcv-figure} toy.line
:name: fig-a
:alt: Own text of {n} points.
A line of {n} points, $x = \\fact{low:.1f}$.
```

See {ref}`fig-a`, {ref}`tab-a`.

```{ledger} toy.net
:name: tab-a
One layer of {total_parameters}.
```
"""
NET = """
from dlcv_viz.architectures.layers import chain, convolution
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.table import facts


@example
def net() -> dict:
    '''Count one layer.'''
    return facts(ledger(chain("net", convolution("c", 1, 1)), (1, 4, 4)))
"""
GERMAN = {
    "Own text of {n} points.": "Eigener Text von {n} Punkten bis {top}.",
    "A line of {n} points, $x = \\fact{low:.1f}$.": "Linie: {n} Punkte, $x = \\fact{low:.2f}$.",
    "One layer of {total_parameters}.": "Eine Schicht: {total_parameters}.",
}


def translate(site: MiniSite, words: dict[str, str]) -> Built:
    """Do a translator's work: fill the catalogue that gettext wrote, compile it; build."""
    assert site.build("gettext").problems == ""
    with (site.folder / "_build/gettext/index.pot").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id in words:
            message.string = words[str(message.id)]
    assert {m.id for m in catalogue if m.string and m.id} == set(words)
    folder = site.folder / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "index.mo").open("wb") as file:
        write_mo(file, catalogue)
    shutil.rmtree(site.folder / "_build/doctrees")  # gettext's doctrees are its own
    site.conf('language = "de"\nlocale_dirs = ["locale"]\n')
    return site.build()


def test_caption_and_alternative_text_are_translated_and_hold_facts(mini: MiniSite) -> None:
    mini.module(LINE + NET)
    mini.page(PAGE)
    built = translate(mini, GERMAN)
    assert (built.status, built.problems) == (0, "")
    page = built.page()
    alts = {str(image["alt"]) for image in page.find_all("img")}
    assert alts == {"Eigener Text von 5 Punkten bis 4."}
    caption = only(page.find("figcaption"))
    assert "Linie: 5 Punkte" in caption.get_text()
    assert "-1.50" in str(caption.find("math"))
    link = only(page.find("a", class_="internal", href="#fig-a"))
    assert link.get_text().startswith("Linie: 5 Punkte")
    table = only(page.find("table", id="tab-a"))
    assert "Eine Schicht: 2." in only(table.find("caption")).get_text()
    link = only(page.find("a", class_="internal", href="#tab-a"))
    assert link.get_text() == "Eine Schicht: 2."


def test_a_wrong_quote_in_a_translation_is_an_error(mini: MiniSite) -> None:
    """In the alternative text as in the caption."""
    mini.module(LINE + NET)
    mini.page(PAGE)
    own, caption, _ = GERMAN
    built = translate(mini, {own: "Falsch: {dots}.", caption: "Falsch: {marks}."})
    assert built.status == 1
    told = [line for line in built.problems.splitlines() if line.startswith("index.md:")]
    for name in ("dots", "marks"):
        assert [f"'{name}'" in line for line in told].count(True) == 1
