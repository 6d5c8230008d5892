"""Object ids: GUIDs that follow from names, so that every run gives the same ones."""

from uuid import UUID, uuid5

_ENTRASIM = UUID("3f0f5b06-8a5e-5b52-9f0b-6a3b1f1f5a10")


def tenant_id(domain: str) -> str:
    """The id of the tenant with this default domain."""
    return str(uuid5(_ENTRASIM, f"tenant/{domain}"))


def object_id(tenant: str, kind: str, name: str) -> str:
    """The id of the object that was first called `name` in the tenant with the id `tenant`."""
    return str(uuid5(UUID(tenant), f"{kind}/{name}"))
