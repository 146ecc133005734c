"""Users, roles, teams; permissions per room, object and field."""
