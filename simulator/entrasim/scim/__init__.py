"""SCIM as values: attribute paths, requests, responses and the PATCH dialects. No network."""
