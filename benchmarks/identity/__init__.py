"""How good and how fast the identity core is, beside its peers: see `python -m benchmarks.identity`."""
