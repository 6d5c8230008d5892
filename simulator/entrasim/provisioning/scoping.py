"""Scoping: the filters of one configuration, applied to objects of the directory."""

from collections.abc import Callable
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.user import User
from entrasim.mapping.expressions.functions.dotnet_regex import compile_pattern
from entrasim.mapping.source_attributes import SourceObject, source_attribute
from entrasim.provisioning.configuration import ProvisioningConfiguration
from entrasim.provisioning.settings import ProvisioningSettings, RegexMatch
from entrasim.scoping.operators import Semantics
from entrasim.scoping.scoping_filter import ADMITTED, FilterEvaluation, evaluate_filters


def apply_filters(
    configuration: ProvisioningConfiguration, source: User | Group, *, regex_limit: float
) -> FilterEvaluation:
    """What the scoping filters of the configuration say about one object.

    Args:
        configuration: Holds filters and settings.
        source: The object; `IsSoftDeleted` tells here whether sign-in is blocked.
        regex_limit: The seconds after which a pattern that runs away fails the object.

    Raises:
        EvaluationError: a pattern takes longer than `regex_limit`.
    """
    object_type = ObjectType.USER if isinstance(source, User) else ObjectType.GROUP
    filters = configuration.scoping_filters.get(object_type)
    if not filters:
        return ADMITTED
    semantics = _semantics(configuration.settings, regex_limit)
    return evaluate_filters(filters, _reader(object_type, source), semantics)


def _semantics(settings: ProvisioningSettings, regex_limit: float) -> Semantics:
    whole = settings.regex_match is RegexMatch.WHOLE_VALUE
    return Semantics(
        matches=lambda pattern, text: compile_pattern(pattern).is_match(
            text, regex_limit, whole=whole
        ),
        ampersand=settings.ampersand,
    )


def _reader(object_type: ObjectType, source: User | Group) -> Callable[[str], Any]:
    blocked = isinstance(source, User) and not source.account_enabled
    seen = SourceObject(source, is_soft_deleted=blocked)
    return lambda name: source_attribute(object_type, name)(seen)
