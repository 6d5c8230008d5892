from dataclasses import replace
from itertools import islice, pairwise

import pytest

from entrasim.directory.fake import CompanyPlan, FakeCompany
from entrasim.directory.fake.departments import DEPARTMENTS
from entrasim.directory.fake.group_catalog import catalog
from entrasim.directory.group import GroupKind
from entrasim.directory.tenant import Tenant

PLAN = CompanyPlan(domain="contoso.example", users=600, groups=60, nesting=2, guests=9, seed=7)


def loaded(plan: CompanyPlan) -> Tenant:
    company = FakeCompany(plan)
    tenant = Tenant(plan.domain)
    tenant.load_users(company.users())
    tenant.load_groups(company.groups())
    return tenant


def members(tenant: Tenant, name: str) -> set[str]:
    (group,) = tenant.groups_called(name)
    return set(tenant.members(group.id))


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return loaded(PLAN)


NAMES = {
    "without nesting": (
        {"groups": 8, "nesting": 0},
        (
            "Engineering",
            "Sales",
            "New York Office",
            "All Engineering",
            "Project Aurora",
            "Project Basalt",
            "Marketing",
            "Finance",
        ),
    ),
    "nested twice": (
        {"groups": 12, "nesting": 2},
        (
            "Engineering",
            "Engineering Interns",
            "Engineering Interns Cohort 2",
            "Sales",
            "Sales Interns",
            "Sales Interns Cohort 2",
            "New York Office",
            "All Engineering",
            "Project Aurora",
            "Project Basalt",
            "Marketing",
            "Marketing Interns",
        ),
    ),
    "another locale": (
        {"groups": 4, "nesting": 0, "locales": ("ja_JP", "en_US")},
        ("Engineering", "Sales", "Tokyo Office", "All Engineering"),
    ),
    "no groups": ({"groups": 0}, ()),
}


@pytest.mark.parametrize(("fields", "names"), NAMES.values(), ids=NAMES.keys())
def test_the_names_of_the_groups_are_known_beforehand(
    fields: dict[str, object], names: tuple[str, ...]
):
    company = FakeCompany(replace(PLAN, **fields))

    assert company.group_names() == names
    assert tuple(group.display_name for group, _ in company.groups()) == names


def test_after_everything_else_there_are_projects_without_end():
    names = [each.display_name for each in islice(catalog(replace(PLAN, nesting=0)), 60)]

    assert names[14:22] == [
        "Chicago Office",
        "Austin Office",
        "All Sales",
        "All Guests",
        "Project Cedar",
        "Project Delta",
        "Project Ember",
        "Project Falcon",
    ]
    assert names[41:44] == ["Project Zephyr", "Project Aurora 2", "Project Basalt 2"]
    assert len(set(names)) == 60


def test_another_seed_gives_groups_of_the_same_names_with_other_ids():
    here = [group for group, _ in FakeCompany(PLAN).groups()]
    there = [group for group, _ in FakeCompany(replace(PLAN, seed=8)).groups()]

    assert [each.display_name for each in here] == [each.display_name for each in there]
    assert not {each.id for each in here} & {each.id for each in there}


@pytest.mark.parametrize("department", [each.name for each in DEPARTMENTS])
def test_a_department_s_groups_hold_its_people_each_in_one(tenant: Tenant, department: str):
    top = members(tenant, department)
    first = members(tenant, f"{department} Interns")
    second = members(tenant, f"{department} Interns Cohort 2")
    there = {each.id for each in tenant.users.values() if each.department == department}
    interns = {each for each in there if tenant.users[each].employee_type == "Intern"}

    assert top & there == there - interns
    assert (first | second) & there == interns
    assert not first & second
    assert second


def test_a_nested_group_is_a_member_of_the_one_above(tenant: Tenant):
    chain = ["Engineering", "Engineering Interns", "Engineering Interns Cohort 2"]

    for above, below in pairwise(chain):
        (nested,) = tenant.groups_called(below)
        assert members(tenant, above) - tenant.users.keys() == {nested.id}
    assert members(tenant, chain[-1]) <= tenant.users.keys()


@pytest.mark.parametrize("nesting", [0, 1, 2, 5])
def test_nesting_is_as_deep_as_planned(nesting: int):
    plan = replace(PLAN, users=2000, nesting=nesting)
    tenant = loaded(replace(plan, groups=10 * (nesting + 1) + 10))

    assert depth(tenant, "Sales") == nesting


def depth(tenant: Tenant, name: str) -> int:
    nested = [tenant.groups[each] for each in members(tenant, name) if each in tenant.groups]
    return max((1 + depth(tenant, each.display_name) for each in nested), default=0)


def test_a_catalog_that_ends_within_a_department_leaves_nobody_out():
    tenant = loaded(replace(PLAN, groups=2))
    there = {each.id for each in tenant.users.values() if each.department == "Engineering"}

    assert (members(tenant, "Engineering") | members(tenant, "Engineering Interns")) & (
        tenant.users.keys()
    ) == there


@pytest.mark.parametrize("office", ["New York", "Chicago", "Austin"])
def test_an_office_s_group_holds_who_works_there(tenant: Tenant, office: str):
    there = {
        each.id for each in tenant.users.values() if each.physical_delivery_office_name == office
    }

    assert members(tenant, f"{office} Office") == there


def test_dynamic_groups_hold_whom_their_rule_admits(tenant: Tenant):
    users = tenant.users.values()

    assert members(tenant, "All Sales") == {each.id for each in users if each.department == "Sales"}
    assert members(tenant, "All Guests") == {each.id for each in users if each.user_type == "Guest"}
    assert len(members(tenant, "All Guests")) == 9


@pytest.mark.parametrize("guests", [1, 9, 100])
def test_each_guest_takes_part_in_one_project(guests: int):
    company = FakeCompany(replace(PLAN, guests=guests))
    invited = {each.id for each in company.users() if each.user_type == "Guest"}
    held = [set(ids) & invited for _, ids in company.groups()]

    assert set.union(*held) == invited
    assert sum(map(len, held)) == guests


def test_projects_hold_everyone_once_and_exist_in_all_sizes():
    company = FakeCompany(replace(PLAN, users=30_000, groups=5000))
    sizes = []
    for group, ids in company.groups():
        listed = list(ids)
        assert len(set(listed)) == len(listed)
        if "Project" in group.display_name:
            sizes.append(len(listed))

    assert sum(3 <= each < 10 for each in sizes) > len(sizes) // 2
    assert max(sizes) > 500
    assert min(sizes) >= 3


@pytest.mark.parametrize("users", [1, 2, 3, 10])
def test_the_smallest_companies_have_groups_too(users: int):
    tenant = loaded(replace(PLAN, users=users, guests=0))

    assert len(tenant.groups) == 60
    assert members(tenant, "Project Aurora")


def test_every_member_exists(tenant: Tenant):
    known = tenant.users.keys() | tenant.groups.keys()

    for group in tenant.groups:
        assert set(tenant.members(group)) <= known


def test_groups_are_security_groups_unless_asked_otherwise(tenant: Tenant):
    assert {each.kind for each in tenant.groups.values()} == {GroupKind.SECURITY}
    assert all(each.security_enabled and each.mail is None for each in tenant.groups.values())


def test_every_fifth_project_is_a_microsoft_365_group_if_asked():
    company = FakeCompany(replace(PLAN, microsoft_365_groups=True))
    found = [group for group, _ in company.groups() if group.kind is GroupKind.MICROSOFT_365]

    assert [each.display_name for each in found] == [
        "Project Basalt",
        "Project Glacier",
        "Project Lantern",
        "Project Quartz",
        "Project Vertex",
    ]
    assert found[0].mail == "project-basalt@contoso.example"
    assert not found[0].security_enabled
