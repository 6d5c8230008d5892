"""Explaining a failed expectation: the nearest requests, and the reason from the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, unquote_plus

import orjson

from entrasim.directory.tenant import Tenant
from entrasim.provisioning.outcome import LogEntry
from entrasim.scenario.comparing import Location
from entrasim.scenario.recorder import Window
from entrasim.scenario.session import ProvisionedApplication
from entrasim.scenario.target_administrator import Resource, TargetAdministrator
from entrasim.wire.recording import Exchange

NEAREST = 3
"""How many requests, and how many entries of the log, are shown beside a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One expectation that does not hold. `location` is the way to it within the step."""

    location: Location
    expected: str
    actual: str
    requests: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"expected {self.expected}", f"actual   {self.actual}"]
        lines += [f"request  {each}" for each in self.requests]
        lines += [f"log      {each}" for each in self.log]
        lines += [f"reason   {each}" for each in self.reasons]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What an expectation is compared with.

    `administrator` reads the target and `application` has the job; each is needed only where the
    expectation speaks of it. `why_out` says why the object of this id is not provisioned.
    """

    window: Window
    tenant: Tenant
    administrator: TargetAdministrator | None = None
    application: ProvisionedApplication | None = None
    why_out: Callable[[str], str] = lambda _: ""

    @property
    def target(self) -> TargetAdministrator:
        """Whoever reads the target."""
        assert self.administrator is not None
        return self.administrator

    def source_ids(self, name: str) -> set[str]:
        """The object ids of whoever bears a name in the directory."""
        user = self.tenant.user_by_upn(name)
        groups = {each.id for each in self.tenant.groups_called(name)}
        return groups | ({user.id} if user else set())


def about(
    where: Location,
    expected: str,
    actual: str,
    name: str,
    held: Resource | None,
    observed: Observed,
) -> Failure:
    """A failure about a user or a group, with what was sent and logged about it.

    It is known by its name, by the id that it has in the target, and by its object id. Where
    nothing was logged about an object that is missing, the scope gives the reason.
    """
    target_id = str(held["id"]) if held else None
    source_ids = observed.source_ids(name)
    near = [each for each in observed.window.exchanges if _is_about(each, name, target_id)]
    entries = [
        each
        for each in observed.window.entries
        if each.outcome.imported.object_id in source_ids
        or each.outcome.target_id == (target_id or "")
    ]
    found = failure(where, expected, actual, entries, near)
    if held is not None or entries:
        return found
    reasons = (observed.why_out(each) for each in sorted(source_ids))
    return replace(found, reasons=tuple(each for each in reasons if each))


def _is_about(exchange: Exchange, name: str, target_id: str | None) -> bool:
    request = exchange.request
    if target_id is not None and unquote(request.path.rpartition("/")[2]) == target_id:
        return True
    body = exchange.body.decode("utf-8", errors="replace")
    return name.casefold() in (unquote_plus(str(request)) + body).casefold()


def failure(
    where: Location,
    expected: Any,
    actual: Any,
    entries: Sequence[LogEntry],
    exchanges: Sequence[Exchange],
) -> Failure:
    """A failure with the last of what was logged and sent; `where` is the way to it."""
    return Failure(
        location=where,
        expected=str(expected),
        actual=str(actual),
        requests=tuple(_shown(each) for each in exchanges[-NEAREST:]),
        log=tuple(reason(each) for each in entries[-NEAREST:]),
    )


def _shown(exchange: Exchange) -> str:
    answer = exchange.response.fault or exchange.response.status
    body = exchange.body.decode("utf-8", errors="replace")
    short = body if len(body) <= 200 else body[:200] + "..."  # noqa: PLR2004
    return f"{exchange.request} {short} -> {answer}".replace("  ", " ")


def reason(entry: LogEntry) -> str:
    """One entry of the log in a line: what, whom, and why."""
    outcome = entry.outcome
    why = ""
    if outcome.failure is not None:
        why = f": {outcome.failure.code}, {outcome.failure.reason}"
    elif because := getattr(outcome.decision, "because", ""):
        why = f": {because}"
    kind = entry.object_type.lower()
    return f'{outcome.action} {outcome.status}, {kind} "{outcome.name}"{why}'


def as_json(value: Any) -> str:
    """A value as a failure shows it."""
    return orjson.dumps(value).decode()
