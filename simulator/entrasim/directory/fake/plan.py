"""What kind of company to make up."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from entrasim.directory.fake.locales import LOCALES

HARD_SHARE: Final = 0.1
"""The share of hard people that `hard=True` stands for."""

_LONGEST_DOMAIN: Final = 48
"""Entra's limit for what follows the `@` of a user principal name.

Source:
https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization
"""


class PlanError(ValueError):
    """No company can be made after this plan. `mistakes` are pairs of a field and a sentence."""

    def __init__(self, mistakes: tuple[tuple[str, str], ...]) -> None:
        super().__init__("\n".join(f"{field}: {sentence}" for field, sentence in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPlan:
    """A company to make up: how big, where, from which seed.

    `users` counts the people of the company; `guests` and `service_accounts` come on top.
    `groups` counts all groups, the nested ones too. `nesting` is how deep a department's groups
    are nested, 0 for not at all. `disabled` and `hard` are shares from 0 to 1; `hard=True` is a
    tenth. `company_name` follows from the domain unless given.

    Raises:
        PlanError: with all its mistakes.
    """

    domain: str
    users: int
    groups: int = 0
    nesting: int = 1
    guests: int = 0
    service_accounts: int = 0
    disabled: float = 0.0
    hard: bool | float = False
    microsoft_365_groups: bool = False
    locales: tuple[str, ...] = ("en_US",)
    seed: int = 0
    company_name: str = ""

    def __post_init__(self) -> None:
        if mistakes := tuple(self._mistakes()):
            raise PlanError(mistakes)

    @property
    def hard_share(self) -> float:
        """The share of people who are hard on purpose."""
        return HARD_SHARE if self.hard is True else float(self.hard)

    @property
    def company(self) -> str:
        """What the users' companyName says."""
        return self.company_name or self.domain.partition(".")[0].capitalize()

    def _mistakes(self) -> Iterator[tuple[str, str]]:
        yield from self._mistakes_of_domain()
        if self.users < 1:
            yield "users", "must be at least 1"
        elif self.users == 1 and self.hard_share > 0:
            yield "users", "must be at least 2 when some are hard: a circle of managers needs two"
        for field in ("groups", "nesting", "guests", "service_accounts"):
            if getattr(self, field) < 0:
                yield field, "must not be negative"
        for field in ("disabled", "hard"):
            if not 0 <= getattr(self, field) <= 1:
                yield field, "must be a share from 0 to 1"
        yield from self._mistakes_of_locales()

    def _mistakes_of_domain(self) -> Iterator[tuple[str, str]]:
        if not self.domain.endswith(".example"):
            yield (
                "domain",
                (
                    f'must end in ".example", not "{self.domain}": a target may send mail to the '
                    "people it is given, and a made-up address elsewhere may be somebody's own"
                ),
            )
        if len(self.domain) > _LONGEST_DOMAIN:
            yield "domain", f"must have at most {_LONGEST_DOMAIN} characters"

    def _mistakes_of_locales(self) -> Iterator[tuple[str, str]]:
        if not self.locales:
            yield "locales", "must name at least one"
        if len(set(self.locales)) < len(self.locales):
            yield "locales", "must not name one twice"
        for code in self.locales:
            if code not in LOCALES:
                nearest = get_close_matches(code, LOCALES, n=1)
                hint = f'did you mean "{nearest[0]}"?' if nearest else ""
                known = ", ".join(LOCALES)
                yield "locales", f'"{code}" is unknown; {hint or f"there are {known}"}'
