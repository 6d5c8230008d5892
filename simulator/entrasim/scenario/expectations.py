"""Expectations: compare what a scenario expects with what was sent, logged, and is held now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

import orjson

from entrasim.provisioning.job import JobStatusCode
from entrasim.provisioning.outcome import LogEntry
from entrasim.scenario.model.expectation import (
    Expectation,
    LogCounts,
    RequestExpectation,
    RequestShape,
    TargetExpectation,
)
from entrasim.scenario.recorder import Window
from entrasim.scenario.target_administrator import TargetAdministrator, member_ids
from entrasim.scim.path import PathError, lookup, parse_path
from entrasim.wire.recording import Exchange

Location = tuple[str | int, ...]
NEAREST = 3
"""How many requests, and how many entries of the log, are shown beside a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One expectation that does not hold. `location` is the way to it within the step."""

    location: Location
    expected: str
    actual: str
    requests: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"expected {self.expected}", f"actual   {self.actual}"]
        lines += [f"request  {each}" for each in self.requests]
        lines += [f"log      {each}" for each in self.reasons]
        return "\n".join(lines)


def failures(
    expectation: Expectation,
    window: Window,
    administrator: TargetAdministrator | None,
    status: JobStatusCode | None,
) -> list[Failure]:
    """Whatever does not hold.

    Raises:
        TargetProblem: the target cannot be read.
    """
    found: list[Failure] = []
    if expectation.requests is not None:
        found += _requests(expectation.requests, window)
    if expectation.target is not None and administrator is not None:
        found += _target(expectation.target, administrator, window)
    if expectation.log is not None:
        found += _log(expectation.log, window)
    if expectation.job is not None and expectation.job is not status:
        found.append(_failure(("job",), expectation.job, status, window.failures, ()))
    return found


# -- requests and log --------------------------------------------------------------------------


def _requests(expected: RequestExpectation, window: Window) -> Iterator[Failure]:
    if expected.none:
        yield from _no_requests(window)
    for key, count in expected.counts.items():
        actual = window.requests[key]
        if actual != count:
            near = [each for each in window.exchanges if _counts_as(each, key)]
            yield _failure(("requests", key), count, actual, window.failures, near)
    for position, shape in enumerate(expected.matching):
        if not any(_matches(shape, each) for each in window.exchanges):
            near = [e for e in window.exchanges if e.request.method == shape.method.upper()]
            shown = _json(shape.model_dump(exclude_none=True))
            where = ("requests", "matching", position)
            yield _failure(where, f"a request like {shown}", "none", (), near)


def _no_requests(window: Window) -> Iterator[Failure]:
    sent = {key: count for key, count in window.requests.items() if key != "probe" and count}
    if sent:
        shown = ", ".join(f"{key}: {count}" for key, count in sorted(sent.items()))
        near = [each for each in window.exchanges if not _counts_as(each, "probe")]
        yield _failure(("requests",), "no requests but probes", shown, (), near)


def _counts_as(exchange: Exchange, key: str) -> bool:
    is_probe = exchange.request.purpose == "probe"
    return is_probe if key == "probe" else not is_probe and exchange.request.operation == key


def _matches(shape: RequestShape, exchange: Exchange) -> bool:
    request = exchange.request
    if request.method != shape.method.upper():
        return False
    if shape.path is not None and shape.path not in (
        request.path,
        str(request).partition(" ")[2],
    ):
        wildcard = shape.path.replace("{id}", request.path.rpartition("/")[2])
        if wildcard != request.path:
            return False
    return shape.body is None or not list(differences(shape.body, request.body))


def _log(expected: LogCounts, window: Window) -> Iterator[Failure]:
    for action, statuses in expected.items():
        for status, count in statuses.items():
            actual = window.log[action.casefold(), status]
            if actual != count:
                near = [e for e in window.entries if e.outcome.action == action.casefold()]
                yield _failure(("log", action, status), count, actual, near, ())


# -- target ------------------------------------------------------------------------------------


def _target(
    expected: TargetExpectation, administrator: TargetAdministrator, window: Window
) -> Iterator[Failure]:
    for position, user in enumerate(expected.users):
        where: Location = ("target", "users", position)
        yield from _user(user, where, administrator, window)
    for position, group in enumerate(expected.groups):
        where = ("target", "groups", position)
        yield from _group(group, where, administrator, window)
    for position, name in enumerate(expected.absent):
        if administrator.user(name) or administrator.group(name):
            where = ("target", "absent", position)
            yield _about(where, f'no "{name}"', "the target holds it", name, window)
    for kind, count in expected.count.items():
        actual = administrator.count(kind.capitalize())
        if actual != count:
            where = ("target", "count", kind)
            yield _failure(where, count, actual, window.failures, ())


def _user(
    expected: Mapping[str, Any],
    where: Location,
    administrator: TargetAdministrator,
    window: Window,
) -> Iterator[Failure]:
    name = str(expected.get("userName"))
    actual = administrator.user(name)
    if actual is None:
        yield _about(where, f'a user "{name}"', "the target holds none", name, window)
        return
    wanted = dict(expected)
    if "manager" in wanted:
        yield from _manager(wanted.pop("manager"), actual, where, administrator, window)
    for key, expectation, found in differences(wanted, actual):
        yield _about((*where, *key), _json(expectation), _json(found), name, window)


def _manager(
    expected: Any,
    actual: Mapping[str, Any],
    where: Location,
    administrator: TargetAdministrator,
    window: Window,
) -> Iterator[Failure]:
    """A manager is expected by user name, and held as an id."""
    held = parse_path(MANAGER_ID).read(actual)
    name = administrator.name_of(held) if held else None
    if name != expected:
        user_name = str(actual.get("userName"))
        yield _about((*where, "manager"), _json(expected), _json(name), user_name, window)


MANAGER_ID = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"


def _group(
    expected: Mapping[str, Any],
    where: Location,
    administrator: TargetAdministrator,
    window: Window,
) -> Iterator[Failure]:
    name = str(expected.get("displayName"))
    actual = administrator.group(name)
    if actual is None:
        yield _about(where, f'a group "{name}"', "the target holds none", name, window)
        return
    wanted = dict(expected)
    if "members" in wanted:
        members = sorted(str(each) for each in wanted.pop("members") or [])
        held = sorted(administrator.name_of(each) for each in member_ids(actual))
        if members != held:
            yield _about((*where, "members"), _json(members), _json(held), name, window)
    for key, expectation, found in differences(wanted, actual):
        yield _about((*where, *key), _json(expectation), _json(found), name, window)


# -- comparing ---------------------------------------------------------------------------------


def differences(
    expected: Any, actual: Any, key: Location = ()
) -> Iterator[tuple[Location, Any, Any]]:
    """Where `actual` lacks what `expected` names; what is not named is not compared.

    Each element of an expected list must have its like in the actual one. A key may be an
    attribute path, such as `emails[type eq "work"].value`.
    """
    if isinstance(expected, Mapping):
        for name, wanted in expected.items():
            yield from differences(wanted, _at(actual, name), (*key, name))
    elif isinstance(expected, list):
        held = actual if isinstance(actual, list) else []
        for position, wanted in enumerate(expected):
            if not any(not list(differences(wanted, each)) for each in held):
                yield (*key, position), wanted, actual
    elif expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        yield key, expected, actual


def _at(actual: Any, name: str) -> Any:
    found = lookup(actual, name)
    if found is None and isinstance(actual, Mapping):
        try:
            return parse_path(name).read(actual)
        except PathError:
            return None
    return found


# -- explaining --------------------------------------------------------------------------------


def _about(where: Location, expected: str, actual: str, name: str, window: Window) -> Failure:
    """A failure about a user or a group, with what was sent and logged about it."""
    about = name.casefold()
    near = [each for each in window.exchanges if about in _sent(each).casefold()]
    entries = [e for e in window.entries if about in _names(e)]
    return _failure(where, expected, actual, entries, near, quoted=True)


def _sent(exchange: Exchange) -> str:
    return unquote_plus(str(exchange.request)) + exchange.body.decode("utf-8", errors="replace")


def _names(entry: LogEntry) -> str:
    values = getattr(entry.outcome.decision, "values", ())
    match = entry.outcome.match
    written = [str(each.value) for each in values] + [str(match.value) if match else ""]
    return " ".join([entry.outcome.name, *written]).casefold()


def _failure(
    where: Location,
    expected: Any,
    actual: Any,
    entries: Sequence[LogEntry],
    exchanges: Sequence[Exchange],
    *,
    quoted: bool = False,
) -> Failure:
    return Failure(
        location=where,
        expected=expected if quoted else str(expected),
        actual=actual if quoted else str(actual),
        requests=tuple(_shown(each) for each in exchanges[-NEAREST:]),
        reasons=tuple(reason(each) for each in entries[-NEAREST:]),
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


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
