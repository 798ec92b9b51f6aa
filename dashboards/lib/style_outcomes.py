"""What becomes of one style: how far its returns have come, what it earns, where exchanges go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboards.lib import measures, serving, worklist
from dashboards.lib.records import list_records

UNKNOWN: Final = "unknown"
WHOLE: Final = 0.995  # developed share from which nothing more to speak of comes
DONE: Final = 0.95  # developed share of a style from which its returns are as good as in
SHORTEST: Final = 30  # days that a curve shows at least
DAY_STEP: Final = 15  # a curve ends on a multiple of it
TINY: Final = 1e-9
SAME_KINDS: Final = ("same", "colour")
LARGEST_STEP: Final = 3  # sizes; more are drawn there
OTHER_PLACE: Final = LARGEST_STEP + 1


@dataclass(frozen=True)
class Curve:
    """How the returns of a style come in, by days since the delivery.

    Attributes
    ----------
    points : DataFrame
        ``age_days``, ``rate``, ``low``, ``high``, ``category_rate``, ``is_seen``; the interval is
        missing up to now. Where returns are as good as in, all is seen but the interval at the end.
    now_days : int
        Age at which the category has come as far as the style.
    is_tail_seen : bool
        Cohorts have had the whole return window; else the shares are too high.
    """

    points: pd.DataFrame
    now_days: int
    is_tail_seen: bool


@dataclass(frozen=True)
class Outcomes:
    """What becomes of a style.

    Attributes
    ----------
    row : mapping of str to object, or None
        Of the worklist, marked; None where nothing was delivered on a known day.
    curve : Curve or None
    contribution : float or None
        Minor units after returns; None where a cost is not known.
    return_cost : float or None
    moves : DataFrame
        ``place`` (sizes up, negative for down; 0 the same size; ``OTHER_PLACE`` the rest) and
        ``exchange_count``.
    stock : DataFrame
        ``rpt_style_stock`` in the order of the sizes.
    landed : frozenset of str
        Entities of which a file has arrived.
    """

    row: Mapping[str, Any] | None
    curve: Curve | None
    contribution: float | None
    return_cost: float | None
    moves: pd.DataFrame
    stock: pd.DataFrame
    landed: frozenset[str]


def read_outcomes(style_id: str, *, category: str) -> Outcomes:
    """Read what becomes of a style.

    Parameters
    ----------
    style_id : str
    category : str
        Empty where the catalogue has none.
    """
    where = {"style_id": style_id}
    rows = serving.read_mart("rpt_worklist", where={"level_code": "style", **where})
    row = list_records(worklist.mark_rows(rows))[0] if len(rows) else None
    costs = serving.read_mart("rpt_contribution", where=where)
    has_costs = len(costs) > 0 and bool(costs["contribution_amount"].notna().all())
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    return Outcomes(
        row=row,
        curve=_read_curve(row, category=category) if row else None,
        contribution=float(costs["contribution_amount"].sum()) if has_costs else None,
        return_cost=float(costs["return_cost_amount"].sum()) if has_costs else None,
        moves=place_moves(serving.read_mart("rpt_style_exchanges", where=where)),
        stock=serving.read_mart("rpt_style_stock", where=where),
        landed=frozenset(entities.loc[entities["is_landed"].astype(bool), "entity_name"]),
    )


def place_moves(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Lay exchanges on the steps of a size scale.

    Parameters
    ----------
    exchanges : DataFrame
        Of ``rpt_style_exchanges``.

    Returns
    -------
    DataFrame
        ``place`` and ``exchange_count``; every step between the outermost ones, one each way at
        least, has a row.
    """
    steps = exchanges["size_step_count"].astype("float64").clip(-LARGEST_STEP, LARGEST_STEP)
    is_same = exchanges["exchange_kind_code"].isin(SAME_KINDS)
    placed = exchanges.assign(place=steps.mask(is_same, 0.0).fillna(OTHER_PLACE).astype("int64"))
    counts = placed.groupby("place")["exchange_count"].sum()
    sizes = [place for place in counts.index if place != OTHER_PLACE]
    places = list(range(min([-1, *sizes]), max([1, *sizes]) + 1))
    places += [OTHER_PLACE] * (OTHER_PLACE in counts.index)
    return counts.reindex(places, fill_value=0).astype("int64").rename_axis("place").reset_index()


def find_direction(moves: pd.DataFrame) -> str:
    """Say where exchanges between sizes go.

    Parameters
    ----------
    moves : DataFrame
        From ``place_moves``.

    Returns
    -------
    {"up", "down", "flat", "few"}
        A direction only where the 95 % interval of the larger side's share leaves out one half.
    """
    sizes = moves[moves["place"] != OTHER_PLACE]
    up = float(sizes.loc[sizes["place"] > 0, "exchange_count"].sum())
    both = up + float(sizes.loc[sizes["place"] < 0, "exchange_count"].sum())
    if both < measures.SMALL_N:
        return "few"
    low, high = measures.compute_wilson_interval(np.array([up]), np.array([both]))
    if low[0] > 0.5:  # noqa: PLR2004 - neither way
        return "up"
    return "down" if high[0] < 0.5 else "flat"  # noqa: PLR2004


def build_curve(row: Mapping[str, Any], *, shares: pd.Series[float], is_tail_seen: bool) -> Curve:
    """Build the curve of a style: as seen up to now, then towards its expected final rate.

    Parameters
    ----------
    row : mapping of str to object
        Of the worklist.
    shares : Series
        Developed share of the category by ``age_days``, rising from 0.
    is_tail_seen : bool
    """
    grown, days = shares.to_numpy(dtype=float), shares.index.to_numpy()
    share = float(row["developed_share"])
    now = _find_age(shares, share=share)
    last = max(SHORTEST, -(-max(_find_age(shares, share=WHOLE), now) // DAY_STEP) * DAY_STEP)
    is_done = share >= DONE
    now = last if is_done else now
    is_seen = days <= now
    reached = 1.0 if is_done else max(float(shares.loc[now]), TINY)
    seen = float(row["developed_rate" if is_done else "observed_rate"])
    # From what is seen now to what is expected in the end, as the rest of the returns comes.
    rest = np.clip((grown - reached) / max(1.0 - reached, TINY), 0.0, 1.0)
    ends = {"rate": "developed_rate", "low": "low", "high": "high"}
    leads = {name: seen + rest * (float(row[end]) - seen) for name, end in ends.items()}
    is_open = (days == last) if is_done else ~is_seen
    if is_done:
        leads |= {name: np.full(len(days), float(row[name])) for name in ("low", "high")}
    points = pd.DataFrame(
        {
            "age_days": days,
            "rate": np.where(is_seen, seen * np.minimum(grown / reached, 1.0), leads["rate"]),
            "low": np.where(is_open, leads["low"], np.nan),
            "high": np.where(is_open, leads["high"], np.nan),
            "category_rate": float(row["expected_rate"]) * grown,
            "is_seen": is_seen,
        }
    )
    shown = points[points["age_days"] <= last].reset_index(drop=True)
    return Curve(points=shown, now_days=now, is_tail_seen=is_tail_seen)


def _find_age(shares: pd.Series[float], *, share: float) -> int:
    """Return the first age at which a share has come; the last where it never does."""
    place = int(np.searchsorted(shares.to_numpy(dtype=float), share))
    return int(shares.index[min(place, len(shares) - 1)])


def _read_curve(row: Mapping[str, Any], *, category: str) -> Curve | None:
    """Read how fast the category comes back, its channels weighted as the style sells."""
    sold = serving.read_totals(
        "rpt_sku_development", by=["channel_name"], where={"style_id": row["style_id"]}
    )
    curves = serving.read_mart("rpt_lag_curves", where={"category_name": category or UNKNOWN})
    curves = curves.merge(sold[["channel_name", "delivered_count"]], on="channel_name")
    if curves.empty or np.isnan(float(row["low"])):
        return None
    # The newest policy of a channel is the one under which goods come back now.
    newest = curves.groupby("channel_name")["is_after_policy_change"].transform("max")
    curves = curves[curves["is_after_policy_change"] == newest]
    weighted = curves.assign(weight=curves["developed_share"] * curves["delivered_count"])
    totals = weighted.groupby("age_days")[["weight", "delivered_count"]].sum()
    return build_curve(
        row,
        shares=totals["weight"] / totals["delivered_count"],
        is_tail_seen=bool(curves["is_tail_seen"].all()),
    )
