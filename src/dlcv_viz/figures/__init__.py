"""Figures and worked examples, a module each: they call numerics, lay out, call draw."""
