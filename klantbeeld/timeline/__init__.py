"""Interactions, participants, order lines, products, subscriptions, documents."""
