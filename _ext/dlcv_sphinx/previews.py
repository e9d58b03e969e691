"""Previews: what a link to a formula, figure, example, term or source leads to, beside the link.

The script copies what the site holds already: from the page itself, or from another one that is
fetched once, when a reader first asks. Where that cannot be, the link works as ever. Decisions:

- They come for a resting pointer and for the focus of the keyboard, stay while the pointer is in
  them, and go on Escape (WCAG 1.4.13). Touch has no hover: a tap follows the link, and a long press
  is the browser's own menu of it. On a narrow window a preview would hide what it belongs to.
- What is in sight already is marked where it stands: a copy would lie over it.
- Links get ``aria-details``, not ``aria-describedby``: a description is read aloud at once, as flat
  text, and formulas and tables are none. Details are announced, and read in structure if wanted.
  The title of a citation, which is short, becomes a description, lest the browser shows it, too.
- The place comes from CSS anchors: the browser keeps a preview beside its link and in the window.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> None:
    """Register the script and its style sheet."""
    app.add_css_file("dlcv-previews.css")
    app.add_js_file("dlcv-previews.js", loading_method="defer")
