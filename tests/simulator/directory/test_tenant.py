"""The tenant: what it refuses, its recycle bin, and its log of changes."""

from datetime import UTC, datetime, timedelta

import pytest

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.change_log import ChangeKind
from entrasim.directory.errors import DirectoryError
from entrasim.directory.group import Group, GroupKind
from entrasim.directory.license import License
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User

APP = EnterpriseApplication(id="app", app_id="reg", display_name="Lumen Desk")
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def user(name: str, **attributes: str) -> User:
    return User(
        id=name,
        user_principal_name=f"{name}@contoso.example",
        display_name=name.title(),
        mail_nickname=name,
        **attributes,
    )


def tenant(license: License = License.P1) -> Tenant:
    made = Tenant("contoso.example", license=license)
    made.create_application(APP)
    made.create_user(user("ana", department="Sales"))
    made.create_group(Group(id="team", display_name="Team"))
    made.add_member("team", "ana")
    return made


@pytest.mark.parametrize(
    ("license", "group", "message"),
    [
        (
            License.FREE,
            Group(id="g", display_name="Staff"),
            '"Staff" cannot be assigned: assigning a group needs the license P1 or P2; '
            "set tenant.license or assign its members one by one",
        ),
        (
            License.P1,
            Group(
                id="g", display_name="Mail", kind=GroupKind.MICROSOFT_365, security_enabled=False
            ),
            '"Mail" cannot be assigned: it is not security-enabled; '
            "set securityEnabled: true on the group or assign another",
        ),
    ],
    ids=["free", "not security-enabled"],
)
def test_groups_that_cannot_be_assigned(license: License, group: Group, message: str) -> None:
    made = tenant(license)
    made.create_group(group)

    with pytest.raises(DirectoryError) as refused:
        made.assign("app", "g")

    assert str(refused.value) == message


def test_users_can_be_assigned_on_free() -> None:
    made = tenant(License.FREE)

    made.assign("app", "ana")

    assert list(made.assignments("app")) == ["ana"]


def test_a_deleted_user_is_purged_after_thirty_days() -> None:
    made = tenant()
    made.delete_user("ana", at=START)

    made.purge_expired(START + timedelta(days=30, seconds=-1))
    assert list(made.recycle_bin) == ["ana"]
    made.purge_expired(START + timedelta(days=30))
    assert list(made.recycle_bin) == []


def test_a_restored_user_has_name_and_memberships_again() -> None:
    made = tenant()
    made.delete_user("ana", at=START)
    assert list(made.members("team")) == []

    made.restore_user("ana")

    assert made.users["ana"].user_principal_name == "ana@contoso.example"
    assert list(made.members("team")) == ["ana"]


def test_a_name_is_free_again_while_its_user_is_in_the_recycle_bin() -> None:
    made = tenant()
    with pytest.raises(DirectoryError):
        made.create_user(User(**{**_fields("ana"), "id": "other"}))
    made.delete_user("ana", at=START)

    made.create_user(User(**{**_fields("ana"), "id": "other"}))

    assert made.user_by_upn("ana@contoso.example") == made.users["other"]


def _fields(name: str) -> dict[str, str]:
    made = user(name)
    return {
        "user_principal_name": made.user_principal_name,
        "display_name": made.display_name,
        "mail_nickname": made.mail_nickname,
    }


def test_a_rule_decides_who_is_a_member_and_follows_changes() -> None:
    made = tenant()
    made.create_group(
        Group(id="sales", display_name="Sales", membership_rule='user.department -eq "Sales"')
    )
    assert list(made.members("sales")) == ["ana"]

    made.update_user("ana", {"department": "Legal"})

    assert list(made.members("sales")) == []


def test_groups_may_be_nested_in_a_circle() -> None:
    made = tenant()
    made.create_group(Group(id="inner", display_name="Inner"))
    made.add_member("team", "inner")
    made.add_member("inner", "team")

    assert list(made.memberships.ways_up("ana")) == [("team",), ("team", "inner")]


def test_every_change_has_the_next_number_and_is_found_after_a_watermark() -> None:
    made = tenant()
    watermark = made.changes.last

    made.update_user("ana", {"job_title": "Analyst"})
    made.assign("app", "ana")
    made.remove_member("team", "ana")

    found = list(made.since(watermark))
    assert [(each.kind, each.object_id) for each in found] == [
        (ChangeKind.UPDATED, "ana"),
        (ChangeKind.ASSIGNED, "ana"),
        (ChangeKind.MEMBER_REMOVED, "team"),
    ]
    assert made.changes.last == watermark + 3
    assert list(made.since(made.changes.last)) == []


def test_an_update_without_effect_is_no_change() -> None:
    made = tenant()
    watermark = made.changes.last

    made.update_user("ana", {"department": "Sales"})

    assert made.changes.last == watermark
