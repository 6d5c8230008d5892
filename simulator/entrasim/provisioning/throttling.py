"""Throttling: what a Retry-After means for the running cycle.

Whether Entra honours it is disputed (https://learn.microsoft.com/answers/questions/2284725), hence
the setting.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scim.messages import ScimResponse

THROTTLED: Final = frozenset({429, 503})


def wait_before_retry(
    response: ScimResponse,
    settings: ProvisioningSettings,
    *,
    waited: timedelta,
    now: datetime | None = None,
) -> timedelta | None:
    """How long to wait before the same request is sent again, or None to give up on it.

    Args:
        response: The answer that may ask for patience.
        settings: Whether to honour it, and for how long at the most.
        waited: How long this request has waited already.
        now: The present, for a Retry-After that names a date.
    """
    asked = response.headers.get("retry-after")
    if response.status not in THROTTLED or asked is None or not settings.honour_retry_after:
        return None
    delay = retry_after(asked, now=now or datetime.now(UTC))
    if delay is None or waited + delay > settings.retry_after_cap:
        return None
    return delay


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """Read a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3)."""
    if value.strip().isdigit():
        return timedelta(seconds=int(value))
    try:
        return max(parsedate_to_datetime(value) - now, timedelta(0))
    except (ValueError, TypeError):
        return None
