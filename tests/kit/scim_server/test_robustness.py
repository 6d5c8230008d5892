"""Whatever a client sends, the server answers with what the client did wrong, never with 5xx."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrasim_kit.scim_server.app import App
from entrasim_kit.scim_server.config import Base, ServerConfig

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = st.sampled_from(
    ["userName", "displayName", "externalId", "active", "name", "name.givenName", "emails",
     "emails.value", "roles", "addresses", "members", "groups", "id", "schemas", "meta", "password",
     "manager", "title", "x509Certificates", "USERNAME", "value", "type", "primary", "$ref",
     ENTERPRISE, f"{ENTERPRISE}:manager", f"{ENTERPRISE}:department", CONTOSO, f"{CONTOSO}:a",
     f"{CONTOSO}:a.b", "urn:ietf:params:scim:schemas:core:2.0:User",
     "urn:ietf:params:scim:schemas:core:2.0:User:title", "urn:x", "urn:"]
) | TEXT  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(["True", "false", "", "user", "group", "work"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
LITERALS = st.sampled_from(['"work"', '"True"', "true", "5", "null", '"user"', '"\\ud83d"', "x"])
COMPARISONS = st.builds(
    "{} {} {}".format,
    NAMES,
    st.sampled_from(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "is"]),
    LITERALS,
) | st.builds("{} pr".format, NAMES)
FILTERS = st.recursive(
    COMPARISONS,
    lambda inner: (
        st.builds("{} and {}".format, inner, inner)
        | st.builds("{} or {}".format, inner, inner)
        | st.builds("not ({})".format, inner)
        | st.builds("{}[{}]".format, NAMES, inner)
        | st.builds("{}[{}].{} eq {}".format, NAMES, inner, NAMES, LITERALS)
    ),
    max_leaves=4,
)
PATHS = NAMES | st.builds("{}[{}]".format, NAMES, FILTERS) | st.builds(
    "{}[{}].{}".format, NAMES, FILTERS, NAMES
)  # fmt: skip
RESOURCES = st.dictionaries(NAMES, JSON, max_size=5).map(lambda body: {"userName": "x"} | body)
OPERATIONS = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "REMOVE", "move"]), "value": JSON},
    optional={"path": PATHS},
)
PATCHES = st.fixed_dictionaries({"Operations": st.lists(OPERATIONS, max_size=4)})
SEARCHES = st.fixed_dictionaries(
    {},
    optional={
        "filter": FILTERS | TEXT,
        "sortBy": NAMES,
        "sortOrder": TEXT,
        "startIndex": SCALARS,
        "count": SCALARS,
        "attributes": st.lists(NAMES, max_size=3),
        "excludedAttributes": st.lists(NAMES, max_size=3),
    },
)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "filter": FILTERS | TEXT,
        "sortBy": NAMES,
        "count": TEXT,
        "startIndex": TEXT,
        "attributes": NAMES,
        "excludedAttributes": NAMES,
    },
)
ENDPOINTS = st.sampled_from(["/Users", "/Groups", "/Users/user", "/Groups/group", "/Schemas", "/"])


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, in_process: Any) -> Any:
    """A server with a user and a group whose ids are known, kept from one example to the next."""
    people = [
        {"id": "user", "userName": "a", "emails": [{"type": "work", "value": "b"}],
         CONTOSO: {"a": [1, {"b": "c"}]}},
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "group",
         "displayName": "g", "members": [{"value": "user"}]},
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("load") / "people.json"
    file.write_bytes(orjson.dumps(people))
    return in_process(App(ServerConfig(bases=(Base(tokens=("t",)),), load=file)))


def check(answer: Any) -> None:
    assert answer.status < 500, answer.body
    if answer.status not in (204, 304):
        assert isinstance(answer.json, dict)
    if answer.status >= 400:
        assert answer.json["status"] == str(answer.status)


MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(RESOURCES)
def test_create(fuzzed: Any, body: Any):
    check(fuzzed.request("POST", "/Users", body, token="t"))
    check(fuzzed.request("POST", "/Groups", {**body, "displayName": "x"}, token="t"))


@MANY
@given(RESOURCES)
def test_replace(fuzzed: Any, body: Any):
    check(fuzzed.request("PUT", "/Users/user", body, token="t"))


@MANY
@given(PATCHES, st.sampled_from(["/Users/user", "/Groups/group"]))
def test_patch(fuzzed: Any, body: Any, path: str):
    check(fuzzed.request("PATCH", path, body, token="t"))
    check(fuzzed.request("GET", path, token="t"))


@MANY
@given(QUERIES)
def test_list(fuzzed: Any, parameters: Any):
    check(fuzzed.request("GET", "/Users", token="t", **parameters))
    check(fuzzed.request("GET", "/Groups", token="t", **parameters))


@MANY
@given(SEARCHES, st.sampled_from(["/.search", "/Users/.search", "/Groups/.search"]))
def test_search(fuzzed: Any, body: Any, path: str):
    check(fuzzed.request("POST", path, body, token="t"))


@MANY
@given(
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "OPTIONS", "BREW"]),
    ENDPOINTS | TEXT.map("/{}".format),
    st.binary(max_size=50) | JSON.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(st.sampled_from(["if-match", "if-none-match", "host", "x"]), st.text('aW/"*,')),
)
def test_anything(fuzzed: Any, method: str, path: str, body: bytes, headers: dict[str, str]):
    check(fuzzed.request(method, path, body, headers=headers, token="t"))
