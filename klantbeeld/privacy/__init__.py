"""Consent, tombstones, export and erasure of a customer."""
