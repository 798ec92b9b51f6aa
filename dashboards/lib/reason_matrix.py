"""What customers chose against what they wrote, and against what the inspection saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.questions import Condition, Since
from dashboards.lib.reason_courses import Share, compute_share
from dashboards.lib.records import is_missing, list_records

# Families of reasons, in order; sizes by their direction.
SIZES: Final = ("FIT.small", "FIT.large", "FIT")
FAMILIES: Final = (*SIZES, "LOOK", "QUAL", "FULF", "CUST", "OTHER")
UNREAD: Final = "unread"  # words that a person has to read
SHADES: Final = (0.03, 0.12, 0.3, 0.5)  # shares of the row at which a cell gets darker
AGREEING: Final = 6  # rows of what the inspection confirms


@dataclass(frozen=True)
class Confirmed:
    """How often the inspection saw what the customer said.

    Attributes
    ----------
    code : str
    share : Share
    """

    code: str
    share: Share


@dataclass(frozen=True)
class Matrix:
    """Stated against read, and what the inspection says of either.

    Attributes
    ----------
    counts : DataFrame
        Units: families as stated down, as read across, ``UNREAD`` last. Only returns with both a
        stated reason and words.
    confirmed : tuple of Confirmed
        By the reason that was read, where texts are read, else by the stated one.
    is_read : bool
        Whether texts of these returns were read at all.
    is_inspected : bool
        Whether the inspection names reasons at all.
    """

    counts: pd.DataFrame
    confirmed: tuple[Confirmed, ...]
    is_read: bool
    is_inspected: bool

    @property
    def agreement(self) -> Share:
        """Return how often both mean the same, among the words that were read without doubt."""
        read = self.counts.drop(columns=UNREAD, errors="ignore")
        same = sum(
            float(read.loc[row, column])
            for row in read.index
            for column in read.columns
            if is_same(str(row), str(column))
        )
        return compute_share(same, n=float(read.to_numpy().sum()))


@dataclass(frozen=True)
class Contradiction:
    """The stated reason behind which most often another one stands.

    Attributes
    ----------
    family : str
    others : tuple of str
        Families that were read instead, each in at least a tenth of the words.
    share : Share
    """

    family: str
    others: tuple[str, ...]
    share: Share


def read_matrix(*, first: date, styles: tuple[str, ...] | None) -> Matrix:
    """Read how the three sources agree, from the month of a day on."""
    where: dict[str, Condition] = {"month_start_date": Since(first.replace(day=1))}
    if styles is not None:
        where["style_id"] = styles
    rows = serving.read_totals(
        "rpt_reason_disagreements",
        by=[
            "stated_reason_code",
            "read_reason_code",
            "inspected_reason_code",
            "reading_state_code",
        ],
        where=where,
    )
    labels = serving.read_mart(
        "rpt_reason_labels", columns=["reason_code", "group_code", "size_direction_code"]
    )
    families = {row["reason_code"]: find_family(row) for row in list_records(labels)}
    return build_matrix(rows, families=families)


def find_family(label: Mapping[str, Any]) -> str:
    """Return the family of a reason by its group and direction.

    Examples
    --------
    >>> find_family({"group_code": "FIT", "size_direction_code": "small"})
    'FIT.small'
    >>> find_family({"group_code": "ADM", "size_direction_code": None})
    'OTHER'
    """
    group, direction = label["group_code"], label["size_direction_code"]
    if isinstance(direction, str) and f"{group}.{direction}" in SIZES:
        return f"{group}.{direction}"
    return group if group in FAMILIES else "OTHER"


def is_same(stated: str, read: str) -> bool:
    """Say whether two families mean the same; a size that says no direction means either.

    Examples
    --------
    >>> is_same("FIT", "FIT.small"), is_same("FIT.large", "FIT.small"), is_same("CUST", "CUST")
    (True, False, True)
    """
    return stated == read or {stated, read} in ({"FIT", "FIT.small"}, {"FIT", "FIT.large"})


def find_shade(count: float, *, total: float) -> int:
    """Return how dark a cell is, from 1 to 5, by its share of the row.

    Examples
    --------
    >>> [find_shade(count, total=100) for count in (2, 3, 12, 30, 50)]
    [1, 2, 3, 4, 5]
    """
    share = count / total if total else 0.0
    return 1 + sum(share >= shade for shade in SHADES)


def build_matrix(rows: pd.DataFrame, *, families: Mapping[str, str]) -> Matrix:
    """Build the matrix from sums of ``rpt_reason_disagreements``.

    Parameters
    ----------
    rows : DataFrame
    families : mapping of str to str
        Of each reason of the taxonomy; others are ``OTHER``.
    """
    written = rows[(rows["reading_state_code"] != "no_text") & rows["stated_reason_code"].notna()]
    read = [
        UNREAD if state == "for_a_person" else _name_family(code, families)
        for state, code in zip(
            written["reading_state_code"], written["read_reason_code"], strict=True
        )
    ]
    stated = [_name_family(code, families) for code in written["stated_reason_code"]]
    counts = written.assign(stated=stated, read=read).pivot_table(
        index="stated", columns="read", values="returned_count", aggfunc="sum", fill_value=0
    )
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum(axis=0) > 0]  # announced, not yet back
    counts = counts.reindex(
        index=[family for family in FAMILIES if family in counts.index],
        columns=[family for family in (*FAMILIES, UNREAD) if family in counts.columns],
    )
    is_read = bool((rows["reading_state_code"] == "decided").any())
    said = "read_reason_code" if is_read else "stated_reason_code"
    return Matrix(
        counts=counts,
        confirmed=confirm(rows, said=said),
        is_read=bool((rows["reading_state_code"] != "no_text").any()),
        is_inspected=bool(rows["inspected_reason_code"].notna().any()),
    )


def confirm(rows: pd.DataFrame, *, said: str) -> tuple[Confirmed, ...]:
    """Count how often the inspection saw the reason that was said; most frequent first."""
    both = rows[rows[said].notna() & rows["inspected_reason_code"].notna()]
    is_seen = both[said] == both["inspected_reason_code"]
    seen = both[is_seen].groupby(said)["returned_count"].sum()
    totals = both.groupby(said)["returned_count"].sum()
    order = sorted(totals.index, key=lambda code: (-totals[code], code))[:AGREEING]
    return tuple(
        Confirmed(str(code), compute_share(float(seen.get(code, 0)), n=float(totals[code])))
        for code in order
    )


def find_contradiction(matrix: Matrix) -> Contradiction | None:
    """Find the stated reason whose words most often say something else; None where none does.

    Only rows that can be judged count, and only where surely more than a tenth differs.
    """
    found = []
    for family in matrix.counts.index:
        row = matrix.counts.loc[family].drop(UNREAD, errors="ignore")
        total = float(row.sum())
        others = {
            str(other): float(units)
            for other, units in row.items()
            if other != "OTHER" and not is_same(str(family), str(other))
        }
        share = compute_share(sum(others.values()), n=total)
        named = tuple(other for other, units in others.items() if units >= total / 10)
        if family != "OTHER" and not share.is_small and share.low > 1 / 10 and named:
            found.append(Contradiction(str(family), named, share))
    return max(found, key=lambda one: one.share.units, default=None)


def _name_family(code: object, families: Mapping[str, str]) -> str:
    if not isinstance(code, str) or is_missing(code):  # type: ignore[arg-type]
        return "OTHER"
    return families.get(code, "OTHER")
