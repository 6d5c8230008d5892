"""People who are hard on purpose, because real directories hold them.

Each kind is a function from a person as everybody else is to one that software stumbles over;
`HARD_PEOPLE` names them. Hard people are spread evenly and get the kinds in turn, starting with
the head of the company. Their user principal names stay unique: what is put into an address here
never stands in one that was dealt.

Limits (256 characters for displayName, 64 for givenName, surname, mailNickname and for what
stands before the `@`):
https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from entrasim.directory.user import User

_MILLION: Final = 10**6
_LONGEST_NAME: Final = 64
_LONGEST_DISPLAY_NAME: Final = 256
_MARK: Final = "\N{RIGHT-TO-LEFT MARK}"


class Case(NamedTuple):
    """Person `number` as they would be otherwise; `person` gives the others, `id` their ids."""

    user: User
    number: int
    person: Callable[[int], User]
    id: Callable[[int], str]

    @property
    def given(self) -> str:
        """The given name, which everybody has before they are made hard."""
        return self.user.given_name or ""

    @property
    def surname(self) -> str:
        """The surname, likewise."""
        return self.user.surname or ""

    @property
    def domain(self) -> str:
        """What follows the `@` of everybody's name."""
        return self.user.user_principal_name.partition("@")[2]

    def named(self, given: str | None, surname: str | None, display: str | None = None) -> User:
        """With other names and the same address."""
        if display is None:
            display = " ".join(each for each in (given, surname) if each)
        return replace(self.user, given_name=given, surname=surname, display_name=display)


Kind = Callable[[Case], User]


def manager_circle(case: Case) -> User:
    """Is the manager of their own manager: the head of the company reports to the next person.

    Whether anybody else will have reports is not known yet; they are their own manager.
    """
    manager = 1 if case.number == 0 else case.number
    return replace(case.user, manager=case.id(manager))


def no_surname(case: Case) -> User:
    """Has one name only."""
    return case.named(case.given, None)


def no_given_name(case: Case) -> User:
    """Has a surname only."""
    return case.named(None, case.surname)


def one_letter_names(case: Case) -> User:
    """Has a name of two letters."""
    return case.named(case.given[:1], case.surname[:1])


def very_long_names(case: Case) -> User:
    """Fills every name to its limit."""
    given = f"{case.given}-" * _LONGEST_NAME
    surname = f"{case.surname}-" * _LONGEST_NAME
    display = f"{case.user.display_name} " * _LONGEST_DISPLAY_NAME
    local_part = case.user.mail_nickname + "-long" * _LONGEST_NAME
    user = case.named(
        given[:_LONGEST_NAME], surname[:_LONGEST_NAME], display[: _LONGEST_DISPLAY_NAME - 1] + "."
    )
    return replace(user, **_addresses(case, local_part[:_LONGEST_NAME]))


def twin(case: Case) -> User:
    """Is called exactly like the person before; the address ends in `.jr`."""
    elder = case.person(case.number - 1)
    user = case.named(elder.given_name, elder.surname, elder.display_name)
    local_part = elder.user_principal_name.partition("@")[0]
    return replace(user, **_addresses(case, f"{local_part[: _LONGEST_NAME - 3]}.jr"))


def apostrophe(case: Case) -> User:
    """Has an apostrophe in the name and in the address."""
    user = case.named(case.given, f"O'{case.surname}")
    return replace(user, **_addresses(case, case.user.mail_nickname.replace(".", ".o'", 1)))


def quotes(case: Case) -> User:
    """Has a nickname in quotes."""
    return case.named(f'{case.given} "{case.given[:2]}"', case.surname)


def backslash(case: Case) -> User:
    r"""Is displayed as `surname\given name`."""
    return case.named(case.given, case.surname, f"{case.surname}\\{case.given}")


def markup(case: Case) -> User:
    """Has characters that mean something to HTML, XML and URLs."""
    return case.named(f"{case.given} & Co", f"<b>{case.surname}</b> 100%25 #?")


def right_to_left(case: Case) -> User:
    """Has a Hebrew name with invisible direction marks, and Latin letters behind it."""
    return case.named(f"{_MARK}\u05d3\u05d5\u05d3", "כהן", f"{_MARK}דוד כהן{_MARK} ({case.given})")


def combining_characters(case: Case) -> User:
    """Has letters that are made of two characters each."""
    return case.named(f"{case.given} Zoe\u0308", "A\u030angstro\u0308m")


def emoji(case: Case) -> User:
    """Has pictures in the name: beyond the first 65,536 characters, and joined from several."""
    return case.named(
        f"{case.given} \U0001f98a",
        case.surname,
        f"{case.given} \U0001f469\U0001f3fd\u200d\U0001f680 {case.surname}",
    )


def leading_blanks(case: Case) -> User:
    """Has blanks before, behind and within the name."""
    return case.named(
        f" {case.given}", f"{case.surname} ", f"  {case.given}   {case.surname}\u00a0 "
    )


def everything_filled(case: Case) -> User:
    """Has a value in every attribute."""
    address = case.user.user_principal_name
    return replace(
        case.user,
        facsimile_telephone_number=case.user.telephone_number,
        other_mails=(f"private-{address}", f"second-{address}"),
        proxy_addresses=(f"SMTP:{address}", f"smtp:alias-{address}"),
        extension=MappingProxyType(
            {f"extensionAttribute{place}": f"value {place}" for place in range(1, 16)}
        ),
    )


def nothing_filled(case: Case) -> User:
    """Has no value but those without which there is no user."""
    user = case.user
    return User(
        id=user.id,
        user_principal_name=user.user_principal_name,
        display_name=user.display_name,
        mail_nickname=user.mail_nickname,
    )


def renamed_upn(case: Case) -> User:
    """Has married: the user principal name is new, the mail address is still the old one."""
    address = f"{case.user.mail_nickname}-lindqvist@{case.domain}"
    return replace(
        case.named(case.given, f"{case.surname}-Lindqvist"),
        user_principal_name=address,
        proxy_addresses=(f"SMTP:{case.user.mail}", f"smtp:{address}"),
    )


def mixed_case_upn(case: Case) -> User:
    """Has a user principal name with capitals, as somebody typed it years ago."""
    return replace(case.user, user_principal_name=case.user.user_principal_name.title())


def mail_differs_from_upn(case: Case) -> User:
    """Gets mail under another domain and another name."""
    return replace(case.user, mail=f"{case.user.employee_id}@mail.{case.domain}")


HARD_PEOPLE: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            manager_circle,
            no_surname,
            no_given_name,
            one_letter_names,
            very_long_names,
            apostrophe,
            twin,
            quotes,
            backslash,
            markup,
            right_to_left,
            combining_characters,
            emoji,
            leading_blanks,
            everything_filled,
            nothing_filled,
            renamed_upn,
            mixed_case_upn,
            mail_differs_from_upn,
        )
    }
)
"""Every kind under its name, in the order in which they are dealt."""

_KINDS: Final = tuple(HARD_PEOPLE.values())


class HardPeople:
    """Who is hard, and how, when a `share` of the people is."""

    def __init__(self, share: float) -> None:
        self._per_million = round(share * _MILLION)

    def kind(self, number: int) -> Kind | None:
        """The kind of person `number`; None for those who are like everybody else."""
        if not self._per_million:
            return None
        before = self._count(number)
        if self._count(number + 1) == before:
            return None
        return _KINDS[before % len(_KINDS)]

    def _count(self, people: int) -> int:
        """How many of the first `people` are hard: the share, rounded up."""
        return -(-people * self._per_million // _MILLION)


def _addresses(case: Case, local_part: str) -> dict[str, Any]:
    address = f"{local_part}@{case.domain}"
    return {"user_principal_name": address, "mail": address, "mail_nickname": local_part}
