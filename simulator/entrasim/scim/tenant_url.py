"""The tenant URL: the base of all requests, and the flags that Entra reads from its query.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

COMPLIANT_FLAG: Final = "aadOptscim062020"


class TenantUrlError(ValueError):
    """The text is not a URL that could be typed into *Tenant URL*."""


@dataclass(frozen=True, slots=True)
class TenantUrl:
    """`base` has no query and no trailing slash; `flags` are the parts of the query."""

    base: str
    flags: tuple[str, ...] = ()

    @property
    def wants_compliant_patch(self) -> bool:
        """Whether the flag for the compliant PATCH dialect is set."""
        return COMPLIANT_FLAG in self.flags

    @property
    def host(self) -> str:
        """The host without port, in lower case."""
        return urlsplit(self.base).hostname or ""

    def moved_to(self, other: "TenantUrl") -> "TenantUrl":
        """This URL at another target: its own flags stay unless the other brings some."""
        return TenantUrl(other.base, other.flags or self.flags)

    def __str__(self) -> str:
        return f"{self.base}?{'&'.join(self.flags)}" if self.flags else self.base


def parse_tenant_url(text: str) -> TenantUrl:
    """Read a tenant URL.

    Raises:
        TenantUrlError: it is not an absolute http or https URL.
    """
    try:
        parts = urlsplit(text.strip())
        _ = parts.port
    except ValueError as error:
        raise TenantUrlError(f"the tenant URL cannot be read: {error}") from None
    if parts.username or parts.password:
        raise TenantUrlError("a tenant URL holds no user name or password; use secretToken")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TenantUrlError(
            f'"{text}" is not an absolute URL; write for example https://app.example/scim/v2'
        )
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    return TenantUrl(base, tuple(part for part in parts.query.split("&") if part))
