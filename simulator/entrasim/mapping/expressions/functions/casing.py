"""Upper case, lower case and proper case, as .NET has them.

.NET maps character by character: ß has no upper case, a sigma at the end of a word is no special
case. The invariant culture leaves the dotted and the dotless i apart; Turkish and Azerbaijani
pair them their own way; every other culture maps both to the plain i. Source:
https://learn.microsoft.com/dotnet/api/system.globalization.textinfo.toupper
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from entrasim.mapping.expressions.errors import EvaluationError

_CULTURE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_TURKIC: Final = ("tr", "az")
_DOTTED, _DOTLESS = "\u0130", "\u0131"
_INVARIANT: Final = {_DOTTED: _DOTTED, _DOTLESS: _DOTLESS}
_PLAIN_LOWER: Final = {_DOTTED: "i"}
_TURKIC_LOWER: Final = {_DOTTED: "i", "I": _DOTLESS}
_TURKIC_UPPER: Final = {_DOTLESS: "I", "i": _DOTTED}

# Unicode general categories that end a word for ToTitleCase: blanks, control and format
# characters, punctuation, symbols.
_SEPARATORS: Final = ("Z", "P", "S", "Cc", "Cf")
_TITLE_LETTERS: Final = {
    each: title
    for title in "\u01c5\u01c8\u01cb\u01f2"
    for each in (title, title.lower(), title.upper())
}


def to_lower(source: str, culture: str = "") -> str:
    """The source in lower case, by the rules of the culture, else of the invariant one.

    `culture` is a name such as `en-US`; a malformed one fails. A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#tolower

    >>> [userPrincipalName] = "Ana.Lima@Contoso.example"
    >>> ToLower([userPrincipalName])
    ana.lima@contoso.example
    >>> ToLower("IZMIR", "tr-TR")
    \u0131zm\u0131r
    """
    return lower(source, _special(culture, _TURKIC_LOWER, _PLAIN_LOWER))


def to_upper(source: str, culture: str = "") -> str:
    """The source in upper case, by the rules of the culture, else of the invariant one.

    `culture` is a name such as `en-US`; a malformed one fails. A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#toupper

    >>> ToUpper("no-id")
    NO-ID
    >>> ToUpper("straße")
    STRAßE
    """
    return upper(source, _special(culture, _TURKIC_UPPER, {}))


def p_case(source: str, word_separators: str = "") -> str:
    """The first letter of each word in upper case, all other letters in lower case.

    Words end at the characters of `wordSeparators`; without any, where .NET's ToTitleCase ends
    them: at blanks, control characters, punctuation and symbols, but not at an apostrophe inside
    a word nor at a digit. A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#pcase

    >>> PCase("ANA MARIA (TEMP) LIMA-BERG")
    Ana Maria (Temp) Lima-Berg
    >>> PCase("ANNE D'ARC")
    Anne D'arc
    >>> PCase("ANNE D'ARC", " '")
    Anne D'Arc
    """
    lowered = lower(source)
    if not word_separators:
        return title_case(lowered)
    return _capitalized(lowered, word_separators)


def lower(text: str, special: dict[str, str] | None = None) -> str:
    """Lower case, character by character; `special` goes before the usual pairs."""
    if special is None and text.isascii():
        return text.lower()
    return _mapped(text, str.lower, _INVARIANT if special is None else special)


def upper(text: str, special: dict[str, str] | None = None) -> str:
    """Upper case, character by character; `special` goes before the usual pairs."""
    if special is None and text.isascii():
        return text.upper()
    return _mapped(text, _simple_upper, _INVARIANT if special is None else special)


def title_case(text: str) -> str:
    """What .NET's TextInfo.ToTitleCase makes of a text that is in lower case already.

    Source: https://learn.microsoft.com/dotnet/api/system.globalization.textinfo.totitlecase
    """
    result, inside = [], False
    for each in text:
        category = unicodedata.category(each)
        if not inside and category[0] == "L":
            result.append(_TITLE_LETTERS.get(each) or upper(each))
            inside = True
        else:
            result.append(each)
            inside = inside and (each == "'" or not category.startswith(_SEPARATORS))
    return "".join(result)


def _capitalized(text: str, separators: str) -> str:
    result, begins = [], True
    for each in text:
        result.append(upper(each) if begins else each)
        begins = each in separators
    return "".join(result)


def _special(culture: str, turkic: dict[str, str], plain: dict[str, str]) -> dict[str, str] | None:
    if not culture:
        return None
    if not _CULTURE.fullmatch(culture):
        raise EvaluationError(f'culture takes a name such as en-US, not "{culture}"')
    language = culture.partition("-")[0].lower()
    return turkic if language in _TURKIC else plain


def _mapped(text: str, convert: Callable[[str], str], special: dict[str, str]) -> str:
    return "".join(special.get(each) or convert(each) for each in text)


def _simple_upper(character: str) -> str:
    """The upper case of one character if it is one character, else the character."""
    for converted in (character.upper(), character.title()):
        if len(converted) == 1:
            return converted
    return character
