"""Links by number to figures and worked examples, without reading the pages they are on.

Sphinx unpickles the whole page of the target for each such link, only to learn what kind it is.
The domain knows that; what it cannot tell is left to Sphinx.
"""

from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.domain import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class LinkNumbers(SphinxPostTransform):
    """Resolve ``{numref}`` where the target is ours and the words are those of `numfig_format`."""

    default_priority = 9  # before ReferencesResolver (10)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        kinds = {asked.label: asked.kind for _, asked in domain_of(self.env).asked()}
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link.get("reftype") == "numref" and not link["refexplicit"]:
                resolved = self._resolved(link, kinds.get(link["reftarget"], ""))
                if resolved is not None:
                    link.replace_self(resolved)

    def _resolved(self, link: addnodes.pending_xref, kind: str) -> "nodes.Element | None":
        standard = self.env.domains.standard_domain
        words = self.config.numfig_format.get(kind, "")
        docname, anchor, _title = standard.labels.get(link["reftarget"], ("", "", ""))
        number = self.env.toc_fignumbers.get(docname, {}).get(kind, {}).get(anchor)
        if number is None or "%s" not in words:
            return None
        return standard.build_reference_node(
            link.get("refdoc", self.env.docname),
            self.app.builder,
            docname,
            anchor,
            words % ".".join(map(str, number)),
            "numref",
            node_class=addnodes.number_reference,
            title=words,
        )


def setup(app: "Sphinx") -> None:
    """Register the transform."""
    app.add_post_transform(LinkNumbers)
