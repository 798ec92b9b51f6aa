"""Will it arrive: parcels by the lane of their address, and what came back of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.measures import SMALL_N, compute_wilson_interval
from dashboards.lib.records import list_records

MARTS: Final = ("rpt_address_lanes", "rpt_address_checks")
SHIP, CORRECT, ASK = "ship", "correct", "ask"
LANES: Final = (SHIP, CORRECT, ASK)
NO_DEFECT: Final = "none"
LOOKS, EVENTS, SHIPMENTS = "address_checks", "delivery_events", "shipments"
PARCELS: Final = "parcel_count"
MONTH_DAYS: Final = 30.4  # of a year's twelfth
COUNTS: Final = (
    PARCELS,
    "looked_at_parcel_count",
    "brought_back_parcel_count",
    "unknown_cause_parcel_count",
    "uncosted_parcel_count",
    "bring_back_cost_amount",
)


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
    month_amount : float
        What bring-backs of known days cost a month.
    """

    lanes: pd.DataFrame
    defects: pd.DataFrame
    total: dict[str, Any]
    abroad_count: int
    orders: dict[str, int]
    landed: frozenset[str]
    first: date | None
    last: date | None
    month_amount: float

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

    @property
    def has_cost(self) -> bool:
        """Say whether what was brought back has a cost that a file tells."""
        back, uncosted = (
            self.total[name] for name in ("brought_back_parcel_count", "uncosted_parcel_count")
        )
        return self.has_events and back > uncosted

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
        month_amount=compute_month(checked, first=first, last=last),
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


def compute_month(rows: pd.DataFrame, *, first: date | None, last: date | None) -> float:
    """Compute what bring-backs cost a month; NaN where less than a month was seen."""
    if first is None or last is None:
        return float("nan")
    days = (last - first).days + 1
    amount = float(rows.loc[rows["shipped_date"].notna(), "bring_back_cost_amount"].sum())
    return amount * MONTH_DAYS / days if days >= MONTH_DAYS else float("nan")


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
