"""The plan on the console and as JSON: a tree of assignments that shows where nesting stops."""

from typing import Any

import click

from entrasim.directory.assignment import ObjectType
from entrasim.provisioning.plan import Answer, Branch, Plan, Verdict
from entrasim_kit.planning import PlannedFile

SHOWN_MEMBERS = 10
"""How many members of one group the console shows of each kind; JSON has them all."""


def show_plan(planned: PlannedFile) -> None:
    """The plan for a person."""
    click.secho(f"{planned.application}: what a first cycle would do", bold=True)
    if planned.explained is not None:
        click.echo(_line(planned.explained))
    if planned.plan is not None:
        _show(planned.plan)
    if planned.answers is not None:
        click.secho("\nThe target was asked:", bold=True)
        for answer in planned.answers:
            click.echo(f"  {answer.name}: {answered(answer)}")
    if planned.unreachable:
        click.secho(f"\nThe target could not be asked: {planned.unreachable}", fg="red")


def _show(plan: Plan) -> None:
    users, groups = counted(plan.users, "user"), counted(plan.groups, "group")
    click.echo(f"{users} and {groups} would be provisioned\n")
    for branch in plan.tree:
        _show_branch(branch)
    if plan.near_misses:
        click.secho("\nNear misses:", bold=True)
        for each in plan.near_misses:
            click.echo(f"  {each.name} {each.reason}")
    others = " and ".join(counted(count, kind) for kind, count in plan.others.items())
    if others:
        click.echo(f"\nNot assigned: {others}")


def _show_branch(branch: Branch) -> None:
    click.echo(f"  {_line(branch.verdict)}")
    inside = [each for each in branch.children if each.verdict.provisioned]
    outside = [each for each in branch.children if not each.verdict.provisioned]
    for listed in (inside, outside):
        for child in listed[:SHOWN_MEMBERS]:
            click.echo(f"      {_line(child.verdict)}")
            if child.beyond:
                click.echo(
                    f"          nesting stops here: {counted(child.beyond, 'user')} beyond it out"
                )
        if len(listed) > SHOWN_MEMBERS:
            click.echo(f"      ... and {len(listed) - SHOWN_MEMBERS} more")


def counted(number: int, kind: str) -> str:
    """`1 user`, `2 users`."""
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"


def _line(verdict: Verdict) -> str:
    mark = click.style("+", fg="green") if verdict.provisioned else click.style("-", fg="red")
    kind = "group " if verdict.object_type is ObjectType.GROUP else ""
    joint = ": " if verdict.provisioned else " "
    return f"{mark} {kind}{verdict.name}{joint}{verdict.reason}"


def answered(answer: Answer) -> str:
    """What the target said about one object, in words."""
    if answer.failure is not None:
        return f"{answer.failure.code}, {answer.failure.reason}"
    return f"exists as {answer.target_id}, would be matched" if answer.target_id else "is new"


def plan_json(planned: PlannedFile) -> dict[str, Any]:
    """The plan for programs."""
    document: dict[str, Any] = {
        "file": str(planned.file),
        "application": planned.application,
        "exitStatus": int(planned.status),
    }
    if planned.explained is not None:
        document["explained"] = _verdict(planned.explained)
    if (plan := planned.plan) is not None:
        document |= {
            "users": plan.users,
            "groups": plan.groups,
            "assignments": [_branch(each) for each in plan.tree],
            "nearMisses": [_verdict(each) for each in plan.near_misses],
            "notAssigned": dict(plan.others),
        }
    if planned.answers is not None:
        document["target"] = [_answer(each) for each in planned.answers]
    if planned.unreachable:
        document["unreachable"] = planned.unreachable
    return document


def _branch(branch: Branch) -> dict[str, Any]:
    members = [_branch(each) for each in branch.children]
    return _verdict(branch.verdict) | {"members": members, "beyondNesting": branch.beyond}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "type": str(verdict.object_type),
        "id": verdict.object_id,
        "name": verdict.name,
        "provisioned": verdict.provisioned,
        "reason": verdict.reason,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    failure = answer.failure
    return {
        "name": answer.name,
        "targetId": answer.target_id,
        "error": None if failure is None else {"code": failure.code, "reason": failure.reason},
    }
