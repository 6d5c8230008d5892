"""The layer that lets only bearers of a token in (RFC 6750)."""

from collections.abc import Iterable
from hmac import compare_digest

from entrasim_kit.scim_server.errors import Unauthorized
from entrasim_kit.scim_server.messages import Handler, Layer, Request, Response
from entrasim_kit.scim_server.service_provider import refusal

_SCHEME = b"bearer "


def bearer_tokens(tokens: Iterable[str]) -> Layer:
    """A layer that answers 401 unless a request bears one of the tokens."""
    accepted = [token.encode() for token in tokens]

    def layer(handler: Handler) -> Handler:
        async def authenticated(request: Request) -> Response:
            if _bears_one_of(accepted, request):
                return await handler(request)
            return refusal(Unauthorized("the bearer token is missing or wrong"))

        return authenticated

    return layer


def _bears_one_of(accepted: list[bytes], request: Request) -> bool:
    """Compare with every token in constant time, so that timing tells nothing about them."""
    sent = request.headers.get(b"authorization", b"")
    if sent[: len(_SCHEME)].lower() != _SCHEME:
        return False
    token = sent[len(_SCHEME) :].strip()
    return sum(compare_digest(token, each) for each in accepted) > 0
