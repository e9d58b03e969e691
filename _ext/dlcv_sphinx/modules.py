"""Modules of a course: what the front matter of their pages says, and the head made of it.

A page whose front matter has a ``category`` is a module. Their order is that of the toctree; there
is no second list.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx import prerequisites
from dlcv_sphinx.course import in_order
from dlcv_sphinx.domain import DlcvDomain, domain_of
from dlcv_sphinx.notes import Asked
from dlcv_viz.engine.session import Request

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

FIELDS = ("one-line", "minutes")


class Group(NamedTuple):
    """The modules of a category; ``id`` is its name in HTML, ``group-`` and a slug."""

    category: str
    id: str
    modules: "list[Module]"


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
    tabs : tuple of (str, str)
        Anchor and title of its tabs, in their order.
    """

    docname: str
    id: str
    title: str
    number: int
    category: str
    line: str
    minutes: int
    needs: tuple[str, ...]
    tabs: tuple[tuple[str, str], ...]

    @property
    def group(self) -> str:
        """The id of its group."""
        return f"group-{nodes.make_id(self.category)}"

    @property
    def thumbnail(self) -> Request:
        """The figure on its card."""
        return Request(f"{self.id.replace('-', '_')}.thumbnail")


class ShowHeads(SphinxPostTransform):
    """Put a head on each page of a module."""

    default_priority = 3  # before links are resolved (10)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        every = modules_of(self.env)
        # One tree holds all pages where they are printed.
        pages: dict[str, nodes.Element] = {self.env.docname: self.document}
        pages |= {part["docname"]: part for part in self.document.findall(addnodes.start_of_file)}
        add_head = self._add_head if self.app.builder.format == "html" else self._add_plain_head
        for module in every.values():
            page = pages.get(module.docname)
            title = next(page.findall(nodes.title), None) if page else None
            if title:
                add_head(title, module, every)

    def _add_head(self, title: nodes.title, here: Module, every: Mapping[str, Module]) -> None:
        counted = {"number": here.number, "total": len(every)}
        number = f" · {_('Module %(number)d of %(total)d') % counted}" if here.number else ""
        kicker = nodes.paragraph("", "", self._group(here), nodes.Text(number), classes=["kicker"])
        strip = nodes.definition_list(classes=["strip"])
        strip += _item(_("Time"), [nodes.Text(_("%d minutes") % here.minutes)])
        for name, linked in _around(here, every):
            strip += _item(name, [link_to(self.app.builder, self.env.docname, m) for m in linked])
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
                link = link_to(self.app.builder, self.env.docname, module)
                strip += [nodes.Text(", " if place else ""), link]
        section = cast("nodes.Element", title.parent)
        lead = nodes.paragraph("", here.line, classes=["lead"])
        section.insert(section.index(title) + 1, [lead, strip])

    def _group(self, here: Module) -> nodes.Element:
        """Name the group, on the site as a link to its cards."""
        classes, builder = ["group", here.group], self.app.builder
        dashboard = dashboard_of(self.env)
        if not dashboard or not is_site(builder):
            return nodes.inline("", here.category, classes=classes)
        uri = f"{builder.get_relative_uri(self.env.docname, dashboard)}#{here.group}"
        return nodes.reference("", here.category, internal=True, refuri=uri, classes=classes)


def is_site(builder: "Builder") -> bool:
    """Whether pages are read in a browser, with scripts; an e-book is HTML without."""
    return builder.format == "html" and builder.name != "epub"


def link_to(builder: "Builder", docname: str, module: Module) -> nodes.reference:
    """Return a link from a page to a module, with its title."""
    uri = builder.get_relative_uri(docname, module.docname)
    return nodes.reference("", module.title, internal=True, refuri=uri)


def dashboard_of(env: "BuildEnvironment") -> str:
    """Return the first page that shows the cards; empty if there is none."""
    return next((docname for docname, _line in domain_of(env).cards()), "")


def modules_of(env: "BuildEnvironment") -> dict[str, Module]:
    """Return the modules by id, in the order of the toctree."""
    known = domain_of(env).course
    if known is not None:
        return known
    found = {}
    for docname in in_order(env, env.config.root_doc):
        said = env.metadata.get(docname, {})
        if "category" in said:
            module = _module(env, docname, said)
            found[module.id] = module
    return found


def groups_of(modules: Iterable[Module]) -> list[Group]:
    """Return the groups that have modules, in the order of their first ones."""
    groups: dict[str, Group] = {}
    for module in modules:
        group = groups.setdefault(module.category, Group(module.category, module.group, []))
        group.modules.append(module)
    return list(groups.values())


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
    for name, message in prerequisites.problems({m.id: m.needs for m in every.values()}):
        yield every[name].docname, f"prerequisites: {message}"


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
    if not every:
        return {}
    side_bar = [(m.docname, m.title, m.category) for m in every.values()]
    told: dict[str, list[Any]] = {docname: [side_bar] for docname in env.found_docs}
    for docname, _line in domain.cards():
        told[docname].append([asdict(m) for m in every.values()])
    for module in every.values():
        needs = [every[need] for need in module.needs if need in every]
        leads_to = [m for m in every.values() if module.id in m.needs]
        linked = [(m.docname, m.title) for m in (*needs, *leads_to)]
        told[module.docname].append([asdict(module), linked])
    return told


def _module(env: "BuildEnvironment", docname: str, said: Mapping[str, Any]) -> Module:
    needs = said.get("prerequisites") or []
    noted = domain_of(env).data["tabs"]
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
        tabs=tuple((tab.anchor, tab.title) for tab in noted.get(docname, ()) if tab.anchor),
    )


def _around(here: Module, every: Mapping[str, Module]) -> Iterator[tuple[str, list[Module]]]:
    """Yield what a module needs and what it leads to, if there is any."""
    for name, linked in (
        (_("Needs"), [every[need] for need in here.needs if need in every]),
        (_("Leads to"), [module for module in every.values() if here.id in module.needs]),
    ):
        if linked:
            yield name, linked


def _item(name: str, content: list[nodes.Node]) -> nodes.definition_list_item:
    spaced = [part for node in content for part in (node, nodes.Text(" "))]
    told = nodes.definition("", nodes.paragraph("", "", *spaced[:-1]))
    return nodes.definition_list_item("", nodes.term("", name), told)


def setup(app: "Sphinx") -> None:
    """Register the transform."""
    app.add_post_transform(ShowHeads)
    app.connect("write-started", _remember)


def _remember(app: "Sphinx", _builder: "Builder") -> None:
    """Keep the modules while pages are written: each page asks for them, and none changes them."""
    domain_of(app.env).course = modules_of(app.env)
