"""Synchronization: one object's way through a cycle, from import to export.

Each function here is a generator: it yields requests and is sent responses; whatever goes wrong
with the object becomes part of its outcome and never stops the cycle. References (managers,
members) follow in a later phase, see `reference_resolution`.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.user import User
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.flow import TargetValue
from entrasim.mapping.source_attributes import SourceObject
from entrasim.provisioning.connector_data_store import ObjectConnection
from entrasim.provisioning.context import CycleContext
from entrasim.provisioning.decisions import Create, Decision, Delete, Skip, SkipReason, Update
from entrasim.provisioning.error_codes import ExportFailure
from entrasim.provisioning.export import export_creation, export_deletion, export_update
from entrasim.provisioning.importing import ImportedObject
from entrasim.provisioning.matching import (
    MatchingValues,
    Resource,
    find_existing,
    refuse_double_link,
)
from entrasim.provisioning.outcome import Failure, Outcome, Task
from entrasim.provisioning.processing import (
    decide_deletion,
    decide_group,
    decide_user,
    leave_alone,
)
from entrasim.provisioning.unique_values import target_values
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scoping.scope import ScopeEvaluation


def synchronize(context: CycleContext, imported: ImportedObject) -> Task:
    """Take one imported object through matching, scoping, processing and export."""
    source = context.object(imported.object_id)
    link = context.links.of_source(imported.object_id)
    name = imported.object_id if source is None else source.display_name
    outcome = Outcome(imported=imported, name=name, target_id=link.target_id if link else None)
    try:
        scope = context.scope(source)
    except EvaluationError as error:
        return failed(outcome, ExportFailure(error.code, str(error)))
    outcome = replace(outcome, scope=scope)
    if source is None:
        return (yield from _finish_deletion(context, outcome, link))
    return (yield from _synchronize(context, outcome, source, scope, link))


def _synchronize(
    context: CycleContext,
    outcome: Outcome,
    source: User | Group,
    scope: ScopeEvaluation,
    link: ObjectConnection | None,
) -> Task:
    object_type = outcome.imported.object_type
    seen = SourceObject(source, is_soft_deleted=not scope.in_scope, roles=scope.roles)
    flow = context.flows[object_type]
    try:
        matching = list(flow.matching_values(seen, context.evaluation))
        skip = _without_matching_value(matching) or leave_alone(
            scope, linked=link is not None, still_managed=link is not None and link.managed
        )
        if skip is not None:
            return replace(outcome, decision=skip)
        if object_type is ObjectType.GROUP and not scope.in_scope:
            return (yield from _delete(context, outcome, scope.reason, link))
        return (yield from _provision(context, outcome, seen, scope, link, matching))
    except EvaluationError as error:
        return failed(outcome, ExportFailure(error.code, str(error)))


def _without_matching_value(matching: MatchingValues) -> Skip | None:
    """Source: https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs"""
    if matching:
        return None
    return Skip(SkipReason.IMPORT_SKIPPED, "it has no value for any matching attribute")


def _provision(
    context: CycleContext,
    outcome: Outcome,
    seen: SourceObject,
    scope: ScopeEvaluation,
    link: ObjectConnection | None,
    matching: MatchingValues,
) -> Task:
    object_type = outcome.imported.object_type
    try:
        existing, match = yield from find_existing(context, object_type, matching, link)
        if existing is not None:
            refuse_double_link(context, object_type, seen.object.id, existing)
            outcome = replace(outcome, target_id=str(existing["id"]))
        outcome = replace(outcome, match=match)
        values = yield from target_values(context, object_type, seen, creating=existing is None)
        decision = _decide(context, object_type, values, scope, existing)
        outcome = replace(outcome, decision=decision)
        target_id = yield from _export(context, object_type, outcome.target_id, decision)
    except ExportFailure as failure:
        return failed(outcome, failure)
    if target_id is None:
        return outcome
    connection = ObjectConnection(seen.object.id, target_id, object_type, managed=scope.is_entitled)
    return replace(outcome, target_id=target_id, connection=connection)


def _decide(
    context: CycleContext,
    object_type: ObjectType,
    values: list[TargetValue],
    scope: ScopeEvaluation,
    existing: Resource | None,
) -> Decision:
    if existing is None and not context.settings.send_empty_text:
        values = [each for each in values if each.value != ""]
    decide = decide_user if object_type is ObjectType.USER else decide_group
    return decide(context.flows[object_type].mapping, scope, values, existing)


def _export(
    context: CycleContext, object_type: ObjectType, target_id: str | None, decision: Decision
) -> Generator[ScimRequest, ScimResponse, str | None]:
    """Send what was decided; the id of the object of the target comes back."""
    match decision:
        case Create():
            return (yield from export_creation(object_type, decision))
        case Update():
            assert target_id is not None
            yield from export_update(context, object_type, target_id, decision)
    return target_id


def _finish_deletion(
    context: CycleContext, outcome: Outcome, link: ObjectConnection | None
) -> Task:
    """An object that the directory deleted for good: what was linked is deleted."""
    if link is None:
        because = "deleted in the directory before it was ever provisioned"
        return replace(outcome, decision=Skip(SkipReason.NOT_EFFECTIVELY_ENTITLED, because))
    return (yield from _delete(context, outcome, "deleted in the directory for good", link))


def _delete(
    context: CycleContext, outcome: Outcome, because: str, link: ObjectConnection | None
) -> Task:
    assert link is not None
    decision = decide_deletion(context.flows[link.object_type].mapping, because)
    outcome = replace(outcome, decision=decision)
    if not isinstance(decision, Delete):
        return outcome
    try:
        yield from export_deletion(link.object_type, link.target_id)
    except ExportFailure as failure:
        return failed(outcome, failure)
    return replace(outcome, unlink=True)


def failed(outcome: Outcome, failure: ExportFailure, **values: Any) -> Outcome:
    """The outcome of an object that could not be provisioned."""
    return replace(outcome, failure=Failure(failure.code, failure.reason), **values)
