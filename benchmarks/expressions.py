"""The expression language: parsing against a generated parser, and the default mappings by hand.

The grammar for lark describes the same language as the parser, and builds no tree of its own. The
hand-written function builds the same body as the 22 default mappings: nulls are left out, and
`Join` is done. CPU time in one process, in turn.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from lark import Lark

from benchmarks.pairs import alternate, cpu_seconds
from entrasim.directory.user import User
from entrasim.mapping.defaults import default_user_mapping
from entrasim.mapping.expressions import EvaluationContext, parse
from entrasim.mapping.flow import Flow
from entrasim.mapping.source_attributes import SourceObject
from entrasim.scim.urns import ENTERPRISE_USER

PARSING_WANTED = 5.0
MAPPING_LIMIT = 12.0
EXPRESSION = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
ROUNDS = 5_000

GRAMMAR = r"""
?start: value
?value: call | ATTRIBUTE | TEXT
call: NAME "(" [argument ("," argument)*] ")"
?argument: [comparison | value | NUMBER | WORD]
comparison: value SIGN (value | NUMBER)
ATTRIBUTE: "[" /[^\[\]]+/ "]"
TEXT: "\"" /(\\.|[^"\\])*/ "\""
NUMBER: /-?\d+|&H[0-9A-Fa-f]+/
NAME: /[A-Za-z]\w*(?=\s*\()/
WORD: /[A-Za-z]\w*(?!\s*\()/
SIGN: "<>" | "<=" | ">=" | "=" | "<" | ">"
%ignore /\s+/
"""

USER = User(
    id="ana",
    user_principal_name="ana.silva@contoso.example",
    display_name="Ana Silva",
    mail_nickname="ana.silva",
    given_name="Ana",
    surname="Silva",
    mail="ana.silva@contoso.example",
    job_title="Analyst",
    department="Legal",
    employee_id="1042",
    city="Bergen",
    country="Norway",
    telephone_number="+47 55 55 01 43",
)


def by_hand(user: User, *, is_soft_deleted: bool = False) -> dict[str, Any]:
    """What a person would write for the default mappings, had Entra none."""
    names = [each for each in (user.given_name, user.surname) if each]
    name = {"givenName": user.given_name, "familyName": user.surname, "formatted": " ".join(names)}
    address = {
        "formatted": user.physical_delivery_office_name,
        "streetAddress": user.street_address,
        "locality": user.city,
        "region": user.state,
        "postalCode": user.postal_code,
        "country": user.country,
    }
    phones = {
        "work": user.telephone_number,
        "mobile": user.mobile,
        "fax": user.facsimile_telephone_number,
    }
    enterprise = {"employeeNumber": user.employee_id, "department": user.department}
    body: dict[str, Any] = {
        "userName": user.user_principal_name,
        "active": not is_soft_deleted,
        "displayName": user.display_name,
        "title": user.job_title,
        "preferredLanguage": user.preferred_language,
        "externalId": user.mail_nickname,
        "name": _present(name),
        "addresses": _typed([("work", _present(address))]),
        "phoneNumbers": _typed([(kind, {"value": v}) for kind, v in phones.items() if v]),
        ENTERPRISE_USER: _present(enterprise),
    }
    if user.mail:
        body["emails"] = [{"type": "work", "value": user.mail}]
    return {key: value for key, value in body.items() if value not in (None, {}, [])}


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _typed(elements: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [{"type": kind} | values for kind, values in elements if values]


def by_mappings(flow: Flow, context: EvaluationContext) -> dict[str, Any]:
    """The same body from the compiled mappings."""
    body: dict[str, Any] = {}
    for each in flow.values(SourceObject(USER), context, creating=True):
        each.path.write(body, each.value)
    return body


def main() -> int:
    """Print both ratios; 1 when one is missed."""
    lark = Lark(GRAMMAR, parser="lalr", maybe_placeholders=True)
    parsing = alternate(
        lambda: _rounds(partial(lark.parse, EXPRESSION)),
        lambda: _rounds(partial(parse, EXPRESSION)),
        pairs=7,
    )
    print(f"parsing, lark LALR over ours: {parsing}; at least {PARSING_WANTED:.0f} wanted")
    flow, context = Flow(default_user_mapping()), EvaluationContext(now=datetime.now(UTC))
    assert by_mappings(flow, context) == by_hand(USER), "both build the same body"
    mapping = alternate(
        lambda: _rounds(partial(by_mappings, flow, context)),
        lambda: _rounds(partial(by_hand, USER)),
        pairs=7,
    )
    print(f"22 default mappings over a function by hand: {mapping}; at most {MAPPING_LIMIT:.0f}")
    return int(parsing.ratio < PARSING_WANTED or mapping.ratio > MAPPING_LIMIT)


def _rounds(work: Callable[[], object]) -> float:
    def rounds() -> None:
        for _ in range(ROUNDS):
            work()

    return cpu_seconds(rounds)


if __name__ == "__main__":
    sys.exit(main())
