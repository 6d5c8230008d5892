"""App roles: four ways to turn the roles that a user holds into values for the target.

Each takes `[appRoleAssignments]`, a multi-valued attribute of role values. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes#provisioning-a-role-to-a-scim-app
"""

from typing import Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.settings import RoleList, SeveralRoles
from entrasim.mapping.expressions.values import Role

ROLE_TYPE: Final = "WindowsAzureActiveDirectoryRole"

Values = tuple[str, ...] | None


def single_app_role_assignment(context: EvaluationContext, source: Values) -> str | None:
    """The value of the one role that the user holds; null without a role.

    With several roles the choice is not guaranteed; the setting `severalRoles` makes it the first,
    the last, or a failure.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#singleapproleassignment

    >>> [appRoleAssignments] = "Editor"
    >>> SingleAppRoleAssignment([appRoleAssignments])
    Editor
    """
    if not source:
        return None
    choice = context.settings.several_roles
    if choice is SeveralRoles.FAILS and len(source) > 1:
        raise EvaluationError(f"the user holds {len(source)} roles, not one")
    return source[-1] if choice is SeveralRoles.LAST else source[0]


def app_role_assignments(context: EvaluationContext, source: Values) -> Values | str:
    """The values of all roles that the user holds; null without a role.

    Only Graph's list of functions has it, without a description; the setting `appRoleAssignments`
    makes it a multi-valued result or one text with commas.

    Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions

    >>> [appRoleAssignments] = "Editor", "Reader"
    >>> AppRoleAssignments([appRoleAssignments])
    ["Editor", "Reader"]
    """
    if not source:
        return None
    return ",".join(source) if context.settings.app_role_assignments is RoleList.JOINED else source


def app_role_assignments_complex(source: Values) -> tuple[Role, ...] | None:
    """One complex value per role, shown by its `displayName`; null without a role.

    Updates only add roles: those taken away in Entra stay in the target.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#approleassignmentscomplex

    >>> [appRoleAssignments] = "Editor"
    >>> AppRoleAssignmentsComplex([appRoleAssignments])
    [{"primary": false, "type": "WindowsAzureActiveDirectoryRole",
    "displayName": "Editor", "value": "Editor"}]
    """
    return _complex(source, "displayName")


def assertive_app_role_assignments_complex(source: Values) -> tuple[Role, ...] | None:
    """One complex value per role, shown by its `display`; null without a role.

    Updates replace the whole list, so roles taken away in Entra leave the target too.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes#provisioning-a-role-to-a-scim-app

    >>> [appRoleAssignments] = "Editor"
    >>> AssertiveAppRoleAssignmentsComplex([appRoleAssignments])
    [{"primary": false, "type": "WindowsAzureActiveDirectoryRole",
    "display": "Editor", "value": "Editor"}]
    """
    return _complex(source, "display")


def _complex(source: Values, display: str) -> tuple[Role, ...] | None:
    if not source:
        return None
    return tuple(
        {"primary": False, "type": ROLE_TYPE, display: each, "value": each} for each in source
    )
