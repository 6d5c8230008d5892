"""`entrasim schema`"""

import click

from entrasim.scenario.model import Scenario
from entrasim_kit.cli.options import json_option
from entrasim_kit.cli.output import print_json


@click.command("schema")
@json_option
def command(as_json: bool) -> None:  # noqa: ARG001 - it is JSON either way
    """Print the JSON Schema of the scenario file, for editors that complete and check YAML.

    \b
    Example:
      entrasim schema > entrasim.schema.json
      # and at the top of a scenario:
      # yaml-language-server: $schema=entrasim.schema.json
    """
    schema = Scenario.model_json_schema(by_alias=True)
    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema)
