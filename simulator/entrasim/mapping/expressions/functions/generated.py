"""Generated values: Guid, RandomString, SelectUniqueValue."""

import string
from collections.abc import Callable
from typing import Any, Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import as_text
from entrasim.mapping.expressions.functions.definition import Compiled, Evaluate
from entrasim.mapping.expressions.values import Value

SPECIAL_CHARACTERS: Final = "'-!\"#$%&()*,./:;?@[]^_`{|}~+<=>"
"""Source: https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/password-must-meet-complexity-requirements#reference"""

_LONGEST: Final = 256


def guid(context: EvaluationContext) -> str:
    """A new random identifier, in lower case, with hyphens.

    It repeats when a run repeats: chance is an argument of the evaluation.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#guid

    >>> Replace(Guid(), , "[0-9a-f]", , "x", , )
    xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
    """
    words = [int(context.random() * 2**32) for _ in range(4)]
    digits = "".join(f"{word:08x}" for word in words)
    variant = "89ab"[words[2] >> 28 & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def random_string(
    context: EvaluationContext,
    length: int,
    minimum_numbers: int,
    minimum_special_characters: int,
    minimum_capital: int,
    minimum_lower_case: int,
    characters_to_avoid: str = "",
) -> str:
    """A random text of that length, with at least so many characters of each kind.

    Capitals and special characters appear only where at least one is asked for; digits and lower
    case letters fill the rest. The length is at most 256 and covers the first three minimums;
    lower case letters give way when there is no room for them.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#randomstring

    >>> Replace(RandomString(6, 3, 0, 0, 3), , "[a-z0-9]", , "x", , )
    xxxxxx
    """
    wanted = [
        (string.digits, minimum_numbers),
        (SPECIAL_CHARACTERS, minimum_special_characters),
        (string.ascii_uppercase, minimum_capital),
    ]
    taken = sum(count for _, count in wanted)
    _check(length, taken, minimum_numbers, minimum_special_characters, minimum_capital)
    wanted.append((string.ascii_lowercase, max(0, min(minimum_lower_case, length - taken))))
    filling = string.ascii_lowercase + string.digits
    filling += "".join(kind for kind, count in wanted[1:3] if count)
    wanted.append((filling, length - sum(count for _, count in wanted)))
    drawn = [
        each
        for kind, count in wanted
        for each in _drawn(context.random, kind, count, characters_to_avoid)
    ]
    return "".join(_shuffled(context.random, drawn))


def select_unique_value(*rules: Compiled) -> Evaluate:
    """The first of the values that the target has not yet.

    Each rule is computed only when those before it are taken. When all are, the object fails and
    goes to escrow. The function stands at the top level only. Microsoft supports it for the HR
    applications and API-driven provisioning to on-premises Active Directory, not for SCIM.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#selectuniquevalue

    >>> [givenName] = "Ana"
    >>> SelectUniqueValue([givenName], Append([givenName], "2"))
    Ana
    """

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        tried = []
        for rule in rules:
            value = rule.evaluate(source, context)
            text = as_text("uniqueValueRule", value)
            if not context.is_taken(text):
                return value
            tried.append(f'"{text}"')
        raise EvaluationError(
            f"the target has each of the values already: {', '.join(tried)}",
            code="NoUniqueValue",
            function="SelectUniqueValue",
        )

    return evaluate


def _check(length: int, taken: int, *minimums: int) -> None:
    if not 0 <= length <= _LONGEST:
        raise EvaluationError(f"Length takes a number up to {_LONGEST}, not {length}")
    if min(minimums) < 0:
        raise EvaluationError("a minimum is below 0")
    if taken > length:
        raise EvaluationError(f"Length {length} is below the sum of the minimums, {taken}")


def _drawn(random: Callable[[], float], kind: str, count: int, avoided: str) -> list[str]:
    allowed = [each for each in kind if each not in avoided]
    if count and not allowed:
        raise EvaluationError(f'CharactersToAvoid leaves none of "{kind}"')
    return [allowed[int(random() * len(allowed))] for _ in range(count)]


def _shuffled(random: Callable[[], float], characters: list[str]) -> list[str]:
    for last in range(len(characters) - 1, 0, -1):
        other = int(random() * (last + 1))
        characters[last], characters[other] = characters[other], characters[last]
    return characters
