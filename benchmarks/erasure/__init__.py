"""Whether many can be erased among writers and kills, and how long it takes."""
