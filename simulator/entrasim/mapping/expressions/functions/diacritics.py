"""NormalizeDiacritics: the published table of characters with diacritics."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.settings import OutsideTable

TABLE: Final[Mapping[str, str]] = {
    "a": "ä à â ã å á ą ă ā ā́ ā̀ ā̂ ā̃ ǟ ā̈ ǡ a̱ å̄",
    "ae": "æ ǣ",
    "c": "ç č ć c̄ c̱",
    "d": "ď d̄ ḏ",
    "e": "ë è é ê ę ě ė ē ḗ ḕ ē̂ ē̃ ê̄ e̱ ë̄ e̊̄",
    "g": "ğ ḡ g̱",
    "i": "ï î ì í \u0131 ī ī́ ī̀ ī̂ ī̃ i̱",
    "l": "ľ ł l̄ ḹ ḻ",
    "n": "ñ ń ň n̄ ṉ",
    "o": "ö ò ő õ ô ó ō ṓ ṑ ō̂ ō̃ ȫ ō̈ ǭ ȭ ȱ o̱",
    "oe": "ø ø̄ œ̄",
    "r": "ř r̄ ṟ ṝ",
    "s": "š ś ș ş s̄ s̱",
    "ss": "ß",
    "t": "ť ț t̄ ṯ",
    "u": "ü ù û ú ů ű ū ū́ ū̀ ū̂ ū̃ u̇̄ ǖ ṻ ṳ̄ u̱",
    "y": "ÿ ý ȳ ȳ́ ȳ̀ ȳ̃ y̱",
    "z": "ź ž ż z̄ ẕ",
}
"""The rows in lower case. Those in upper case are the same in capitals, save that ß has none and
that the dotted I stands where the dotless i does.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#normalizediacritics
"""


def normalize_diacritics(context: EvaluationContext, source: str) -> str:
    """The source with the characters of the published table replaced by plain ones.

    Umlauts lose their dots, while ø becomes oe and ß becomes ss. A letter and its combining
    marks count as one character, composed or not. Characters outside of the table stay, or lose
    their marks (setting `diacriticsOutsideTable`). A null source gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#normalizediacritics

    >>> NormalizeDiacritics("Zoë Łucja Sørgroß")
    Zoe Lucja Soergross
    """
    if source.isascii():
        return source
    decompose = context.settings.diacritics_outside_table is OutsideTable.DECOMPOSED
    return "".join(_normalized(each, decompose=decompose) for each in _clusters(source))


def _table() -> dict[str, str]:
    """From each character of the table, decomposed, to what replaces it."""
    found = {
        unicodedata.normalize("NFD", each): plain
        for plain, row in TABLE.items()
        for each in row.split()
    }
    capitals = {
        each.upper(): plain.upper() for each, plain in found.items() if each not in "\u0131ß"
    }
    return found | capitals | {unicodedata.normalize("NFD", "İ"): "I"}


def _clusters(source: str) -> list[str]:
    """The characters of the source, decomposed, each with the combining marks that follow it."""
    clusters: list[str] = []
    for each in source:
        if clusters and unicodedata.combining(each):
            clusters[-1] += each
        else:
            clusters.append(each)
    return clusters


def _normalized(cluster: str, *, decompose: bool) -> str:
    if cluster.isascii():
        return cluster
    bare = unicodedata.normalize("NFD", cluster)
    if bare in _PLAIN:
        return _PLAIN[bare]
    if decompose:
        return "".join(each for each in bare if not unicodedata.combining(each))
    return cluster


_PLAIN: Final = _table()
