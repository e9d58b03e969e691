"""Four teaching figures, each a function of a variant and of the figure to draw on."""
