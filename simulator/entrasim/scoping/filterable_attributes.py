"""Attributes that no scoping filter may read, with Entra's reason, and clauses without sense.

Sources:
https://learn.microsoft.com/entra/identity/app-provisioning/known-issues
https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from collections.abc import Mapping
from typing import Final

from entrasim.scoping.operators import Operator, integer
from entrasim.scoping.scoping_filter import Clause

NOT_FILTERABLE: Final[Mapping[str, str]] = {
    "appRoleAssignments": "app role assignments cannot be used in scoping filters",
    "employeeHireDate": "dates cannot be used in scoping filters",
    "employeeLeaveDateTime": "dates cannot be used in scoping filters",
    "createdDateTime": "dates cannot be used in scoping filters",
    "manager": "manager cannot be used in scoping filters",
    "members": "the members of a group cannot be used in scoping filters",
    "otherMails": "multi-valued attributes cannot be used in scoping filters",
    "proxyAddresses": "multi-valued attributes cannot be used in scoping filters",
    "userType": "userType cannot be used in scoping filters",
}

BOOLEANS: Final = frozenset({"accountEnabled", "IsSoftDeleted", "securityEnabled"})
"""Attributes that are true or false; all others are text."""

FOR_BOOLEANS: Final = frozenset(
    {Operator.IS_TRUE, Operator.IS_FALSE, Operator.IS_NULL, Operator.IS_NOT_NULL}
)
FOR_TEXT: Final = frozenset(Operator) - {Operator.IS_TRUE, Operator.IS_FALSE}


def refusal(clause: Clause) -> str | None:
    """Why Entra would not take a clause, or None when it would.

    Whether the attribute exists at all, and whether a pattern can be used, others know.
    """
    if reason := NOT_FILTERABLE.get(clause.attribute):
        return reason
    if reason := _wrong_operator(clause):
        return reason
    if clause.operator.is_unary:
        return f"{clause.operator} takes no value; leave it out" if clause.value else None
    if not clause.value:
        return f"{clause.operator} needs a value"
    if clause.operator.compares_integers and integer(clause.value) is None:
        return f'{clause.operator} compares integers; "{clause.value}" is none'
    return None


def _wrong_operator(clause: Clause) -> str | None:
    """Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-filteroperators"""
    is_boolean = clause.attribute in BOOLEANS
    allowed = FOR_BOOLEANS if is_boolean else FOR_TEXT
    if clause.operator in allowed:
        return None
    kind = "true or false" if is_boolean else "text"
    names = ", ".join(each for each in Operator if each in allowed)
    return f"{clause.attribute} is {kind}, to which {clause.operator} does not apply; use {names}"
