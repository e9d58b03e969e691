"""The parts that figures are drawn of: they take axes and arrays, and compute nothing."""
