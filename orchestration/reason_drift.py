"""The weekly look at whether a shop's notes have drifted; what it finds is kept for status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb

from models_ml.reasons.drift import Drift, Week, measure_drift
from orchestration.kept_drift import write_drift
from orchestration.recalled_readings import recall_readings
from orchestration.shop_reading import ReasonReader, load_reader

WEEK_DAYS: Final = 7
REFERENCE_DAYS: Final = 84  # the twelve weeks before
MOST_TEXTS: Final = 500  # of each side, drawn by hash: more would cost seconds and say the same
SELECT_DAYS: Final = """
select distinct left(requested_at, 10) from landing.return_requests where trim(reason_text) <> ''
"""
# Every so many texts in the order of their hashes: the same in every order of the rows.
DRAW_TEXTS: Final = """
select reason_text
from (
    select
        reason_text, row_number() over (order by sha256(reason_text)) - 1 as place,
        greatest(1, count(*) over () // $most) as step
    from (
        select distinct return_line_id, reason_text, left(requested_at, 10)
        from landing.return_requests
        where
            trim(reason_text) <> ''
            and left(requested_at, 10) in (select unnest($days::varchar[]))
    )
)
where place % step = 0
order by place
limit $most
"""


def check_drift(shop: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    """Compare the newest whole week of notes with the twelve before it, and keep the answer.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock.
    connection : DuckDBPyConnection
        Its open store.

    Returns
    -------
    dict, optional
        ``week_date`` (Monday), ``index``, ``unseen_share``, ``texts``, ``reference``,
        ``is_measurable``, ``is_drifted``; None where no note has a day.
    """
    days = [day for (day,) in connection.execute(SELECT_DAYS).fetchall() if _is_day(day)]
    if not days:
        return None
    newest = max(map(date.fromisoformat, days))
    # A week that Sunday has not ended says less than the one before it.
    monday = newest - timedelta(days=(newest.weekday() + 1) % WEEK_DAYS + WEEK_DAYS - 1)
    reader = load_reader(shop=shop)
    begun = monday - timedelta(days=REFERENCE_DAYS)
    week, before = (
        _read_week(
            connection,
            reader=reader,
            texts=_draw_texts(connection, days=_list_between(days, start=start, count=count)),
        )
        for start, count in ((monday, WEEK_DAYS), (begun, REFERENCE_DAYS))
    )
    found = describe_drift(measure_drift(week, before=before), week=monday)
    write_drift(shop, found)
    return found


def describe_drift(drift: Drift, *, week: date) -> dict[str, Any]:
    """Say a drift as one document."""
    said = {"is_measurable": drift.is_measurable, "is_drifted": drift.is_drifted}
    return {"week_date": week.isoformat()} | asdict(drift) | said


def _is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _list_between(days: Sequence[str], *, start: date, count: int) -> list[str]:
    end = start + timedelta(days=count)
    return [day for day in days if start <= date.fromisoformat(day) < end]


def _draw_texts(store: duckdb.DuckDBPyConnection, *, days: Sequence[str]) -> list[str]:
    """Draw texts of some days: a sample that is the same in every order."""
    drawn = store.execute(DRAW_TEXTS, {"most": MOST_TEXTS, "days": days}).fetchall()
    return [str(text) for (text,) in drawn]


def _read_week(
    store: duckdb.DuckDBPyConnection, *, reader: ReasonReader, texts: Sequence[str]
) -> Week:
    read = recall_readings(store, reader=reader, texts=texts)
    return Week(texts, [full.probabilities for full in read])
