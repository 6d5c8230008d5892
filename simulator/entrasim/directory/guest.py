"""Guests: how an invited address becomes a user principal name of this tenant, and back.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
(section on B2B guest users)
"""

from typing import Final

MARK: Final = "#EXT#"


def guest_upn(address: str, tenant_domain: str) -> str:
    """`ana@fabrikam.example` as a guest's name: `ana_fabrikam.example#EXT#@contoso.example`."""
    return f"{address.replace('@', '_')}{MARK}@{tenant_domain}"


def original_address(user_principal_name: str) -> str:
    """The address that was invited; any other name comes back as it is.

    The last underscore before the mark stood for the `@`: no domain name holds an underscore.
    """
    invited, mark, _ = user_principal_name.partition(MARK)
    if not mark:
        return user_principal_name
    local, underscore, domain = invited.rpartition("_")
    return f"{local}@{domain}" if underscore else invited
