"""Screens: card, lists, boards."""
