"""Schemas exchanged with Graph: what is read, what is noted, and that nothing is lost."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import FlowType
from entrasim.mapping.defaults import default_group_mapping, default_user_mapping
from entrasim.mapping.graph_object_mapping import SchemaError
from entrasim.mapping.object_mapping import TargetObjectAction
from entrasim.mapping.target_attributes import AttributeType
from entrasim.provisioning.synchronization_schema import read_schema, write_schema
from entrasim.scoping.operators import Operator
from entrasim.scoping.scoping_filter import Clause, ScopingFilter

APPLICATION = EnterpriseApplication(
    id="6f1f6cde-0000-4000-8000-00000000000a",
    app_id="6f1f6cde-0000-4000-8000-00000000000b",
    display_name="Lumen Desk",
)
SALES = ScopingFilter(
    title="Sales",
    clauses=(
        Clause(attribute="department", operator=Operator.EQUALS, value="Sales"),
        Clause(attribute="employeeId", operator=Operator.IS_NOT_NULL),
    ),
)


def row(target: str, source: dict[str, Any] | None, **members: Any) -> dict[str, Any]:
    return {"targetAttributeName": target, "source": source} | members


def attribute(name: str) -> dict[str, Any]:
    return {"expression": f"[{name}]", "name": name, "type": "Attribute", "parameters": []}


def document(*rows: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A schema as an administrator may have exported it, with members that nobody documents."""
    users = {
        "name": "Provision Azure Active Directory Users",
        "sourceObjectName": "User",
        "targetObjectName": "Account",
        "attributeMappings": [
            row("userName", attribute("userPrincipalName"), matchingPriority=1, somethingNew=[1]),
            *rows,
        ],
        "metadata": [{"key": "Disposition", "value": '"Normal"'}],
    }
    target = {
        "name": "Account",
        "attributes": [
            {"name": "userName", "type": "String"},
            {"name": "badge", "type": "Integer", "caseExact": True},
        ],
    }
    return {
        "@odata.context": "https://graph.example/$metadata#schema",
        "id": "schema-1",
        "version": "v1.2",
        "synchronizationRules": [
            {"name": "Outbound", "objectMappings": [users | members], "editable": True}
        ],
        "directories": [
            {"name": "Azure Active Directory", "objects": []},
            {"name": "customappsso", "objects": [target]},
        ],
    }


def test_the_defaults_survive_the_way_out_and_back() -> None:
    mappings = (default_user_mapping(), default_group_mapping())

    read = read_schema(write_schema(APPLICATION, mappings, {ObjectType.USER: (SALES,)}))

    assert tuple(read.mappings.values()) == mappings
    assert read.filters == {ObjectType.USER: (SALES,), ObjectType.GROUP: ()}
    assert read.notes == ()


def test_an_imported_schema_is_written_as_it_was() -> None:
    imported = document(row("badge", attribute("employeeId"), flowType="ObjectAddOnly"))
    read = read_schema(deepcopy(imported))

    written = write_schema(APPLICATION, read.mappings.values(), read.filters, read)

    assert written == imported


def test_only_what_was_changed_is_replaced() -> None:
    imported = document(scope={"groups": [], "note": "kept?"})
    read = read_schema(deepcopy(imported))
    filters = {ObjectType.USER: (SALES,)}

    written = write_schema(APPLICATION, read.mappings.values(), filters, read)

    (users,) = written["synchronizationRules"][0]["objectMappings"]
    assert users["scope"]["groups"] == [
        {
            "name": "Sales",
            "clauses": [
                {
                    "operatorName": "EQUALS",
                    "sourceOperandName": "department",
                    "targetOperand": {"values": ["Sales"]},
                },
                {
                    "operatorName": "IS NOT NULL",
                    "sourceOperandName": "employeeId",
                    "targetOperand": {"values": []},
                },
            ],
        }
    ]
    users["scope"] = {"groups": [], "note": "kept?"}
    assert written == imported


def test_a_changed_mapping_is_written_anew() -> None:
    read = read_schema(document(row("badge", attribute("employeeId"))))
    users = read.mappings[ObjectType.USER]
    shorter = replace(users, attribute_mappings=users.attribute_mappings[:1])

    written = write_schema(APPLICATION, [shorter], {}, read)

    (mapping,) = written["synchronizationRules"][0]["objectMappings"]
    assert [each["targetAttributeName"] for each in mapping["attributeMappings"]] == ["userName"]
    assert read_schema(written).mappings == {ObjectType.USER: shorter}


def test_a_row_with_everything() -> None:
    written = row(
        "badge",
        attribute("employeeId"),
        defaultValue="0",
        matchingPriority=2,
        flowType="ObjectAddOnly",
    )

    users = read_schema(document(written, flowTypes="Add, Update")).mappings[ObjectType.USER]

    badge = users.attribute_mappings[1]
    assert (badge.default, badge.matching_priority) == ("0", 2)
    assert badge.flow_type is FlowType.OBJECT_ADD_ONLY
    assert users.actions == {TargetObjectAction.CREATE, TargetObjectAction.UPDATE}
    assert badge.definition is not None
    assert badge.definition.type is AttributeType.INTEGER
    assert badge.definition.case_exact


USERS = "Provision Azure Active Directory Users"
NOTES = [
    (
        row("badge", attribute("shoeSize")),
        {},
        f'{USERS}, badge: the mapping is left out: users have no attribute "shoeSize"',
    ),
    (
        row("title", attribute("jobTitle"), flowType="ValueAddOnly"),
        {},
        f"{USERS}, title: flowType ValueAddOnly is treated as Always",
    ),
    (
        row("title", attribute("jobTitle"), flowBehavior="FlowAlways"),
        {},
        f"{USERS}, title: flowBehavior FlowAlways is treated as FlowWhenChanged",
    ),
    (
        row("title", attribute("jobTitle"), exportMissingReferences=True),
        {},
        f"{USERS}, title: exportMissingReferences is not simulated",
    ),
    (
        row("title", None),
        {"scope": {"inputFilterGroups": [{"name": "Early"}], "groups": []}},
        f"{USERS}, scope: inputFilterGroups are not simulated",
    ),
    (
        row("title", None),
        {
            "scope": {
                "groups": [
                    {
                        "name": "Bosses",
                        "clauses": [{"operatorName": "IS NULL", "sourceOperandName": "manager"}],
                    }
                ]
            }
        },
        f"{USERS}, scope, Bosses: manager cannot be used in scoping filters",
    ),
    (
        row("title", None),
        {
            "scope": {
                "groups": [
                    {"clauses": [{"operatorName": "IsMemberOf", "sourceOperandName": "department"}]}
                ]
            }
        },
        f'{USERS}, scope: the filters are left out: there is no filter operator "IsMemberOf"',
    ),
]


@pytest.mark.parametrize(("written", "members", "note"), NOTES)
def test_what_is_not_simulated_is_noted(
    written: dict[str, Any], members: dict[str, Any], note: str
) -> None:
    read = read_schema(document(written, **members))

    assert [str(each) for each in read.notes] == [note]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ([], 'the document has no "synchronizationRules"'),
        ({"synchronizationRules": 7}, '"synchronizationRules" is a list of objects'),
        ({"synchronizationRules": []}, "no object mapping has the source object User"),
        (document({}), 'each of "attributeMappings" needs a text "targetAttributeName"'),
        (
            document(row("title", None, flowType="Sometimes")),
            "flowType is one of Always, ObjectAddOnly, MultiValueAddOnly, ValueAddOnly, "
            "AttributeAddOnly, not 'Sometimes'",
        ),
    ],
    ids=["list", "rules", "no users", "no name", "flow type"],
)
def test_what_is_no_schema_is_refused(broken: Any, message: str) -> None:
    with pytest.raises(SchemaError) as refused:
        read_schema(broken)

    assert str(refused.value) == message
