"""The dashboard: where to begin, the groups in their order, a filter, a card for each module.

Without a script it is a page of links; in print and in e-books, a plain list.
"""

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.modules import Group, Module, groups_of, is_site, link_to, modules_of
from dlcv_sphinx.nodes import FigureNode, PendingPicture
from dlcv_sphinx.progress import progress_of, tools

if TYPE_CHECKING:
    from collections.abc import Sized

    from sphinx.application import Sphinx


class CourseStart(nodes.Element):
    """The place of the button that leads to a module; its children hold further links."""


class ModuleCards(nodes.Element):
    """The place of the cards until all pages are read."""


class CourseStartDirective(DlcvDirective):
    """Show where to begin, or to go on; each link in the content is a further button."""

    def build(self) -> list[nodes.Node]:
        """Return the place of the buttons."""
        return [CourseStart("", *self.parse_content_to_nodes())]


class ModuleCardsDirective(DlcvDirective):
    """Show a card for each module, group by group."""

    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the place of the cards."""
        self.domain.note("cards", self.env.docname, self.lineno)
        return [ModuleCards()]


class ShowCards(SphinxPostTransform):
    """Make the dashboard where it is asked for."""

    default_priority = 3  # before the pictures on the cards are resolved (4)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        modules = list(modules_of(self.env).values())
        for start in list(self.document.findall(CourseStart)):
            start.replace_self(self._buttons(start, modules))
        for place in list(self.document.findall(ModuleCards)):
            place.replace_self(self._dashboard(modules))

    def _buttons(self, start: CourseStart, modules: list[Module]) -> list[nodes.Node]:
        if not modules or not is_site(self.app.builder):
            return []
        first = link_to(self.app.builder, self.env.docname, modules[0])
        words, later = _("Start: %s") % modules[0].title, _("Continue: {module}, {tab}")
        button = nodes.raw(
            "",
            f'<a class="go" href="{escape(first["refuri"])}" data-continue="{escape(later)}">'
            f"{escape(words)}</a>",
            format="html",
        )
        return [nodes.container("", button, *start.children, classes=["actions"])]

    def _dashboard(self, modules: list[Module]) -> list[nodes.Node]:
        groups = groups_of(modules)
        if not is_site(self.app.builder):
            return [node for group in groups for node in self._plain(group)]
        shown: list[nodes.Node] = [nodes.raw("", _path(groups), format="html")]
        if len(modules) > 1:
            shown.append(nodes.raw("", _filter(groups), format="html"))
        shown += [self._group(group) for group in groups]
        shown.append(nodes.raw("", tools(), format="html"))
        return shown

    def _plain(self, group: Group) -> list[nodes.Node]:
        cards = nodes.bullet_list(classes=["cards", group.id])
        for module in group.modules:
            card = nodes.list_item(classes=["card"])
            if self.app.builder.format == "html":
                card += _thumbnail(module)
            link = link_to(self.app.builder, self.env.docname, module)
            card += nodes.paragraph("", "", link, classes=["card-title"])
            card += nodes.paragraph("", module.line)
            card += nodes.paragraph("", _("%d minutes") % module.minutes, classes=["meta"])
            cards += card
        return [_heading(group.category, 2, "group", group.id), cards]

    def _group(self, group: Group) -> nodes.container:
        heading = _heading(f"{group.category} ", 2, "group")
        heading["ids"] = [group.id]
        heading += nodes.inline("", _modules(group.modules), classes=["count"])
        cards = nodes.bullet_list(classes=["cards"])
        cards += [self._card(module) for module in group.modules]
        return nodes.container("", heading, cards, classes=["card-group", group.id])

    def _card(self, module: Module) -> nodes.list_item:
        title = _heading("", 3, "card-title")
        title += link_to(self.app.builder, self.env.docname, module)
        needs = _modules(module.needs) if module.needs else _("nothing")
        told = f"{_('%d min') % module.minutes} · {_('needs %s') % needs}"
        return nodes.list_item(
            "",
            _thumbnail(module, is_decoration=True),
            title,
            nodes.paragraph("", module.line, classes=["card-line"]),
            nodes.paragraph("", told, classes=["meta"]),
            nodes.raw("", progress_of(module, _("{read} / {all}")), format="html"),
            classes=["card"],
        )


def _heading(text: str, level: int, *classes: str) -> nodes.rubric:
    heading = nodes.rubric("", text, classes=[*classes])
    heading["heading-level"] = level
    return heading


def _thumbnail(module: Module, *, is_decoration: bool = False) -> FigureNode:
    """Return the picture of a card; to a title that links it adds nothing in words."""
    picture = PendingPicture(alt="", loading="lazy", is_decoration=is_decoration)
    return FigureNode("", picture, request=tuple(module.thumbnail), classes=["thumb"])


def _modules(counted: "Sized") -> str:
    return _("1 module") if len(counted) == 1 else _("%d modules") % len(counted)


def _path(groups: list[Group]) -> str:
    """Return the groups as stations of a line that the script fills."""
    stations = "".join(
        f'<li class="{group.id}"><a href="#{group.id}">{escape(group.category)}'
        f'<span class="count" data-of=".card-group.{group.id} .done"'
        f' data-text="{{done}} / {len(group.modules)}">{_modules(group.modules)}</span></a></li>\n'
        for group in groups
    )
    total = _modules([module for group in groups for module in group.modules])
    return (
        f'<div class="path"><h2>{escape(_("Learning path"))}</h2>\n<p class="meta"'
        f' data-of=".card .done" data-text="{escape(_("{done} of %s done") % total)}">{total}</p>\n'
        f"<ol>\n{stations}</ol></div>\n"
    )


def _filter(groups: list[Group]) -> str:
    """Return the form that the script shows and obeys."""
    every = [module for group in groups for module in group.modules]
    chips = [_chip("", _("All"), len(every), " checked")]
    chips += [_chip(group.id, group.category, len(group.modules)) for group in groups]
    find = escape(_("Find a module"))
    shown = escape(_("{shown} of %s") % _modules(every))
    return (
        f'<form class="filter" role="search" aria-label="{find}" method="dialog" hidden>\n'
        f'<fieldset><legend class="visually-hidden">{escape(_("Group"))}</legend>\n'
        f"{''.join(chips)}</fieldset>\n"
        f'<label><span class="visually-hidden">{find}</span>'
        f'<input type="search" name="words" placeholder="{find}"></label>\n'
        f'<p role="status" data-text="{shown}" data-none="{escape(_("No module matches."))}"></p>\n'
        f'<button type="reset">{escape(_("Show all"))}</button>\n</form>\n'
    )


def _chip(group: str, name: str, count: int, checked: str = "") -> str:
    dot = '<span class="dot"></span>' if group else ""
    return (
        f'<label class="{group}"><input type="radio" name="group" value="{group}"{checked}>'
        f'{dot}{escape(name)} <span class="count">{count}</span></label>\n'
    )


def setup(app: "Sphinx") -> None:
    """Register the directives and the transform."""
    app.add_directive("course-start", CourseStartDirective)
    app.add_directive("module-cards", ModuleCardsDirective)
    app.add_post_transform(ShowCards)
