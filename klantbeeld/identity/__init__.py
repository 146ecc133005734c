"""Which records are one customer: keys, links, clusters, judgements, households."""
