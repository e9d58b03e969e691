"""The roles ``{module}`` and ``{formula}``: links to what a course is made of."""

from docutils import nodes
from sphinx.roles import XRefRole


class ObjectRole(XRefRole):
    """Link to a module or a formula by its id.

    A module is shown by its title, a formula by its number; ``own words <id>`` shows those.
    """

    innernodeclass = nodes.inline
