"""If-Match and If-None-Match (RFC 7644, section 3.14; RFC 9110, section 13.1)."""

from entrasim_kit.scim_server.errors import VersionMismatch
from entrasim_kit.scim_server.messages import Request


def check_if_match(request: Request, etag: str) -> None:
    """Refuse to change a resource that is not the one the client knows.

    Raises:
        VersionMismatch: If-Match names other versions.
    """
    wanted = request.headers.get(b"if-match")
    if wanted is not None and not _names(wanted, etag):
        raise VersionMismatch(f"the resource has the version {etag} by now")


def is_known(request: Request, etag: str) -> bool:
    """Whether the client has this version already and needs no body."""
    known = request.headers.get(b"if-none-match")
    return known is not None and _names(known, etag)


def _names(header: bytes, etag: str) -> bool:
    """Whether a list of entity tags has this one, compared weakly; `*` has all."""
    tags = [each.strip().removeprefix("W/") for each in header.decode("latin-1").split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags
