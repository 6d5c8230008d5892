"""Regular expressions of .NET: results that .NET is known to give, and patterns that run away.

Sources of the results:
https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference
https://learn.microsoft.com/dotnet/standard/base-types/substitutions-in-regular-expressions
https://learn.microsoft.com/dotnet/standard/base-types/grouping-constructs-in-regular-expressions
"""

import pytest

from entrasim.mapping.expressions import EvaluationError
from entrasim.mapping.expressions.functions.dotnet_regex import compile_pattern

REPLACED = [
    ("named group", r"(?<first>\w+) (?<last>\w+)", "Ana Silva", "${last}, ${first}", "Silva, Ana"),
    ("numbered group", r"(\w+) (\w+)", "Ana Silva", "$2 $1", "Silva Ana"),
    ("quoted name", r"(?'d'\d+)", "a1b22", "<${d}>", "a<1>b<22>"),
    ("whole match", r"\d", "a1", "[$&]", "a[1]"),
    ("before", "b", "abc", "[$`]", "a[a]c"),
    ("after", "b", "abc", "[$']", "a[c]c"),
    ("whole text", "b", "abc", "[$_]", "a[abc]c"),
    ("last group", r"(a)(b)?", "a", "[$+]", "[]"),
    ("dollar", "a", "a", "$$", "$"),
    ("no such group", "a", "a", "$7 ${x}", "$7 ${x}"),
    ("named groups are numbered last", r"(?<n>a)(b)", "ab", "$1$2", "ba"),
    ("inline option", r"(?i)ANA", "ana", "x", "x"),
    ("empty matches", "x*", "ab", "-", "-a-b-"),
    ("unicode category", r"\p{Lu}", "aBÇ", "-", "a--"),
    ("lazy", "a+?", "aaa", "-", "---"),
    ("look-behind", r"(?<=@).*$", "ana@contoso.example", "x", "ana@x"),
]


@pytest.mark.parametrize(
    ("pattern", "text", "replacement", "expected"),
    [row[1:] for row in REPLACED],
    ids=[row[0] for row in REPLACED],
)
def test_a_replacement(pattern: str, text: str, replacement: str, expected: str) -> None:
    assert compile_pattern(pattern).replace(text, replacement, limit=1) == expected


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "(?<n", r"\p{Nope}"])
def test_a_pattern_that_dotnet_refuses(pattern: str) -> None:
    with pytest.raises(EvaluationError, match="regexPattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize("whole", [True, False])
def test_a_pattern_that_runs_away_is_stopped(*, whole: bool) -> None:
    endless = compile_pattern(r"(a|aa|a?)+\d" if whole else r"(a|aa|a?)+$")

    with pytest.raises(EvaluationError) as stopped:
        endless.is_match("a" * 60 + "!", 0.05, whole=whole)

    assert str(stopped.value) == "regexPattern takes longer than 0.05 s; it backtracks too much"


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [("a1", False, True), ("a1", True, False), ("12", True, True), ("", True, False)],
)
def test_a_match_somewhere_or_of_the_whole(text: str, whole: bool, expected: bool) -> None:
    assert compile_pattern(r"\d+").is_match(text, 1, whole=whole) is expected
