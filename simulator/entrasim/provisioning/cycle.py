"""The cycle: users, then groups, then references, as a sequence of phases.

    probe -> users -> groups -> managers -> group reads -> members

A phase is an iterable of tasks; it starts when every outcome of the one before has been accepted,
so that a manager or a member can be pointed at. Nothing here does I/O: a driver performs the
requests and hands the outcomes to `accept`, in the order of the tasks. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.provisioning.connection import ConnectionResult, test_connection
from entrasim.provisioning.connector_data_store import ObjectConnection
from entrasim.provisioning.context import CycleContext
from entrasim.provisioning.decisions import Skip, UpdateReferences
from entrasim.provisioning.importing import (
    ALWAYS_WATCHED,
    ImportedObject,
    import_all,
    import_changes,
    import_groups_of,
)
from entrasim.provisioning.job import Job
from entrasim.provisioning.outcome import LogEntry, Outcome
from entrasim.provisioning.quarantine import QuarantineReason, quarantined
from entrasim.provisioning.reference_resolution import (
    MemberWork,
    manager_needs_work,
    member_tasks,
    merged,
    plan_members,
    read_group,
    resolve_manager,
    unwritten,
)
from entrasim.provisioning.synchronization import synchronize
from entrasim.scim.messages import ScimRequest, ScimResponse


class CycleKind(StrEnum):
    """Whether everything is evaluated, or what changed since the watermark."""

    INITIAL = "initial"
    INCREMENTAL = "incremental"


@dataclass(frozen=True, slots=True)
class Phase:
    """Tasks that may run at the same time, `concurrency` of them; `accept` takes each result."""

    name: str
    tasks: Iterable[Generator[ScimRequest, ScimResponse, Any]]
    accept: Callable[[Any], None]
    concurrency: int = 1


class Cycle:
    """One cycle of one job.

    Args:
        job: What the service remembers; outcomes are applied to it as they come.
        context: Everything that the steps know.
        record: Takes each entry of the provisioning log, in order.
        concurrency: How many objects are provisioned at a time.
    """

    def __init__(
        self,
        job: Job,
        context: CycleContext,
        record: Callable[[LogEntry], None],
        *,
        concurrency: int = 1,
    ) -> None:
        self.job = job
        self.context = context
        self.kind = CycleKind.INITIAL if job.watermark is None else CycleKind.INCREMENTAL
        self.connection: ConnectionResult | None = None
        self._record = record
        self._concurrency = concurrency
        self._entries = 0
        self._reached = context.tenant.changes.last
        self._imported: dict[str, ImportedObject] = {}
        self._managers: list[ImportedObject] = []
        self._groups: list[tuple[Outcome, bool]] = []
        self._members: list[Outcome] = []

    def phases(self) -> Iterator[Phase]:
        """The phases, to be performed one after the other.

        A cycle whose probe fails ends there, with the job in quarantine. The watermark moves when
        everything is through: a cycle that was cut off is done again.
        """
        self.job.cycles += 1
        yield Phase("probe", [self._probe()], self._accept_probe)
        if self.connection is None or not self.connection.ok:
            return
        if self.kind is CycleKind.INCREMENTAL:
            self._import_changes()
        yield self._objects("users", ObjectType.USER)
        if self.context.configuration.group_mapping.enabled:
            yield self._objects("groups", ObjectType.GROUP)
        managers = (resolve_manager(self.context, each) for each in self._managers)
        yield Phase("managers", managers, self._accept_manager, self._concurrency)
        yield from self._member_phases()
        self.job.watermark = self._reached
        self.job.next_due = self.context.now + self.context.settings.interval

    # -- probe ---------------------------------------------------------------------------------

    def _probe(self) -> Generator[ScimRequest, ScimResponse, ConnectionResult]:
        return test_connection(self.context.configuration, self.context.evaluation.random)

    def _accept_probe(self, result: ConnectionResult) -> None:
        self.connection = result
        if result.ok:
            self.job.quarantine = None
            return
        self.job.quarantine = quarantined(
            self.job.quarantine,
            QuarantineReason.ENCOUNTERED_QUARANTINE_EXCEPTION,
            str(result),
            now=self.context.now,
        )

    # -- users and groups ----------------------------------------------------------------------

    def _import_changes(self) -> None:
        """Collect what changed since the watermark, and what is due for another attempt."""
        context, watermark = self.context, self.job.watermark
        assert watermark is not None
        mappings = [flow.mapping.source_attributes for flow in context.flows.values()]
        changed = import_changes(
            context.tenant.since(watermark),
            context.tenant,
            context.application.id,
            watched=ALWAYS_WATCHED.union(context.configuration.filtered_attributes, *mappings),
        )
        for each in (*self.job.escrow.due(context.now), *changed):
            self._import(each)

    def _import(self, imported: ImportedObject) -> None:
        known = self._imported.get(imported.object_id)
        merged_import = imported.merged_with(known) if known else imported
        self._imported[imported.object_id] = merged_import

    def _objects(self, name: str, object_type: ObjectType) -> Phase:
        tasks = (synchronize(self.context, each) for each in self._to_look_at(object_type))
        return Phase(name, tasks, self._accept_object, self._concurrency)

    def _to_look_at(self, object_type: ObjectType) -> Iterable[ImportedObject]:
        if self.kind is CycleKind.INCREMENTAL:
            return [each for each in self._imported.values() if each.object_type is object_type]
        return import_all(
            object_type,
            self.context.tenant,
            self.context.application.id,
            self.context.configuration.scope,
            self.job.links,
        )

    def _accept_object(self, outcome: Outcome) -> None:
        known = self.job.links.of_source(outcome.imported.object_id)
        is_new = known is None
        if outcome.imported.object_type is ObjectType.GROUP:
            self._groups.append((outcome, is_new))
            references_follow = outcome.connection is not None
        else:
            references_follow = manager_needs_work(self.context, outcome, is_new=is_new)
            if references_follow:
                self._managers.append(outcome.imported)
            if self.context.settings.remove_out_of_scope_members:
                self._follow_scope(known, outcome)
        self._apply(outcome, done=not references_follow)

    def _follow_scope(self, known: ObjectConnection | None, outcome: Outcome) -> None:
        """Import the groups of a linked user whose entitlement has just ended or begun."""
        if known is None or outcome.connection is None:
            return
        if known.managed != outcome.connection.managed:
            for each in import_groups_of(
                known.source_id,
                self.context.tenant,
                self.job.links,
                left_scope=known.managed,
            ):
                self._import(each)

    # -- references ----------------------------------------------------------------------------

    def _accept_manager(self, outcome: Outcome) -> None:
        """A manager that the target holds already is no news for the log."""
        self._apply(outcome, log=not isinstance(outcome.decision, Skip))

    def _member_phases(self) -> Iterator[Phase]:
        planned = self._planned_members()
        unreadable: set[str] = set()

        def accept_read(outcome: Outcome) -> None:
            group_id = outcome.imported.object_id
            if outcome.failure is not None:
                unreadable.add(group_id)
                left_out = planned[group_id].outcome(unresolved=planned[group_id].unresolved)
                self._apply_members([left_out, outcome])

        reads = (read_group(self.context, work) for work in planned.values() if work.writes)
        yield Phase("group reads", reads, accept_read, self._concurrency)
        readable = (work for group_id, work in planned.items() if group_id not in unreadable)
        tasks = (task for work in readable for task in member_tasks(self.context, work))
        concurrency = max(self.context.settings.member_concurrency, self._concurrency)
        yield Phase("members", tasks, self._accept_member, concurrency)
        self._flush_members()

    def _planned_members(self) -> dict[str, MemberWork]:
        planned = {}
        for outcome, is_new in self._groups:
            group_id = outcome.imported.object_id
            waiting = self.job.waiting_members.get(group_id, frozenset())
            work = plan_members(self.context, outcome, waiting, is_new=is_new)
            if work is not None:
                planned[group_id] = work
            elif outcome.failure is None:
                self.job.escrow.release(group_id)
        return planned

    def _accept_member(self, outcome: Outcome) -> None:
        """Collect the outcomes of one group: they make one entry of the log."""
        if self._members and self._members[0].imported.object_id != outcome.imported.object_id:
            self._flush_members()
        self._members.append(outcome)

    def _flush_members(self) -> None:
        if self._members:
            self._apply_members(self._members)
            self._members = []

    def _apply_members(self, outcomes: list[Outcome]) -> None:
        outcome = merged(outcomes)
        assert isinstance(outcome.decision, UpdateReferences)
        decision, group_id = outcome.decision, outcome.imported.object_id
        known = self.job.waiting_members.get(group_id, frozenset())
        waiting = known.union(decision.unresolved).difference(decision.added, decision.removed)
        self.job.waiting_members[group_id] = waiting
        self._apply(outcome, retry=unwritten(outcomes))

    # -- taking outcomes -----------------------------------------------------------------------

    def _apply(
        self,
        outcome: Outcome,
        *,
        log: bool = True,
        done: bool = True,
        retry: ImportedObject | None = None,
    ) -> None:
        """Let the job remember what came of an object, and note it in the log.

        Args:
            outcome: What came of it.
            log: Whether it is worth an entry.
            done: Whether nothing follows in a later phase, so that the object leaves escrow.
            retry: What has to be imported again after a failure; by default what was imported.
        """
        object_id, failure, now = outcome.imported.object_id, outcome.failure, self.context.now
        if outcome.unlink:
            self.job.links.forget(object_id)
        elif outcome.connection is not None:
            self.job.links.remember(outcome.connection)
        if failure is not None:
            again = retry or outcome.imported
            self.job.escrow.add(again, failure.code, failure.reason, now=now)
        elif done:
            self.job.escrow.release(object_id)
        if log:
            self._log(outcome)

    def _log(self, outcome: Outcome) -> None:
        self._entries += 1
        number, cycle = self._entries, self.job.cycles
        entry = LogEntry(at=self.context.now, cycle=cycle, number=number, outcome=outcome)
        self._record(entry)
