"""Attribute mappings: how the attributes of the target get their values."""
