"""Sizes such as 3 × 3 stay on one line."""

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# A number may be a quoted fact, which is a node of its own: then the text begins or ends here.
_TIMES = re.compile(r"(?:(?<=\d)|^) × (?=\d|$)")
_AS_WRITTEN = (nodes.literal, nodes.math, nodes.FixedTextElement)
_KEPT = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}"


class KeepSizes(SphinxPostTransform):
    """Put no-break spaces around the sign between two numbers."""

    default_priority = 900  # when quotes are filled
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Replace the spaces on one page."""
        for text in list(self.document.findall(nodes.Text)):
            if " × " in text and not isinstance(text.parent, _AS_WRITTEN):
                text.parent.replace(text, nodes.Text(_TIMES.sub(_KEPT, text)))


def setup(app: "Sphinx") -> None:
    """Register the transform."""
    app.add_post_transform(KeepSizes)
