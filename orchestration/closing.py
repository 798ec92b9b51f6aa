"""``kaeru close``: a month's figures are written down and never computed again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.locking import hold_lock
from orchestration.publication import NOTHING_PUBLISHED, read_pointer
from orchestration.query import query_mart
from orchestration.store import open_store
from orchestration.wording import KaeruError, Words, WrongUseError

MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")

BAD_MONTH: Final = Words(
    ja="月は 2026-10 のように書いてください（{month!r} は使えません）。",
    en="Write the month like 2026-10, not {month!r}.",
)
ALREADY_CLOSED: Final = Words(
    ja="{month} は {closed_at} (UTC) に締めてあります。締めは変わりません。"
    "その後に届いたものは次の月の late_data に出ます。",
    en="{month} was closed at {closed_at} (UTC), and a closing never changes. What arrived since "
    "then shows as late_data of the next open month.",
)
OUT_OF_ORDER: Final = Words(
    ja="最後に締めた月は {last} です。次に締められるのは {next} です。",
    en="The last month that was closed is {last}; the next one to close is {next}.",
)
NOT_WHOLE: Final = Words(
    ja="{month} のデータはまだ揃っていません（公開されているのは {as_of} まで）。"
    "月末までのファイルを入れて `kaeru run` を実行してください。",
    en="{month} is not whole in the data yet: figures are published up to {as_of}. "
    "Put the files up to its end into inbox/ and run `kaeru run`.",
)
NOT_MEASURABLE: Final = Words(
    ja="{month} の返金負債が計算されていません。"
    "集計できるのは直近 13 か月で、返金の実績が必要です。",
    en="The refund liability of {month} is not measured: it reaches 13 months back and needs "
    "refunds that were paid.",
)


@dataclass(frozen=True)
class Closing:
    """What a month was closed with.

    Attributes
    ----------
    month : str
        YYYY-MM.
    amounts : mapping of metric to int
        Minor units of the shop's currency.
    """

    month: str
    amounts: Mapping[str, int]


def close_month(shop: Path, month: str) -> Closing:
    """Append a month's closing, as published, to the landed rows.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    month : str
        YYYY-MM.

    Returns
    -------
    Closing

    Raises
    ------
    WrongUseError
        If this is no month, it is closed already, or another one has to be closed before it.
    KaeruError
        If the published figures do not reach the month's last day, or hold no liability for it.
    """
    if not MONTH.fullmatch(month):
        raise WrongUseError(BAD_MONTH, month=month)
    with hold_lock(shop), open_store(shop) as connection:
        _require_open(connection, month)
        closing = Closing(month=month, amounts=_measure(shop, month))
        _append(connection, closing)
    return closing


def find_month_end(month: str) -> date:
    """Find the last day of a month.

    Parameters
    ----------
    month : str
        YYYY-MM.

    Returns
    -------
    date

    Examples
    --------
    >>> find_month_end("2024-02")
    datetime.date(2024, 2, 29)
    """
    return date.fromisoformat(f"{_find_next(month)}-01") - timedelta(days=1)


def _find_next(month: str) -> str:
    inside_next = date.fromisoformat(f"{month}-28") + timedelta(days=4)
    return f"{inside_next:%Y-%m}"


def _require_open(connection: duckdb.DuckDBPyConnection, month: str) -> None:
    """Refuse a month that is closed, or that does not follow the last one that is."""
    closed = connection.execute(
        "select month, max(closed_at) from landing.closings group by month order by month"
    ).fetchall()
    for closed_month, closed_at in closed:
        if closed_month == month:
            raise WrongUseError(
                ALREADY_CLOSED, month=month, closed_at=f"{closed_at:%Y-%m-%d %H:%M}"
            )
    if closed and _find_next(closed[-1][0]) != month:
        last = closed[-1][0]
        raise WrongUseError(OUT_OF_ORDER, last=last, next=_find_next(last))


def _measure(shop: Path, month: str) -> dict[str, int]:
    """Read a month's figures from what is published."""
    end = find_month_end(month)
    publication = read_pointer(shop)
    if publication is None:
        raise KaeruError(NOTHING_PUBLISHED)
    if date.fromisoformat(publication.as_of) < end:
        raise KaeruError(NOT_WHOLE, month=month, as_of=publication.as_of)
    steps = query_mart(shop, "rpt_roll_forward", where={"month": [month]}).rows
    if not steps:
        raise KaeruError(NOT_MEASURABLE, month=month)
    amounts = {f"roll_forward_{row['step']}": int(row["amount"]) for row in steps}
    amounts["refund_liability"] = amounts["roll_forward_closing"]
    liabilities = query_mart(shop, "rpt_refund_liability", where={"as_of_date": [end.isoformat()]})
    assets = [row["return_asset_amount"] for row in liabilities.rows]
    # An asset of which a part is not measurable is not written down.
    if assets and None not in assets:
        amounts["return_asset"] = sum(assets)
        amounts["return_provision"] = amounts["refund_liability"] - amounts["return_asset"]
    days = query_mart(shop, "rpt_refund_days", where={}).rows
    return amounts | sum_refunds(days, month=month)


def sum_refunds(days: tuple[dict[str, Any], ...], *, month: str) -> dict[str, int]:
    """Sum the refunds of a month, and of all time up to its end.

    Parameters
    ----------
    days : tuple of dict
        Rows of ``rpt_refund_days``; those of an unknown day count in neither.
    month : str
        YYYY-MM.

    Returns
    -------
    dict of str to int
        ``refund_cash_out`` (to the outside, in the month) and ``refunds_to_date`` (by any
        method, up to its end), in minor units.
    """
    dated = [(row["calendar_date"][:7], row) for row in days if row["calendar_date"]]
    return {
        "refund_cash_out": sum(
            row["refund_amount"]
            for found, row in dated
            if found == month and row["is_outside_cash"]
        ),
        "refunds_to_date": sum(row["refund_amount"] for found, row in dated if found <= month),
    }


def _append(connection: duckdb.DuckDBPyConnection, closing: Closing) -> None:
    """Write a closing down, and let the next run build although no file is new."""
    now = read_utc_now()
    rows = [(closing.month, metric, amount, now) for metric, amount in closing.amounts.items()]
    connection.begin()
    connection.executemany("insert into landing.closings values (?, ?, ?, ?)", rows)
    connection.execute("update landing.runs set input_sha256 = null")
    connection.commit()
