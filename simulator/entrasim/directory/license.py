"""The tenant's license, as far as provisioning asks for it."""

from enum import StrEnum


class License(StrEnum):
    """Microsoft Entra ID Free, P1 or P2."""

    FREE = "Free"
    P1 = "P1"
    P2 = "P2"

    @property
    def allows_group_assignment(self) -> bool:
        """Assigning a group needs P1 or P2.

        Source: https://learn.microsoft.com/entra/identity/enterprise-apps/assign-user-or-group-access-portal
        """
        return self is not License.FREE
