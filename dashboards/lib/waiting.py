"""Where does it wait: what was read for the page, and its sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving, work_file
from dashboards.lib.measures import SMALL_N
from dashboards.lib.measures_money import YEAR_DAYS, Share, compute_share
from dashboards.lib.records import list_records
from dashboards.lib.survival import Curve, estimate_curve
from dashboards.lib.weeks import find_monday

MARTS: Final = (
    work_file.MART,
    *("rpt_resolution_hours", "rpt_waiting_steps", "rpt_graders", "rpt_grade_agreements"),
    *("rpt_grading_conformance", "rpt_disposition_rules"),
)
RECEIPTS, REFUNDS, EXCHANGES = "return_receipts", "refunds", "exchanges"
WEEKS: Final = 13  # of arrivals; the last one may still run
LIMIT: Final = 24  # hours
GOAL: Final = 0.95  # of arrivals done within them
ALL: Final = "all"
# Where it waits; what is not here does not wait for the customer's side.
STAGES: Final = (
    *("grading", "refund", "ship_exchange", "credit", "ask_customer", "review", "restock"),
)
GRADES: Final = ("A", "B", "C", "X")
ORDERS: Final = ("oldest", "idle")
STEPS: Final = ("grading", "settling", "shelving")


@dataclass(frozen=True)
class Step:
    """A step from the arrival to the shelf, as the mean of finished returns.

    Attributes
    ----------
    code : str
        One of ``STEPS``.
    hours : float
        All of it, work too.
    work_minutes : float
    """

    code: str
    hours: float
    work_minutes: float

    @property
    def waited_hours(self) -> float:
        """Return the hours in which nobody's hands were at work."""
        return max(self.hours - self.work_minutes / 60, 0.0)


@dataclass(frozen=True)
class View:
    """What the page shows.

    Attributes
    ----------
    queue : DataFrame
        All that waits, the oldest first.
    first, last : date
        Days of arrival that the curve and the steps speak of.
    curve, before : Curve
        Of these days, and of the same ones a year ago.
    unknown_count : int
        Returns resolved at a moment that nobody recorded.
    steps : tuple of Step
        Empty where no return has all its moments.
    finished_count, reversed_count : int
        Returns that the steps stand on; of these, graded before they arrived.
    graders, agreements, conformance : DataFrame
    landed : frozenset of str
        Files that arrived.
    """

    queue: pd.DataFrame
    first: date
    last: date
    curve: Curve
    before: Curve
    unknown_count: int
    steps: tuple[Step, ...]
    finished_count: int
    reversed_count: int
    graders: pd.DataFrame
    agreements: pd.DataFrame
    conformance: pd.DataFrame
    landed: frozenset[str]

    @property
    def late_count(self) -> int:
        """Count what has waited for more than 24 hours."""
        return int(self.queue["is_past_24h"].sum())

    @property
    def has_receipts(self) -> bool:
        """Say whether a file tells what arrived."""
        return RECEIPTS in self.landed

    @property
    def has_grades(self) -> bool:
        """Say whether anything was ever graded."""
        return not self.conformance.empty

    @property
    def total_hours(self) -> float:
        """Return the mean hours from the arrival to the end."""
        return sum(step.hours for step in self.steps)

    @property
    def total_work_minutes(self) -> float:
        """Return the mean minutes in which hands were at work."""
        return sum(step.work_minutes for step in self.steps)


def read_view(as_of: date) -> View:
    """Read what the published version holds on waiting."""
    first = find_monday(as_of) - timedelta(weeks=WEEKS - 1)
    hours, steps = serving.read_mart("rpt_resolution_hours"), serving.read_mart("rpt_waiting_steps")
    now = keep_weeks(hours, first=first, last=as_of)
    year = timedelta(days=YEAR_DAYS)
    told = keep_weeks(steps, first=first, last=as_of)
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    return View(
        queue=serving.read_mart(work_file.MART),
        first=first,
        last=as_of,
        curve=estimate_curve(now),
        before=estimate_curve(keep_weeks(hours, first=first - year, last=as_of - year)),
        unknown_count=int(now["unknown_line_count"].sum()),
        **sum_steps(told),
        graders=serving.read_mart("rpt_graders"),
        agreements=serving.read_mart("rpt_grade_agreements"),
        conformance=serving.read_mart("rpt_grading_conformance"),
        landed=frozenset(entities.loc[entities["is_landed"].astype(bool), "entity_name"]),
    )


def keep_weeks(rows: pd.DataFrame, *, first: date, last: date) -> pd.DataFrame:
    """Keep the weeks that begin within these days."""
    weeks = pd.to_datetime(rows["week_start_date"])
    return rows[(weeks >= pd.Timestamp(first)) & (weeks <= pd.Timestamp(last))]


def sum_steps(rows: pd.DataFrame) -> dict[str, Any]:
    """Sum the steps of one kind of return: those that went to the shelf, where there are any.

    Returns
    -------
    dict
        ``steps``, ``finished_count`` and ``reversed_count`` of a view.
    """
    shelved = rows[rows["is_shelved"].astype(bool)]
    kept = shelved if len(shelved) else rows
    n = int(kept["finished_line_count"].sum())
    codes = [code for code in STEPS if code != "shelving" or len(shelved)] if n else []
    work = {"grading": "inspection", "settling": "settling", "shelving": "shelving"}
    steps = tuple(
        Step(
            code,
            float(kept[f"{code}_minutes"].sum()) / 60 / n,
            float(kept[f"{work[code]}_work_minutes"].sum()) / n,
        )
        for code in codes
    )
    backwards = int(kept["graded_before_received_line_count"].sum())
    return {"steps": steps, "finished_count": n, "reversed_count": backwards}


def choose_rows(queue: pd.DataFrame, *, stage: str, grade: str, order: str) -> pd.DataFrame:
    """Choose what waits where, of which grade, in which order."""
    kept = queue
    if stage != ALL:
        kept = kept[kept["waiting_code"] == stage]
    if grade != ALL:
        kept = kept[kept["grade_code"].fillna("none") == grade]
    return kept.sort_values("open_first_number") if order == "idle" else kept


def count_stages(queue: pd.DataFrame) -> Mapping[str, int]:
    """Count what waits where; a place at which nothing waits is left out."""
    counts = queue["waiting_code"].value_counts()
    return {stage: int(counts[stage]) for stage in STAGES if stage in counts}


def count_grades(queue: pd.DataFrame) -> Mapping[str, int]:
    """Count what waits by its grade; what has none is not offered."""
    counts = queue["grade_code"].value_counts()
    return {grade: int(counts[grade]) for grade in GRADES if grade in counts}


def list_conformance(view: View) -> list[tuple[str, Share]]:
    """List the share that went where the rule says, by grade; all grades together last."""
    sums = view.conformance.groupby("grade_code")[["conforming_count", "moved_count"]].sum()
    told = [
        (str(grade), compute_share(int(row["conforming_count"]), int(row["moved_count"])))
        for grade, row in sums.iterrows()
    ]
    whole = compute_share(int(sums["conforming_count"].sum()), int(sums["moved_count"].sum()))
    return [*told, (ALL, whole)]


def list_agreements(view: View) -> tuple[Share, list[dict[str, Any]]]:
    """Return how often two people gave one grade, and the pairs that differ, most first."""
    rows = view.agreements
    same = rows["first_grade_code"] == rows["second_grade_code"]
    whole = int(rows["graded_twice_count"].sum())
    share = compute_share(int(rows.loc[same, "graded_twice_count"].sum()), whole)
    columns = ["graded_twice_count", "first_grade_code", "second_grade_code"]
    differing = rows[~same].sort_values(columns, ascending=[False, True, True])
    return share, list_records(differing)


def list_graders(view: View, *, most: int) -> list[dict[str, Any]]:
    """List who stands out, then who graded most, at most so many; in the order of their numbers."""
    ranked = view.graders.sort_values(
        ["is_standing_out", "graded_count", "grader_number"], ascending=[False, False, True]
    )
    shown = ranked.head(most).sort_values("grader_number")
    return list_records(shown.assign(is_small=shown["graded_count"] < SMALL_N))
