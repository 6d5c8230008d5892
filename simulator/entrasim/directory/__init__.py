"""The tenant's directory: users, groups, applications, assignments, and what changed."""
