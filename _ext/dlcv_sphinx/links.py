"""Links that `make linkcheck` follows in another way than readers do."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# https://www.doi.org/doi-handbook/HTML/rest-api.html
_KNOWN = "https://doi.org/api/handles/"
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(?=10\.)")


def setup(app: "Sphinx") -> None:
    """Connect to the check of links."""
    app.connect("linkcheck-process-uri", _ask_for_doi)


def _ask_for_doi(app: "Sphinx", uri: str) -> str | None:
    """Ask doi.org whether it knows a DOI: the publisher that it leads to turns robots away."""
    known, count = _DOI.subn(_KNOWN, uri)
    return known if count else None
