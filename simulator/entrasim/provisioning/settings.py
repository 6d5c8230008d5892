"""Settings: what nobody outside Microsoft knows about Entra, and what a rehearsal wants smaller.

Each is a named choice with the likeliest default; docs/fidelity.md lists them from here. In a
scenario they stand under `application.provisioning.settings`, in camelCase.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from entrasim.mapping.expressions.settings import DEFAULT_SETTINGS, ExpressionSettings
from entrasim.scim.dialects import ManagerClear
from entrasim.scoping.operators import AmpersandTest


class OnMissingAnchor(StrEnum):
    """What follows when a linked object is gone from the target."""

    INVALID_ANCHOR = "invalidAnchor"
    REMATCH = "rematch"


class LateMembers(StrEnum):
    """When a member is sent that came into scope after its group."""

    ON_GROUP_CHANGE = "onGroupChange"
    ON_RESTART = "onRestart"


class MembersOnRestart(StrEnum):
    """Which members an initial cycle sends for a group that is linked already."""

    ALL = "all"
    UNRESOLVED = "unresolved"


class RegexMatch(StrEnum):
    """How much of a value the pattern of a scoping filter must match."""

    WHOLE_VALUE = "wholeValue"
    ANYWHERE = "anywhere"


class SpecialCharacters(StrEnum):
    """How `"` and a backslash in a matching value are treated."""

    ESCAPE = "escape"
    REJECT = "reject"


def setting(question: str, *, default: Any) -> Any:
    """A field with the open question that it answers; shown in docs/fidelity.md."""
    return field(default=default, metadata={"question": question})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisioningSettings:
    """All settings of one job."""

    interval: timedelta = setting(
        "How long between two cycles; documented as about 40 minutes, elsewhere 20 to 40",
        default=timedelta(minutes=40),
    )
    members_per_patch: int = setting("How many members one PATCH carries", default=1)
    member_concurrency: int = setting("How many member PATCHes are sent at a time", default=5)
    group_probe: bool = setting(
        "Whether the credential probe also asks for a random group", default=True
    )
    send_url_flags: bool = setting(
        "Whether the flags of the tenant URL are also sent to the server", default=False
    )
    on_missing_anchor: OnMissingAnchor = setting(
        "What a 404 for a linked object leads to: the documented error, or matching anew",
        default=OnMissingAnchor.INVALID_ANCHOR,
    )
    late_members: LateMembers = setting(
        "When a member that came into scope after its group is sent",
        default=LateMembers.ON_GROUP_CHANGE,
    )
    members_on_restart: MembersOnRestart = setting(
        "Whether an initial cycle sends members again that it sent before",
        default=MembersOnRestart.ALL,
    )
    remove_out_of_scope_members: bool = setting(
        "Whether a user who leaves the scope is also removed from provisioned groups",
        default=False,
    )
    manager_clear: ManagerClear | None = setting(
        "The form in which a manager is cleared; by default it depends on the dialect",
        default=None,
    )
    active_alone: bool = setting(
        "Whether `active` stays out of merged objects under aadOptscim062020", default=False
    )
    special_characters_in_filters: SpecialCharacters = setting(
        "Whether quotes and backslashes in a matching value are escaped or fail the object",
        default=SpecialCharacters.ESCAPE,
    )
    regex_match: RegexMatch = setting(
        "Whether REGEX MATCH of a scoping filter must match the whole value",
        default=RegexMatch.WHOLE_VALUE,
    )
    ampersand: AmpersandTest = setting(
        "Whether & of a scoping filter looks for the value in a text, or compares bits",
        default=AmpersandTest.OCCURS_IN_TEXT,
    )
    expressions: ExpressionSettings = setting(
        "What nobody knows about the expression language; its own table is below",
        default=DEFAULT_SETTINGS,
    )
    tombstone_upn: bool = setting(
        "Whether a soft-deleted user's tombstone name is sent as userName", default=True
    )
    send_empty_text: bool = setting(
        "Whether a text that an expression leaves empty is sent when an object is created",
        default=False,
    )
    honour_retry_after: bool = setting(
        "Whether a Retry-After is waited for, within the cycle", default=True
    )
    retry_after_cap: timedelta = setting(
        "The longest real wait for a Retry-After", default=timedelta(seconds=10)
    )
    request_timeout: timedelta = setting(
        "How long one answer is waited for", default=timedelta(seconds=30)
    )
