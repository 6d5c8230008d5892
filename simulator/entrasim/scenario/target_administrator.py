"""The target's administrator: reads and edits the target over plain SCIM, as RFC 7644 has it.

This is not Entra. What goes through here is in no count, no log and no HAR.
"""

from collections.abc import Generator, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.model.steps import TargetChange, TargetMembers, TargetUpdate
from entrasim.scim.messages import Purpose, ScimRequest, ScimResponse
from entrasim.scim.requests import escaped
from entrasim.scim.urns import CORE_GROUP, CORE_USER, PATCH_OP
from entrasim.wire.driver import Driver, Endpoint
from entrasim.wire.recording import Observer

Resource = dict[str, Any]


class TargetProblem(Exception):
    """The target does not do what its administrator asks; the message says what it answered."""


class TargetAdministrator:
    """Someone with the token of one target.

    `observer` sees what is sent, for those who clean up afterwards.
    """

    def __init__(
        self, driver: Driver, endpoint: Endpoint, observer: Observer | None = None
    ) -> None:
        self._driver = driver
        self._endpoint = endpoint
        self._observer = observer
        self._settings = ProvisioningSettings()

    # -- reading -------------------------------------------------------------------------------

    def user(self, user_name: str) -> Resource | None:
        """The user of this name, whole, or None."""
        return self._find("Users", "userName", user_name)

    def group(self, display_name: str) -> Resource | None:
        """The group of this name, whole, or None."""
        return self._find("Groups", "displayName", display_name)

    def name_of(self, target_id: str) -> str:
        """The user name or group name behind an id, or the id itself."""
        for endpoint, attribute in (("Users", "userName"), ("Groups", "displayName")):
            answer = self._send(_request("GET", f"/{endpoint}/{quote(target_id, safe='')}"))
            if answer.ok and isinstance(answer.body, dict):
                return str(answer.body.get(attribute))
        return target_id

    def count(self, endpoint: str) -> int:
        """How many resources "Users" or "Groups" holds."""
        answer = self._ask(_request("GET", f"/{endpoint}", "startIndex=1&count=1"))
        return int(answer.body["totalResults"])

    def _find(self, endpoint: str, attribute: str, value: str) -> Resource | None:
        query = f'{attribute} eq "{escaped(value)}"'
        answer = self._ask(_request("GET", f"/{endpoint}", f"filter={quote(query, safe='')}"))
        found: list[Resource] = answer.body.get("Resources") or []
        if not found:
            return None
        whole = self._ask(_request("GET", f"/{endpoint}/{quote(str(found[0]['id']), safe='')}"))
        return dict(whole.body)

    # -- editing -------------------------------------------------------------------------------

    def edit(self, change: TargetChange) -> None:
        """Make one change.

        Raises:
            TargetProblem: the target refuses, or holds no such user or group.
        """
        getattr(self, change.verb)(getattr(change, change.verb))

    def create_user(self, user: Resource) -> None:
        """`createUser`"""
        self._ask(_request("POST", "/Users", body={"schemas": [CORE_USER]} | user))

    def update_user(self, update: TargetUpdate) -> None:
        """`updateUser`"""
        self._replace("Users", self._existing("Users", str(update.user_name)), update.set)

    def delete_user(self, user_name: str) -> None:
        """`deleteUser`"""
        self._ask(_request("DELETE", self._existing("Users", user_name)))

    def create_group(self, group: Resource) -> None:
        """`createGroup`; members are named by their user names."""
        members = [{"value": self._id("Users", each)} for each in group.get("members", [])]
        body = {"schemas": [CORE_GROUP]} | group | {"members": members}
        self._ask(_request("POST", "/Groups", body=body))

    def update_group(self, update: TargetUpdate) -> None:
        """`updateGroup`"""
        self._replace("Groups", self._existing("Groups", str(update.display_name)), update.set)

    def delete_group(self, display_name: str) -> None:
        """`deleteGroup`"""
        self._ask(_request("DELETE", self._existing("Groups", display_name)))

    def add_member(self, change: TargetMembers) -> None:
        """`addMember`"""
        value = [{"value": self._id("Users", each)} for each in change.members]
        self._patch_group(change, [{"op": "add", "path": "members", "value": value}])

    def remove_member(self, change: TargetMembers) -> None:
        """`removeMember`"""
        ids = [self._id("Users", each) for each in change.members]
        self._patch_group(
            change, [{"op": "remove", "path": f'members[value eq "{each}"]'} for each in ids]
        )

    def _patch_group(self, change: TargetMembers, operations: list[Resource]) -> None:
        path = self._existing("Groups", change.display_name)
        self._ask(_request("PATCH", path, body={"schemas": [PATCH_OP], "Operations": operations}))

    def _replace(self, _endpoint: str, path: str, values: Resource) -> None:
        operations = [{"op": "replace", "value": values}]
        self._ask(_request("PATCH", path, body={"schemas": [PATCH_OP], "Operations": operations}))

    def _id(self, endpoint: str, name: str) -> str:
        found = self.user(name) if endpoint == "Users" else self.group(name)
        if found is None:
            raise TargetProblem(f'the target holds no {endpoint[:-1].lower()} "{name}"')
        return str(found["id"])

    def _existing(self, endpoint: str, name: str) -> str:
        return f"/{endpoint}/{quote(self._id(endpoint, name), safe='')}"

    def path_of(self, url: str) -> str | None:
        """The path of a resource at this target, or None when the URL is another target's."""
        base = self._endpoint.base_url
        return url.removeprefix(base) if url.startswith(f"{base}/") else None

    def delete(self, path: str) -> bool:
        """Delete a resource; False when it is gone already.

        Raises:
            TargetProblem: the target refuses, or does not answer.
        """
        request = _request("DELETE", path)
        answer = self._send(request)
        if answer.status == HTTPStatus.NOT_FOUND:
            return False
        _refuse_failure(request, answer)
        return True

    def seed(self, users: list[Resource], groups: list[Resource]) -> None:
        """Create what the target holds before the first step."""
        for user in users:
            self.create_user(user)
        for group in groups:
            self.create_group(group)

    # -- sending -------------------------------------------------------------------------------

    def _send(self, request: ScimRequest) -> ScimResponse:
        def task() -> Generator[ScimRequest, ScimResponse, ScimResponse]:
            return (yield request)

        return self._driver.complete(task(), self._endpoint, self._settings, self._observer)

    def _ask(self, request: ScimRequest) -> ScimResponse:
        answer = self._send(request)
        _refuse_failure(request, answer)
        if request.method == "GET" and not answer.is_json:
            raise TargetProblem(f"{request} was not answered with a JSON object")
        return answer


def _refuse_failure(request: ScimRequest, answer: ScimResponse) -> None:
    if answer.fault is not None:
        raise TargetProblem(f"{request}: {answer.fault}")
    if not answer.ok:
        said = f": {answer.detail}" if answer.detail else ""
        raise TargetProblem(f"{request} was answered with {answer.status}{said}")


def _request(method: str, path: str, query: str = "", body: Resource | None = None) -> ScimRequest:
    purpose = {"POST": Purpose.CREATE, "PATCH": Purpose.UPDATE, "DELETE": Purpose.DELETE}
    return ScimRequest(
        method=method,
        path=path,
        query=query,
        body=body,
        purpose=purpose.get(method, Purpose.READ),
    )


def member_ids(group: Resource) -> Iterator[str]:
    """The ids of the members of a group as a server returns it."""
    for member in group.get("members") or []:
        yield str(member["value"])
