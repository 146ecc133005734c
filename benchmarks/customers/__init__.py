"""A second customer base with its truth, made unlike `benchmarks/families.py`.

People have lives: they grow up, move, marry, change mailbox and telephone, and each record says
what held in the year in which it was made. Five sources write that down, each in columns and with
errors of its own. Invented throughout; deterministic given the seed.
"""

from .records import Customers, simulate

__all__ = ["Customers", "simulate"]
