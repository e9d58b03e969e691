"""The side bar: modules in groups that fold, each with a ring that tells how far a reader is.

Any theme that asks Sphinx for the global table of contents gets it so; no template is replaced.
"""

from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.environment.adapters.toctree import global_toctree_for_doc

from dlcv_sphinx.modules import Module, modules_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


def setup(app: "Sphinx") -> None:
    """Connect to the making of pages."""
    app.connect("html-page-context", _group_side_bar, priority=400)  # furo makes its own at 500


def _group_side_bar(
    app: "Sphinx",
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    every = modules_of(app.env)
    if app.builder.name not in {"html", "dirhtml"} or not every:
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    by_address = {builder.get_relative_uri(pagename, m.docname): m for m in every.values()}

    def toctree(**options: Any) -> str:
        # As Sphinx's own: these defaults, and a theme's empty depth is none.
        options = {"collapse": True, "includehidden": False, **options}
        if options.get("maxdepth") == "":
            del options["maxdepth"]
        tree = global_toctree_for_doc(app.env, pagename, builder, tags=builder.tags, **options)
        if tree is None:
            return ""
        for entries in [n for n in tree.children if isinstance(n, nodes.bullet_list)]:
            _group(entries, by_address)
        return builder.render_partial(tree)["fragment"]

    context["toctree"] = toctree


def _group(entries: nodes.bullet_list, by_address: dict[str, Module]) -> None:
    """Put the modules among the entries into groups, each where its first module was."""
    groups: dict[str, nodes.list_item] = {}
    for entry in cast("list[nodes.list_item]", list(entries.children)):
        link = next(entry.findall(nodes.reference))
        module = by_address.get(link["refuri"])
        if module is None:
            continue
        _add_ring(link, module)
        if module.category in groups:
            entries.remove(entry)
        else:
            group = nodes.list_item("", nodes.enumerated_list(), classes=["toctree-l1"])
            group["classes"].append(module.group)
            entries.replace(entry, group)
            groups[module.category] = group
        cast("nodes.Element", groups[module.category][0]).append(entry)
        if "current" in entry["classes"]:
            groups[module.category]["classes"].append("current")
        entry["classes"] = [name.replace("-l1", "-l2") for name in entry["classes"]]
    for category, group in groups.items():
        _fold(category, group)


def _add_ring(link: nodes.reference, module: Module) -> None:
    ring = f'<span class="ring" data-module="{module.id}"></span>'
    link.attributes.pop("secnumber", None)  # the list is numbered
    link.insert(0, nodes.raw("", ring, format="html"))
    link.append(nodes.raw("", '<span class="visually-hidden"></span>', format="html"))


def _fold(category: str, group: nodes.list_item) -> None:
    count = len(cast("nodes.Element", group[0]))
    is_open = " open" if "current" in group["classes"] else ""
    read = f".{'.'.join(group['classes'][:2])} [data-state=read]"
    head = (
        f'<details{is_open}><summary><span class="dot"></span>{escape(category)}'
        f'<span class="count" data-of="{read}" data-text="{{done}} / {count}">{count}</span>'
        "</summary>\n"
    )
    group.insert(0, nodes.raw("", head, format="html"))
    group.append(nodes.raw("", "</details>\n", format="html"))
