"""Choice: Switch, IIF, Coalesce. What is not chosen is not computed."""

from collections.abc import Mapping, Sequence
from typing import Any

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import as_boolean
from entrasim.mapping.expressions.functions.definition import Arguments, Compiled, Evaluate
from entrasim.mapping.expressions.settings import EmptyInCondition, ExpressionSettings, NoMatch
from entrasim.mapping.expressions.values import Value, lacks_value, to_text


def switch(source: Compiled, default: Compiled | None, *cases: Compiled) -> Evaluate:
    """The value that follows the first key equal to the source, else the default value.

    Texts are compared, case and all; the key "" catches a null source too. Keys and values may be
    expressions; a value is computed only when its key is the one. Without a match and a default
    the result is null (setting `switchWithoutMatch`). The setting `switchForgetsUnchanged` shows
    a known issue of the service.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#switch

    >>> [state] = "QLD"
    >>> Switch([state], "Sydney", "NSW", "Sydney", "QLD", "Brisbane")
    Brisbane
    >>> [country] = null
    >>> Switch([country], [country], "", "Other")
    Other
    >>> Switch("2", , "1", "True", "0", "False")
    null
    """
    names = frozenset(source.attributes)
    pairs = list(zip(cases[::2], cases[1::2], strict=True))
    constant = {to_text(key.constant): value for key, value in reversed(pairs)}
    if all(key.is_constant for key, _ in pairs):
        choose = _by_constant_keys(source.evaluate, default, constant)
    else:
        choose = _by_computed_keys(source.evaluate, default, pairs)

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        if context.settings.switch_forgets_unchanged and _unchanged(names, context):
            return None
        return choose(source, context)

    return evaluate


def pairs_rule(arguments: Arguments) -> str | None:
    """Keys and values of Switch come in pairs; the number of arguments is even."""
    if len(arguments) % 2 == 0:
        return None
    return "Switch takes keys and values in pairs, so an even number of arguments"


def iif(condition: Compiled, if_true: Compiled, if_false: Compiled) -> Evaluate:
    """The second argument when the condition holds, else the third.

    The condition is a comparison, a Boolean, the texts True and False, or a number. When an
    attribute in it is null or empty, it fails, whatever it asks (setting `emptyInCondition`):
    use Switch to find empty attributes. There is no AND and no OR; nest IIF instead.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#iif

    >>> [country] = "NO"
    >>> IIF([country] = "NO", "Oslo", "elsewhere")
    Oslo
    >>> [department] = null
    >>> IIF(IsNullOrEmpty([department]), "none", [department])
    null
    """
    read = tuple(condition.attributes.values())

    def holds(source: Any, context: EvaluationContext) -> bool:
        if context.settings.empty_in_condition is EmptyInCondition.CHECK_FAILS:
            for attribute in read:
                if lacks_value(attribute(source, context)):
                    return False
        try:
            return as_boolean("condition", condition.evaluate(source, context))
        except EvaluationError as error:
            raise error.inside("IIF") from None

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        chosen = if_true if holds(source, context) else if_false
        return chosen.evaluate(source, context)

    return evaluate


def coalesce(*sources: Compiled) -> Evaluate:
    """The first argument that is not null; null when all are.

    The default value is simply the last argument. An empty text is not null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#coalesce

    >>> [mail] = null
    >>> [userPrincipalName] = "ana@contoso.example"
    >>> Coalesce([mail], [userPrincipalName])
    ana@contoso.example
    """

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        for each in sources:
            value = each.evaluate(source, context)
            if value is not None:
                return value
        return None

    return evaluate


def _by_constant_keys(
    read: Evaluate, default: Compiled | None, values: Mapping[str, Compiled]
) -> Evaluate:
    fallback = _fallback(default)
    table = {key: value.evaluate for key, value in values.items()}

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        value = read(source, context)
        key = value if isinstance(value, str) else to_text(value)
        return table.get(key, fallback)(source, context)

    return evaluate


def _by_computed_keys(
    read: Evaluate, default: Compiled | None, pairs: Sequence[tuple[Compiled, Compiled]]
) -> Evaluate:
    fallback = _fallback(default)

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        text = to_text(read(source, context))
        for key, value in pairs:
            if to_text(key.evaluate(source, context)) == text:
                return value.evaluate(source, context)
        return fallback(source, context)

    return evaluate


def _fallback(default: Compiled | None) -> Evaluate:
    return _without_match if default is None else default.evaluate


def _without_match(_source: object, context: EvaluationContext) -> Value:
    settings: ExpressionSettings = context.settings
    return "" if settings.switch_without_match is NoMatch.EMPTY else None


def _unchanged(names: frozenset[str], context: EvaluationContext) -> bool:
    return bool(names) and context.changed is not None and names.isdisjoint(context.changed)
