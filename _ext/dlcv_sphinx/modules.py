"""Modules of a course: what the front matter of their pages says, and what is shown of it.

A page whose front matter has a ``category`` is a module. Their order is that of the toctree; there
is no second list.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.course import in_order
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.domain import DlcvDomain
from dlcv_sphinx.nodes import FigureNode, PendingPicture
from dlcv_sphinx.notes import Asked
from dlcv_viz.engine.session import Request
from dlcv_viz.registry import nearest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FIELDS = ("one-line", "minutes")


@dataclass(frozen=True, slots=True)
class Module:
    """A module, as its page tells it.

    Parameters
    ----------
    docname, id, title : str
        Its page, the last part of that, and the page's heading.
    number : int
        Its section number, with which the numbers of its figures and formulas begin; 0 for none.
    category, line : str
        The group it belongs to, and what it teaches in one line.
    minutes : int
        How long a reader needs.
    needs : tuple of str
        Ids of the modules that come before it.
    """

    docname: str
    id: str
    title: str
    number: int
    category: str
    line: str
    minutes: int
    needs: tuple[str, ...]

    @property
    def thumbnail(self) -> Request:
        """The figure on its card."""
        return Request(f"{self.id.replace('-', '_')}.thumbnail")


class ModuleCards(nodes.Element):
    """The place of the cards until all pages are read."""


class ModuleCardsDirective(DlcvDirective):
    """Show a card for each module, group by group."""

    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the place of the cards."""
        self.domain.note("cards", self.env.docname, self.lineno)
        return [ModuleCards()]


class ShowModules(SphinxPostTransform):
    """Put cards where they are asked for, and a head on each page of a module."""

    default_priority = 3  # before the pictures on the cards are resolved (4)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        every = modules_of(self.env)
        for place in list(self.document.findall(ModuleCards)):
            place.replace_self(self._cards(list(every.values())))
        # One tree holds all pages where they are printed.
        pages: dict[str, nodes.Element] = {self.env.docname: self.document}
        pages |= {part["docname"]: part for part in self.document.findall(addnodes.start_of_file)}
        add_head = self._add_head if self.app.builder.format == "html" else self._add_plain_head
        for module in every.values():
            page = pages.get(module.docname)
            title = next(page.findall(nodes.title), None) if page else None
            if title:
                add_head(title, module, every)

    def _cards(self, modules: list[Module]) -> list[nodes.Node]:
        shown: list[nodes.Node] = []
        for category in dict.fromkeys(module.category for module in modules):
            heading = nodes.rubric("", category, classes=["group", f"group-{_slug(category)}"])
            heading["heading-level"] = 2
            cards = nodes.bullet_list(classes=["cards", f"group-{_slug(category)}"])
            cards += [self._card(m) for m in modules if m.category == category]
            shown += [heading, cards]
        return shown

    def _card(self, module: Module) -> nodes.list_item:
        card = nodes.list_item(classes=["card"])
        if self.app.builder.format == "html":
            picture = PendingPicture(alt="", loading="lazy")
            card += FigureNode("", picture, request=tuple(module.thumbnail), classes=["thumb"])
        card += nodes.paragraph("", "", self._link(module), classes=["card-title"])
        card += nodes.paragraph("", module.line)
        minutes = _("%d minutes") % module.minutes
        card += nodes.paragraph("", minutes, classes=["meta"])
        return card

    def _add_head(self, title: nodes.title, here: Module, every: Mapping[str, Module]) -> None:
        number = f" · {_('Module')} {here.number}" if here.number else ""
        group = nodes.inline("", here.category, classes=["group", f"group-{_slug(here.category)}"])
        kicker = nodes.paragraph("", "", group, nodes.Text(number), classes=["kicker"])
        strip = nodes.definition_list(classes=["strip"])
        strip += _item(_("Time"), [nodes.Text(_("%d minutes") % here.minutes)])
        for name, linked in _around(here, every):
            strip += _item(name, [self._link(module) for module in linked])
        section = cast("nodes.Element", title.parent)
        place = section.index(title)
        section.insert(place + 1, [nodes.paragraph("", here.line, classes=["lead"]), strip])
        section.insert(place, kicker)

    def _add_plain_head(
        self, title: nodes.title, here: Module, every: Mapping[str, Module]
    ) -> None:
        strip = nodes.paragraph("", f"{here.category} · {_('%d minutes') % here.minutes}")
        strip["classes"] = ["strip"]
        for name, linked in _around(here, every):
            strip += nodes.Text(f" · {name}: ")
            for place, module in enumerate(linked):
                strip += [nodes.Text(", " if place else ""), self._link(module)]
        section = cast("nodes.Element", title.parent)
        lead = nodes.paragraph("", here.line, classes=["lead"])
        section.insert(section.index(title) + 1, [lead, strip])

    def _link(self, module: Module) -> nodes.reference:
        uri = self.app.builder.get_relative_uri(self.env.docname, module.docname)
        return nodes.reference("", module.title, internal=True, refuri=uri)


def modules_of(env: "BuildEnvironment") -> dict[str, Module]:
    """Return the modules by id, in the order of the toctree."""
    found = {}
    for docname in in_order(env, env.config.root_doc):
        said = env.metadata.get(docname, {})
        if "category" in said:
            module = _module(env, docname, said)
            found[module.id] = module
    return found


def problems(env: "BuildEnvironment") -> Iterator[tuple[str, str]]:
    """Yield what is wrong with front matter: the page and a message."""
    every, categories = modules_of(env), env.config.dlcv_categories
    for module in every.values():
        said = env.metadata[module.docname]
        for field in FIELDS:
            if not str(said.get(field, "")).strip():
                yield module.docname, f"front matter has no {field!r}"
        if "minutes" in said and not module.minutes:
            yield module.docname, f"minutes: {said['minutes']!r} is no whole number above 0"
        if categories and module.category not in categories:
            hint = ", ".join(map(repr, categories))
            yield module.docname, f"category: {module.category!r} is not one of {hint}"
        for need in module.needs:
            if need == module.id:
                yield module.docname, "prerequisites: a module cannot need itself"
            elif need not in every:
                hint = nearest(need, every)
                yield module.docname, f"prerequisites: no module {need!r}{hint}"


def thumbnails(app: "Sphinx", domain: DlcvDomain) -> Iterator[tuple[str, Asked]]:
    """Yield the pictures of the cards, as figures that the pages with cards ask for."""
    if app.builder.format != "html":
        return  # there cards are a list of links
    for docname, line in domain.cards():
        for module in modules_of(app.env).values():
            yield docname, Asked(module.thumbnail, "figure", "", "", "", line)


def shown_on(env: "BuildEnvironment", domain: DlcvDomain) -> dict[str, list[Any]]:
    """Return, for each page, what it shows of modules: it is written again when that changes."""
    every = modules_of(env)
    told: dict[str, list[Any]] = {
        docname: [asdict(m) for m in every.values()] for docname, _line in domain.cards()
    }
    for module in every.values():
        needs = [every[need] for need in module.needs if need in every]
        leads_to = [m for m in every.values() if module.id in m.needs]
        linked = [(m.docname, m.title) for m in (*needs, *leads_to)]
        told.setdefault(module.docname, []).append([asdict(module), linked])
    return told


def _module(env: "BuildEnvironment", docname: str, said: Mapping[str, Any]) -> Module:
    needs = said.get("prerequisites") or []
    minutes = str(said.get("minutes", ""))
    return Module(
        docname=docname,
        id=docname.rpartition("/")[2],
        title=env.titles[docname].astext(),
        number=env.toc_secnumbers.get(docname, {}).get("", (0,))[0],
        category=str(said["category"]),
        line=str(said.get("one-line", "")),
        minutes=int(minutes) if minutes.isdecimal() else 0,
        # MyST hands a list of the front matter on as JSON text.
        needs=tuple(json.loads(needs) if isinstance(needs, str) else needs),
    )


def _around(here: Module, every: Mapping[str, Module]) -> Iterator[tuple[str, list[Module]]]:
    """Yield what a module needs and what it leads to, if there is any."""
    for name, linked in (
        (_("Needs"), [every[need] for need in here.needs if need in every]),
        (_("Leads to"), [module for module in every.values() if here.id in module.needs]),
    ):
        if linked:
            yield name, linked


def _slug(category: str) -> str:
    return nodes.make_id(category)


def _item(name: str, content: list[nodes.Node]) -> nodes.definition_list_item:
    spaced = [part for node in content for part in (node, nodes.Text(" "))]
    told = nodes.definition("", nodes.paragraph("", "", *spaced[:-1]))
    return nodes.definition_list_item("", nodes.term("", name), told)


def setup(app: "Sphinx") -> None:
    """Register the directive and the transform."""
    app.add_directive("module-cards", ModuleCardsDirective)
    app.add_post_transform(ShowModules)
