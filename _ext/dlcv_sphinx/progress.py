"""What a reader has read: the places that show it, and the links from tab to tab.

The script ``dlcv-progress.js`` keeps it in the reader's browser and nowhere else, under one key,
whose form it tells at its top. Its words are written here, so that they can be translated; without
it nothing of this is seen.

A tab is read when its end is in sight after the tab was open, on a page in sight, for ten seconds:
each holds more than a hundred words, for which even a quick reader needs twice that, so flipping
through tabs or following a link to an end is no reading. Who goes on by the button at the end says
so, too. A module is done when its last tab is read, or when its reader marks it; a reader may also
take that back, and keeps what was read. Where to go on is the tab that was open last for ten
seconds and not read, else the one after the last that was read.
"""

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.modules import Module, dashboard_of, is_site, modules_of
from dlcv_sphinx.tabs import tabs_in

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class EndTabs(SphinxPostTransform):
    """Let a reader go on at the end of each tab of a module."""

    default_priority = 3  # at 200 sphinx-design makes HTML of the tabs

    def run(self, **_kwargs: object) -> None:
        """Add the ends to the tabs on this page."""
        if not is_site(self.app.builder):
            return
        every = list(modules_of(self.env).values())
        owner = {anchor: module for module in every for anchor, _title in module.tabs}
        follower = {module.id: other for module, other in pairwise(every)}
        for _tab, label, content in tabs_in(self.document):
            for name in label["ids"]:
                if module := owner.get(name):
                    end = self._end(module, name, follower.get(module.id))
                    content.append(nodes.raw("", end, format="html"))

    def _end(self, module: Module, label: str, follower: Module | None) -> str:
        place = [anchor for anchor, _title in module.tabs].index(label)
        name = _("After “{tab}”").format(tab=module.tabs[place][1])
        back = ""
        if place:
            anchor, title = module.tabs[place - 1]
            back = f'<a href="#{anchor}">← {escape(title)}</a>'
        if place + 1 < len(module.tabs):
            goal, title = module.tabs[place + 1]
            uri, mark = f"#{goal}", ""
        else:
            docname = follower.docname if follower else dashboard_of(self.env)
            uri = self.app.builder.get_relative_uri(
                self.env.docname, docname or self.config.root_doc
            )
            title, mark = follower.title if follower else _("All modules"), _mark(module)
            goal = follower.tabs[0][0] if follower and follower.tabs else ""
        progress = progress_of(module, _("{read} of {all} read"))
        return (
            f'<nav class="tab-end" aria-label="{escape(name)}" data-tab="{label}"'
            f' data-next="{goal}" data-module="{module.id}" hidden>\n<span>{back}</span>\n'
            f"<div>{progress}{mark}</div>\n"
            f'<span><a class="go" href="{escape(uri)}">{escape(title)} →</a></span>\n</nav>\n'
        )


def progress_of(module: Module, told: str) -> str:
    """Return where the script shows what is read of a module, as HTML.

    Parameters
    ----------
    module : Module
        With its tabs: a segment each.
    told : str
        What stands beside the segments, with ``{read}`` and ``{all}``.

    Returns
    -------
    str
        Hidden until the script has filled it.
    """
    segments = "".join(
        f'<i data-tab="{anchor}" title="{escape(title)}"></i>' for anchor, title in module.tabs
    )
    label = escape(_("{read} of {all} tabs read"))
    return (
        f'<div class="progress" data-module="{module.id}" data-text="{escape(told)}"'
        f' data-label="{label}" data-done="{escape(_("✓ Done"))}" hidden>'
        f'<span class="told" aria-hidden="true"></span>'
        f'<span class="six" role="img">{segments}</span></div>'
    )


def tools() -> str:
    """Return where a reader saves, takes over and clears what is kept, as HTML."""
    about = _("What you have read is kept in this browser and nowhere else.")
    words = {
        "taken": _("Taken over. Tabs read: {read}, modules done: {done}."),
        "bad": _("{name} is not a file that was saved here. Nothing has changed."),
        "ask": _("Forget everything that you have read?"),
        "cleared": _("Forgotten."),
        "blocked": _("Your browser keeps nothing for this page: progress ends with it."),
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
    return (
        f'<details class="progress-tools"{data} hidden>\n'
        f"<summary>{escape(_('Your progress'))}</summary>\n<p>{escape(about)}</p>\n<p>"
        '<a href="data:application/json," download="dlcv-progress.json">'
        f"{escape(_('Save as a file'))}</a>\n"
        f"<label>{escape(_('Take over from a file'))}"
        '<input type="file" accept=".json,application/json"></label>\n'
        f'<button type="button">{escape(_("Forget"))}</button></p>\n'
        '<p role="status"></p>\n</details>\n'
    )


def _mark(module: Module) -> str:
    return (
        f'<button type="button" class="mark" data-module="{module.id}"'
        f' data-do="{escape(_("Mark as done"))}"'
        f' data-undo="{escape(_("Mark as not done"))}"></button>'
    )


def setup(app: "Sphinx") -> None:
    """Register the transform, and give pages their scripts."""
    app.add_post_transform(EndTabs)
    app.connect("write-started", _add_to_all_pages)  # modules are known, and no page is written
    app.connect("html-page-context", _add_to_dashboard)


def _add_to_all_pages(app: "Sphinx", builder: "Builder") -> None:
    if is_site(builder) and modules_of(app.env):
        words: dict[str, Any] = {"data-read": _(", read"), "data-begun": _(", begun")}
        app.add_js_file("dlcv-progress.js", loading_method="defer", **words)


def _add_to_dashboard(
    app: "Sphinx",
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if not is_site(app.builder) or not modules_of(app.env):
        return
    if pagename in {docname for docname, _line in domain_of(app.env).cards()}:
        app.add_js_file("dlcv-dashboard.js", priority=501, loading_method="defer")  # uses the other
