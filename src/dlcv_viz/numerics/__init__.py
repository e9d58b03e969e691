"""The algorithms of the course as pure functions: they know no matplotlib."""
