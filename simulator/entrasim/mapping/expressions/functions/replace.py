"""Replace: five functions in one, told apart by which arguments are there."""

from typing import Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import as_text
from entrasim.mapping.expressions.functions.definition import Arguments
from entrasim.mapping.expressions.functions.dotnet_regex import compile_pattern
from entrasim.mapping.expressions.settings import NullSource
from entrasim.mapping.expressions.values import MAXIMUM_LENGTH, Value, lacks_value

_OLD, _PATTERN, _GROUP, _NEW, _ATTRIBUTE, _TEMPLATE = range(1, 7)

MODES: Final = (
    (_PATTERN, _GROUP, _ATTRIBUTE),
    (_OLD, _TEMPLATE),
    (_OLD, _NEW),
    (_PATTERN, _GROUP, _NEW),
    (_PATTERN, _NEW),
)
"""Which arguments must be there, by position, for each of the five; the first that fits counts."""


def mode_rule(arguments: Arguments) -> str | None:
    """The arguments of Replace must make up one of its five modes."""
    given = {position for position, each in enumerate(arguments) if each is not None}
    if any(given.issuperset(mode) for mode in MODES):
        return None
    return (
        "Replace needs oldValue with replacementValue or template, or regexPattern with "
        "replacementValue, or regexPattern with regexGroupName and replacementAttributeName"
    )


def replace(
    context: EvaluationContext,
    source: Value,
    old_value: str | None = None,
    regex_pattern: str | None = None,
    regex_group_name: str | None = None,
    replacement_value: str | None = None,
    replacement_attribute_name: str | None = None,
    template: str | None = None,
) -> str | None:
    r"""Five kinds of replacement, by which arguments are there; all of them mind case.

    * oldValue and replacementValue: every oldValue in the source gives way.
    * oldValue and template: every oldValue in the template becomes the source.
    * regexPattern and replacementValue: every match gives way; `${name}` and `$1` are its groups.
    * regexPattern, regexGroupName and replacementValue: within every match, only the text of the
      group gives way, and the replacement is taken as it is.
    * regexPattern, regexGroupName and replacementAttributeName: the source when it has a value;
      else what the group matches in the other attribute, null without a match.

    Patterns are those of .NET, with backslashes doubled. One that runs away fails after the
    setting `regexTimeLimit`. A null source gives null, save in the last case. An empty oldValue
    fails. The page prints `19998887777` for `"[()\\s-]+"` on `+1 (999) 888-7777`, but the pattern
    keeps the plus sign, and so does this function.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#replace

    >>> Replace("ana@contoso.example", "@contoso.example", , , "", , )
    ana
    >>> Replace("ana", "<user>", , , , , "<user>@contoso.example")
    ana@contoso.example
    >>> Replace("+47 22330000", , "\\+(?<country>\\d+) (?<number>\\d+)", , "${number}", , )
    22330000
    >>> Replace("12 Harbour Road", , "(?<number>^\\d+)", "number", "14", , )
    14 Harbour Road
    >>> [telephoneNumber] = null
    >>> [mobile] = "+47 41230000"
    >>> Replace([telephoneNumber], , " (?<number>\\d+)", "number", , [mobile], )
    41230000
    """
    if (
        regex_pattern is not None
        and regex_group_name is not None
        and replacement_attribute_name is not None
    ):
        if not lacks_value(source):
            return as_text("source", source)
        return _group(context, regex_pattern, regex_group_name, replacement_attribute_name)
    if source is None and context.settings.null_source is NullSource.RETURNS_NULL:
        return None
    text = as_text("source", source)
    if old_value is not None and template is not None:
        return _replaced(template, old_value, text)
    if old_value is not None and replacement_value is not None:
        return _replaced(text, old_value, replacement_value)
    assert regex_pattern is not None, "see mode_rule"
    assert replacement_value is not None, "see mode_rule"
    pattern = compile_pattern(regex_pattern)
    limit = context.settings.regex_time_limit
    if regex_group_name is not None:
        return pattern.replace_group(text, regex_group_name, replacement_value, limit)
    return pattern.replace(text, replacement_value, limit)


def _replaced(text: str, old: str, new: str) -> str:
    if not old:
        raise EvaluationError("oldValue takes a text that is not empty")
    growth = text.count(old) * (len(new) - len(old))
    if len(text) + growth > MAXIMUM_LENGTH:
        raise EvaluationError(f"the text is over {MAXIMUM_LENGTH} characters")
    return text.replace(old, new)


def _group(context: EvaluationContext, pattern: str, group: str, text: str) -> str | None:
    return compile_pattern(pattern).find_group(text, group, context.settings.regex_time_limit)
