"""Why things come back: which reasons, by whose word, and which have grown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.filters import Filters
from dashboards.lib.questions import Condition, Since
from dashboards.lib.reason_courses import (
    Correction,
    Course,
    Share,
    build_course,
    compute_share,
    lay_points,
    read_corrections,
)
from dashboards.lib.records import list_records
from dashboards.lib.weeks import STEPS, find_monday

SOURCES: Final = ("stated", "classified", "inspected")
WEEKS: Final = 12
PANELS: Final = 7  # reasons that are drawn; what nobody can say of has a panel of its own
SAYING: Final = frozenset({"coded", "unmapped"})  # states of a reason that says something
KEYS: Final = ("reason_code", "reason_system", "reason_state_code", "is_size_reason")


@dataclass(frozen=True)
class View:
    """What the page shows.

    Attributes
    ----------
    source : {"stated", "classified", "inspected"}
    told : mapping of str to int
        Units of which each source tells something, all styles.
    styles : tuple of str or None
        Those that the filters leave; None: all.
    first, last : date
        First Monday and last Sunday.
    step : int
        Weeks of a point.
    size : Share
    courses : tuple of Course
        The most frequent reasons, largest first.
    silent : Course
        What nobody can say: no reason, another one, words that a person has to read.
    rest : Share
        All other reasons together.
    rest_count : int
    label_count : int
        Texts labelled by people that correct what was read; 0: nothing does.
    """

    source: str
    told: dict[str, int]
    styles: tuple[str, ...] | None
    first: date
    last: date
    step: int
    size: Share
    courses: tuple[Course, ...]
    silent: Course
    rest: Share
    rest_count: int
    label_count: int = 0

    @property
    def grown(self) -> list[Course]:
        """Return the reasons that have grown, most first."""
        grown = [course for course in self.courses if course.is_grown]
        return sorted(grown, key=lambda course: -course.growth)


def find_period(as_of: date) -> tuple[date, date]:
    """Return the first and the last day of the last whole weeks.

    Examples
    --------
    >>> find_period(date(2026, 11, 24))
    (datetime.date(2026, 8, 31), datetime.date(2026, 11, 22))
    """
    last = find_monday(as_of + timedelta(days=1)) - timedelta(days=1)
    return last - timedelta(weeks=WEEKS, days=-1), last


def read_told(as_of: date) -> dict[str, int]:
    """Count the units of which each source tells something in the period."""
    first, _ = find_period(as_of)
    totals = serving.read_totals(
        "rpt_category_reason_weeks",
        by=["reason_source_code"],
        where={"date_basis_code": "event", "week_start_date": Since(first)},
    )
    found = {row["reason_source_code"]: row for row in list_records(totals)}
    return {
        source: int(found[source]["told_returned_count"]) if source in found else 0
        for source in SOURCES
    }


def read_view(source: str, *, filters: Filters, as_of: date) -> View:
    """Read the reasons of the last whole weeks by one source.

    Parameters
    ----------
    source : {"stated", "classified", "inspected"}
    filters : Filters
        Season, category and name are applied.
    as_of : date
    """
    first, last = find_period(as_of)
    styles = find_styles(filters)
    where: dict[str, Condition] = {
        "reason_source_code": source,
        "date_basis_code": "event",
        "week_start_date": Since(first),
    }
    mart = "rpt_category_reason_weeks"
    if filters.find and styles is not None:  # a part of a name may be one of any category
        mart, where["style_id"] = "rpt_style_reason_weeks", styles
    else:
        where |= filters.equals
    rows = serving.read_totals(mart, by=[*KEYS, "week_start_date"], where=where)
    rows = rows[pd.to_datetime(rows["week_start_date"]) <= pd.Timestamp(last)]
    return build_view(
        rows,
        source=source,
        told=read_told(as_of),
        styles=styles,
        period=(first, last),
        corrections=read_corrections() if source == "classified" else {},
    )


def find_styles(filters: Filters) -> tuple[str, ...] | None:
    """Return the styles that the filters leave; None where they leave all."""
    if not (filters.equals or filters.find):
        return None
    rows = serving.read_mart(
        "rpt_style_returns",
        columns=["style_id", "style_name", "season_name", "category_name", "brand_name"],
    )
    return tuple(sorted(filters.keep(rows)["style_id"].unique()))


def build_view(
    rows: pd.DataFrame,
    *,
    source: str,
    told: dict[str, int],
    styles: tuple[str, ...] | None,
    period: tuple[date, date],
    corrections: Mapping[str, Correction] | None = None,
) -> View:
    """Build what the page shows from the rows of one source.

    Parameters
    ----------
    rows : DataFrame
        One row per reason and week, summed over styles and channels.
    source, told, styles
        As in ``View``.
    period : tuple of date
        First and last day.
    corrections : mapping of str to Correction, optional
        By reason; of what was read.
    """
    corrected = corrections or {}
    counted = count_units(rows, source=source, corrections=corrected)
    n = float(counted["n"].sum())
    step = choose_step(n)
    place = (pd.to_datetime(counted["week_start_date"]) - pd.Timestamp(period[0])).dt.days
    counted = counted.assign(point=place // (7 * step))
    ns = lay_points(counted.groupby("point")["n"].sum(), points=WEEKS // step)
    is_saying = counted["reason_state_code"].isin(SAYING)
    courses = [
        build_course(
            group,
            code=str(code),
            system=str(system),
            ns=ns,
            doubt=corrected.get(str(code), Correction()).doubt,
        )
        for (code, system), group in counted[is_saying].groupby(["reason_code", "reason_system"])
    ]
    courses.sort(key=lambda course: (-course.share.units, course.code, course.system))
    said = [course for course in courses if course.share.units > 0]
    rest = sum(course.share.units for course in said[PANELS:])
    silent = counted[~is_saying]
    size = counted.loc[is_saying & counted["is_size_reason"], "units"].sum()
    return View(
        source=source,
        told=told,
        styles=styles,
        first=period[0],
        last=period[1],
        step=step,
        size=compute_share(float(size), n=n),
        courses=tuple(said[:PANELS]),
        silent=build_course(silent, code="", system="", ns=ns),
        rest=compute_share(rest, n=n),
        rest_count=len(said[PANELS:]),
        label_count=max((one.label_count for one in corrected.values()), default=0),
    )


def count_units(
    rows: pd.DataFrame, *, source: str, corrections: Mapping[str, Correction]
) -> pd.DataFrame:
    """Say what of each row counts for its reason, and what it adds to all that is counted.

    A stated reason is counted among all returns; what was read or inspected among those that were
    read or inspected. Words count with their probability, as people's labels correct it; those
    that a person has to read count for nobody's reason.

    Parameters
    ----------
    rows : DataFrame
    source : {"stated", "classified", "inspected"}
    corrections : mapping of str to Correction
        By reason.

    Returns
    -------
    DataFrame
        Plus ``units`` and ``n``.
    """
    n = rows["returned_count" if source == "stated" else "told_returned_count"].astype(float)
    units = n
    if source == "classified":
        is_saying = rows["reason_state_code"].isin(SAYING)
        factors = rows["reason_code"].map(
            lambda code: corrections.get(str(code), Correction()).factor
        )
        read = (rows["expected_returned_units"] * factors).astype(float)
        units = read.where(is_saying, n)
    return rows.assign(units=units, n=n)


def choose_step(n: float) -> int:
    """Choose how many weeks a point holds, so that a usual point can be judged.

    Examples
    --------
    >>> choose_step(400), choose_step(200), choose_step(100)
    (1, 2, 4)
    """
    usual = n / WEEKS
    return next((step for step in STEPS if usual * step >= measures.SMALL_N), STEPS[-1])
