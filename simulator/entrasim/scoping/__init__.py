"""Assignment scope and scoping filters: is an object in scope, and why."""
