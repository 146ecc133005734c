"""Golden profile and lineage, figures and memberships as attributes, search."""
