"""Networks as descriptions, and one computation of their shapes, parameters and multiply-adds."""
