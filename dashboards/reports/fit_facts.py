"""What is known of the fit of a style, read for its sheet: rates, intervals, averages. No words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboards.lib import (
    fit,
    fit_changes,
    fit_charts,
    fit_measurements,
    fit_segments,
    measures,
    quotes,
    serving,
)
from dashboards.lib.quotes import Quote
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.style_outcomes import place_moves

QUOTES: Final = 3
QUOTE_LENGTH: Final = 60  # characters: three of them leave room for the rest of the page
ZONES: Final = 4
GROUPS: Final = 3
SIDES: Final = ("small", "large")


@dataclass(frozen=True)
class Rate:
    """A share of the developed units, with its 95 % interval.

    Attributes
    ----------
    value, low, high : float
        In [0, 1].
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class SizeFacts:
    """One size.

    Attributes
    ----------
    label : str
    n : int
        Units delivered.
    small, large : Rate
        What was sent back as too small, as too large.
    decided : {"", "small", "large"}
        What the size alone is known to be.
    """

    label: str
    n: int
    small: Rate
    large: Rate
    decided: str


@dataclass(frozen=True)
class ZoneFacts:
    """One part of the garment or the shoe.

    Attributes
    ----------
    code : str
    side : {"small", "large"}
        What is said of it more often.
    rate : Rate
        Of that side, drawn to what is usual as far as there is little evidence.
    usual : float
        The same rate in all styles of the category.
    """

    code: str
    side: str
    rate: Rate
    usual: float


@dataclass(frozen=True)
class StyleFacts:
    """One style.

    Attributes
    ----------
    row : mapping of str to object
        Of ``rpt_fit_verdicts``.
    change : mapping of str to object, or None
        Of ``rpt_fit_verdict_changes``; None where no earlier verdict is kept.
    sizes : tuple of SizeFacts
        From small to large; empty where they have no order.
    labels : tuple of str
        Every size.
    usual : mapping of str to float
        Rates of too small and too large in all styles of the category.
    zones : tuple of ZoneFacts
        The most named first.
    moves : DataFrame
        From ``place_moves``.
    groups : tuple of mappings
        Of ``rpt_fit_segments``: the values of the attribute of customers of which most can be said.
    step : mapping of str to object, or None
        Of ``rpt_fit_measurements``: the step between sizes that is furthest out of line, if any is.
    charts : list of mappings
        Of ``rpt_fit_chart_differences``, as ``fit_charts.read_charts`` orders them.
    returned, bracketed : int
        Units returned, without and of orders with several sizes of the style.
    sized : float
        Units returned for their size.
    quotes : tuple of Quote
    """

    row: Mapping[str, Any]
    change: Mapping[str, Any] | None
    sizes: tuple[SizeFacts, ...]
    labels: tuple[str, ...]
    usual: Mapping[str, float]
    zones: tuple[ZoneFacts, ...]
    moves: pd.DataFrame
    groups: tuple[Mapping[str, Any], ...]
    step: Mapping[str, Any] | None
    charts: fit_charts.Rows
    returned: int
    bracketed: int
    sized: float
    quotes: tuple[Quote, ...]


def read_facts(styles: Sequence[str]) -> list[StyleFacts]:
    """Read what is known of some styles, in the order that they are asked for.

    Parameters
    ----------
    styles : sequence of str
        Each has a row in ``rpt_fit_verdicts``.
    """
    if not styles:
        return []
    verdicts = fit.read_rows()
    where = {"style_id": tuple(styles)}
    sizes = serving.read_mart("rpt_fit_sizes", where=where)
    zones = serving.read_mart("rpt_fit_zone_rates", where=where)
    moves = serving.read_mart("rpt_style_exchanges", where=where)
    segments = serving.read_mart(fit_segments.MART, where=where)
    bracketed = serving.read_totals("rpt_style_returns", by=["style_id"], where=where)
    found = {str(row["style_id"]): row for row in list_records(verdicts)}
    changes = fit_changes.read_changes(styles)
    steps, charts = fit_measurements.read_steps(styles), fit_charts.read_charts(styles)
    words = _read_quotes([found[style] for style in styles])
    facts = []
    for style in styles:
        row, own = found[style], sizes[sizes["style_id"] == style]
        facts.append(
            StyleFacts(
                row=row,
                change=changes.get(style),
                sizes=find_sizes(own),
                labels=tuple(sorted(str(label) for label in own["size_label"])),
                usual=find_usual(verdicts, category=row["category_name"]),
                zones=find_zones(zones[zones["style_id"] == style]),
                moves=place_moves(moves[moves["style_id"] == style]),
                groups=find_groups(segments[segments["style_id"] == style]),
                step=next(iter(steps[style]), None),
                charts=charts[style],
                returned=int(own["returned_count"].sum()),
                bracketed=_sum_of(bracketed, style, column="size_bracketed_returned_count"),
                sized=float(own["size_units"].sum()),
                quotes=words[style],
            )
        )
    return facts


def find_sizes(rows: pd.DataFrame) -> tuple[SizeFacts, ...]:
    """Build the sizes of a style, from small to large; none where they have no order."""
    ordered = rows[rows["rank_number"].notna()].sort_values(["rank_number", "size_label"])
    found = []
    for row in list_records(ordered):
        size = fit.build_size(row)
        small, large = (
            find_rate(row[f"{side}_units"], row["developed_exposure"]) for side in SIDES
        )
        found.append(SizeFacts(size.label, int(row["delivered_count"]), small, large, size.decided))
    return tuple(found)


def find_groups(rows: pd.DataFrame) -> tuple[Mapping[str, Any], ...]:
    """Choose the groups of customers that a sheet has room for: those it fails, and the largest."""
    chosen = fit_segments.choose_rows(list_records(rows))
    by_weight = sorted(
        chosen, key=lambda row: (is_missing(row["finding_code"]), -row["delivered_count"])
    )
    kept = by_weight[:GROUPS]
    return tuple(row for row in chosen if row in kept)


def find_rate(units: float, exposure: float) -> Rate:
    """Divide, with Wilson's interval; between 0 and 1 where nothing has developed.

    Examples
    --------
    >>> find_rate(0.0, 0.0)
    Rate(value=0.0, low=0.0, high=1.0)
    """
    if exposure <= 0:
        return Rate(0.0, 0.0, 1.0)
    low, high = measures.compute_wilson_interval(np.array([units]), np.array([exposure]))
    return Rate(min(float(units) / float(exposure), 1.0), float(low[0]), float(high[0]))


def find_usual(verdicts: pd.DataFrame, *, category: object) -> dict[str, float]:
    """Return how often a category is sent back as too small and too large; the shop's without."""
    rows = _choose_category(verdicts, category=category)
    exposure = float(rows["developed_exposure"].sum())
    return {
        side: float(rows[f"{side}_units"].sum()) / exposure if exposure > 0 else 0.0
        for side in SIDES
    }


def find_zones(rows: pd.DataFrame) -> tuple[ZoneFacts, ...]:
    """Build the parts that are named of a style, the highest rates first, beside the category's."""
    found = []
    for row in list_records(rows[rows["small_units"] + rows["large_units"] > 0]):
        side = max(SIDES, key=lambda name: (row[f"{name}_units"], name == "small"))
        rate = Rate(row[f"{side}_rate"], row[f"{side}_low_rate"], row[f"{side}_high_rate"])
        found.append(ZoneFacts(str(row["zone_code"]), side, rate, row[f"category_{side}_rate"]))
    return tuple(sorted(found, key=lambda one: (-one.rate.value, one.code))[:ZONES])


def _choose_category(verdicts: pd.DataFrame, *, category: object) -> pd.DataFrame:
    is_known = isinstance(category, str)
    return verdicts[verdicts["category_name"] == category] if is_known else verdicts


def _sum_of(totals: pd.DataFrame, style: str, *, column: str) -> int:
    return int(totals.loc[totals["style_id"] == style, column].sum())


def _read_quotes(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Quote, ...]]:
    """Read what customers of each style wrote about its size, in the direction of the verdict."""
    labels = serving.read_mart("rpt_reason_labels")
    codes = labels.loc[labels["is_size_reason"].astype(bool), "reason_code"].tolist()
    styles = [str(row["style_id"]) for row in rows]
    found = serving.read_mart("rpt_reason_quotes", where={"style_id": styles, "reason_code": codes})
    # What a person must see first is no matter of fit; what is in doubt is not put on paper.
    sure = found[found["is_decided"].astype(bool) & ~found["is_escalated"].astype(bool)]
    return {
        str(row["style_id"]): tuple(
            quotes.choose_quotes(
                _choose_words(sure[sure["style_id"] == row["style_id"]], row=row),
                reasons=codes,
                most=QUOTES,
                longest=QUOTE_LENGTH,
            )
        )
        for row in rows
    }


def _choose_words(rows: pd.DataFrame, *, row: Mapping[str, Any]) -> pd.DataFrame:
    """Keep the words that say what the verdict says, those of its part where there are enough."""
    side = {"runs_small": "small", "runs_large": "large"}.get(str(row["verdict_code"]))
    said = rows if side is None else rows[rows["direction_code"] == side]
    zone = row["zone_code"]
    if side is None or is_missing(zone):
        return said
    names = said["zones_text"].fillna("").astype(str)
    of_part = said[np.array([zone in some.split(",") for some in names], dtype=bool)]
    return of_part if of_part["quote_text"].nunique() >= QUOTES else said
