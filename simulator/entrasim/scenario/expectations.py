"""Expectations: compare what a scenario expects with what was sent, logged, and is held now."""

from collections.abc import Iterator
from typing import Any

from entrasim.provisioning.job import JobStatusCode
from entrasim.scenario.comparing import Location, differences
from entrasim.scenario.explaining import Failure, Observed, about, as_json, failure
from entrasim.scenario.model.expectation import (
    Expectation,
    LogCounts,
    RequestExpectation,
    RequestShape,
    TargetExpectation,
)
from entrasim.scenario.recorder import Window
from entrasim.scenario.session import ProvisionedApplication
from entrasim.scenario.target_administrator import Resource, member_ids
from entrasim.scim.messages import ScimRequest
from entrasim.scim.path import parse_path
from entrasim.wire.recording import Exchange


def failures(expectation: Expectation, observed: Observed) -> list[Failure]:
    """Whatever does not hold.

    Raises:
        TargetProblem: the target cannot be read.
    """
    found: list[Failure] = []
    if expectation.requests is not None:
        found += _requests(expectation.requests, observed.window)
    if expectation.target is not None:
        found += _target(expectation.target, observed)
    if expectation.log is not None:
        found += _log(expectation.log, observed.window)
    if expectation.job is not None and observed.application is not None:
        found += _job(expectation.job, observed.application, observed.window)
    return found


# -- requests, log and job ---------------------------------------------------------------------


def _requests(expected: RequestExpectation, window: Window) -> Iterator[Failure]:
    if expected.none:
        yield from _no_requests(window)
    for key, count in expected.counts.items():
        actual = window.requests[key]
        if actual != count:
            near = [each for each in window.exchanges if _counts_as(each, key)]
            near = near or [each for each in window.exchanges if _writes_beside(each, key)]
            yield failure(("requests", key), count, actual, window.failures, near)
    for position, shape in enumerate(expected.matching):
        distances = [(_distance(shape, each), each) for each in window.exchanges]
        if not any(distance == 0 for distance, _ in distances):
            near = [each for _, each in sorted(distances, key=lambda pair: -pair[0])]
            shown = as_json(shape.model_dump(exclude_none=True))
            where = ("requests", "matching", position)
            yield failure(where, f"a request like {shown}", _none_of(window), (), near)


def _none_of(window: Window) -> str:
    """None was like that; of very many requests, only so many are kept and compared."""
    kept, sent = len(window.exchanges), window.requests.total()
    return "none" if kept == sent else f"none of the first {kept:,} of {sent:,} requests"


def _no_requests(window: Window) -> Iterator[Failure]:
    sent = {key: count for key, count in window.requests.items() if key != "probe" and count}
    if sent:
        shown = ", ".join(f"{key}: {count}" for key, count in sorted(sent.items()))
        near = [each for each in window.exchanges if not _counts_as(each, "probe")]
        yield failure(("requests",), "no requests but probes", shown, (), near)


def _counts_as(exchange: Exchange, key: str) -> bool:
    is_probe = exchange.request.purpose == "probe"
    return is_probe if key == "probe" else not is_probe and exchange.request.operation == key


def _writes_beside(exchange: Exchange, key: str) -> bool:
    """Whether another kind of write went to the endpoint of `key`."""
    method, _, endpoint = exchange.request.operation.partition(" ")
    return method != "GET" and endpoint == key.partition(" ")[2]


def _distance(shape: RequestShape, exchange: Exchange) -> int:
    """In how much a request differs from a shape; method and path weigh more than a body."""
    request = exchange.request
    distance = 0 if request.method == shape.method.upper() else 2 * _FAR
    if shape.path is not None and not _has_path(request, shape.path):
        distance += _FAR
    if shape.body is not None:
        distance += sum(1 for _ in differences(shape.body, request.body))
    return distance


_FAR = 1_000_000


def _has_path(request: ScimRequest, path: str) -> bool:
    """Whether this is the path of a request, alone or with its query; `{id}` is any id."""
    any_id = path.replace("{id}", request.path.rpartition("/")[2])
    return path == str(request).partition(" ")[2] or any_id == request.path


def _log(expected: LogCounts, window: Window) -> Iterator[Failure]:
    for action, statuses in expected.items():
        for status, count in statuses.items():
            actual = window.log[action.casefold(), status]
            if actual != count:
                near = [e for e in window.entries if e.outcome.action == action.casefold()]
                yield failure(("log", action, status), count, actual, near, ())


def _job(
    expected: JobStatusCode, application: ProvisionedApplication, window: Window
) -> Iterator[Failure]:
    if expected is not application.status:
        quarantine = application.job.quarantine
        because = f": {quarantine.error}" if quarantine else ""
        actual = f"{application.status}{because}"
        yield failure(("job",), expected, actual, window.failures, ())


# -- target ------------------------------------------------------------------------------------


def _target(expected: TargetExpectation, observed: Observed) -> Iterator[Failure]:
    for position, user in enumerate(expected.users):
        yield from _user(user, ("target", "users", position), observed)
    for position, group in enumerate(expected.groups):
        yield from _group(group, ("target", "groups", position), observed)
    for position, name in enumerate(expected.absent):
        held = observed.target.user(name) or observed.target.group(name)
        if held:
            where = ("target", "absent", position)
            yield about(where, f'no "{name}"', "the target holds it", name, held, observed)
    for kind, count in expected.count.items():
        actual = observed.target.count(kind.capitalize())
        if actual != count:
            yield failure(("target", "count", kind), count, actual, observed.window.failures, ())


def _user(expected: Resource, where: Location, observed: Observed) -> Iterator[Failure]:
    name = str(expected.get("userName"))
    actual = observed.target.user(name)
    if actual is None:
        yield about(where, f'a user "{name}"', "the target holds none", name, None, observed)
        return
    wanted = dict(expected)
    if "manager" in wanted:
        yield from _manager(wanted.pop("manager"), actual, where, observed)
    for key, expectation, found in differences(wanted, actual):
        yield about((*where, *key), as_json(expectation), as_json(found), name, actual, observed)


def _manager(
    expected: Any, actual: Resource, where: Location, observed: Observed
) -> Iterator[Failure]:
    """A manager is expected by user name, and held as an id."""
    held = parse_path(MANAGER_ID).read(actual)
    found = observed.target.name_of(held) if held else None
    if found != expected:
        where, name = (*where, "manager"), str(actual.get("userName"))
        yield about(where, as_json(expected), as_json(found), name, actual, observed)


MANAGER_ID = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"


def _group(expected: Resource, where: Location, observed: Observed) -> Iterator[Failure]:
    name = str(expected.get("displayName"))
    actual = observed.target.group(name)
    if actual is None:
        yield about(where, f'a group "{name}"', "the target holds none", name, None, observed)
        return
    wanted = dict(expected)
    if "members" in wanted:
        members = sorted(str(each) for each in wanted.pop("members") or [])
        held = sorted(observed.target.name_of(each) for each in member_ids(actual))
        if members != held:
            at = (*where, "members")
            yield about(at, as_json(members), as_json(held), name, actual, observed)
    for key, expectation, found in differences(wanted, actual):
        yield about((*where, *key), as_json(expectation), as_json(found), name, actual, observed)
