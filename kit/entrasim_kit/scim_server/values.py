"""Bringing what a client sends into the form in which it is stored.

Attributes get the names of their schema, whatever case they came in; what the server alone may
write is left out; null, "" and empty lists mean that there is no value. Text is kept exactly as
it came: a reformatted phone number would look to Entra like a change to undo.
"""

from collections.abc import Mapping
from typing import Any, Final

from entrasim_kit.scim_server.errors import InvalidSyntax, InvalidValue
from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, Type
from entrasim_kit.scim_server.schemas.resource_type import ResourceType, is_urn
from entrasim_kit.scim_server.schemas.schema import Schema

Json = dict[str, Any]

_SERVERS_OWN: Final = frozenset({"schemas", "id", "meta"})


def resource(body: Mapping[str, Any], resource_type: ResourceType) -> Json:
    """The attributes of a resource that is created or replaced; members are looked at later.

    Raises:
        InvalidSyntax: an attribute does not exist.
        InvalidValue: a value does not fit its attribute, or a required one is missing.
    """
    _check_schemas(body, resource_type)
    document: Json = {}
    for key, sent in body.items():
        if is_urn(key):
            _put(document, *_extension(key, sent, resource_type))
            continue
        attribute = resource_type.attribute(key)
        if attribute is None:
            raise InvalidSyntax(f"a {resource_type.name} has no attribute {key}")
        if attribute.name == "members":
            document["members"] = sent
        elif attribute.name not in _SERVERS_OWN:
            _put(document, attribute.name, value(attribute, sent))
    require(document, resource_type)
    return document


def require(document: Mapping[str, Any], resource_type: ResourceType) -> None:
    """Refuse a resource without its required attributes."""
    for attribute in resource_type.required:
        if attribute.name not in document:
            raise InvalidValue(f"a {resource_type.name} needs {attribute.name}")


def is_empty(sent: Any) -> bool:
    """Whether a client says "no value" (RFC 7643, section 2.5), or "", as Entra does."""
    return sent is None or sent in ("", [])


def value(attribute: Attribute, sent: Any) -> Any:
    """A value in the form of its attribute, or None when there is none to store.

    Raises:
        InvalidValue: it does not fit.
        InvalidSyntax: it has parts that the attribute does not have.
    """
    if is_empty(sent) or attribute.mutability in (Mutability.READ_ONLY, Mutability.WRITE_ONLY):
        return None
    if not attribute.multi_valued:
        return single(attribute, sent)
    if not isinstance(sent, list):
        raise InvalidValue(f"{attribute.name} is a list")
    return elements(attribute, sent)


def elements(attribute: Attribute, sent: list[Any]) -> list[Any] | None:
    """The elements of a multi-valued attribute, checked against each other."""
    listed = [element for each in sent if (element := single(attribute, each)) not in (None, {})]
    check_elements(attribute, listed)
    return listed or None


def check_elements(attribute: Attribute, listed: list[Any]) -> None:
    """At most one primary element (RFC 7643, section 2.4), and one per label.

    That the labels of e-mail addresses and the like are unique is Microsoft's demand: Entra
    addresses an element by its type.
    Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
    """
    if attribute.type is not Type.COMPLEX:
        return
    if sum(element.get("primary") is True for element in listed) > 1:
        raise InvalidValue(f"only one of {attribute.name} can be primary")
    if attribute.has_types:
        types = [str(element["type"]).casefold() for element in listed if "type" in element]
        if len(set(types)) < len(types):
            raise InvalidValue(f"{attribute.name} has two elements of one type")


def single(attribute: Attribute, sent: Any) -> Any:
    """One value, or one element of a list."""
    match attribute.type:
        case Type.UNKNOWN:
            return sent
        case Type.COMPLEX:
            return _complex(attribute, sent)
        case Type.BOOLEAN:
            return boolean(attribute, sent)
        case _ if isinstance(sent, str):
            return sent
    raise InvalidValue(f"{attribute.name} is text, not {_kind(sent)}")


def boolean(attribute: Attribute, sent: Any) -> bool:
    """True or false, also as the text "True" or "False" that Entra's PATCH has.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
    """
    if isinstance(sent, bool):
        return sent
    if isinstance(sent, str) and sent.casefold() in ("true", "false"):
        return sent.casefold() == "true"
    raise InvalidValue(f"{attribute.name} is true or false, not {_kind(sent)}")


def bare_reference(attribute: Attribute, sent: Any) -> Any:
    """A manager given by the id alone, or as a list of one; stored as an object with `value`.

    Sources: https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/541 (text), and example 4 of
    https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
    (list)
    """
    if attribute.is_reference and isinstance(sent, list) and len(sent) == 1:
        sent = sent[0]
    if attribute.is_reference and isinstance(sent, str):
        return {"value": sent}
    return sent


def _complex(attribute: Attribute, sent: Any) -> Json | None:
    parts = bare_reference(attribute, sent)
    if not isinstance(parts, dict):
        raise InvalidValue(f"{attribute.name} is an object, not {_kind(parts)}")
    stored: Json = {}
    for key, part in parts.items():
        sub = attribute.sub(key)
        if sub is None:
            raise InvalidSyntax(f"{attribute.name} has no part {key}")
        _put(stored, sub.name, value(sub, part))
    return stored or None


def _extension(urn: str, sent: Any, resource_type: ResourceType) -> tuple[str, Json | None]:
    """What stands under the URN of an extension; without a schema it is taken as it is."""
    if not isinstance(sent, dict):
        raise InvalidSyntax(f"{urn} is an object with the attributes of the extension")
    schema = resource_type.extension(urn)
    if schema is None:
        return urn, {key: part for key, part in sent.items() if not is_empty(part)} or None
    return schema.urn, extension(schema, sent)


def extension(schema: Schema, sent: Mapping[str, Any]) -> Json | None:
    """The attributes of a known extension; some clients repeat `schemas` in there."""
    stored: Json = {}
    for key, part in sent.items():
        if key in _SERVERS_OWN:
            continue
        attribute = schema.attribute(key)
        if attribute is None:
            raise InvalidSyntax(f"{schema.urn} has no attribute {key}")
        _put(stored, attribute.name, value(attribute, part))
    return stored or None


def _put(document: Json, name: str, stored: Any) -> None:
    if stored is not None:
        document[name] = stored


def _check_schemas(body: Mapping[str, Any], resource_type: ResourceType) -> None:
    """`schemas`, where sent, names the core schema; what else it names does not matter."""
    schemas = body.get("schemas")
    if schemas is not None and (
        not isinstance(schemas, list) or resource_type.schema.urn not in schemas
    ):
        raise InvalidSyntax(f"schemas lacks {resource_type.schema.urn}")


def _kind(sent: Any) -> str:
    match sent:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return f'"{sent[:40]}"'
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return "null"
