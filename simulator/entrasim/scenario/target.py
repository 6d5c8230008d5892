"""The port `Target`: where a scenario's applications are provisioned to.

The kit implements it: embedded server, container, a URL, an app in process. The scenario's own
tenant URL is a target as well.
"""

from dataclasses import dataclass
from typing import Protocol

from entrasim.provisioning.configuration import Secret
from entrasim.scim.tenant_url import TenantUrl


@dataclass(frozen=True, slots=True)
class TargetAddress:
    """Where one application is provisioned to, and the token that was minted there."""

    url: TenantUrl
    token: Secret | None


class Target(Protocol):
    """Something that speaks SCIM."""

    @property
    def name(self) -> str:
        """What it is called in reports: `embedded`, `container`, or the URL."""
        ...

    def address(self, application: str) -> TargetAddress | None:
        """Where the application goes; None leaves it at the scenario's own tenant URL."""
        ...

    def reset(self) -> None:
        """Forget what an earlier scenario left, where that is ours to forget."""
        ...

    def close(self) -> None:
        """Stop whatever was started for it."""
        ...


class ScenarioTarget:
    """The target that the scenario itself names."""

    name = "scenario"

    def address(self, application: str) -> TargetAddress | None:  # noqa: ARG002
        """Nothing takes the place of the scenario's own address."""
        return None

    def reset(self) -> None:
        """What somebody else's server holds is theirs."""

    def close(self) -> None:
        """Nothing was started."""
