"""Keys, field register, actor, audit, change log, clock, money, kinds."""
