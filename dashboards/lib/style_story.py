"""What is known about one style: reads it, compares it, and says what stands out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboards.lib import measures, serving, worklist
from dashboards.lib.questions import Condition
from dashboards.lib.records import list_records
from dashboards.lib.shop import Shop
from dashboards.lib.style_outcomes import Outcomes, read_outcomes
from dashboards.lib.style_weeks import find_window, take_expected, take_year_ago, trim_points

NEAREST: Final = 3  # styles named where the one asked for does not exist
REASONS: Final = 6  # bars; what is rarer is one bar together
REASON_KEYS: Final = ("reason_code", "reason_system", "reason_state_code")
STATED: Final = {"reason_source_code": "stated", "date_basis_code": "cohort"}
INSPECTED: Final = {**STATED, "reason_source_code": "inspected"}
READ: Final = {**STATED, "reason_source_code": "classified"}
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Story:
    """One style.

    Attributes
    ----------
    style_id, style_name, category, season : str
        Empty where the catalogue has none.
    total : mapping of str to float
        Counts and rates over all channels and times.
    sizes : DataFrame
        One row per size and colour, from ``add_rates``, developed, in the order of the scale.
    reasons : DataFrame
        As customers state them, or as their words were read where none states any:
        ``reason_code``, ``reason_system``, ``reason_state_code``, ``returned_count``, ``share``,
        ``low_rate``, ``high_rate``; most frequent first.
        ``category_share``, ``inspected_share`` and ``read_share`` are NaN where there is nothing to
        compare with.
    reason_source : {"stated", "classified"}
        Whose word ``reasons`` is.
    weeks, expected_weeks, year_ago_weeks : DataFrame
        From ``spread_over_weeks``, developed, up to the style's last delivery: its own rate, the
        expected one, and that of the same weeks of the year before.
    step : int
        Weeks of a point.
    bracketing : mapping of str to int or None
    outcomes : Outcomes
    """

    style_id: str
    style_name: str
    category: str
    season: str
    total: Mapping[str, float]
    sizes: pd.DataFrame
    reasons: pd.DataFrame
    reason_source: str
    weeks: pd.DataFrame
    expected_weeks: pd.DataFrame
    year_ago_weeks: pd.DataFrame
    step: int
    bracketing: Mapping[str, int] | None
    outcomes: Outcomes

    @property
    def name(self) -> str:
        """Return name and number, once where they are the same."""
        if self.style_name == self.style_id:
            return self.style_id
        return f"{self.style_name} {self.style_id}"

    @property
    def has_sizes(self) -> bool:
        """Say whether a size or a colour of the style is known."""
        return bool((self.sizes[["size_label", "colour_name"]] != UNKNOWN).any(axis=None))

    @property
    def main_reason(self) -> Mapping[str, Any] | None:
        """Return the most frequent reason that says something."""
        stated = list_records(self.reasons[self.reasons["reason_state_code"] == "coded"])
        return stated[0] if stated else None


def find_style(wanted: str, *, styles: pd.DataFrame) -> str | None:
    """Return the style that a reader means: its number, or a name that only one style has.

    Parameters
    ----------
    wanted : str
        Empty: the style with the most money returned.
    styles : DataFrame
        ``rpt_style_returns``.
    """
    if styles.empty:
        return None
    if not wanted:
        totals = styles.groupby("style_id")["returned_net_amount"].sum()
        return str(totals.idxmax())
    folded = wanted.casefold()
    for column in ("style_id", "style_name"):
        found = styles.loc[styles[column].str.casefold() == folded, "style_id"].unique()
        if len(found) == 1:
            return str(found[0])
    return None


def find_first_style() -> str | None:
    """Return the style that is shown when none is asked for: the first of the list."""
    rows = worklist.read_rows("style")
    if len(rows):
        return str(
            measures.rank_rows(rows, by=worklist.SORTS["yen"], key="style_id")["style_id"].iloc[0]
        )
    return find_style("", styles=serving.read_mart("rpt_style_returns"))


def find_nearest(wanted: str, *, styles: pd.DataFrame) -> list[tuple[str, str]]:
    """Return number and name of the styles that come nearest to what was asked for."""
    named = styles.drop_duplicates("style_id").sort_values("style_id")
    numbers, names = named["style_id"].tolist(), named["style_name"].tolist()
    is_part = [
        wanted.casefold() in f"{k} {v}".casefold() for k, v in zip(numbers, names, strict=True)
    ]
    likeness = [
        max(difflib.SequenceMatcher(None, wanted, text).ratio() for text in (number, name))
        for number, name in zip(numbers, names, strict=True)
    ]
    order = sorted(range(len(numbers)), key=lambda i: (not is_part[i], -likeness[i], numbers[i]))
    return [(numbers[i], names[i]) for i in order[:NEAREST]]


def read_story(style_id: str, *, shop: Shop) -> Story:
    """Read everything about a style.

    Parameters
    ----------
    style_id : str
        One that exists.
    shop : Shop
    """
    rows = serving.read_mart("rpt_style_returns", where={"style_id": style_id})
    facts = rows.iloc[0]
    counts = rows[[c for c in rows.columns if c.endswith(("_count", "_amount"))]].sum()
    total = list_records(measures.add_rates(counts.to_frame().T.astype(float)))[0]
    category = _read_text(facts["category_name"])
    counted = serving.read_mart("rpt_style_weeks", where={"style_id": style_id})
    window = find_window(counted, as_of=shop.as_of)
    weeks = trim_points(window.spread(counted))
    source, reasons = _read_reasons(style_id, category=category)
    return Story(
        style_id=style_id,
        style_name=str(facts["style_name"]),
        category=category,
        season=_read_text(facts["season_name"]),
        total=total,
        sizes=_read_sizes(style_id),
        reasons=reasons,
        reason_source=source,
        weeks=weeks,
        expected_weeks=take_expected(weeks),
        year_ago_weeks=take_year_ago(weeks),
        step=window.step,
        bracketing=_read_bracketing(style_id),
        outcomes=read_outcomes(style_id, category=category),
    )


def sum_reasons(reasons: pd.DataFrame, *, returned: int) -> dict[str, float]:
    """Add reasons to one share of all that was returned, with its interval."""
    count = float(reasons["returned_count"].sum())
    low, high = measures.compute_wilson_interval(np.array([count]), np.array([float(returned)]))
    return {
        "share": count / max(returned, 1),
        "low_rate": float(low[0]),
        "high_rate": float(high[0]),
    }


def sum_sizes(sizes: pd.DataFrame) -> pd.DataFrame:
    """Add the colours of each size, in the order of the scale."""
    known = sizes[sizes["size_label"] != UNKNOWN]
    totals = known.groupby("size_label", sort=False)[list(measures.SUMMED)].sum()
    return measures.add_rates(totals.reset_index())


def _read_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _read_sizes(style_id: str) -> pd.DataFrame:
    rows = serving.read_mart("rpt_style_size_development", where={"style_id": style_id})
    order = rows["size_order"].astype("float64")
    as_number = pd.to_numeric(rows["size_label"], errors="coerce")
    ordered = rows.assign(place=order.fillna(as_number).fillna(np.inf)).sort_values(
        ["place", "size_label", "colour_name"], kind="stable"
    )
    return measures.add_rates(ordered.drop(columns="place").reset_index(drop=True))


def _read_reasons(style_id: str, *, category: str) -> tuple[str, pd.DataFrame]:
    """Read the reasons that customers state; of words that were read where none states any."""
    here: dict[str, Condition] = {"style_id": style_id}
    rows, read = _sum_reasons({**here, **STATED}), _sum_reasons({**here, **READ})
    told = read["told_returned_count"].sum()
    source, where = "stated", STATED
    if told and not (rows["reason_state_code"] == "coded").any():
        # Texts that were not written say nothing; those that a person has to read are NONE.
        source, where = "classified", READ
        rows = read.assign(
            returned_count=read[["returned_count", "told_returned_count"]].min(axis=1)
        )
    rows = rows[rows["returned_count"] > 0].sort_values(
        ["returned_count", "reason_code", "reason_system"], ascending=[False, True, True]
    )
    total = int(rows["returned_count"].sum())
    low, high = measures.compute_wilson_interval(
        rows["returned_count"].to_numpy(dtype=float), np.full(len(rows), float(total))
    )
    shares = rows.assign(share=rows["returned_count"] / max(total, 1), low_rate=low, high_rate=high)
    inspected = _sum_reasons({**here, **INSPECTED})
    seen = inspected[inspected["reason_state_code"] != "none"]
    category_rows = _sum_category_reasons(category, where=where)
    words = pd.DataFrame(
        {"key": read["key"], "read_share": read["expected_returned_units"] / (told or np.nan)}
    )
    words = words[read["reason_state_code"] != "none"] if source == "stated" else words[:0]
    return source, (
        shares.merge(_share_out(category_rows, name="category_share"), on="key", how="left")
        .merge(_share_out(seen, name="inspected_share"), on="key", how="left")
        .merge(words, on="key", how="left")
    )


def _sum_reasons(where: Mapping[str, Condition]) -> pd.DataFrame:
    """Add reasons over channels and weeks, pairs of sizes ordered to keep one left out.

    ``key`` names a reason of a system.
    """
    mart = "rpt_style_reason_weeks" if "style_id" in where else "rpt_category_reason_weeks"
    totals = serving.read_totals(mart, by=list(REASON_KEYS), where=where)
    return totals.assign(
        key=totals["reason_system"] + " " + totals["reason_code"],
        returned_count=totals["returned_count"] - totals["size_bracketed_returned_count"],
    )


def _sum_category_reasons(category: str, *, where: Mapping[str, Condition]) -> pd.DataFrame:
    """Add the reasons of a category by one source; none where there is nothing to compare with."""
    rows = serving.read_mart("rpt_style_returns", where={"category_name": category})
    is_few = rows["delivered_count"].sum() < measures.SMALL_N
    if not category or is_few or rows["style_id"].nunique() < 2:  # noqa: PLR2004 - itself is none
        return _sum_reasons({"style_id": [], **where})
    return _sum_reasons({"category_name": category, **where})


def _share_out(reasons: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Return each reason's share of the units that it stands among."""
    share = reasons["returned_count"] / max(int(reasons["returned_count"].sum()), 1)
    return pd.DataFrame({"key": reasons["key"], name: share.astype(float)})


def _read_bracketing(style_id: str) -> dict[str, int] | None:
    rows = serving.read_mart("rpt_bracketing", where={"style_id": style_id})
    if rows.empty or not rows["order_style_pair_count"].iloc[0]:
        return None
    first = rows.iloc[0]
    return {
        "pairs": int(first["order_style_pair_count"]),
        "sizes": int(first["size_bracketed_pair_count"]),
    }
