"""What is known about the files and the checks: reads it, adds it up, finds what is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.shop import Shop, to_local

DAYS: Final = 14  # of the row of dots
SHOWN_KINDS: Final = 12  # kinds of problems; the export holds every row
SHOWN_FILES: Final = 10  # files of a page
TOTALS: Final = ("total_cohort", "total_event", "difference")
ROW_COUNTS: Final = (
    "rows_in_count",
    "rows_loaded_count",
    "rows_quarantined_count",
    "rows_erased_count",
)


@dataclass(frozen=True)
class Arrivals:
    """On which days an entity arrived.

    Attributes
    ----------
    days : tuple of date
    late_days : int
        Days since the last arrival where twice the usual gap has passed, else 0.
    """

    days: tuple[date, ...]
    late_days: int


@dataclass(frozen=True)
class Trust:
    """Everything that the page shows.

    Attributes
    ----------
    files, entities, problems, bridge, undecided : DataFrame
        The marts.
    arrivals : mapping of str to Arrivals
        By entity.
    today : date
        Day up to which lateness is counted: of the newest load where the shop is synthetic.
    """

    files: pd.DataFrame
    entities: pd.DataFrame
    problems: pd.DataFrame
    bridge: pd.DataFrame
    undecided: pd.DataFrame
    arrivals: Mapping[str, Arrivals]
    today: date

    @property
    def totals(self) -> dict[str, int]:
        """Return received, loaded, held back and erased rows of all files."""
        return {name: int(self.files[name].sum()) for name in ROW_COUNTS}

    @property
    def unbalanced(self) -> int:
        """Return in how many files received differs from loaded, held back and erased."""
        loaded, held, erased = (self.files[name] for name in ROW_COUNTS[1:])
        return int((self.files["rows_in_count"] != loaded + held + erased).sum())

    @property
    def refused(self) -> pd.DataFrame:
        """Return the files that could not be read."""
        return self.files[self.files["state_code"] == "refused"]

    @property
    def late(self) -> list[str]:
        """Return the entities that are late."""
        return [name for name, arrival in self.arrivals.items() if arrival.late_days]


def read_trust(*, shop: Shop, today: date) -> Trust:
    """Read the marts of the page.

    Parameters
    ----------
    shop : Shop
    today : date
        The shop's day on the clock.
    """
    files = serving.read_mart("rpt_files")
    newest = shop.loaded_at.date()
    until = newest if shop.is_synthetic else today
    return Trust(
        files=_sort_files(files),
        entities=serving.read_mart("rpt_entities"),
        problems=serving.read_mart("rpt_quarantined_rows"),
        bridge=serving.read_mart("rpt_return_bridge").sort_values("step_number"),
        undecided=serving.read_mart("rpt_undecided_keys"),
        arrivals=find_arrivals(files, time_zone=shop.time_zone, today=until),
        today=until,
    )


def find_arrivals(files: pd.DataFrame, *, time_zone: ZoneInfo, today: date) -> dict[str, Arrivals]:
    """Find on which days each entity arrived, and whether it is late.

    Parameters
    ----------
    files : DataFrame
        ``rpt_files``.
    time_zone : ZoneInfo
        Of the shop.
    today : date
    """
    landed = files[files["entity_name"].notna() & files["landed_at"].notna()]
    found: dict[str, Arrivals] = {}
    for entity, rows in landed.groupby("entity_name"):
        moments = [to_local(value, time_zone=time_zone) for value in rows["landed_at"]]
        days = tuple(sorted({moment.date() for moment in moments if moment}))
        found[str(entity)] = Arrivals(days, measures.count_days_late(days, today=today))
    return found


def group_problems(problems: pd.DataFrame, *, language_code: str) -> pd.DataFrame:
    """Put problems of one kind together: same file, column, value and rule.

    Returns
    -------
    DataFrame
        ``file_name``, ``column_name``, ``value_text``, ``message``, ``way_out``, ``row_count``,
        ``first_line``; most rows first.
    """
    keys = ["file_name", "entity_name", "column_name", "value_text", "rule_code"]
    named = problems.sort_values(["line_number", "problem_number"]).rename(
        columns={
            f"message_{language_code}_text": "message",
            f"way_out_{language_code}_text": "way_out",
        }
    )
    kinds = (
        named.groupby(keys, dropna=False, sort=True)
        .agg(
            row_count=("rule_code", "size"),
            first_line=("line_number", "min"),
            message=("message", "first"),
            way_out=("way_out", "first"),
        )
        .reset_index()
    )
    return kinds.sort_values(
        ["row_count", "file_name", "first_line"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)


def list_days_ago(arrival: Arrivals, *, today: date) -> list[int]:
    """List how many days ago something arrived, within the row of dots."""
    first = today - timedelta(days=DAYS - 1)
    return [(today - day).days for day in arrival.days if first <= day <= today]


def _sort_files(files: pd.DataFrame) -> pd.DataFrame:
    """Sort refused files first, then the newest."""
    is_refused = files["state_code"] == "refused"
    return (
        files.assign(is_refused=is_refused)
        .sort_values(
            ["is_refused", "landed_at", "load_number"],
            ascending=[False, False, False],
            kind="stable",
        )
        .drop(columns="is_refused")
        .reset_index(drop=True)
    )
