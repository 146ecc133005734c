"""A base of organisations with its truth: firms of five countries, chains, holdings, contacts.

Every row tells what one of five sources wrote down about one place of one organisation, or about
somebody who works there. The truth knows the place, the group it belongs to and where a contact
works. Names are made of invented words; numbers have check digits that hold and lie in ranges that
nobody gave out as far as is known. Deterministic given the seed; 1 is the published one.
"""

from .records import Organisations, simulate

__all__ = ["Organisations", "simulate"]
