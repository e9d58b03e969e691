"""What a page weighs: what a browser loads at once, and what it may load later."""

import gzip
from pathlib import Path

import pytest

from dlcv_sphinx.weight import Scale, Weight

FILES = {
    "_static/a.css": "p { color: red }" * 40 + "@font-face { src: url('dlcv-math.woff2') }",
    "_static/b.css": "a { color: red }" * 50 + '@font-face { src: url("text.woff2?v=1") }',
    "_static/dlcv-a.js": "run();" * 60,
    "_static/theme.js": "walk();" * 70,
    "_static/dlcv-math.woff2": "m" * 80,
    "_static/text.woff2": "t" * 90,
    "_images/light.svg": "<svg>" * 100,
    "_images/dark.svg": "<svg>" * 110,
    "_images/sheet.svg": "<svg>" * 120,
    "_images/stack.svg": "<svg>" * 130,
    "_images/other.svg": "<svg>" * 140,
    "_images/logo.png": "png" * 50,
    "_static/icon.svg": "<svg>" * 20,
    "modules/other.html": "<p>",
}
PAGE = """
<link rel="stylesheet" href="../_static/a.css?v=12">
<link rel="stylesheet" href="../_static/b.css">
<link rel="prefetch" href="../_images/sheet.svg">
<link rel="next" href="other.html">
<link rel="shortcut icon" href="../_static/icon.svg">
<script src="../_static/theme.js"></script><script>let inline;</script>
<script src="https://example.org/theirs.js"></script>
<script defer="defer" src="../_static/dlcv-a.js?v=3"></script>
<img src="../_images/logo.png" alt="a &gt; b">
<img src="data:image/png;base64,AAAA">
<div class="sd-tab-content docutils"><p>{formula}</p>
<img class="dlcv-light" loading="lazy" src="../_images/light.svg" data-stack="../_images/stack.svg">
<img class="dlcv-dark" loading="lazy" src="../_images/dark.svg">
<img class="dlcv-sheet" loading="lazy" src="../_images/sheet.svg">
</div>
<div class="sd-tab-content docutils">
<img class="dlcv-light" loading="lazy" src="../_images/other.svg">
<img class="dlcv-light" loading="lazy" src="../_images/light.svg">
</div>
"""


def weigh(folder: Path, formula: str = "") -> Weight:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    page = folder / "modules/page.html"
    page.write_text(PAGE.format(formula=formula))
    return Scale(folder).weigh(page)


def sent(*names: str) -> int:
    """Return what a server sends of some text files."""
    return sum(len(gzip.compress(FILES[name].encode(), 6)) for name in names)


def test_a_page_weighs_as_much_as_is_sent_of_it(tmp_path: Path) -> None:
    weight = weigh(tmp_path)
    data = PAGE.format(formula="").encode()
    assert (weight.html, weight.gzipped) == (len(data), len(gzip.compress(data, 6)))


def test_the_first_view_has_styles_scripts_and_the_figures_of_the_first_tab_in_one_theme(
    tmp_path: Path,
) -> None:
    weight = weigh(tmp_path)
    texts = [*(f"_static/{n}" for n in ("a.css", "b.css", "dlcv-a.js", "theme.js"))]
    texts += ["_static/icon.svg", "_images/light.svg"]
    assert weight.first.keys() == {*texts, "_images/logo.png", "modules/page.html"}
    assert weight.first["_images/logo.png"] == 150, "a picture is not compressed again"
    assert weight.first_view == weight.gzipped + 150 + sent(*texts)


@pytest.mark.parametrize(("formula", "fonts"), [("", 90), ("<math><mi>x</mi></math>", 170)])
def test_the_font_of_formulas_counts_where_there_are_formulas(
    tmp_path: Path, formula: str, fonts: int
) -> None:
    weight = weigh(tmp_path, formula)
    assert weight.fonts == fonts
    assert weight.in_all == weight.first_view + fonts


def test_the_whole_adds_what_other_tabs_and_players_load_once(tmp_path: Path) -> None:
    weight = weigh(tmp_path)
    assert weight.later == sent("_images/stack.svg", "_images/other.svg")
    assert weight.whole == weight.in_all + weight.later


def test_scripts_of_ours_are_counted_as_they_are(tmp_path: Path) -> None:
    assert weigh(tmp_path).script == len(FILES["_static/dlcv-a.js"])


def test_a_file_that_is_not_there_weighs_nothing(tmp_path: Path) -> None:
    weigh(tmp_path)
    (tmp_path / "_static/theme.js").unlink()
    weight = Scale(tmp_path).weigh(tmp_path / "modules/page.html")
    assert weight.first["_static/theme.js"] == 0
