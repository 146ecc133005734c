"""The law on contacting people: facts, three-valued conditions, and dated rules by country."""
