"""One SCIM service provider: which endpoint answers which request below a base path."""

from collections.abc import Callable, Mapping

from entrasim_kit.scim_server.discovery import Discovery
from entrasim_kit.scim_server.endpoints import Endpoint
from entrasim_kit.scim_server.errors import MethodNotAllowed, NotFound, ScimError
from entrasim_kit.scim_server.messages import Request, Response
from entrasim_kit.scim_server.query import from_search_request
from entrasim_kit.scim_server.schemas.resource_type import ResourceType
from entrasim_kit.scim_server.search import search
from entrasim_kit.scim_server.store import Store
from entrasim_kit.scim_server.views import Views

_Methods = Mapping[str, Callable[[], Response]]


class ServiceProvider:
    """Answers requests out of one store. It is the innermost handler; layers go around it."""

    def __init__(self, store: Store, resource_types: tuple[ResourceType, ...]) -> None:
        self.store = store
        self._resource_types = resource_types
        self._by_endpoint = {each.endpoint: each for each in resource_types}

    async def __call__(self, request: Request) -> Response:
        """Answer a request; what is refused is an answer too."""
        try:
            methods = self._methods(request)
            answer = methods.get(request.method)
            if answer is None:
                raise MethodNotAllowed(request.method, request.path, tuple(methods))
            return answer()
        except ScimError as error:
            return refusal(error)

    def _methods(self, request: Request) -> _Methods:
        """What can be done at the path of the request."""
        match request.path.strip("/").split("/"):
            case [name, *rest] if name in self._by_endpoint:
                endpoint = Endpoint(self.store, self._by_endpoint[name], request)
                return _resource_methods(endpoint, rest, request)
            case [".search"]:
                return {"POST": lambda: self._search(request)}
            case ["ServiceProviderConfig"]:
                return {"GET": Discovery(self._resource_types, request).service_provider_config}
            case ["Schemas", *rest]:
                discovery = Discovery(self._resource_types, request)
                return {"GET": lambda: discovery.schemas("/".join(rest))}
            case ["ResourceTypes", *rest]:
                discovery = Discovery(self._resource_types, request)
                return {"GET": lambda: discovery.resource_types("/".join(rest))}
        raise NotFound(f"there is no endpoint {request.path or '/'}")

    def _search(self, request: Request) -> Response:
        """POST to `.search` at the base: over all resource types."""
        query = from_search_request(request.json())
        views = Views(self.store, request.base_url)
        return Response(status=200, body=search(self.store, views, query, self._resource_types))


def _resource_methods(endpoint: Endpoint, rest: list[str], request: Request) -> _Methods:
    match rest:
        case []:
            return {"GET": endpoint.list, "POST": endpoint.create}
        case [".search"]:
            return {"POST": endpoint.search}
        case [resource_id]:
            return {
                "GET": lambda: endpoint.read(resource_id),
                "PUT": lambda: endpoint.replace(resource_id),
                "PATCH": lambda: endpoint.patch(resource_id),
                "DELETE": lambda: endpoint.delete(resource_id),
            }
    raise NotFound(f"there is no endpoint {request.path}")


def refusal(error: ScimError) -> Response:
    """The answer to a request that is refused."""
    return Response(status=error.status, body=error.body, headers=error.headers)
