"""The clock, and the names that are made from it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def read_utc_now() -> datetime:
    """Read the time in UTC, without a zone: the store keeps timestamps so."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def to_shop_day(moment: datetime, *, time_zone: str) -> str:
    """Turn a UTC moment into the shop's day.

    Parameters
    ----------
    moment : datetime
        UTC, without a zone.
    time_zone : str
        IANA name.

    Returns
    -------
    str
        YYYY-MM-DD.
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).date().isoformat()


def make_run_id() -> str:
    """Make the name of a run: its UTC second and six random hexadecimal digits."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
