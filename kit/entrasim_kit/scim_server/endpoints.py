"""What each method does at `/Users` and `/Groups` (RFC 7644, section 3)."""

from entrasim_kit.scim_server import members, values
from entrasim_kit.scim_server.conditions import check_if_match, is_known
from entrasim_kit.scim_server.members import MembersChange
from entrasim_kit.scim_server.messages import Header, Request, Response
from entrasim_kit.scim_server.patch.apply import Draft, apply_operations
from entrasim_kit.scim_server.patch.operation import read_operations
from entrasim_kit.scim_server.query import Query, from_parameters, from_search_request
from entrasim_kit.scim_server.records import Record
from entrasim_kit.scim_server.schemas.resource_type import GROUP, ResourceType
from entrasim_kit.scim_server.search import search
from entrasim_kit.scim_server.store import Store
from entrasim_kit.scim_server.views import Views


class Endpoint:
    """The resources of one type, for one request.

    Every method reads and writes without waiting in between, so requests never interleave.
    """

    def __init__(self, store: Store, resource_type: ResourceType, request: Request) -> None:
        self._store = store
        self._type = resource_type
        self._request = request
        self._query = from_parameters(request.parameters)
        self._projection = self._query.projection(resource_type)
        self._views = Views(store, request.base_url)

    def list(self) -> Response:
        """GET on the collection: all, or what a filter finds."""
        return self._listed(self._query)

    def search(self) -> Response:
        """POST to `.search`: the same with the query in the body."""
        return self._listed(from_search_request(self._request.json()))

    def create(self) -> Response:
        """POST: a new resource, with an id of the server's."""
        attributes = values.resource(self._request.json(), self._type)
        joining = members.known_ids(self._views, attributes.pop("members", None) or None)
        record = self._store.create(self._type, attributes, members=joining)
        return self._shown(record, created=True)

    def read(self, resource_id: str) -> Response:
        """GET by id; nothing but the headers when the client has this version."""
        return self._shown(self._record(resource_id))

    def replace(self, resource_id: str) -> Response:
        """PUT: what is not sent is gone."""
        record = self._changeable(resource_id)
        attributes = values.resource(self._request.json(), self._type)
        change = MembersChange(record.members)
        members.replace(change, self._views, attributes.pop("members", None))
        return self._shown(self._store.update(self._type, record, attributes, change))

    def patch(self, resource_id: str) -> Response:
        """PATCH: all operations or none.

        A user is answered with 200 and the resource, a group with 204, as Microsoft's reference
        server does; the members of a group would be a long answer. A client that asks for
        attributes gets them (RFC 7644, section 3.5.2).
        Source: https://github.com/AzureAD/SCIMReferenceCode/pull/8
        """
        record = self._changeable(resource_id)
        draft = Draft(
            resource_type=self._type,
            document=record.attributes(),
            members=MembersChange(record.members),
            directory=self._views,
        )
        apply_operations(draft, read_operations(self._request.json()))
        record = self._store.update(self._type, record, draft.document, draft.members)
        if self._type.name == GROUP.name and not self._query.attributes:
            return Response(status=204)
        return self._shown(record)

    def delete(self, resource_id: str) -> Response:
        """DELETE: the resource is gone, also from groups."""
        self._store.delete(self._type, self._changeable(resource_id))
        return Response(status=204)

    def _listed(self, query: Query) -> Response:
        return Response(status=200, body=search(self._store, self._views, query, [self._type]))

    def _record(self, resource_id: str) -> Record:
        return self._store.collection(self._type).get(resource_id)

    def _changeable(self, resource_id: str) -> Record:
        record = self._record(resource_id)
        if b"if-match" in self._request.headers:
            check_if_match(self._request, self._views.view(self._type, record).etag)
        return record

    def _shown(self, record: Record, *, created: bool = False) -> Response:
        view = self._views.view(self._type, record, self._projection)
        etag: Header = (b"etag", view.etag.encode())
        if created:
            headers = (etag, (b"location", view.location.encode()))
            return Response(status=201, body=view.json, headers=headers)
        if self._request.method == "GET" and is_known(self._request, view.etag):
            return Response(status=304, headers=(etag,))
        return Response(status=200, body=view.json, headers=(etag,))
