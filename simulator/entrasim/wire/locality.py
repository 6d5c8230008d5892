"""Locality: entrasim talks to this machine unless it is told otherwise, never to Microsoft."""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final

from entrasim.scim.tenant_url import TenantUrl

ALWAYS_REFUSED: Final = ("microsoft.com", "microsoftonline.com", "windows.net")


class TargetRefused(Exception):
    """The target may not be talked to; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Locality:
    """Which targets may be talked to.

    `allow_remote` lets other networks in; `verifies` is false when certificates are not looked
    at, which is for this machine only.
    """

    allow_remote: bool = False
    verifies: bool = True


def refuse_target(url: TenantUrl, locality: Locality) -> None:
    """Let only those targets pass that may be talked to.

    A target is local when every address that its host resolves to is loopback or private. A host
    that cannot be resolved passes: the connection will fail and say so.

    Raises:
        TargetRefused: it is remote, it is Microsoft's, or it is not this machine although
            certificates are not verified.
    """
    host = url.host.rstrip(".")
    if any(host == domain or host.endswith(f".{domain}") for domain in ALWAYS_REFUSED):
        raise TargetRefused(f"{host} belongs to Microsoft; entrasim never sends anything there")
    addresses = _addresses(host)
    if not locality.verifies and not all(_is_loopback(each) for each in addresses):
        raise TargetRefused(f"--insecure is for targets on this machine only, and {host} is not")
    remote = next((each for each in addresses if not _is_local(each)), None)
    if remote is not None and not locality.allow_remote:
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


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
