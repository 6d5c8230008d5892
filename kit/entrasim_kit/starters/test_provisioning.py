"""Rehearses provisioning as Microsoft Entra would do it. Run it with `pytest`."""

import subprocess
import sys
from pathlib import Path

import pytest

SCENARIOS = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(scenario: Path) -> None:
    """The scenario passes on the embedded SCIM server."""
    done = subprocess.run(
        [sys.executable, "-m", "entrasim_kit.cli", "run", str(scenario)], check=False
    )
    assert done.returncode == 0
