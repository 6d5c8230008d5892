"""`entrasim schema`"""

from pathlib import Path

import click

from entrasim.scenario.mistakes import ScenarioError
from entrasim.scenario.model import Scenario
from entrasim_kit.cli.options import FILE, json_option
from entrasim_kit.cli.output import print_json, show_mistakes
from entrasim_kit.planning import provisioning_schema
from entrasim_kit.running import TargetUnusable


@click.command("schema")
@click.option(
    "--provisioning",
    type=FILE,
    metavar="FILE",
    help="Print the provisioning schema of this scenario's application instead, as Graph has it.",
)
@click.option("--application", metavar="NAME", help="Which application, when there are several.")
@json_option
def command(provisioning: Path | None, application: str | None, as_json: bool) -> int:  # noqa: ARG001 - it is JSON either way
    """Print the JSON Schema of the scenario file, for editors that complete and check YAML.

    With --provisioning, print the mappings and scoping filters of a scenario in the form in which
    Microsoft Graph exchanges them.

    \b
    Examples:
      entrasim schema > entrasim.schema.json
      # and at the top of a scenario:
      # yaml-language-server: $schema=entrasim.schema.json
      entrasim schema --provisioning scenarios/scoping-filters.yaml

    Exit status: 0 good, 2 the scenario has mistakes.
    """
    if provisioning is None:
        schema = Scenario.model_json_schema(by_alias=True)
        print_json({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema)
        return 0
    try:
        print_json(provisioning_schema(provisioning, application))
    except ScenarioError as error:
        show_mistakes(error.mistakes)
        return 2
    except TargetUnusable as unusable:
        raise click.UsageError(str(unusable)) from None
    return 0
