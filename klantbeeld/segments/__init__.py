"""Named groups of customers by rule."""
