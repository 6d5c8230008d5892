"""Null and Boolean: IsNull, IsNullOrEmpty, IsPresent, IsString, IsNothing, Not, CBool."""

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.functions.conversion import as_boolean
from entrasim.mapping.expressions.values import Value, lacks_value, to_text


def is_null(expression: Value) -> bool:
    """Whether the expression is null. An empty text is not.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#isnull

    >>> [displayName] = null
    >>> IsNull([displayName])
    True
    >>> IsNull("")
    False
    """
    return expression is None


def is_null_or_empty(expression: Value) -> bool:
    """Whether the expression is null, an empty text, or a multi-valued attribute without values.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#isnullorempty

    >>> IsNullOrEmpty("")
    True
    """
    return lacks_value(expression)


def is_present(expression: Value) -> bool:
    """Whether the expression is neither null nor empty: the inverse of IsNullOrEmpty.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#ispresent

    >>> [manager] = "f1000000-0000-4000-8000-000000000006"
    >>> IsPresent([manager])
    True
    """
    return not lacks_value(expression)


def is_string(expression: Value) -> bool:
    """Whether the expression can be taken as one text: not null, not several values.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#isstring

    >>> IsString(7)
    True
    >>> [otherMails] = "a@contoso.example", "b@contoso.example"
    >>> IsString([otherMails])
    False
    """
    if isinstance(expression, tuple):
        return len(expression) == 1 and isinstance(expression[0], str)
    return expression is not None


def is_nothing(context: EvaluationContext, source: Value) -> bool:
    """Whether the source is null, as Visual Basic's function of that name.

    Only Graph's list of functions has it, without a description; the setting
    `isNothingIncludesEmpty` lets it find empty texts too.

    Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions

    >>> [mobile] = null
    >>> IsNothing([mobile])
    True
    """
    return source is None or (context.settings.is_nothing_includes_empty and lacks_value(source))


def not_(source: Value) -> bool:
    """False when the source is True, else True: also for null and for `true`.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#not

    >>> [IsSoftDeleted] = "False"
    >>> Not([IsSoftDeleted])
    True
    >>> Not("anything")
    True
    """
    return to_text(source) != "True"


def c_bool(expression: Value) -> bool:
    """The expression as a Boolean: a comparison, True, False, or a number that is not zero.

    Null gives False; any other text fails.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cbool

    >>> [city] = "Oslo"
    >>> [state] = "Oslo"
    >>> CBool([city] = [state])
    True
    >>> CBool(0)
    False
    """
    return as_boolean("Expression", expression)
