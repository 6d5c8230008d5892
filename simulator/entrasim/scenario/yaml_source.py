"""Reading YAML: plain values with the place of each, and nothing that could hurt.

Scalars come as text, so that `On`, `NO`, `01234` and `1:30` mean what they say; the model converts
them. The values are built here from PyYAML's events: nesting, aliases and size are limited while
they come in, because PyYAML's own composer crashes on deep nesting, an alias bomb would fill the
memory, and a duplicate key would be lost.
"""

from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from entrasim.scenario.mistakes import Mistake, Place, ScenarioError

T = TypeVar("T")

MAX_BYTES: Final = 512 * 1024 * 1024
MAX_DEPTH: Final = 64
MAX_ALIASED: Final = 100_000
"""How many values may come from aliases, all together."""

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Text(str):
    """A scalar as it stands in the file; a `plain` one has no quotes and may mean another type."""

    __slots__ = ("plain",)
    plain: bool


class Mapping(dict[str, Any]):
    """A mapping that knows where each of its keys and values stands."""

    __slots__ = ("key_places", "places", "weight")

    def __init__(self) -> None:
        super().__init__()
        self.key_places: dict[str, Place] = {}
        self.places: dict[str, Place] = {}
        self.weight = 1

    def has(self, part: str | int) -> bool:
        """Whether this part of a location is one of the keys."""
        return part in self

    def place(self, part: str | int, *, key: bool = False) -> Place:
        """Where a value stands, or its key."""
        return (self.key_places if key else self.places)[str(part)]

    def leave_out(self, part: str | int) -> None:
        """Forget a key with its value."""
        self.pop(str(part), None)


class Sequence(list[Any]):
    """A sequence that knows where each of its items stands, and which number it has in the file."""

    __slots__ = ("numbers", "places", "weight")

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.numbers: list[int] = []
        self.weight = 1

    def has(self, part: str | int) -> bool:
        """Whether this part of a location is one of the positions."""
        return isinstance(part, int) and part < len(self)

    def place(self, part: str | int, *, key: bool = False) -> Place:  # noqa: ARG002
        """Where an item stands."""
        return self.places[int(part)]

    def leave_out(self, part: str | int) -> None:
        """Forget an item; the others keep their places and numbers."""
        for each in (self, self.places, self.numbers):
            del each[int(part)]


class YamlMistake(Exception):
    """The text is no YAML that a scenario may consist of."""

    def __init__(self, place: Place | None, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.remedy = remedy


def read_yaml(file: Path) -> tuple[Mapping, str]:
    """Read a file whose top level is a mapping; its text comes back too, for showing lines.

    Raises:
        ScenarioError: the file cannot be read, is not YAML, or is made to do harm.
    """
    return _read(file, compose)


def read_yaml_list(file: Path) -> list[Any]:
    """Read a file whose top level is a list, with the JSON types of its scalars (see `typed`).

    Raises:
        ScenarioError: as `read_yaml`.
    """
    items, _ = _read(file, _compose_list)
    return items


def _read(file: Path, compose_text: Callable[[str], T]) -> tuple[T, str]:
    text = ""
    try:
        text = _read_text(file)
        return compose_text(text), text
    except YamlMistake as mistake:
        line = _line(text, mistake.place) if mistake.place else ""
        raise ScenarioError(
            [
                Mistake(
                    file=file,
                    place=mistake.place,
                    where="",
                    message=mistake.message,
                    remedy=mistake.remedy,
                    source_line=line,
                )
            ]
        ) from None


def _read_text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise YamlMistake(None, f"the file is larger than {MAX_BYTES >> 20} MiB")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise YamlMistake(None, f"the file cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise YamlMistake(None, "the file is not text in UTF-8", "Save it as UTF-8.") from None


def _line(text: str, place: Place) -> str:
    lines = text.splitlines()
    return lines[place.line - 1] if place.line <= len(lines) else ""


def compose(text: str) -> Mapping:
    """Build the values of one YAML document.

    Raises:
        YamlMistake: with the place of the first mistake.
    """
    top = _compose(text)
    if top is None:
        raise YamlMistake(None, "the file is empty", "Run `entrasim init` for a starter.")
    if not isinstance(top, Mapping):
        raise YamlMistake(Place(1, 1), "a scenario is a mapping of keys and values")
    return top


def _compose_list(text: str) -> list[Any]:
    top = _compose(text)
    if not isinstance(top, Sequence):
        raise YamlMistake(Place(1, 1), "expected a list, each item after a hyphen")
    items: list[Any] = typed(top)
    return items


def _compose(text: str) -> Any:
    try:
        return _Composer().document(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise _not_yaml(error, text) from None


def _not_yaml(error: yaml.YAMLError, text: str) -> YamlMistake:
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        spot = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return YamlMistake(spot, f"the character U+{error.character:04X} is not allowed in YAML")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark else None
    parts = (getattr(error, "context", None), getattr(error, "problem", None))
    problem = ", ".join(part for part in parts if part) or str(error)
    return YamlMistake(place, f"this is not YAML: {problem}")


class _Composer:
    """Builds values from events without recursion; a frame per open collection."""

    def __init__(self) -> None:
        self._frames: list[_Frame] = []
        self._anchors: dict[str, Any] = {}
        self._open_anchors: set[str] = set()
        self._aliased = 0
        self._top: Any = None
        self._documents = 0

    def document(self, events: Iterator[yaml.Event]) -> Any:
        """The value of the only document, None when there is none."""
        for event in events:
            match event:
                case yaml.DocumentStartEvent():
                    self._documents += 1
                    if self._documents > 1:
                        raise _mistake(event, "a scenario is a single YAML document")
                case yaml.ScalarEvent():
                    self._add(event, _scalar(event))
                case yaml.AliasEvent():
                    self._add(event, self._resolve(event))
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._open(event)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self._close()
        return self._top

    def _open(self, event: Any) -> None:
        if len(self._frames) >= MAX_DEPTH:
            raise _mistake(event, f"values are nested more than {MAX_DEPTH} deep")
        _refuse_tag(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._frames.append(_Frame(event, Mapping() if is_mapping else Sequence()))
        if event.anchor:
            self._open_anchors.add(event.anchor)

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.event.anchor:
            self._open_anchors.discard(frame.event.anchor)
        self._add(frame.event, frame.value)

    def _resolve(self, event: Any) -> Any:
        if event.anchor in self._open_anchors:
            raise _mistake(event, f'the alias "*{event.anchor}" stands inside of itself')
        if event.anchor not in self._anchors:
            raise _mistake(event, f'no anchor "&{event.anchor}" stands before this alias')
        value = self._anchors[event.anchor]
        self._aliased += getattr(value, "weight", 1)
        if self._aliased > MAX_ALIASED:
            raise _mistake(event, f"aliases stand for more than {MAX_ALIASED:,} values")
        return value

    def _add(self, event: Any, value: Any) -> None:
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = value
        if not self._frames:
            self._top = value
            return
        self._frames[-1].add(event, value)


class _Frame:
    """A collection that is being built."""

    def __init__(self, event: Any, value: Mapping | Sequence) -> None:
        self.event = event
        self.value = value
        self._key: str | None = None
        self._merged: set[str] = set()

    def add(self, event: Any, value: Any) -> None:
        if isinstance(self.value, Sequence):
            self.value.append(value)
            self.value.places.append(_place(event))
            self.value.numbers.append(len(self.value.numbers))
        elif self._key is None:
            self._key = self._checked_key(event, value)
            return
        else:
            self._set(event, self._key, value)
            self._key = None
        self.value.weight += getattr(value, "weight", 1)

    def _checked_key(self, event: Any, value: Any) -> str:
        assert isinstance(self.value, Mapping)
        if not isinstance(value, str):
            raise _mistake(event, "a key is a text")
        if value in self._merged:
            self._merged.discard(value)
        elif value in self.value:
            first = self.value.key_places[value].line
            raise _mistake(event, f'the key "{value}" stands here twice; first in line {first}')
        self.value.key_places[value] = _place(event)
        return value

    def _set(self, event: Any, key: str, value: Any) -> None:
        assert isinstance(self.value, Mapping)
        others = value if isinstance(value, Sequence) else [value]
        if key == "<<" and all(isinstance(each, Mapping) for each in others):
            del self.value.key_places[key]
            for other in others:
                self._merge(other)
            return
        self.value[key] = value
        self.value.places[key] = _place(event)

    def _merge(self, other: Mapping) -> None:
        """A merge key: what the mapping does not hold itself comes from the other.

        Source: https://yaml.org/type/merge.html
        """
        assert isinstance(self.value, Mapping)
        for key, value in other.items():
            if key not in self.value:
                self._merged.add(key)
                self.value[key] = value
                self.value.key_places[key] = other.key_places[key]
                self.value.places[key] = other.places[key]


def _scalar(event: Any) -> Text | None:
    _refuse_tag(event)
    plain = not event.style and event.implicit[0]
    if plain and event.value in _NULLS:
        return None
    text = Text(event.value)
    text.plain = plain
    return text


def _refuse_tag(event: Any) -> None:
    if event.tag is not None and event.tag not in _TAGS:
        raise _mistake(event, f'the tag "{event.tag}" means nothing here')


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _mistake(event: Any, message: str) -> YamlMistake:
    return YamlMistake(_place(event), message)


def typed(value: Any) -> Any:
    """Free-form values with their JSON types: a plain `true`, `12` or `1.5` is no text.

    Used where a scenario writes SCIM values, so that `active: true` is not the text "true".
    """
    match value:
        case Text(plain=True):
            return _typed_scalar(value)
        case dict():
            return {str(key): typed(each) for key, each in value.items()}
        case list():
            return [typed(each) for each in value]
        case str():
            return str(value)
    return value


def _typed_scalar(text: Text) -> Any:
    if text in ("true", "True", "false", "False"):
        return text.casefold() == "true"
    for convert in (int, float):
        try:
            number = convert(text)
        except ValueError:
            continue
        if str(number) == text and isfinite(number):
            return number
    return str(text)
