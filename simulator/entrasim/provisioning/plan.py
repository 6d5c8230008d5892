"""The plan: who would be provisioned and who not, each with the reason. Nothing is sent.

It is a view of the same scope evaluations that a cycle acts on. Near misses, objects that something
keeps out although they are close to an assignment, are told in full; the rest is counted.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.user import User
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.source_attributes import SourceObject
from entrasim.provisioning.context import CycleContext
from entrasim.provisioning.error_codes import ExportFailure
from entrasim.provisioning.matching import find_existing
from entrasim.provisioning.outcome import Failure
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scoping.assignment_scope import SyncScope, candidates
from entrasim.scoping.scope import ScopeEvaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether one object would be provisioned, and why."""

    object_type: ObjectType
    object_id: str
    name: str
    provisioned: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A node in the tree of assignments.

    `children` are the direct members of an assigned group. A nested group has none here, because
    that is where assignments stop; `beyond` counts the users whom it keeps out.
    """

    verdict: Verdict
    children: tuple["Branch", ...] = ()
    beyond: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a first cycle would do."""

    users: int
    groups: int
    tree: tuple[Branch, ...]
    near_misses: tuple[Verdict, ...]
    others: Counter[str]


def plan(context: CycleContext) -> Plan:
    """Judge the whole tenant. The time it takes is linear in the tenant."""
    counted: Counter[ObjectType] = Counter()
    for object_type, object_id in _population(context):
        counted[object_type] += verdict(context, object_id).provisioned
    near = tuple(near_misses(context))
    return Plan(
        users=counted[ObjectType.USER],
        groups=counted[ObjectType.GROUP],
        tree=tuple(_branches(context)),
        near_misses=near,
        others=_others(context, near, counted),
    )


def _population(context: CycleContext) -> Iterable[tuple[ObjectType, str]]:
    tenant = context.tenant
    if context.configuration.scope is SyncScope.ASSIGNED:
        yield from candidates(tenant, context.application.id)
        return
    yield from ((ObjectType.USER, each) for each in tenant.users)
    yield from ((ObjectType.GROUP, each) for each in tenant.groups)


def _others(
    context: CycleContext, near: tuple[Verdict, ...], counted: Counter[ObjectType]
) -> Counter[str]:
    """How many users and groups are out without being near: under *assigned*, all unassigned."""
    missed = Counter(each.object_type for each in near if not each.provisioned)
    users, groups = ObjectType.USER, ObjectType.GROUP
    far = {
        "user": len(context.tenant.users) - counted[users] - missed[users],
        "group": len(context.tenant.groups) - counted[groups] - missed[groups],
    }
    return Counter({kind: number for kind, number in far.items() if number > 0})


def verdict(context: CycleContext, object_id: str) -> Verdict:
    """Judge one object of the directory, and say why in a sentence's predicate."""
    source = context.object(object_id)
    assert source is not None
    object_type = ObjectType.USER if isinstance(source, User) else ObjectType.GROUP
    try:
        scope = context.scope(source)
        obstacle = _obstacle(context, object_type, source, scope)
        through = "" if obstacle else _through(context, scope)
    except EvaluationError as error:
        obstacle, through = f"fails: {error}", ""
    return Verdict(
        object_type=object_type,
        object_id=object_id,
        name=source.display_name,
        provisioned=not obstacle,
        reason=obstacle or through,
    )


def _obstacle(
    context: CycleContext, object_type: ObjectType, source: User | Group, scope: ScopeEvaluation
) -> str:
    """What keeps the object out, or nothing."""
    flow = context.flows[object_type]
    if not flow.mapping.enabled:
        return "group mapping is off, so groups only bring their members in"
    seen = SourceObject(source, is_soft_deleted=not scope.in_scope, roles=scope.roles)
    if not list(flow.matching_values(seen, context.evaluation)):
        names = ", ".join(each.target.text for each in flow.mapping.matching)
        return f"has no value for the matching attribute {names}"
    if scope.in_scope:
        return ""
    if not scope.assigned and (nesting := _nesting(context, source)):
        return nesting
    return f"is {scope.reason}"


def _nesting(context: CycleContext, source: User | Group) -> str:
    """Why a member of a nested group stays out, or nothing when it is in none."""
    assigned = context.tenant.assignments(context.application.id)
    for chain in context.tenant.memberships.ways_up(source.id):
        if chain[-1] in assigned:
            names = [context.tenant.groups[each].display_name for each in chain]
            return _chain_in_words(source, names)
    return ""


def _chain_in_words(source: User | Group, names: list[str]) -> str:
    if isinstance(source, Group):
        nested = ", which is nested in ".join(names)
        return f"is nested in {nested}; assignments do not cascade"
    first, *above = names
    nested = "".join(f", which is nested in {each}" for each in above)
    return f"is a member of {first}{nested}; assignments do not cascade"


def _through(context: CycleContext, scope: ScopeEvaluation) -> str:
    if context.configuration.scope is SyncScope.ALL:
        return "all users and groups are synchronized"
    ways = []
    for each in scope.entitlements:
        if each.group_id is None:
            ways.append("assigned")
        else:
            group = context.tenant.groups[each.group_id].display_name
            ways.append(f"direct member of {group}")
    return ", ".join(ways)


def near_misses(context: CycleContext) -> Iterator[Verdict]:
    """Whoever stays out although assigned, a member of an assigned group, or nested below one."""
    if context.configuration.scope is SyncScope.ALL:
        ids: Iterable[str] = (object_id for _, object_id in _population(context))
    else:
        ids = _near(context)
    for object_id in ids:
        judged = verdict(context, object_id)
        if not judged.provisioned:
            yield judged


def _near(context: CycleContext) -> Iterator[str]:
    """The assigned, their direct members, and everybody nested below, each once."""
    tenant = context.tenant
    seen: set[str] = set()
    queue = [object_id for _, object_id in candidates(tenant, context.application.id)]
    for object_id in queue:  # grows while it is read: breadth first
        if object_id in seen:
            continue
        seen.add(object_id)
        yield object_id
        if object_id in tenant.groups:
            queue.extend(tenant.members(object_id))


def _branches(context: CycleContext) -> Iterator[Branch]:
    tenant = context.tenant
    for principal_id in tenant.assignments(context.application.id):
        if tenant.holds(principal_id):
            children = tuple(
                _leaf(context, member_id) for member_id in tenant.members(principal_id)
            )
            yield Branch(verdict=verdict(context, principal_id), children=children)


def _leaf(context: CycleContext, object_id: str) -> Branch:
    beyond = 0
    if object_id in context.tenant.groups:
        beyond = sum(
            not context.scope(context.tenant.users[each]).in_scope
            for each in _users_below(context, object_id)
        )
    return Branch(verdict=verdict(context, object_id), beyond=beyond)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the target said about one object: its id there, None for a new one, or a failure."""

    name: str
    target_id: str | None = None
    failure: Failure | None = None


def provisioned_ids(context: CycleContext) -> Iterator[str]:
    """The ids of everything that a first cycle would provision."""
    for _, object_id in _population(context):
        if verdict(context, object_id).provisioned:
            yield object_id


def ask(context: CycleContext, object_id: str) -> Generator[ScimRequest, ScimResponse, Answer]:
    """Look for one object in the target, by its matching attributes. Only GETs are sent."""
    source = context.object(object_id)
    assert source is not None
    object_type = ObjectType.USER if isinstance(source, User) else ObjectType.GROUP
    scope = context.scope(source)
    seen = SourceObject(source, is_soft_deleted=not scope.in_scope, roles=scope.roles)
    values = list(context.flows[object_type].matching_values(seen, context.evaluation))
    try:
        existing, _ = yield from find_existing(context, object_type, values, None)
    except ExportFailure as failure:
        why = Failure(failure.code, failure.reason)
        return Answer(name=source.display_name, failure=why)
    return Answer(name=source.display_name, target_id=str(existing["id"]) if existing else None)


def _users_below(context: CycleContext, group_id: str) -> list[str]:
    """The users in a group and in the groups nested below it, each once."""
    seen, queue = {group_id}, [group_id]
    for object_id in queue:
        for member_id in (
            context.tenant.members(object_id) if object_id in context.tenant.groups else ()
        ):
            if member_id not in seen:
                seen.add(member_id)
                queue.append(member_id)
    return [each for each in queue if each in context.tenant.users]
