"""What the machine may lack: tests that need it skip with the reason, or fail where it must be."""

import os
import shutil
from functools import cache

import pytest
from testcontainers.core.config import testcontainers_config

from entrasim_kit.containers import scim_server_image
from entrasim_kit.scim_server.config import ServerError

testcontainers_config.ryuk_disabled = True  # its reaper is one more image; the tests clean up


@cache
def missing_engine() -> str | None:
    """Why no container of ours can be started, or None when one can."""
    try:
        scim_server_image()
    except ServerError as error:
        return str(error)
    return None


@cache
def missing_node() -> str | None:
    """Why no npm package can be run, or None when one can."""
    missing = [each for each in ("node", "npm") if shutil.which(each) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


NEEDS = {
    "docker": (missing_engine, "ENTRASIM_REQUIRE_DOCKER"),
    "node": (missing_node, "ENTRASIM_REQUIRE_NODE"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose need is not met, or fail it where the environment says that it must be."""
    for marker, (missing, variable) in NEEDS.items():
        if item.get_closest_marker(marker) is None:
            continue
        reason = missing()
        if reason is not None and os.environ.get(variable) == "1":
            pytest.fail(f"{variable}=1, but {reason}", pytrace=False)
        if reason is not None:
            pytest.skip(reason)
