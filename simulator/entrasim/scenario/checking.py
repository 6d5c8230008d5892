"""Checking a file as far as it can be checked without a target and without an environment."""

from pathlib import Path

from entrasim.provisioning.configuration import Secret
from entrasim.scenario.loader import ScenarioFile, in_order, read_scenario
from entrasim.scenario.mistakes import Mistake
from entrasim.scenario.opening import check
from entrasim.scenario.pages import schema_notes
from entrasim.scenario.target import TargetAddress
from entrasim.scim.tenant_url import TenantUrl


class NowhereTarget:
    """A target for checking files: it has an address, and nobody is there."""

    name = "nowhere"

    def address(self, application: str) -> TargetAddress:  # noqa: ARG002
        """An address that is never asked."""
        return TargetAddress(TenantUrl("http://127.0.0.1:9"), Secret("unused"))

    def reset(self) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """Nothing was started."""


def notes_of(scenario: ScenarioFile) -> list[Mistake]:
    """What is no mistake in a good file, but worth knowing: what is not simulated."""
    return in_order(scenario.mistakes(schema_notes(scenario)))


def check_file(file: Path) -> ScenarioFile:
    """Read a scenario and check everything in it that does not depend on where it runs.

    Raises:
        ScenarioError: with every mistake.
    """
    scenario = read_scenario(file)
    check(scenario, NowhereTarget(), {})
    return scenario
