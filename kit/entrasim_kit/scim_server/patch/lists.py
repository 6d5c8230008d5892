"""Changing a multi-valued attribute: all of it, or the elements that fulfil a condition."""

from typing import Any, Final

from entrasim_kit.scim_server import values
from entrasim_kit.scim_server.errors import NoTarget
from entrasim_kit.scim_server.filters.evaluate import element_predicate
from entrasim_kit.scim_server.filters.expressions import (
    Comparison,
    Conjunction,
    Expression,
    Operator,
)
from entrasim_kit.scim_server.patch.operation import Op
from entrasim_kit.scim_server.patch.target import Target, stored_key
from entrasim_kit.scim_server.schemas.attribute import Attribute
from entrasim_kit.scim_server.values import Json

_LABELS: Final = frozenset({"type", "primary"})


def change_list(listed: list[Any], target: Target, op: Op, value: Any) -> list[Any]:
    """The elements after the operation."""
    primary = [id(each) for each in listed if _is_primary(each)]
    if target.condition is None and target.sub is None:
        changed = _change_all(listed, target.attribute, op, value)
    else:
        changed = _change_elements(listed, target, op, value)
    _keep_one_primary(changed, primary)
    values.check_elements(target.attribute, changed)
    return changed


def _change_all(listed: list[Any], attribute: Attribute, op: Op, value: Any) -> list[Any]:
    if op is Op.REMOVE and values.is_empty(value):
        return []
    sent = values.elements(attribute, value if isinstance(value, list) else [value]) or []
    if op is Op.REPLACE:
        return sent
    if op is Op.REMOVE:
        return [each for each in listed if not any(_is_named_by(each, named) for named in sent)]
    for element in sent:
        _add(listed, element, attribute)
    return listed


def _add(listed: list[Any], element: Any, attribute: Attribute) -> None:
    """Append an element that is not there yet (RFC 7644, section 3.5.2.1).

    An e-mail address and the like joins the one of its type: Microsoft asks that these stay
    unique.
    Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
    """
    if attribute.has_types and "type" in element:
        label = element["type"].casefold()
        for each in listed:
            if each.get("type", "").casefold() == label:
                each.update(element)
                return
    if element not in listed:
        listed.append(element)


def _is_named_by(element: Any, named: Any) -> bool:
    """Whether a value list names the element by some of its parts, as Entra removes members.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
    """
    if isinstance(element, dict) and isinstance(named, dict):
        return named.items() <= element.items()
    return bool(element == named)


def _change_elements(listed: list[Any], target: Target, op: Op, value: Any) -> list[Any]:
    chosen = _chosen(listed, target)
    if op is Op.REMOVE:
        return _remove_from(listed, chosen, target.sub)
    if not chosen:
        chosen = [_element_for(target.condition, target.attribute)]
        listed.extend(chosen)
    for element in chosen:
        _write(element, target, op, value)
    return listed


def _chosen(listed: list[Any], target: Target) -> list[Json]:
    elements = [each for each in listed if isinstance(each, dict)]
    if target.condition is None:
        return elements
    fits = element_predicate(target.condition, target.attribute)
    return [each for each in elements if fits(each)]


def _write(element: Json, target: Target, op: Op, value: Any) -> None:
    if target.sub is not None:
        element[stored_key(element, target.sub.name)] = values.single(target.sub, value)
        return
    sent = values.single(target.attribute, value) or {}
    if not isinstance(sent, dict):
        raise NoTarget(f"an element of {target.attribute.name} is an object")
    if op is Op.REPLACE:
        element.clear()
    element.update(sent)


def _remove_from(listed: list[Any], chosen: list[Json], sub: Attribute | None) -> list[Any]:
    """Without the chosen elements, or without a part of each.

    An element that is left with nothing but its labels goes too, so that a cleared e-mail
    address reads as absent.
    """
    if sub is not None:
        for element in chosen:
            element.pop(stored_key(element, sub.name), None)
    gone = {id(each) for each in chosen if sub is None or each.keys() <= _LABELS}
    return [each for each in listed if id(each) not in gone]


def _element_for(condition: Expression | None, attribute: Attribute) -> Json:
    """A new element that fulfils the condition: `[type eq "work"]` gives a work address.

    RFC 7644, section 3.5.2.3, has 400 noTarget here; Entra relies on the element being made.
    Source: https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/416
    """
    match condition:
        case None:
            return {}
        case Comparison(name, Operator.EQ, literal) if literal is not None:
            sub = attribute.sub(name.text)
            assert sub is not None  # the condition has been applied to the elements already
            return {sub.name: values.single(sub, literal)}
        case Conjunction(operands):
            parts = [_element_for(each, attribute) for each in operands]
            return {name: part for each in parts for name, part in each.items()}
    raise NoTarget(f"no element of {attribute.name} fulfils the condition")


def _keep_one_primary(listed: list[Any], before: list[int]) -> None:
    """An element that becomes primary ends the primacy of the others (RFC 7644, 3.5.2)."""
    new = [each for each in listed if _is_primary(each) and id(each) not in before]
    if len(new) == 1:
        for each in listed:
            if _is_primary(each) and each is not new[0]:
                each["primary"] = False


def _is_primary(element: Any) -> bool:
    return isinstance(element, dict) and element.get("primary") is True
