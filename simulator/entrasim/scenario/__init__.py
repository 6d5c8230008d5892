"""Scenario files: the model, the loader, and the session that plays them."""
