"""Matching: find the object of the target that belongs to one of the directory.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
(section on matching attributes)
"""

from collections.abc import Generator, Mapping
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.provisioning.answers import found, single, with_id, without_members
from entrasim.provisioning.connector_data_store import ObjectConnection
from entrasim.provisioning.context import ENDPOINTS, CycleContext
from entrasim.provisioning.error_codes import ErrorCode, ExportFailure
from entrasim.provisioning.outcome import Match
from entrasim.provisioning.settings import OnMissingAnchor, SpecialCharacters
from entrasim.scim import requests
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scim.path import AttributePath

Resource = Mapping[str, Any]
Steps = Generator[ScimRequest, ScimResponse, tuple[Resource | None, Match]]
MatchingValues = list[tuple[AttributePath, str]]


def find_existing(
    context: CycleContext,
    object_type: ObjectType,
    values: MatchingValues,
    link: ObjectConnection | None,
) -> Steps:
    """The object of the target, by its link or else by the matching attributes.

    Raises:
        ExportFailure: the target refuses, or there are several matches.
    """
    if link is not None:
        existing = yield from read_linked(context, link)
        if existing is not None:
            return existing, Match()
    return (yield from _match(context, object_type, values))


def read_linked(
    context: CycleContext, link: ObjectConnection
) -> Generator[ScimRequest, ScimResponse, Resource | None]:
    """Read a linked object by its SCIM id.

    That this precedes every PATCH of a user is seen in traces, for example
    https://github.com/MicrosoftDocs/azure-docs/issues/11784.

    Returns:
        The resource, or None when it is gone and the setting says to match anew.

    Raises:
        ExportFailure: `InvalidAnchor` when it is gone, or the target refuses.
    """
    request = requests.read(ENDPOINTS[link.object_type], link.target_id)
    response = yield request
    if response.status == 404:  # noqa: PLR2004
        if context.settings.on_missing_anchor is OnMissingAnchor.REMATCH:
            return None
        raise ExportFailure(
            ErrorCode.INVALID_ANCHOR,
            f"the linked object {link.target_id} is gone from the target; restart provisioning "
            "with the reset scope Full, so that matching runs anew",
        )
    resource = single(request, response)
    if link.object_type is ObjectType.GROUP:
        without_members(request, resource)
    return resource


def _match(context: CycleContext, object_type: ObjectType, values: MatchingValues) -> Steps:
    """Ask for one matching attribute after the other, in ascending precedence, until one hits."""
    for path, value in values:
        _refuse_special_characters(context, path, value)
        request = requests.find(ENDPOINTS[object_type], path, value)
        hits = found(request, (yield request))
        if len(hits) > 1:
            raise ExportFailure(
                ErrorCode.DUPLICATE_TARGET_ENTRIES,
                f'{len(hits)} objects of the target match {path} eq "{value}"',
            )
        if hits:
            existing = with_id(request, hits[0])
            if object_type is ObjectType.GROUP:
                without_members(request, existing)
            return existing, Match(path.text, value)
    return None, Match()


def _refuse_special_characters(context: CycleContext, path: AttributePath, value: str) -> None:
    """Such values are documented as unsupported in matching attributes.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues
    """
    rejects = context.settings.special_characters_in_filters is SpecialCharacters.REJECT
    if rejects and requests.escaped(value) != value:
        raise ExportFailure(
            ErrorCode.SERVICE_INCOMPATIBLE_FILTERING,
            f"{path} holds a quote or a backslash, which a matching attribute must not",
        )


def refuse_double_link(
    context: CycleContext, object_type: ObjectType, source_id: str, existing: Resource
) -> None:
    """Refuse a match that is linked to another object of the directory.

    Raises:
        ExportFailure: `DuplicateSourceEntries`.
    """
    other = context.links.source_of(object_type, str(existing["id"]))
    if other not in (None, source_id):
        raise ExportFailure(
            ErrorCode.DUPLICATE_SOURCE_ENTRIES,
            f"the object {existing['id']} of the target is linked to the {object_type.lower()} "
            f"with the object id {other} already",
        )
