"""Style sheets and scripts that all pages load come as one file each."""

import re
from pathlib import Path

import pytest

from minisite import Built, MiniSite

CONF = """
dlcv_bundle = True
html_static_path = ["_static"]
html_css_files = [
    "deep/first.css",
    "second.css",
    ("paper.css", {"media": "print"}),
    "https://example.org/other.css",
]
html_js_files = [
    ("now.js", {"data-word": "one"}),
    ("rival.js", {"data-word": "two"}),
    ("later.js", {"defer": "defer", "data-number": "3"}),
    "https://example.org/other.js",
]


def add(app, page, *_):
    if page == "other":
        app.add_css_file("own.css")
        app.add_js_file("own.js")


def setup(app):
    app.connect("html-page-context", add)
"""
FILES = {
    "deep/first.css": "a { background: url(one.svg) url('../two.svg') url(#three) url(data:,4) }",
    "second.css": "a { colour: red }",
    "paper.css": "a { colour: black }",
    "own.css": "a { colour: blue }",
    "now.js": "said = document.currentScript.dataset.word // no line ends here",
    "rival.js": "rival = document.currentScript.dataset.word",
    "later.js": "number = document.currentScript.dataset.number",
    "own.js": "own = 1",
}

MISSING = ["custom.css"]  # the theme asks for it, be it there or not


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Built:
    """A site with files of every kind, one of them for one page alone."""
    shared.conf(CONF)
    for name, text in FILES.items():
        path = shared.folder / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shared.page("# T\n\n```{toctree}\nother\n```\n")
    shared.page("# Other\n", "other")
    done = shared.build()
    assert done.status == 0, done.problems
    return done


def loaded(built: Built, page: str = "index") -> tuple[list[str], list[str]]:
    """Return the sheets and the scripts that a page asks for, without folder and checksum."""
    tags = built.page(page).find_all(["link", "script"])
    sheets = [str(tag["href"]) for tag in tags if tag.get("rel") == ["stylesheet"]]
    scripts = [str(tag["src"]) for tag in tags if tag.get("src")]
    return names(sheets), names(scripts)


def names(addresses: list[str]) -> list[str]:
    return [re.sub(r"^_static/|\?v=.*", "", address) for address in addresses]


def bundle(built: Built, name: str) -> str:
    return (built.out / "_static" / name).read_text()


def test_what_all_pages_load_is_one_sheet_and_two_scripts(built: Built) -> None:
    sheets, scripts = loaded(built)
    assert sheets == ["bundle.css", "paper.css", "https://example.org/other.css", *MISSING]
    assert sorted(scripts) == sorted(
        ["bundle.js", "bundle-deferred.js", "rival.js", "https://example.org/other.js"]
    )


def test_parts_keep_their_order_and_other_media_stay_apart(built: Built) -> None:
    text = bundle(built, "bundle.css")
    places = [text.index(part) for part in ("pygments.css", "dlcv.css", "first.css", "second.css")]
    assert places == sorted(places)
    assert FILES["second.css"] in text
    assert "black" not in text


def test_an_address_in_a_sheet_of_a_folder_still_holds(built: Built) -> None:
    want = "url(deep/one.svg) url('deep/../two.svg') url(#three) url(data:,4)"
    assert want in bundle(built, "bundle.css")


def test_a_script_finds_its_words_on_the_bundle(built: Built) -> None:
    """And one that has another word under the same name stays a file of its own."""
    tags = {
        Path(str(tag["src"]).partition("?")[0]).name: tag.attrs
        for tag in built.page().find_all("script", src=True)
    }
    assert tags["bundle.js"]["data-word"] == "one"
    assert tags["rival.js"]["data-word"] == "two"
    assert tags["bundle-deferred.js"]["data-number"] == "3"
    assert "defer" in tags["bundle-deferred.js"]
    assert "defer" not in tags["bundle.js"]
    assert f"{FILES['now.js']}\n;" in bundle(built, "bundle.js")


def test_what_one_page_adds_comes_after(built: Built) -> None:
    sheets, scripts = loaded(built, "other")
    assert sheets.index("own.css") > sheets.index("bundle.css")
    assert scripts.index("own.js") > scripts.index("bundle.js")
    assert "own.css" not in loaded(built)[0]


def test_an_edited_sheet_reaches_the_bundle_though_no_page_changed(
    shared: MiniSite, built: Built
) -> None:
    (shared.folder / "_static/second.css").write_text("a { colour: green }")
    assert shared.build().status == 0
    assert "a { colour: green }" in bundle(built, "bundle.css")
    assert FILES["second.css"] not in bundle(built, "bundle.css")


def test_nothing_is_joined_unless_asked(shared: MiniSite, built: Built) -> None:
    apart = shared.build("html", "-D", "dlcv_bundle=0", out="apart")
    sheets, scripts = loaded(apart)
    assert {"second.css", "dlcv.css"} <= set(sheets)
    assert {"now.js", "later.js"} <= set(scripts)
    assert not list(apart.out.glob("_static/bundle*"))
