"""Locality: entrasim talks to this machine unless it is told otherwise, never to Microsoft."""

import ipaddress
import socket
from typing import Final

from entrasim.scim.tenant_url import TenantUrl

ALWAYS_REFUSED: Final = ("microsoft.com", "microsoftonline.com", "windows.net")


class TargetRefused(Exception):
    """The target may not be talked to; the message says why and what to do."""


def refuse_remote(url: TenantUrl, *, allow_remote: bool) -> None:
    """Let only local targets pass, unless remote ones are allowed.

    A target is local when every address that its host resolves to is loopback or private. A host
    that cannot be resolved passes: the connection will fail and say so.

    Raises:
        TargetRefused: it is remote, or it is Microsoft's.
    """
    host = url.host.rstrip(".")
    if any(host == domain or host.endswith(f".{domain}") for domain in ALWAYS_REFUSED):
        raise TargetRefused(f"{host} belongs to Microsoft; entrasim never sends anything there")
    if allow_remote:
        return
    remote = next((each for each in _addresses(host) if not _is_local(each)), None)
    if remote is not None:
        raise TargetRefused(
            f"{host} is not on this machine or network ({remote}); if this target may really be "
            "written to, pass --allow-remote"
        )


def _addresses(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in found]


def _is_local(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return parsed.is_loopback or (parsed.is_private and not parsed.is_unspecified)
