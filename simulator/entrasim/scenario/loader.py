"""Loading a scenario: read, validate, and gather every mistake before anything is sent."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from entrasim.mapping.source_attributes import GRAPH_NAMES
from entrasim.scenario.mistakes import Mistake, Place, ScenarioError
from entrasim.scenario.model import Scenario
from entrasim.scenario.yaml_source import Mapping, Sequence, read_yaml

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake before its place in the file is known: the way to it, what, and what to do."""

    location: Location
    message: str
    remedy: str = ""
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario with the file that it came from.

    `form_mistakes` are told with all others; what they concern is left out of `scenario` and
    `data`, so that the rest can be checked as well.
    """

    path: Path
    scenario: Scenario
    data: Mapping
    text: str
    form_mistakes: tuple[Mistake, ...] = ()

    def mistakes(self, problems: Iterable[Problem]) -> list[Mistake]:
        """The problems with their places in this file."""
        return [_located(self.path, self.data, self.text, each) for each in problems]


def read_scenario(path: Path) -> ScenarioFile:
    """Read a scenario file and check its form; what it refers to is checked when it is built.

    Raises:
        ScenarioError: with every mistake of form, when no scenario is left without them.
    """
    data, text = read_yaml(path)
    found: list[Mistake] = []
    left_out: list[Location] = []
    while True:
        try:
            scenario = Scenario.model_validate(data)
        except ValidationError as error:
            errors = error.errors()
            problems = [_problem(each) for each in errors if not _follows(each["loc"], left_out)]
            found += [_located(path, data, text, each) for each in problems]
            left_out += [each["loc"] for each in errors]
            if not _can_leave_out(data, errors):
                raise ScenarioError(in_order(found)) from None
            data = without(data, left_out[-len(errors) :])
        else:
            return ScenarioFile(path, scenario, data, text, tuple(found))


def in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes from the top of a file to its bottom."""
    return sorted(mistakes, key=lambda each: each.place or Place(0, 0))


def _follows(location: Location, left_out: list[Location]) -> bool:
    """Whether a mistake is only there because something inside of it was left out."""
    return any(each[: len(location)] == location for each in left_out)


def _can_leave_out(data: Mapping, errors: list[ErrorDetails]) -> bool:
    """A key that is missing cannot be left out, nor can the whole file."""
    removable = all(_innermost(data, each["loc"]) is not None for each in errors)
    return removable and not any(each["type"] == "missing" for each in errors)


def without(data: Mapping, locations: list[Location]) -> Mapping:
    """A copy that lacks what the locations lead to."""
    copied = deepcopy(data)
    holders = [_innermost(copied, each) for each in locations]
    for holder, part in sorted(filter(None, holders), key=lambda each: str(each[1]), reverse=True):
        holder.leave_out(part)
    return copied


def _innermost(data: Any, location: Location) -> tuple[Any, str | int] | None:
    """The collection that holds what a location leads to, and the key or position in it."""
    found = None
    for part in location:
        if isinstance(data, Mapping | Sequence) and data.has(part):
            found = data, part
            data = data[part]  # type: ignore[index]
    return found


# -- from pydantic's errors to sentences -------------------------------------------------------


def _problem(error: ErrorDetails) -> Problem:
    location = error["loc"]
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return _unknown_key(location)
        case "missing":
            return Problem(location[:-1], f'the key "{location[-1]}" is missing')
        case "enum" | "literal_error":
            return _not_offered(location, value, str(context.get("expected", "")))
    shown = value if isinstance(value, str) else type(value).__name__
    message = _WORDS[kind].format(value=shown, **context) if kind in _WORDS else error["msg"]
    if location and location[-1] == _ABOUT_KEY:
        return Problem(location[:-1], message, at_key=True)
    return Problem(location, message)


_ABOUT_KEY: Final = "[key]"
"""What pydantic adds to the location of a key that is itself the mistake."""


_WORDS: Final = {
    "bool_parsing": '"{value}" is neither true nor false',
    "bool_type": "true or false is expected here",
    "int_parsing": '"{value}" is no whole number',
    "int_type": "a whole number is expected here",
    "string_type": "a text is expected here",
    "list_type": "a list is expected here",
    "dict_type": "a mapping of keys and values is expected here",
    "model_type": "a mapping of keys and values is expected here",
    "model_attributes_type": "a mapping of keys and values is expected here",
    "string_too_short": "at least one character is expected here",
    "string_too_long": "at most {max_length} characters are possible here",
    "string_pattern_mismatch": '"{value}" does not have the form {pattern}',
    "greater_than_equal": "{ge} or more is expected here",
    "less_than_equal": "{le} or less is expected here",
    "too_short": "at least one item is expected here",
}


def _unknown_key(location: Location) -> Problem:
    key = str(location[-1])
    if key in GRAPH_NAMES and key != "id":
        message = f'"{key}" is the name that Graph uses'
        remedy = f'Entra\'s mappings, and this file, call it "{GRAPH_NAMES[key]}".'
        return Problem(location, message, remedy, at_key=True)
    known = sorted(_keys_at(location[:-1]))
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    near = near or [each for each in known if each.casefold() == key.casefold()]
    remedy = f'Did you mean "{near[0]}"?' if near else f"Known here: {', '.join(known)}."
    return Problem(location, f'unknown key "{key}"', remedy, at_key=True)


def _not_offered(location: Location, value: Any, expected: str) -> Problem:
    offered = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
    if offered and offered[-1].startswith("or "):
        offered[-1] = offered[-1][3:].strip("'")
    near = get_close_matches(str(value), offered, n=1)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    return Problem(location, f'"{value}" is not offered', f"{hint}Offered: {', '.join(offered)}.")


def _keys_at(location: Location) -> set[str]:
    """The keys that the model knows at a place."""
    kinds: list[Any] = [Scenario]
    for part in location:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)] or kinds
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return {
        str(field.alias or name)
        for model in models
        for name, field in model.model_fields.items()
        if not field.exclude
    }


def _inside(kind: Any, part: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields
        found = [f.annotation for name, f in fields.items() if part in (f.alias, name)]
        return [each for annotation in found for each in _unwrapped(annotation)]
    return []


def _unwrapped(annotation: Any) -> list[Any]:
    """The types inside of unions, lists and annotations."""
    origin = get_origin(annotation)
    if origin in (Annotated, list):
        return _unwrapped(get_args(annotation)[0])
    if origin is dict:
        return _unwrapped(get_args(annotation)[1])
    if origin in (Union, UnionType):
        return [each for part in get_args(annotation) for each in _unwrapped(part)]
    return [] if annotation is NoneType else [annotation]


# -- places ------------------------------------------------------------------------------------


def _located(path: Path, data: Mapping, text: str, problem: Problem) -> Mistake:
    place = _place(data, problem)
    lines = text.splitlines() if place else []
    return Mistake(
        file=path,
        place=place,
        where=_shown(data, problem.location),
        message=problem.message,
        remedy=problem.remedy,
        source_line=lines[place.line - 1] if place and place.line <= len(lines) else "",
    )


def _place(data: Any, problem: Problem) -> Place | None:
    """The place of the innermost part of the location that stands in the file."""
    place = Place(1, 1)
    for part in problem.location:
        if isinstance(data, Mapping | Sequence) and data.has(part):
            wants_key = problem.at_key and part == problem.location[-1]
            place = data.place(part, key=wants_key)
            data = data[part]  # type: ignore[index]
    return place


def _shown(data: Any, location: Location) -> str:
    """The location as people write it; labels that stand for no part of the file are left out."""
    shown = ""
    for part in location:
        if isinstance(data, Mapping | Sequence) and data.has(part):
            shown += f"[{data.numbers[part]}]" if isinstance(data, Sequence) else f".{part}"  # type: ignore[index]
            data = data[part]  # type: ignore[index]
    return shown.removeprefix(".")
