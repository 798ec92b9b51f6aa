"""What a page must know about the shop: one row of the published file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.currency import Currency, find_currency


@dataclass(frozen=True)
class Shop:
    """Facts of a shop.

    Attributes
    ----------
    name : str
    language_code : str
    currency : Currency
    time_zone : ZoneInfo
    tax_code : str
        ``included`` or ``excluded``.
    is_synthetic : bool
    alarm_ratio : float
        Above this many times its expected rate a style or SKU is called bad.
    false_share : float
        Accepted share of false alarms.
    as_of : date
        Last shop day that the figures cover.
    loaded_at : datetime
        Newest load, in the shop's time zone.
    first_delivered, last_delivered : date or None
        None where no delivery day is known.
    counts : mapping of str to int
        The ``_count`` columns of ``rpt_shop``.
    """

    name: str
    language_code: str
    currency: Currency
    time_zone: ZoneInfo
    tax_code: str
    is_synthetic: bool
    alarm_ratio: float
    false_share: float
    as_of: date
    loaded_at: datetime
    first_delivered: date | None
    last_delivered: date | None
    counts: dict[str, int]


def read_shop() -> Shop:
    """Read the facts of the shop from the published file."""
    publication = serving.read_publication()
    row = serving.read_mart("rpt_shop").iloc[0]
    time_zone = ZoneInfo(str(row["time_zone_name"]))
    loaded_at = row["newest_load_at"]
    moment = publication.published_at if pd.isna(loaded_at) else loaded_at.to_pydatetime()
    return Shop(
        name=str(row["shop_name"]),
        language_code=str(row["language_code"]),
        currency=find_currency(str(row["currency_code"])),
        time_zone=time_zone,
        tax_code=str(row["tax_code"]),
        is_synthetic=bool(row["is_synthetic"]),
        alarm_ratio=float(row["alarm_ratio"]),
        false_share=float(row["alarm_false_share"]),
        as_of=to_day(row["as_of_date"]) or publication.as_of,
        loaded_at=moment.replace(tzinfo=UTC).astimezone(time_zone),
        first_delivered=to_day(row["first_delivered_date"]),
        last_delivered=to_day(row["last_delivered_date"]),
        counts={str(k): int(v) for k, v in row.items() if str(k).endswith("_count")},
    )


def to_day(value: object) -> date | None:
    """Return a day of a frame; None where it is missing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[arg-type, call-overload]


def to_local(value: object, *, time_zone: ZoneInfo) -> datetime | None:
    """Return a UTC moment of a frame on the shop's clock; None where it is missing."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    return pd.Timestamp(value).to_pydatetime().replace(tzinfo=UTC).astimezone(time_zone)  # type: ignore[arg-type]
