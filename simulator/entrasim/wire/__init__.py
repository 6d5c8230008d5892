"""The HTTP driver: it performs the requests that the core asks for."""
