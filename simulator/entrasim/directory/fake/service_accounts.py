"""Service accounts: users who are no people, such as `svc-backup@contoso.example`."""

from typing import Final

from entrasim.directory import identifiers
from entrasim.directory.fake.object_ids import ObjectIds
from entrasim.directory.fake.plan import CompanyPlan
from entrasim.directory.user import User

PURPOSES: Final = ("backup", "scanner", "monitoring", "reporting", "payroll", "build", "printing")


class ServiceAccounts:
    """Service account 0, 1, 2 and so on: `svc-backup`, ... `svc-printing`, `svc-backup-2`, ..."""

    def __init__(self, plan: CompanyPlan) -> None:
        self._domain = plan.domain
        tenant = identifiers.tenant_id(plan.domain)
        self._id = ObjectIds(tenant, "user", f"fake/{plan.seed}/service")

    def __call__(self, number: int) -> User:
        """Service account `number`: nobody's name, no mailbox, no manager."""
        round_, place = divmod(number, len(PURPOSES))
        name = f"svc-{PURPOSES[place]}" + (f"-{round_ + 1}" if round_ else "")
        return User(
            id=self._id(number),
            user_principal_name=f"{name}@{self._domain}",
            display_name=name,
            mail_nickname=name,
            employee_type="Service account",
        )
