"""TLS as Entra insists on it: version 1.2 or later, certificates verified.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

import ssl
from pathlib import Path

import certifi


def tls_context(*, ca: Path | None = None, insecure: bool = False) -> ssl.SSLContext:
    """The context for a target over https.

    Args:
        ca: A file of certificates to trust instead of the public authorities.
        insecure: Verify nothing; the caller allows it for loopback targets only.

    Raises:
        OSError: `ca` cannot be read or holds no certificate.
    """
    context = ssl.create_default_context(cafile=str(ca) if ca else certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def no_tls() -> ssl.SSLContext:
    """A context that trusts nobody, for targets over plain http: loading authorities is slow."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
