"""Will it arrive: parcels by the lane of their address, and what came back of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.measures import SMALL_N, compute_wilson_interval
from dashboards.lib.records import is_missing, list_records

MARTS: Final = ("rpt_address_lanes", "rpt_address_checks", "rpt_leak_parts")
SHIP, CORRECT, ASK = "ship", "correct", "ask"
LANES: Final = (SHIP, CORRECT, ASK)
NO_DEFECT: Final = "none"
LOOKS, EVENTS, SHIPMENTS = "address_checks", "delivery_events", "shipments"
PARCELS: Final = "parcel_count"
HOLE: Final = "addresses"  # of the leak of the back yard
COUNTS: Final = (
    PARCELS,
    "looked_at_parcel_count",
    "brought_back_parcel_count",
    "unknown_cause_parcel_count",
    "uncosted_parcel_count",
    "bring_back_cost_amount",
)


@dataclass(frozen=True)
class Leak:
    """What leaks through addresses, as the marts of the back yard count it.

    Attributes
    ----------
    parts : list of mappings
        Rows of ``rpt_leak_parts`` in their order.
    month_count : int
        Whole months that the amounts are the mean of.
    is_whole : bool
        False where less than a whole month was seen.
    """

    parts: list[dict[str, Any]]
    month_count: int
    is_whole: bool

    @property
    def amounts(self) -> list[int]:
        """List what the measured parts leak a month."""
        known = (row["month_amount"] for row in self.parts)
        return [int(amount) for amount in known if not is_missing(amount)]

    @property
    def is_all_measured(self) -> bool:
        """Say whether every part is measured."""
        return len(self.amounts) == len(self.parts)

    @property
    def is_told(self) -> bool:
        """Say whether a sum can be told: a zero only where every part is measured."""
        return bool(self.amounts) and (self.is_all_measured or sum(self.amounts) > 0)


@dataclass(frozen=True)
class Lanes:
    """What the checks of addresses say of the parcels that left.

    Attributes
    ----------
    lanes : DataFrame
        One row per lane of the check, with counts and the rate of bring-backs.
    defects : DataFrame
        One row per lane and defect, the most frequent first.
    total : mapping of str to value
        All lanes together.
    abroad_count : int
        Parcels that were not checked.
    orders : mapping of str to int
        Counts of ``rpt_address_checks``.
    landed : frozenset of str
        Files that arrived.
    first, last : date or None
        Days on which the first and the last parcel left.
    leak : Leak
    """

    lanes: pd.DataFrame
    defects: pd.DataFrame
    total: dict[str, Any]
    abroad_count: int
    orders: dict[str, int]
    landed: frozenset[str]
    first: date | None
    last: date | None
    leak: Leak

    @property
    def parcel_count(self) -> int:
        """Count the parcels whose address was checked."""
        return int(self.total[PARCELS])

    @property
    def has_looks(self) -> bool:
        """Say whether a file tells who looked."""
        return LOOKS in self.landed

    @property
    def has_events(self) -> bool:
        """Say whether a file tells what was brought back."""
        return EVENTS in self.landed

    def count(self, lane: str, column: str = PARCELS) -> int:
        """Count the parcels of a lane."""
        return int(self.lanes.loc[self.lanes["lane_code"] == lane, column].sum())


def read_lanes() -> Lanes:
    """Read what the published version holds on addresses."""
    rows = serving.read_mart("rpt_address_lanes")
    checked = rows[rows["lane_code"].isin(LANES)]
    days = pd.to_datetime(checked["shipped_date"]).dropna()
    first, last = (days.min().date(), days.max().date()) if len(days) else (None, None)
    is_wrong = (checked["lane_code"] != SHIP) | (checked["defect_code"] != NO_DEFECT)
    defects = add_bring_back_rates(sum_counts(checked[is_wrong], by=["lane_code", "defect_code"]))
    return Lanes(
        lanes=_sort_lanes(add_bring_back_rates(sum_counts(checked, by=["lane_code"]))),
        defects=defects.sort_values(
            [PARCELS, "defect_code", "lane_code"], ascending=[False, True, True]
        ),
        total=list_records(add_bring_back_rates(checked[list(COUNTS)].sum().to_frame().T))[0],
        abroad_count=int(rows[PARCELS].sum() - checked[PARCELS].sum()),
        orders=_count_orders(),
        landed=_read_landed(),
        first=first,
        last=last,
        leak=_read_leak(),
    )


def sum_counts(rows: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Add the days up."""
    return rows.groupby(list(by), as_index=False)[list(COUNTS)].sum()


def add_bring_back_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the share of parcels brought back for the address, with its interval.

    Parcels brought back for no stated cause are in neither part.

    Examples
    --------
    >>> counts = {"parcel_count": [12], "unknown_cause_parcel_count": [2]}
    >>> rows = pd.DataFrame({**counts, "brought_back_parcel_count": [1]})
    >>> add_bring_back_rates(rows)[["known_count", "rate", "is_small"]].values.tolist()
    [[10, 0.1, True]]
    """
    known = rows[PARCELS] - rows["unknown_cause_parcel_count"]
    back = rows["brought_back_parcel_count"]
    low, high = compute_wilson_interval(back.to_numpy(dtype=float), known.to_numpy(dtype=float))
    return rows.assign(
        known_count=known,
        rate=(back / known.where(known > 0)).astype(float),
        low_rate=low,
        high_rate=high,
        is_small=known < SMALL_N,
    )


def _read_leak() -> Leak:
    rows = serving.read_mart("rpt_leak_parts", where={"hole_code": HOLE}).sort_values("part_number")
    months = rows["month_count"].dropna()
    return Leak(
        parts=list_records(rows),
        month_count=int(months.iloc[0]) if len(months) else 0,
        is_whole=bool(rows["is_whole_months"].all()),
    )


def _sort_lanes(lanes: pd.DataFrame) -> pd.DataFrame:
    """Put the lanes in their order; one that no parcel took is a lane with 0 parcels."""
    whole = lanes.set_index("lane_code").reindex(LANES)
    counts = [*COUNTS, "known_count"]
    whole[counts] = whole[counts].fillna(0)
    whole["is_small"] = whole["known_count"] < SMALL_N
    return whole.reset_index()


def _count_orders() -> dict[str, int]:
    rows = serving.read_mart("rpt_address_checks").drop(columns=["channel_name", "ordered_date"])
    return {str(name): int(count) for name, count in rows.sum().items()}


def _read_landed() -> frozenset[str]:
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    return frozenset(entities.loc[entities["is_landed"].astype(bool), "entity_name"])
