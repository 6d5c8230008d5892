"""The provisioning log: entries rendered as Graph's provisioningObjectSummary.

Source: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.directory.tenant import Tenant
from entrasim.provisioning.decisions import (
    Create,
    Delete,
    Skip,
    SkipReason,
    Update,
    UpdateReferences,
)
from entrasim.provisioning.error_codes import ErrorCode
from entrasim.provisioning.job import Job
from entrasim.provisioning.outcome import LogEntry, Outcome
from entrasim.scim.urns import ENTERPRISE_USER
from entrasim.scoping.scoping_filter import FilterEvaluation

Record = dict[str, Any]
SOURCE_SYSTEM: Final = "Azure Active Directory"
"""The name that the service still gives to the directory in its log."""

TRANSIENT: Final = frozenset(
    {
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.INTERNAL_SERVER_ERROR,
        ErrorCode.WEB_EXCEPTION_PROTOCOL_ERROR,
        ErrorCode.INTERNAL_ERROR,
        ErrorCode.TIMEOUT,
    }
)
"""Codes that the service retries by itself.

Source: https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs
"""


@dataclass(frozen=True, slots=True)
class LogRenderer:
    """Renders the entries of one job."""

    tenant: Tenant
    application: EnterpriseApplication
    job: Job

    def record(self, entry: LogEntry) -> Record:
        """One entry as the JSON object that Graph would return."""
        outcome = entry.outcome
        cycle_id = uuid5(UUID(self.application.id), f"{self.job.id}/cycle {entry.cycle}")
        change_id = str(uuid5(cycle_id, f"change {entry.number}"))
        stamp = entry.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "id": change_id,
            "activityDateTime": stamp,
            "tenantId": self.tenant.id,
            "jobId": self.job.id,
            "cycleId": str(cycle_id),
            "changeId": change_id,
            "provisioningAction": outcome.action,
            "durationInMilliseconds": 0,
            "initiatedBy": {
                "id": "",
                "displayName": "Azure AD Provisioning Service",
                "initiatorType": "system",
            },
            "servicePrincipal": {
                "id": self.application.id,
                "displayName": self.application.display_name,
            },
            "sourceSystem": {"id": self.tenant.id, "displayName": SOURCE_SYSTEM, "details": {}},
            "targetSystem": self._target_system(),
            "sourceIdentity": self._source_identity(outcome),
            "targetIdentity": _target_identity(outcome),
            "provisioningStatusInfo": status_info(outcome),
            "provisioningSteps": list(self._steps(outcome, stamp)),
            "modifiedProperties": list(modified_properties(outcome)),
        }

    def _target_system(self) -> Record:
        name = self.application.display_name
        details = {
            "ApplicationId": self.application.app_id,
            "ServicePrincipalId": self.application.id,
            "ServicePrincipalDisplayName": name,
        }
        return {"id": self.application.id, "displayName": name, "details": details}

    def _source_identity(self, outcome: Outcome) -> Record:
        kind = outcome.imported.object_type
        object_id = outcome.imported.object_id
        details = {"id": object_id, "odatatype": str(kind), "DisplayName": outcome.name}
        if user := self.tenant.users.get(object_id):
            details["UserPrincipalName"] = user.user_principal_name
        return {
            "id": object_id,
            "displayName": outcome.name,
            "identityType": str(kind),
            "details": details,
        }

    def _steps(self, outcome: Outcome, stamp: str) -> Iterator[Record]:
        """The steps in the order in which the portal shows them: matching before scoping."""
        name = f"{outcome.imported.object_type} '{outcome.name}'"
        if isinstance(outcome.decision, UpdateReferences):
            steps: Iterable[Record] = self._reference_steps(outcome, name)
        else:
            steps = self._object_steps(outcome, name)
        for step in steps:
            yield step | {"timestamp": stamp}

    def _object_steps(self, outcome: Outcome, name: str) -> Iterator[Record]:
        kind = outcome.imported.kind
        yield _step(
            f"EntryImport{kind}",
            "import",
            f"Received {name} change of type ({kind}) from {SOURCE_SYSTEM}",
        )
        if outcome.match is not None:
            yield _step("EntryImport", "matching", self._matched(outcome, name))
        if outcome.scope is not None:
            yield _step("EntrySynchronizationScoping", "scoping", *_scoping(outcome, name))
        yield from self._decided(outcome, name)

    def _matched(self, outcome: Outcome, name: str) -> str:
        target = self.application.display_name
        if outcome.target_id is None or isinstance(outcome.decision, Create):
            return f"No matching object was found for {name} in {target}"
        by = outcome.match.attribute if outcome.match else None
        how = f"by {by}" if by else "by its link"
        return f"Retrieved {name} from {target}, {how}, as {outcome.target_id}"

    def _decided(self, outcome: Outcome, name: str) -> Iterator[Record]:
        target = self.application.display_name
        match outcome.decision:
            case Skip(reason=reason, because=because):
                details = {"SkipReason": str(reason)}
                text = f"{name} will be skipped: {because}"
                yield _step("EntrySynchronizationSkip", "processing", text, details, "skipped")
            case Create():
                text = f"{name} will be created in {target}"
                yield _step("EntrySynchronizationAdd", "processing", text)
                yield _export("EntryExportAdd", outcome, name, "created", target)
            case Update():
                text = f"{name} will be updated in {target}"
                yield _step("EntrySynchronizationUpdate", "processing", text)
                yield _export("EntryExportUpdate", outcome, name, "updated", target)
            case Delete(because=because):
                text = f"{name} will be deleted in {target}: {because}"
                yield _step("EntrySynchronizationDelete", "processing", text)
                yield _export("EntryExportDelete", outcome, name, "deleted", target)
            case None if outcome.failure is not None:
                yield _step("EntryImport", "matching", outcome.failure.reason, {}, "failure")

    def _reference_steps(self, outcome: Outcome, name: str) -> Iterator[Record]:
        decision = outcome.decision
        assert isinstance(decision, UpdateReferences)
        for object_id in decision.unresolved:
            text = (
                f"Could not assign {object_id} as {decision.attribute} of {name}: "
                "it is not provisioned"
            )
            code = str(ErrorCode.UNABLE_TO_RESOLVE_REFERENCE)
            yield _step(code, "referenceResolution", text, {}, "warning")
        if decision.added or decision.removed or outcome.failure is not None:
            target = self.application.display_name
            yield _export("EntryExportUpdate", outcome, name, "updated", target)


def _step(
    name: str,
    kind: str,
    description: str,
    details: Record | None = None,
    status: str = "success",
) -> Record:
    return {
        "name": name,
        "provisioningStepType": kind,
        "status": status,
        "description": description,
        "details": details or {},
    }


def _export(step: str, outcome: Outcome, name: str, done: str, target: str) -> Record:
    if outcome.failure is not None:
        text = f"{name} was not {done} in {target}: {outcome.failure.reason}"
        return _step(step, "export", text, {}, "failure")
    return _step(step, "export", f"{name} was {done} in {target}")


def _scoping(outcome: Outcome, name: str) -> tuple[str, Record]:
    """Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand"""
    scope = outcome.scope
    assert scope is not None
    details = {
        "IsActive": str(scope.is_active),
        "Assigned": str(scope.assigned),
        "IsEffectivelyEntitledForProvisioning": str(scope.in_scope),
        "ScopeEvaluationResult": _filter_results(scope.filters),
    }
    verdict = "in scope" if scope.in_scope else f"not in scope: {scope.reason}"
    return f"{name} is {verdict}", details


def _filter_results(filters: FilterEvaluation) -> str:
    """Each clause with its truth, as JSON within the text.

    Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand
    """
    results = {each.key: each.holds for one in filters.filters for each in one}
    return json.dumps(results, ensure_ascii=False, separators=(",", ":"))


def _target_identity(outcome: Outcome) -> Record:
    is_user = outcome.imported.object_type is ObjectType.USER
    return {
        "id": outcome.target_id or "",
        "displayName": outcome.name if outcome.target_id else "",
        "identityType": ENTERPRISE_USER if is_user else "Group",
        "details": {},
    }


def status_info(outcome: Outcome) -> Record:
    """The status with its error information.

    Source: https://learn.microsoft.com/graph/api/resources/provisioningstatusinfo
    """
    return {"status": outcome.status, "errorInformation": _error_information(outcome)}


def _error_information(outcome: Outcome) -> Record | None:
    if outcome.failure is not None:
        code, reason = outcome.failure.code, outcome.failure.reason
        category = "nonServiceFailure" if code in TRANSIENT else "failure"
    elif isinstance(outcome.decision, Skip):
        code_text, reason, category = (
            str(outcome.decision.reason),
            outcome.decision.because,
            "success",
        )
        return _information(code_text, reason, category)
    else:
        return None
    return _information(str(code), reason, category)


def _information(code: str, reason: str, category: str) -> Record:
    return {
        "errorCode": code,
        "reason": reason,
        "additionalDetails": None,
        "errorCategory": category,
        "recommendedAction": RECOMMENDATIONS.get(code),
    }


def modified_properties(outcome: Outcome) -> Iterator[Record]:
    """What was written: Booleans as capitalised text, as Graph's samples show."""
    match outcome.decision:
        case Create(values=values):
            for each in values:
                yield _modified(each.path.text, None, each.value)
        case Update(changes=changes, previous=previous):
            for change, before in zip(changes, previous, strict=True):
                yield _modified(change.path.text, before, change.value)
        case UpdateReferences(attribute="manager", added=added, removed=removed):
            yield _modified("manager", ",".join(removed) or None, ",".join(added))
        case UpdateReferences(attribute=attribute, added=added, removed=removed):
            for object_id in added:
                yield _modified(attribute, None, object_id)
            for object_id in removed:
                yield _modified(attribute, object_id, None)


def _modified(name: str, old: Any, new: Any) -> Record:
    return {"displayName": name, "oldValue": _text(old), "newValue": _text(new)}


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return ",".join(str(each) for each in value)
    return None if value is None else str(value)


RECOMMENDATIONS: Final = {
    str(ErrorCode.CONFLICT): "Change the value that collides, in the directory or in the target",
    str(ErrorCode.DUPLICATE_TARGET_ENTRIES): "Make the matching attribute unique in the target",
    str(ErrorCode.DUPLICATE_SOURCE_ENTRIES): "Make the matching attribute unique in the directory",
    str(ErrorCode.INVALID_ANCHOR): "Restart provisioning with the reset scope Full",
    str(ErrorCode.UNAUTHORIZED): "Check the credentials",
    str(SkipReason.NOT_EFFECTIVELY_ENTITLED): "Assign the object, or widen the scope",
    str(SkipReason.IMPORT_SKIPPED): "Give the matching attribute a value",
}
