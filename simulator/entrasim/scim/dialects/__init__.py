"""The two ways in which Entra writes a PATCH, and how a tenant URL chooses between them.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
"""

from entrasim.scim.dialects.classic import ClassicDialect
from entrasim.scim.dialects.compliant import CompliantDialect
from entrasim.scim.dialects.operation import AttributeChange, Dialect, ManagerClear, Op

__all__ = [
    "AttributeChange",
    "ClassicDialect",
    "CompliantDialect",
    "Dialect",
    "ManagerClear",
    "Op",
]
