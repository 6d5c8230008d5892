"""Which targets may be talked to."""

import pytest

from entrasim.scim.tenant_url import parse_tenant_url
from entrasim.wire.locality import Locality, TargetRefused, refuse_target

LOCAL = [
    "http://127.0.0.1:8880/scim/v2",
    "http://localhost/scim",
    "http://[::1]:8880/scim",
    "https://10.1.2.3/scim",
    "https://192.168.0.7/scim",
    "https://cannot-be-resolved.invalid/scim",
    f"https://{'a' * 64}.example/scim",
]


@pytest.mark.parametrize("url", LOCAL)
def test_local_targets_pass(url: str) -> None:
    refuse_target(parse_tenant_url(url), Locality())


REMOTE = {
    "http://8.8.8.8/scim": "8.8.8.8 is not on this machine or network (8.8.8.8); if this target may "
    "really be written to, pass --allow-remote",
    "http://[2001:4860:4860::8888]/scim": "2001:4860:4860::8888 is not on this machine or network "
    "(2001:4860:4860::8888); if this target may really be written to, pass --allow-remote",
    "http://0.0.0.0/scim": "0.0.0.0 is not on this machine or network (0.0.0.0); if this target may "
    "really be written to, pass --allow-remote",
}


@pytest.mark.parametrize(("url", "message"), REMOTE.items())
def test_remote_targets_are_refused_unless_allowed(url: str, message: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        refuse_target(parse_tenant_url(url), Locality())
    assert str(refused.value) == message
    refuse_target(parse_tenant_url(url), Locality(allow_remote=True))


MICROSOFT = [
    "https://graph.microsoft.com/v1.0",
    "https://login.microsoftonline.com/scim",
    "https://GRAPH.MICROSOFT.COM./v1.0",
    "https://contoso.blob.core.windows.net/scim",
    "https://microsoft.com",
]


@pytest.mark.parametrize("url", MICROSOFT)
def test_hosts_of_microsoft_are_always_refused(url: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        refuse_target(parse_tenant_url(url), Locality(allow_remote=True))
    assert str(refused.value).endswith("belongs to Microsoft; entrasim never sends anything there")


def test_a_name_that_only_looks_like_microsoft_is_not_refused() -> None:
    url = parse_tenant_url("https://notmicrosoft.com.invalid")
    refuse_target(url, Locality(allow_remote=True))


def test_without_verification_only_this_machine_passes() -> None:
    careless = Locality(allow_remote=True, verifies=False)
    refuse_target(parse_tenant_url("https://127.0.0.1"), careless)
    with pytest.raises(TargetRefused) as refused:
        refuse_target(parse_tenant_url("https://10.1.2.3"), careless)
    assert str(refused.value) == (
        "--insecure is for targets on this machine only, and 10.1.2.3 is not"
    )
