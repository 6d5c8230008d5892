"""Flow: IgnoreFlowIfNullOrEmpty and Redact tell the service what to do with a value."""

from typing import Any

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.functions.definition import Compiled, Evaluate
from entrasim.mapping.expressions.values import Value, lacks_value


class AttributeDropped(Exception):
    """The attribute leaves the flow; ends the evaluation, however deep it is nested."""


def ignore_flow_if_null_or_empty(expression: Compiled) -> Evaluate:
    """The expression, unless it is null or empty: then the attribute is dropped from the flow.

    Nothing is sent for a dropped attribute. Inside another function, the whole attribute is
    dropped as well.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#ignoreflowifnullorempty

    >>> [department] = ""
    >>> IgnoreFlowIfNullOrEmpty([department])
    (no flow)
    >>> IgnoreFlowIfNullOrEmpty("Sales")
    Sales
    """
    read = expression.evaluate

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        value = read(source, context)
        if lacks_value(value):
            raise AttributeDropped
        return value

    return evaluate


def redact(value: Value) -> Value:
    """The value, unchanged; provisioning logs show `[Redact]` in its place.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#redact

    >>> Redact("secret")
    secret
    """
    return value
