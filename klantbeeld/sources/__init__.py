"""Connectors, mappings, deliveries in, and what could not be laid on them: the quarantine."""
