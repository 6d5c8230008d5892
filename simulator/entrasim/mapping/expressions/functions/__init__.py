"""The functions of the language, as a table from Entra's name to parameters and Python.

43 stand on the reference page, AssertiveAppRoleAssignmentsComplex on the page about customizing
mappings, and four (AppRoleAssignments, DefaultDomain, IsNothing, Prepend) in Graph's list alone.
Parameters have the names of the reference page. `key` is the name that Graph's expression trees
are known to use instead; for functions that no published tree shows, trees use the page's names.
Sources:
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from entrasim.mapping.expressions.functions import (
    casing,
    choice,
    dates,
    diacritics,
    flow,
    generated,
    multivalued,
    null_tests,
    numbers,
    replace,
    roles,
    text,
)
from entrasim.mapping.expressions.functions.definition import (
    Definition,
    Kind,
    Parameter,
    Style,
)

_SOURCE: Final = Parameter("source", Kind.SOURCE)
_EXPRESSION: Final = Parameter("Expression")
_ATTRIBUTE: Final = Parameter("attribute", Kind.VALUES)
_ROLES: Final = Parameter("appRoleAssignments", Kind.VALUES, key="source")
_CULTURE: Final = Parameter("culture", Kind.TEXT, optional=True)
_INTERVAL: Final = Parameter("interval", Kind.TEXT)


def _texts(*names: str, optional: bool = False) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, Kind.TEXT, optional=optional) for name in names)


def _integers(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, Kind.INTEGER) for name in names)


_ALL: Final = (
    Definition("Append", text.append, (_SOURCE, *_texts("suffix"))),
    Definition("AppRoleAssignments", roles.app_role_assignments, (_ROLES,), Style.CONTEXT),
    Definition("AppRoleAssignmentsComplex", roles.app_role_assignments_complex, (_ROLES,)),
    Definition(
        "AssertiveAppRoleAssignmentsComplex",
        roles.assertive_app_role_assignments_complex,
        (_ROLES,),
    ),
    Definition(
        "BitAnd",
        numbers.bit_and,
        (Parameter("value1", Kind.NUMBER), Parameter("value2", Kind.NUMBER)),
    ),
    Definition("CBool", null_tests.c_bool, (_EXPRESSION,)),
    Definition("CDate", dates.c_date, (_EXPRESSION,), Style.CONTEXT),
    Definition("Coalesce", choice.coalesce, (Parameter("source", repeats=True),), Style.BUILDER),
    Definition("ConvertToBase64", numbers.convert_to_base64, (_SOURCE,)),
    Definition("ConvertToUTF8Hex", numbers.convert_to_utf8_hex, (_SOURCE,)),
    Definition("Count", multivalued.count, (_ATTRIBUTE,)),
    Definition("CStr", numbers.c_str, (Parameter("value"),)),
    Definition(
        "DateAdd",
        dates.date_add,
        (_INTERVAL, *_integers("value"), Parameter("dateTime", Kind.DATE)),
        Style.CONTEXT,
    ),
    Definition(
        "DateDiff",
        dates.date_diff,
        (_INTERVAL, Parameter("date1", Kind.DATE), Parameter("date2", Kind.DATE)),
        Style.CONTEXT,
    ),
    Definition("DateFromNum", dates.date_from_num, (Parameter("value", Kind.NUMBER),)),
    Definition("DefaultDomain", text.default_domain, style=Style.CONTEXT),
    Definition(
        "FormatDateTime",
        dates.format_date_time,
        (
            _SOURCE,
            *_texts("dateTimeStyles", optional=True),
            *_texts("inputFormat", "outputFormat"),
        ),
        Style.CONTEXT,
        older=Definition(
            "FormatDateTime",
            dates.format_date_time_older,
            (_SOURCE, *_texts("inputFormat", "outputFormat")),
            Style.CONTEXT,
        ),
    ),
    Definition("Guid", generated.guid, style=Style.CONTEXT),
    Definition(
        "IgnoreFlowIfNullOrEmpty",
        flow.ignore_flow_if_null_or_empty,
        (_EXPRESSION,),
        Style.BUILDER,
    ),
    Definition(
        "IIF",
        choice.iif,
        (Parameter("condition"), Parameter("valueIfTrue"), Parameter("valueIfFalse")),
        Style.BUILDER,
    ),
    Definition(
        "InStr",
        text.in_str,
        (
            *_texts("value1", "value2"),
            Parameter("start", Kind.INTEGER, optional=True),
            *_texts("compareType", optional=True),
        ),
        Style.CONTEXT,
    ),
    Definition("IsNothing", null_tests.is_nothing, (Parameter("source"),), Style.CONTEXT),
    Definition("IsNull", null_tests.is_null, (_EXPRESSION,)),
    Definition("IsNullOrEmpty", null_tests.is_null_or_empty, (_EXPRESSION,)),
    Definition("IsPresent", null_tests.is_present, (_EXPRESSION,)),
    Definition("IsString", null_tests.is_string, (_EXPRESSION,)),
    Definition("Item", multivalued.item, (_ATTRIBUTE, *_integers("index"))),
    Definition(
        "Join",
        text.join,
        (Parameter("separator"), Parameter("source", repeats=True)),
        Style.BUILDER,
    ),
    Definition("Left", text.left, (*_texts("String"), *_integers("NumChars"))),
    Definition("Mid", text.mid, (_SOURCE, *_integers("start", "length")), Style.CONTEXT),
    Definition("NormalizeDiacritics", diacritics.normalize_diacritics, (_SOURCE,), Style.CONTEXT),
    Definition("Not", null_tests.not_, (Parameter("source"),)),
    Definition("Now", dates.now, style=Style.CONTEXT),
    Definition("NumFromDate", dates.num_from_date, (Parameter("value"),), Style.CONTEXT),
    Definition("PCase", casing.p_case, (_SOURCE, *_texts("wordSeparators", optional=True))),
    Definition("Prepend", text.prepend, (*_texts("prefix"), _SOURCE)),
    Definition(
        "RandomString",
        generated.random_string,
        (
            *_integers(
                "Length",
                "MinimumNumbers",
                "MinimumSpecialCharacters",
                "MinimumCapital",
                "MinimumLowerCase",
            ),
            *_texts("CharactersToAvoid", optional=True),
        ),
        Style.CONTEXT,
    ),
    Definition("Redact", flow.redact, (Parameter("attribute/value"),)),
    Definition("RemoveDuplicates", multivalued.remove_duplicates, (_ATTRIBUTE,), Style.CONTEXT),
    Definition(
        "Replace",
        replace.replace,
        (
            Parameter("source"),
            Parameter("oldValue", Kind.TEXT, key="Find", optional=True),
            Parameter("regexPattern", Kind.TEXT, key="RegularExpression", optional=True),
            Parameter("regexGroupName", Kind.TEXT, key="RegularExpressionGroupName", optional=True),
            Parameter("replacementValue", Kind.TEXT, key="Replacement", optional=True),
            Parameter(
                "replacementAttributeName", Kind.TEXT, key="ReplacementPropertyName", optional=True
            ),
            Parameter("template", Kind.TEXT, key="Template", optional=True),
        ),
        Style.CONTEXT,
        rule=replace.mode_rule,
    ),
    Definition(
        "SelectUniqueValue",
        generated.select_unique_value,
        (
            Parameter("uniqueValueRule1", key="uniqueValueRule"),
            Parameter("uniqueValueRule2", key="uniqueValueRule", repeats=True),
        ),
        Style.BUILDER,
        top_level_only=True,
    ),
    Definition(
        "SingleAppRoleAssignment", roles.single_app_role_assignment, (_ROLES,), Style.CONTEXT
    ),
    Definition("Split", text.split, (_SOURCE, *_texts("delimiter")), Style.CONTEXT),
    Definition("StripSpaces", text.strip_spaces, (_SOURCE,)),
    Definition(
        "Switch",
        choice.switch,
        (
            Parameter("source"),
            Parameter("defaultValue", optional=True),
            Parameter("key", key="switchValue", repeats=True),
            Parameter("value", key="switchValue", repeats=True),
        ),
        Style.BUILDER,
        rule=choice.pairs_rule,
    ),
    Definition("ToLower", casing.to_lower, (_SOURCE, _CULTURE)),
    Definition("ToUpper", casing.to_upper, (_SOURCE, _CULTURE)),
    Definition(
        "Word",
        text.word,
        (*_texts("String"), *_integers("WordNumber"), *_texts("Delimiters")),
        Style.CONTEXT,
    ),
)

FUNCTIONS: Final[Mapping[str, Definition]] = MappingProxyType({each.name: each for each in _ALL})
"""Every function by its name, in alphabetical order."""

WORDS: Final = frozenset({"vbTextCompare", "vbBinaryCompare"})
"""The bare words that functions know."""

ELSEWHERE: Final = frozenset(
    {"Contains", "ConvertFromBase64", "CRef", "DNComponent", "Error", "StringFromSid", "Trim"}
)
"""Functions of Cloud Sync that application provisioning has not.

Source: https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions
"""
