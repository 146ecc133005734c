"""A customer's own bundle: everything held about him, and nothing of anybody else."""
