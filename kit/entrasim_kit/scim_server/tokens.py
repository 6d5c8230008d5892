"""Minting bearer tokens, as an administrator does in a vendor's application."""

import secrets


def mint_token() -> str:
    """A new token of 256 random bits; its prefix tells scanners and people what it is."""
    return f"entrasim_{secrets.token_urlsafe(32)}"
