"""`settings:` every setting of the core is a key of the file."""

from dataclasses import fields
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest
from pydantic.alias_generators import to_camel

from entrasim.mapping.expressions.settings import ExpressionSettings
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.building import settings_from
from entrasim.scenario.model.application import WHEN_PARSED, SettingsModel


def another(default: Any) -> tuple[str, Any]:
    """Another value than the default: as text of the file, and as value."""
    match default:
        case bool():
            return str(not default).lower(), not default
        case Enum():
            other = next(each for each in type(default) if each is not default)
            return other.value, other
        case timedelta():
            return "7s", timedelta(seconds=7)
        case float():
            return "0.25", 0.25
    return ("7", 7) if isinstance(default, int) else ("remove", "remove")


SETTINGS = [each for each in fields(ProvisioningSettings) if each.name != "expressions"]
OF_EXPRESSIONS = [each for each in fields(ExpressionSettings) if each.name not in WHEN_PARSED]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.name)
def test_a_setting_of_the_job(setting: Any) -> None:
    written, value = another(setting.default)

    model = SettingsModel.model_validate({to_camel(setting.name): written})

    assert settings_from(model) == ProvisioningSettings(**{setting.name: value})


@pytest.mark.parametrize("setting", OF_EXPRESSIONS, ids=lambda each: each.name)
def test_a_setting_of_the_expression_language(setting: Any) -> None:
    written, value = another(setting.default)

    model = SettingsModel.model_validate({"expressions": {to_camel(setting.name): written}})

    expressions = ExpressionSettings(**{setting.name: value})
    assert settings_from(model) == ProvisioningSettings(expressions=expressions)
