"""Groups: security and Microsoft 365, with assigned or dynamic membership.

Members are kept by the tenant, so that one change of a huge group costs one change.
"""

from dataclasses import dataclass
from enum import StrEnum


class GroupKind(StrEnum):
    """The two kinds that the portal offers under *Group type*."""

    SECURITY = "Security"
    MICROSOFT_365 = "Microsoft 365"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group. `membership_rule` makes it dynamic.

    Only a security-enabled group can be assigned to an application. Source:
    https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
    """

    id: str
    display_name: str
    kind: GroupKind = GroupKind.SECURITY
    security_enabled: bool = True
    mail_nickname: str | None = None
    mail: str | None = None
    description: str | None = None
    membership_rule: str | None = None

    @property
    def is_dynamic(self) -> bool:
        """Whether a rule decides who is a member."""
        return self.membership_rule is not None
