"""Klantbeeld: one customer, one card, one history."""

__version__ = "0.1.0"
