"""What was offered before the money: what was read for the section, and its sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.records import is_missing, list_records

MARTS: Final = ("rpt_exchange_funnel", "rpt_exchange_break_even", "rpt_open_requests")
STEPS: Final = ("requested", "eligible", "offered", "begun", "shipped", "kept")
APART: Final = ("stock_unknown", "sent_back", "young", "unfollowed", "accepted")


@dataclass(frozen=True)
class Offers:
    """What the section shows.

    Attributes
    ----------
    counts, amounts : mapping of step to int or None
        Return lines and net money of the months of the page; None where nobody says.
    saved_count, saved : int
        Settled exchanges of these months, and what they saved together.
    whole : mapping or None
        All requests against a subsidy and a control group; None without any request.
    bands : list of mappings
        The same by band of prices, the cheapest first.
    requests : DataFrame
        Open requests with their best offer, the one that is expected to keep most first.
    """

    counts: dict[str, int | None]
    amounts: dict[str, int | None]
    saved_count: int
    saved: int
    whole: dict[str, Any] | None
    bands: list[dict[str, Any]]
    requests: pd.DataFrame

    @property
    def n(self) -> int:
        """Count the requests."""
        return self.counts["requested"] or 0

    @property
    def has_stock(self) -> bool:
        """Say whether the stock of any request is known."""
        return (self.counts["stock_unknown"] or 0) < self.n

    @property
    def saved_each(self) -> float | None:
        """Return what one exchange saved; None while none is settled."""
        return self.saved / self.saved_count if self.saved_count else None

    @property
    def in_stock(self) -> pd.DataFrame:
        """Return the open requests whose best offer is on the shelf."""
        return self.requests[self.requests["offered_sku"].notna()]


def read_offers(first: date, last: date) -> Offers:
    """Read the requests of some whole months, and what can be offered today."""
    rows = serving.read_mart("rpt_exchange_funnel")
    months = pd.to_datetime(rows["month_date"])
    kept = rows[(months >= pd.Timestamp(first)) & (months <= pd.Timestamp(last))]
    scopes = list_records(serving.read_mart("rpt_exchange_break_even"))
    whole = [one for one in scopes if one["scope_code"] == "all"]
    bands = [one for one in scopes if one["scope_code"] == "band"]
    return Offers(
        counts={step: _sum_known(kept[f"{step}_line_count"]) for step in (*STEPS, *APART)},
        amounts={step: _sum_known(kept[f"{step}_net_amount"]) for step in STEPS},
        saved_count=int(kept["saving_line_count"].sum()),
        saved=int(kept["net_saving_amount"].sum()),
        whole=whole[0] if whole else None,
        bands=sorted(bands, key=lambda one: int(one["band_from_amount"])),
        requests=_rank(serving.read_mart("rpt_open_requests")),
    )


def _sum_known(column: pd.Series) -> int | None:
    """Sum a column; None where a row does not know."""
    return None if column.isna().any() else int(column.sum())


def _rank(requests: pd.DataFrame) -> pd.DataFrame:
    """Put first what is expected to keep most, then what keeps most when it is taken."""
    by = ["expected_profit_amount", "profit_amount", "requested_net_amount"]
    return requests.sort_values(
        [*by, "return_line_id"], ascending=[False, False, False, True], na_position="last"
    )


def pick_amount(request: dict[str, Any]) -> tuple[Any, bool]:
    """Pick what an offer keeps, and whether the chance that it is taken is in it."""
    expected = request["expected_profit_amount"]
    return (request["profit_amount"], False) if is_missing(expected) else (expected, True)
