"""Targets: where a run provisions to. Each implements the port `Target`."""

from entrasim.provisioning.configuration import Secret
from entrasim.scenario.target import ScenarioTarget, Target, TargetAddress
from entrasim.scim.tenant_url import TenantUrl, parse_tenant_url
from entrasim_kit.scim_server.child import Access, EmbeddedServer, ServerProcess


class ServerTarget:
    """A SCIM server of ours, with a base path per application.

    Args:
        name: What reports call it.
        server: The server; it is started here and ends with `close`.

    Raises:
        ServerError: it cannot be started.
    """

    def __init__(self, name: str, server: EmbeddedServer) -> None:
        self.name = name
        self._server = server
        self._server.start()
        self._addresses: dict[str, TargetAddress] = {}

    def address(self, application: str) -> TargetAddress:
        """A base path of the application's own, and the token minted for it."""
        if application not in self._addresses:
            first = not self._addresses
            access = self._server.access() if first else self._server.add_base(application)
            self._addresses[application] = address_of(access)
        return self._addresses[application]

    def reset(self) -> None:
        """Forget all resources."""
        self._server.reset()
        self._addresses.clear()

    def close(self) -> None:
        """End the server."""
        self._server.close()


class UrlTarget:
    """Someone's own server: every application goes to the same address.

    Args:
        url: The base URL; flags in its query choose the PATCH dialect.
        token: The secret token, or None to use the scenario's own.
    """

    def __init__(self, url: TenantUrl, token: Secret | None) -> None:
        self.name = str(url)
        self._address = TargetAddress(url, token)

    def address(self, application: str) -> TargetAddress:  # noqa: ARG002
        """The one address."""
        return self._address

    def reset(self) -> None:
        """What somebody else's server holds is theirs."""

    def close(self) -> None:
        """Nothing was started."""


def address_of(access: Access) -> TargetAddress:
    """An address from what a server's administrator hands out."""
    return TargetAddress(parse_tenant_url(access.url), Secret(access.token))


def open_target(choice: str, token: Secret | None) -> Target:
    """The target that `--target` names: `embedded`, `container`, `scenario`, or a URL.

    Raises:
        TenantUrlError: it is neither a known name nor a URL. ServerError: it cannot be started.
    """
    match choice:
        case "embedded":
            return ServerTarget("embedded", EmbeddedServer())
        case "container":
            return ServerTarget("container", EmbeddedServer(start_process=_in_container))
        case "scenario":
            return ScenarioTarget()
    return UrlTarget(parse_tenant_url(choice), token)


def _in_container() -> ServerProcess:
    from entrasim_kit.containers import ServerInContainer  # noqa: PLC0415 - slow to import

    return ServerInContainer()
