"""/Schemas, /ResourceTypes and /ServiceProviderConfig: true, complete and without nulls."""

from typing import Any

import pytest
from scim2_models import Context, ListResponse, ResourceType, Schema, ServiceProviderConfig

from entrasim_kit.scim_server.config import Base

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

# The target attributes of the default mappings of a non-gallery application, from
# https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
MAPPED = [
    "userName",
    "active",
    "displayName",
    "title",
    "preferredLanguage",
    "externalId",
    "name.givenName",
    "name.familyName",
    "name.formatted",
    'emails[type eq "work"].value',
    'addresses[type eq "work"].formatted',
    'addresses[type eq "work"].streetAddress',
    'addresses[type eq "work"].locality',
    'addresses[type eq "work"].region',
    'addresses[type eq "work"].postalCode',
    'addresses[type eq "work"].country',
    'phoneNumbers[type eq "work"].value',
    'phoneNumbers[type eq "mobile"].value',
    'phoneNumbers[type eq "fax"].value',
    f"{ENTERPRISE}:employeeNumber",
    f"{ENTERPRISE}:department",
    f"{ENTERPRISE}:manager",
]


def has_null(value: Any) -> bool:
    match value:
        case dict():
            return any(map(has_null, value.values()))
        case list():
            return any(map(has_null, value))
    return value is None


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/Schemas", ListResponse[Schema]),
        (f"/Schemas/{CORE_USER}", Schema),
        (f"/Schemas/{ENTERPRISE}", Schema),
        (f"/Schemas/{CORE_GROUP}", Schema),
        ("/ResourceTypes", ListResponse[ResourceType]),
        ("/ResourceTypes/User", ResourceType),
        ("/ResourceTypes/Group", ResourceType),
        ("/ServiceProviderConfig", ServiceProviderConfig),
    ],
)
def test_it_is_served_in_the_form_of_the_standard(scim: Any, path: str, model: Any):
    answer = scim.request("GET", path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/scim+json; charset=utf-8"
    assert not has_null(answer.json)
    model.model_validate(answer.json, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes"])
def test_each_entry_is_where_it_says(scim: Any, path: str):
    for entry in scim.request("GET", path).json["Resources"]:
        assert entry["meta"]["location"] == f"https://scim.example/scim/v2{path}/{entry['id']}"
        assert scim.request("GET", f"{path}/{entry['id']}").json == entry


def test_the_schemas_cover_the_default_mappings(scim: Any):
    known = {"externalId"}
    for schema in scim.request("GET", "/Schemas").json["Resources"]:
        prefix = f"{ENTERPRISE}:" if schema["id"] == ENTERPRISE else ""
        for attribute in schema["attributes"]:
            name = prefix + attribute["name"]
            known.add(name)
            subs = {each["name"]: each for each in attribute.get("subAttributes", [])}
            types = subs.get("type", {}).get("canonicalValues", [])
            known |= {f"{name}.{sub}" for sub in subs}
            known |= {f'{name}[type eq "{type_}"].{sub}' for type_ in types for sub in subs}
    assert set(MAPPED) - known == set()


@pytest.mark.parametrize(("unique", "told"), [(True, "server"), (False, "none")])
def test_the_schema_tells_whether_group_names_are_unique(
    *, serve_in_process: Any, unique: bool, told: str
):
    scim = serve_in_process(Base(tokens=("t",), unique_group_names=unique))
    group = scim.request("GET", f"/Schemas/{CORE_GROUP}", token="t").json
    assert group["attributes"][0]["uniqueness"] == told
    sent = {"displayName": "Legal"}
    first, second = (scim.request("POST", "/Groups", sent, token="t").status for _ in range(2))
    assert (first, second) == (201, 409 if unique else 201)


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/Schemas/urn:x", "there is no schema urn:x"),
        ("/ResourceTypes/Thing", "there is no resource type Thing"),
        ("/Schemas/a/b", "there is no schema a/b"),
    ],
)
def test_what_is_not_there_is_not_found(scim: Any, path: str, detail: str):
    answer = scim.request("GET", path)
    assert (answer.status, answer.json["detail"]) == (404, detail)


@pytest.mark.parametrize("path", ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
def test_a_filter_is_forbidden(scim: Any, path: str):
    answer = scim.request("GET", path, filter='id eq "x"')
    assert (answer.status, answer.json["detail"]) == (403, "discovery endpoints take no filter")
