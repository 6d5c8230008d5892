from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from entrasim.directory.fake import (
    CompanyPlan,
    Decision,
    FakeCompany,
    Join,
    Leave,
    Move,
    Rates,
    Return,
    churn,
)
from entrasim.directory.fake.churn import MOVES
from entrasim.directory.tenant import Tenant

STARTS_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLAN = CompanyPlan(
    domain="contoso.example", users=400, guests=5, seed=7, locales=("ru_RU", "it_IT")
)
RATES = Rates(joiners=0.05, movers=0.1, leavers=0.05, returners=0.5)


class Played:
    """A company in a tenant, to which months of churn are applied."""

    def __init__(self, plan: CompanyPlan) -> None:
        self.company = FakeCompany(plan)
        self.tenant = Tenant(plan.domain)
        self.tenant.load_users(self.company.users())
        self.ever = plan.users
        self.left: set[str] = set()

    def decisions(self, month: int, rates: Rates = RATES) -> Iterator[Decision]:
        return churn(
            self.company,
            month=month,
            rates=rates,
            users=self.tenant.users,
            recycle_bin=self.tenant.recycle_bin,
            ever=self.ever,
        )

    def play(self, month: int, rates: Rates = RATES) -> list[Decision]:
        decisions = []
        for decision in self.decisions(month, rates):
            decisions.append(decision)
            match decision:
                case Join(number, user):
                    assert number == self.ever
                    self.ever += 1
                    self.tenant.create_user(user)
                case Move(user_id, values):
                    self.tenant.update_user(user_id, values)
                case Leave(user_id):
                    self.tenant.delete_user(user_id, at=STARTS_AT)
                case Return(user_id):
                    self.tenant.restore_user(user_id)
        return decisions


def kinds(decisions: list[Decision]) -> Counter[str]:
    return Counter(type(each).__name__ for each in decisions)


def test_rates_are_kept_exactly():
    played = Played(PLAN)

    assert kinds(played.play(1)) == {"Join": 20, "Move": 40, "Leave": 20}
    assert kinds(played.play(2)) == {"Return": 10, "Join": 20, "Move": 40, "Leave": 20}


def test_no_rates_no_changes():
    assert list(Played(PLAN).decisions(1, Rates())) == []


def test_a_month_is_the_same_every_time_whether_or_not_it_is_carried_out_meanwhile():
    here, there = Played(PLAN), Played(PLAN)
    for month in range(3):
        decided = list(there.decisions(month))
        assert decided == here.play(month) == there.play(month)


def test_another_month_or_another_seed_is_different():
    first = leavers(Played(PLAN), 1)

    assert first != leavers(Played(PLAN), 2)
    assert first != leavers(Played(replace(PLAN, seed=8)), 1)


def leavers(played: Played, month: int) -> set[str]:
    return {each.user_id for each in played.decisions(month) if isinstance(each, Leave)}


@pytest.mark.parametrize("plan", [PLAN, replace(PLAN, hard=True)], ids=["plain", "hard"])
def test_two_years_of_churn_fit_into_a_tenant(plan: CompanyPlan):
    played = Played(plan)

    for month in range(24):
        played.play(month)

    names = {each.user_principal_name.casefold() for each in played.tenant.users.values()}
    assert len(names) == len(played.tenant.users) > 600
    assert played.ever > 900
    assert max(len(each.partition("@")[0]) for each in names) <= 64


def test_nobody_who_moves_gets_into_a_circle_of_managers():
    played = Played(PLAN)
    for month in range(24):
        played.play(month)

    everybody = {**played.tenant.users, **{k: v.user for k, v in played.tenant.recycle_bin.items()}}
    for user in everybody.values():
        above = [user.id]
        while (manager := everybody[above[-1]].manager) is not None:
            assert manager not in above
            above.append(manager)


def test_the_heads_stay_and_guests_are_left_alone():
    played = Played(PLAN)
    stay = {each.id for each in played.tenant.users.values() if each.user_type == "Guest"} | {
        each.id
        for each in played.tenant.users.values()
        if str(each.job_title).startswith(("Chief", "Head of"))
    }

    for month in range(12):
        touched = {e.user_id for e in played.play(month) if not isinstance(e, Join)}
        assert not touched & stay


def test_whoever_joins_is_the_next_person_and_has_a_manager_who_is_there():
    played = Played(PLAN)

    for month in range(12):
        there = {*played.tenant.users}
        decisions = played.play(month, replace(RATES, leavers=0.3, returners=0.0))
        there -= {each.user_id for each in decisions if isinstance(each, Leave)}
        for join in (each for each in decisions if isinstance(each, Join)):
            assert replace(join.user, manager=None) == replace(
                played.company.person(join.number), manager=None
            )
            assert join.user.manager in there
            there.add(join.user.id)


def test_every_way_to_move_occurs_and_changes_what_it_says():
    played = Played(PLAN)
    users = dict(played.tenant.users)
    moves = [each for each in played.decisions(1, Rates(movers=0.5)) if isinstance(each, Move)]

    assert {frozenset(each.values) for each in moves} == {
        frozenset({"department", "job_title", "manager"}),
        frozenset({"manager"}),
        frozenset({"surname", "display_name", "user_principal_name"}),
        frozenset(
            {
                "physical_delivery_office_name",
                "street_address",
                "city",
                "state",
                "postal_code",
                "telephone_number",
            }
        ),
    }
    assert len(MOVES) == 4
    for move in moves:
        old = users[move.user_id]
        first = next(iter(move.values))
        assert move.values[first] != getattr(old, first)


def test_a_new_surname_shows_in_the_display_name_and_in_the_user_principal_name():
    played = Played(PLAN)
    users = dict(played.tenant.users)
    moves = [each for each in played.decisions(1, Rates(movers=0.5)) if isinstance(each, Move)]

    for move in (each for each in moves if "surname" in each.values):
        old = users[move.user_id]
        assert move.values["display_name"] == f"{old.given_name} {move.values['surname']}"
        assert move.values["user_principal_name"].startswith(f"{old.mail_nickname}-")
