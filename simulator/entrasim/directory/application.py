"""Enterprise applications: the registration, its service principal and its app roles.

Provisioning belongs to the service principal. Source:
https://learn.microsoft.com/graph/api/applicationtemplate-instantiate
"""

from dataclasses import dataclass
from typing import Final

DEFAULT_ACCESS_ROLE_ID: Final = "00000000-0000-0000-0000-000000000000"
"""*Default Access*, the role of an assignment that names none; it counts like any other.

Source: https://learn.microsoft.com/entra/identity/enterprise-apps/assign-user-or-group-access-portal
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRole:
    """A role that users and groups can be assigned."""

    id: str
    value: str
    display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseApplication:
    """A non-gallery application: `app_id` of the registration, `id` of the service principal."""

    id: str
    app_id: str
    display_name: str
    app_roles: tuple[AppRole, ...] = ()

    def role(self, value: str) -> AppRole | None:
        """The role called `value` (or displayed so), if the application has it."""
        return next((r for r in self.app_roles if value in (r.value, r.display_name)), None)
