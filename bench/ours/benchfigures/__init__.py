"""The scenes as figures of our directive."""
