"""The scenario file as a model: its keys are Entra's own words, in camelCase."""

from entrasim.scenario.model.scenario import Scenario

__all__ = ["Scenario"]
