"""Credentials: what the texts under `tenantUrl` and `secretToken` stand for.

`${NAME}` comes from the environment, `minted` is the token that the target's administrator made.
Where a target was chosen on the command line, it takes the place of the scenario's own address,
and an overridden `${NAME}` is not resolved.
"""

import re
from collections.abc import Mapping
from typing import Final

from entrasim.provisioning.configuration import Secret
from entrasim.scenario.target import TargetAddress
from entrasim.scim.tenant_url import TenantUrl, TenantUrlError, parse_tenant_url

MINTED: Final = "minted"
_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")


class CredentialProblem(Exception):
    """A credential cannot be had; the message never holds one."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message
        self.remedy = remedy


def tenant_url(
    text: str, address: TargetAddress | None, environment: Mapping[str, str]
) -> TenantUrl:
    """The tenant URL that a scenario's text means, at the chosen target.

    The flags of the scenario's URL stay unless the target's own URL brings some.
    """
    if address is None:
        return _url(_expanded("tenantUrl", text, environment))
    _, _, query = text.partition("?")
    own = TenantUrl("", tuple(part for part in query.split("&") if part and "${" not in part))
    return own.moved_to(address.url)


def _url(text: str) -> TenantUrl:
    try:
        return parse_tenant_url(text)
    except TenantUrlError as error:
        raise CredentialProblem("tenantUrl", str(error), "") from None


def secret_token(
    text: str, address: TargetAddress | None, environment: Mapping[str, str]
) -> Secret:
    """The token that a scenario's text means: itself, a variable, or the minted one."""
    overridden = address is not None and address.token is not None
    if overridden and (text == MINTED or _VARIABLE.search(text)):
        assert address is not None
        assert address.token is not None
        return address.token
    if text == MINTED:
        raise CredentialProblem(
            "secretToken",
            "no target of this run has minted a token",
            "Run with --target embedded or container, or pass --token.",
        )
    return Secret(_expanded("secretToken", text, environment))


def _expanded(key: str, text: str, environment: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        found = environment.get(match[1])
        if found is None:
            raise CredentialProblem(
                key,
                f"the environment variable {match[1]} is not defined",
                f"Set it, as in {match[1]}=... entrasim run, or choose another --target.",
            )
        return found

    return _VARIABLE.sub(value, text)
