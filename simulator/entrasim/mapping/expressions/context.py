"""The context of an evaluation: time, chance and the tenant are arguments, not globals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from entrasim.mapping.expressions.settings import DEFAULT_SETTINGS, ExpressionSettings


def _nothing_is_taken(_value: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationContext:
    """What an evaluation knows beyond the source object.

    `now` is in UTC. `random` gives numbers from 0 up to 1, such as the method `random` of a seeded
    `random.Random`, the only one whose results stay the same from one Python to the next.
    `is_taken` tells SelectUniqueValue whether the target has the value already.
    `changed` names the attributes that changed since the last cycle; None means all.
    """

    now: datetime
    random: Callable[[], float] = field(default_factory=lambda: Random(0).random)  # noqa: S311 - repeatable, not secret
    default_domain: str = ""
    is_taken: Callable[[str], bool] = _nothing_is_taken
    settings: ExpressionSettings = DEFAULT_SETTINGS
    changed: frozenset[str] | None = None
