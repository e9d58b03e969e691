"""The tabs of sphinx-design as parts of the page.

MyST makes the headings in a tab bare rubrics: no headings to a screen reader, not in the contents.
Here every tab gets a heading of its own (seen in print and by machines), the headings in it become
real ones, and all stand in the contents of the page. Builders without tabs get them as sections.
"""

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.config import on_screen
from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.notes import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TITLE_LEVEL = 2  # below the h1 of the page


def setup(app: "Sphinx") -> None:
    """Connect to the reading of pages; without sphinx-design no page has tabs."""
    app.connect("doctree-read", _give_headings, priority=900)  # after the contents are collected
    app.add_post_transform(FlattenTabs)
    app.add_post_transform(FreeLabels)
    app.add_css_file("dlcv-tabs.css")
    app.add_js_file("dlcv-tabs.js", loading_method="defer")


class FlattenTabs(SphinxPostTransform):
    """Make tabs the sections of a page where nothing can be clicked."""

    default_priority = 190  # before sphinx-design makes HTML of them at 200

    def run(self, **_kwargs: object) -> None:
        """Replace every set of tabs by the contents of its tabs."""
        if on_screen(self.app.builder):
            return
        for tabs in list(components(self.document, "tab-set")):
            flat: list[nodes.Node] = []
            for tab in tabs.children:
                label, content = parts(cast("nodes.Element", tab))
                title = next(content.findall(nodes.rubric))
                # Links go to the tab: its ids move to what is left of it.
                title["ids"] = [*label["ids"], *cast("nodes.Element", tab)["ids"], *title["ids"]]
                # Within a list, say, there can be no section.
                may_divide = isinstance(tabs.parent, nodes.section)
                flat += _sections(content) if may_divide else content.children
            tabs.replace_self(flat)


class FreeLabels(SphinxPostTransform):
    """Let no label of a tab say that it controls a panel, which HTML allows on its input only."""

    default_priority = 210  # after sphinx-design has made the labels at 200

    def run(self, **_kwargs: object) -> None:
        """Take the attribute away; the script puts it where it may be."""
        for label in self.document.findall(nodes.TextElement):
            if label.tagname == "sd_tab_label":
                label.attributes.pop("aria_controls", None)


def tabs_in(tree: nodes.Element) -> "Iterator[tuple[nodes.Element, nodes.Element, nodes.Element]]":
    """Yield each tab of a tree with its label and its content, before HTML is made of them."""
    for tab in components(tree, "tab-item"):
        yield tab, *parts(tab)


def _sections(content: nodes.Element) -> "list[nodes.Node]":
    """Make sections of what stands below headings."""
    whole = nodes.section()
    around = [whole]  # the section at hand, and those it is in
    for child in list(content.children):
        if isinstance(child, nodes.rubric) and "heading-level" in child and child["ids"]:
            section = nodes.section("", nodes.title("", "", *child.children))
            # The contents of the page name the last one; Sphinx numbers by the first.
            here = 0 if "dlcv-tab-title" in child["classes"] else -1
            section["ids"] = [
                child["ids"][here],
                *(i for i in child["ids"] if i != child["ids"][here]),
            ]
            del around[child["heading-level"] - _TITLE_LEVEL + 1 :]
            around[-1] += section
            around.append(section)
        else:
            around[-1] += child
    return whole.children


def _give_headings(app: "Sphinx", doctree: nodes.document) -> None:
    env = app.env
    entries = []
    for tab, label, content in tabs_in(doctree):
        inner = nodes.bullet_list()
        for heading in content.findall(nodes.rubric):
            if "level" in heading:  # MyST's mark of a heading that is no section
                heading["heading-level"] = min(6, max(_TITLE_LEVEL + 1, heading["level"]))
                if heading["ids"]:
                    # The last is the label that the author wrote, if there is one.
                    inner += _entry(env, heading, heading["ids"][-1])
                    _note(env, heading, heading["ids"][-1])
        title = nodes.rubric("", "", *[child.deepcopy() for child in label.children])
        title["classes"].append("dlcv-tab-title")
        title["heading-level"] = _TITLE_LEVEL
        content.insert(0, title)
        anchors = [*label["ids"], *tab["ids"]]
        if anchors:
            title["ids"] = [f"{anchors[0]}-title"]
            _note(env, title, title["ids"][0])
            entry = _entry(env, label, anchors[0])
            if len(inner):
                entry += inner
            entries.append(entry)
    if entries:
        _add_to_contents(env, entries)


def _note(env: "BuildEnvironment", heading: nodes.rubric, anchor: str) -> None:
    domain_of(env).note("headings", env.docname, Heading(heading.astext(), anchor))


def _add_to_contents(env: "BuildEnvironment", entries: list[nodes.list_item]) -> None:
    page = cast("nodes.list_item", env.tocs[env.docname][0])
    lists = [child for child in page.children if isinstance(child, nodes.bullet_list)]
    if not lists:
        lists = [nodes.bullet_list()]
        page += lists
    for place, entry in enumerate(entries):
        lists[0].insert(place, entry)
    # The theme shows contents only where this count says that there are some.
    env.toc_num_entries[env.docname] += sum(
        1 for entry in entries for _ in entry.findall(nodes.reference)
    )


def _entry(env: "BuildEnvironment", heading: nodes.Element, anchor: str) -> nodes.list_item:
    link = nodes.reference(
        "",
        "",
        *[child.deepcopy() for child in heading.children],
        internal=True,
        refuri=env.docname,
        anchorname=f"#{anchor}",
    )
    return nodes.list_item("", addnodes.compact_paragraph("", "", link))


def components(tree: nodes.Element, name: str) -> "Iterator[nodes.container]":
    """Yield what sphinx-design made of one kind: ``tab-set`` or ``tab-item``."""
    for node in tree.findall(nodes.container):
        if node.get("design_component") == name:  # sphinx-design's own mark
            yield node


def parts(tab: nodes.Element) -> tuple[nodes.Element, nodes.Element]:
    """Return the label and the content of a tab."""
    label, content = tab.children
    return cast("nodes.Element", label), cast("nodes.Element", content)
