"""Each independent server runs once for all tests."""

from collections.abc import Iterator

import pytest
from tests.servers.running import IndependentServer, scim2_server, scimmy


@pytest.fixture(scope="session")
def scim2_server_running() -> Iterator[IndependentServer]:
    with scim2_server() as server:
        yield server


@pytest.fixture(scope="session")
def scimmy_running() -> Iterator[IndependentServer]:
    with scimmy() as server:
        yield server
