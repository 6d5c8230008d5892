"""Text: Append, Prepend, Join, Left, Mid, Word, InStr, Split, StripSpaces, DefaultDomain."""

import re
from typing import Any

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.casing import lower
from entrasim.mapping.expressions.functions.definition import Compiled, Evaluate
from entrasim.mapping.expressions.settings import CompareType, OutOfRange
from entrasim.mapping.expressions.values import MAXIMUM_LENGTH, Value, texts_of, to_text


def append(source: str, suffix: str) -> str:
    """The source followed by the suffix.

    A null suffix counts as empty; a null source gives null (setting `nullSource`).

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#append

    >>> [userPrincipalName] = "ana@contoso.example"
    >>> Append([userPrincipalName], ".test")
    ana@contoso.example.test
    """
    return source + suffix


def prepend(prefix: str, source: str) -> str:
    """The prefix followed by the source.

    Only Graph's list of functions has it, without a description.

    Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions

    >>> [employeeId] = "0042"
    >>> Prepend("E-", [employeeId])
    E-0042
    """
    return prefix + source


def join(separator: Compiled, *sources: Compiled) -> Evaluate:
    """The sources in one text, with the separator between them.

    A multi-valued source gives each of its values. An empty source leaves no separator, nor does
    a null one (setting `joinSkipsNull`). Numbers are taken as texts. Without any text left the
    result is empty.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#join

    >>> [givenName] = "Ana"
    >>> [surname] = "Lima"
    >>> Join(", ", "", [surname], [givenName])
    Lima, Ana
    >>> [otherMails] = "a@contoso.example", "b@contoso.example"
    >>> Join(";", [otherMails], 7)
    a@contoso.example;b@contoso.example;7
    """
    between, parts = separator.evaluate, [each.evaluate for each in sources]

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        texts: list[str] = []
        for part in parts:
            value = part(source, context)
            if isinstance(value, str):
                if value:
                    texts.append(value)
            elif value is not None or not context.settings.join_skips_null:
                texts.extend(_texts(value))
        if sum(map(len, texts)) > MAXIMUM_LENGTH:
            raise EvaluationError(f"the text is over {MAXIMUM_LENGTH} characters", function="Join")
        return to_text(between(source, context)).join(texts)

    return evaluate


def _texts(value: Value) -> list[str]:
    """The texts of a value that is no text itself; a null that is not to be skipped is empty."""
    if isinstance(value, tuple):
        return [each for each in texts_of(value) if each]
    return [to_text(value)]


def left(string: str, num_chars: int) -> str:
    """The first characters of a text.

    0 gives an empty text, a negative number the whole text, as does one beyond its length. A null
    text gives an empty text.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#left

    >>> Left("Ana Lima", 3)
    Ana
    >>> Left("Ana Lima", -1)
    Ana Lima
    """
    return string if num_chars < 0 else string[:num_chars]


def mid(context: EvaluationContext, source: str, start: int, length: int) -> str:
    """Characters from inside a text; the first one is number 1.

    A length beyond the end gives all up to the end. What a start outside of the text or a negative
    length gives is the setting `midOutOfRange`: an empty text, the source, or a failure.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#mid

    >>> Mid("Lima", 2, 2)
    im
    >>> Mid("Lima", 3, 50)
    ma
    >>> Mid("Lima", 9, 2)
    ""
    """
    if 1 <= start <= len(source) and length >= 0:
        return source[start - 1 : start - 1 + length]
    choice = context.settings.mid_out_of_range
    if choice is OutOfRange.FAILS:
        raise EvaluationError(
            f"start {start} and length {length} lie outside of the {len(source)} characters"
        )
    return source if choice is OutOfRange.SOURCE else ""


def word(context: EvaluationContext, string: str, word_number: int, delimiters: str) -> str:
    """One word of a text that is split at each of the delimiter characters.

    The first word is number 1. A number below 1, too few words, or a null text give an empty
    text. Delimiters side by side count as one (setting `wordSkipsEmpty`).

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#word

    >>> Word("Sales, North & West", 2, ",& ")
    North
    >>> Word("Sales", 2, " ")
    ""
    """
    words = re.split(f"[{re.escape(delimiters)}]", string) if delimiters else [string]
    if context.settings.word_skips_empty:
        words = [each for each in words if each]
    return words[word_number - 1] if 1 <= word_number <= len(words) else ""


def in_str(
    context: EvaluationContext,
    value1: str,
    value2: str,
    start: int | None = None,
    compare_type: str | None = None,
) -> int:
    """The position of the first value2 in value1, from `start` on; 0 when there is none.

    The first position is 1. `vbTextCompare` ignores case, `vbBinaryCompare` does not and is the
    default (setting `inStrComparison`). As in Visual Basic, an empty value2 is found at the start,
    nothing is found in an empty or null value1 or beyond its end, and a start below 1 fails.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#instr

    >>> InStr("ana@contoso.example", "@")
    4
    >>> InStr("Contoso", "O", 3, vbTextCompare)
    5
    >>> InStr("Contoso", "O")
    0
    """
    start = 1 if start is None else start
    if start < 1:
        raise EvaluationError(f"start takes a number from 1 on, not {start}")
    if compare_type is None:
        compare_type = context.settings.in_str_comparison
    if compare_type == CompareType.TEXT:
        value1, value2 = lower(value1), lower(value2)
    elif compare_type != CompareType.BINARY:
        raise EvaluationError(
            f'compareType takes vbBinaryCompare or vbTextCompare, not "{compare_type}"'
        )
    return 0 if start > len(value1) else value1.find(value2, start - 1) + 1


def strip_spaces(source: str) -> str:
    """The source without its spaces. Tabs and other blanks stay.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#stripspaces

    >>> StripSpaces(" Ana  de Lima ")
    AnadeLima
    """
    return source.replace(" ", "")


def split(context: EvaluationContext, source: str, delimiter: str) -> tuple[str, ...]:
    """The parts of a text between the delimiters, as a multi-valued result.

    Blanks around each part go (setting `splitTrims`). An empty text gives one empty part, a null
    source null; an empty delimiter fails.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#split

    >>> [extensionAttribute5] = "Reader, Writer"
    >>> Split([extensionAttribute5], ",")
    ["Reader", "Writer"]
    """
    if not delimiter:
        raise EvaluationError("delimiter takes a character, not an empty text")
    parts = source.split(delimiter)
    return tuple(each.strip() for each in parts) if context.settings.split_trims else tuple(parts)


def default_domain(context: EvaluationContext) -> str:
    """The default domain of the tenant, as the name tells.

    Only Graph's list of functions has it, without a description.

    Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions

    >>> [mailNickname] = "ana"
    >>> Join("@", [mailNickname], DefaultDomain())
    ana@contoso.example
    """
    return context.default_domain
