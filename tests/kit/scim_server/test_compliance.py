"""scim2-tester, an independent judge of SCIM servers, finds no fault over a real socket."""

from typing import Any

import httpx2
import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import CheckResult, Status, check_server

# Checks that scim2-tester leaves out, each with the reason why that is right: (check, resource
# type): reason. Nothing is left out: the server supports all that the checks ask for.
REVIEWED_SKIPS: dict[tuple[str, str | None], str] = {}

EXPECTED_CHECKS = {
    "access_invalid_resource_type",
    "access_invalid_schema",
    "access_schema_by_id",
    "check_add_attribute",
    "check_remove_attribute",
    "check_replace_attribute",
    "object_creation",
    "object_deletion",
    "object_list_with_attributes",
    "object_query",
    "object_query_with_attributes",
    "object_query_without_id",
    "object_replacement",
    "query_all_resource_types",
    "query_all_schemas",
    "query_resource_type_by_id",
    "random_url",
    "resource_types_endpoint_methods",
    "resource_types_schema_validation",
    "schemas_endpoint_methods",
    "search_with_attributes",
    "service_provider_config_endpoint",
    "service_provider_config_endpoint_methods",
}


@pytest.fixture(scope="module")
def results(running_server: Any) -> list[CheckResult]:
    running_server.reset()
    url, token = running_server.access()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=url, headers=headers, trust_env=False) as client:
        found: list[CheckResult] = check_server(SyncSCIMClient(client))
    return found


def test_every_check_has_run_for_users_and_groups(results: list[CheckResult]):
    assert {result.title for result in results} == EXPECTED_CHECKS
    assert {result.resource_type for result in results} == {None, "User", "Group"}


def test_no_check_finds_a_fault(results: list[CheckResult]):
    good = (Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE, Status.SKIPPED)
    assert [repr(result) for result in results if result.status not in good] == []


def test_what_is_skipped_has_been_reviewed(results: list[CheckResult]):
    skipped = {
        (result.title, result.resource_type): result.reason
        for result in results
        if result.status is Status.SKIPPED
    }
    assert skipped == REVIEWED_SKIPS
