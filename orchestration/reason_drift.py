"""The weekly look at whether a shop's notes have drifted; what it finds is kept for status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb

from models_ml.reasons.drift import Drift, Week, measure_drift
from models_ml.reasons.labels import hash_text
from orchestration.kept_drift import write_drift
from orchestration.recalled_readings import recall_readings
from orchestration.shop_reading import ReasonReader, load_reader

WEEK_DAYS: Final = 7
REFERENCE_DAYS: Final = 84  # the twelve weeks before
MOST_TEXTS: Final = 500  # of each side, drawn by hash: more would cost seconds and say the same
SELECT_TEXTS: Final = """
select distinct return_line_id, reason_text, left(requested_at, 10) as requested_date
from landing.return_requests
where trim(reason_text) <> ''
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
    rows = [
        (str(text), date.fromisoformat(str(day)))
        for _, text, day in connection.execute(SELECT_TEXTS).fetchall()
        if _is_day(day)
    ]
    if not rows:
        return None
    newest = max(day for _, day in rows)
    # A week that Sunday has not ended says less than the one before it.
    monday = newest - timedelta(days=(newest.weekday() + 1) % WEEK_DAYS + WEEK_DAYS - 1)
    reader = load_reader(shop=shop)
    begun = monday - timedelta(days=REFERENCE_DAYS)
    week, before = (
        _read_week(connection, reader=reader, texts=_draw_between(rows, start=start, days=days))
        for start, days in ((monday, WEEK_DAYS), (begun, REFERENCE_DAYS))
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


def _draw_between(rows: Sequence[tuple[str, date]], *, start: date, days: int) -> list[str]:
    """Draw texts of some days: a sample that is the same in every order."""
    end = start + timedelta(days=days)
    texts = sorted((text for text, day in rows if start <= day < end), key=hash_text)
    return texts[:: max(1, len(texts) // MOST_TEXTS)][:MOST_TEXTS]


def _read_week(
    store: duckdb.DuckDBPyConnection, *, reader: ReasonReader, texts: Sequence[str]
) -> Week:
    read = recall_readings(store, reader=reader, texts=texts)
    return Week(texts, [full.probabilities for full in read])
