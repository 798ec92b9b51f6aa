"""Which styles do not fit: what was read for the page, and in which order it is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.lib import filters, serving
from dashboards.lib.fit_drawings import DECIDED
from dashboards.lib.records import is_missing, list_records

MARTS: Final = (
    "rpt_fit_verdicts",
    "rpt_fit_sizes",
    "rpt_fit_evidence",
    "rpt_fit_segments",
    "rpt_fit_verdict_changes",
    "rpt_fit_unknown_labels",
    "rpt_fit_origins",
)
MISFITS: Final = ("runs_small", "runs_large", "label_swap")
OPEN: Final = "not_enough_evidence"
ALL: Final = "all"
# Misfits, what is not decided yet, what fits.
_RANKS: Final = {**dict.fromkeys(MISFITS, 0), OPEN: 1}
_LAST: Final = 2


@dataclass(frozen=True)
class View:
    """What the reader asked for and what came.

    Attributes
    ----------
    verdict : str
        Which verdict is asked for, or ``all``.
    kept : DataFrame
        Styles that the other filters leave.
    rows : DataFrame
        Those of the verdict, in the order of the list.
    shop_row_count : int
        Styles of the shop.
    """

    verdict: str
    kept: pd.DataFrame
    rows: pd.DataFrame
    shop_row_count: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the styles of each verdict, under the other filters."""
        return count_verdicts(self.kept)


@dataclass(frozen=True)
class SizeOfStyle:
    """One size of a style.

    Attributes
    ----------
    label : str
    small_rate, large_rate : float
        Share of the developed units sent back as too small, as too large.
    decided : {"", "small", "large"}
    """

    label: str
    small_rate: float
    large_rate: float
    decided: str


def read_rows() -> pd.DataFrame:
    """Read every style with its verdict."""
    return serving.read_mart("rpt_fit_verdicts")


def read_view() -> View:
    """Read the list for the filters in the URL."""
    rows = read_rows()
    kept = filters.read_filters().keep(rows)
    verdict = filters.read_verdict()
    shown = kept if verdict == ALL else kept[kept["verdict_code"] == verdict]
    return View(verdict, kept, sort_rows(shown), len(rows))


def count_verdicts(rows: pd.DataFrame) -> dict[str, int]:
    """Count the styles of each verdict, and all."""
    counts = rows["verdict_code"].value_counts()
    return {ALL: len(rows), **{str(name): int(count) for name, count in counts.items()}}


def sort_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Put misfits first, then what is likeliest among the undecided, then what fits."""
    rank = rows["verdict_code"].map(_RANKS).fillna(_LAST)
    chance = rows[["small_probability", "large_probability", "swap_probability"]].max(axis=1)
    chance = chance.where(rank < _LAST, 0.0)
    keyed = rows.assign(_rank=rank, _chance=-chance.fillna(0.0), _count=-rows["delivered_count"])
    ordered = keyed.sort_values(["_rank", "_chance", "_count", "style_id"])
    return ordered.drop(columns=["_rank", "_chance", "_count"])


def list_flagged(rows: pd.DataFrame) -> list[str]:
    """List the styles with a verdict that speaks of a misfit, in the order of the list."""
    ordered = sort_rows(rows)
    return [str(style) for style in ordered.loc[ordered["verdict_code"].isin(MISFITS), "style_id"]]


def read_sizes(styles: list[str]) -> dict[str, list[SizeOfStyle]]:
    """Read the sizes of some styles, from small to large; none where they have no order."""
    rows = serving.read_mart("rpt_fit_sizes", where={"style_id": tuple(styles)}) if styles else None
    found: dict[str, list[SizeOfStyle]] = {}
    if rows is None:
        return found
    ordered = rows[rows["rank_number"].notna()].sort_values(["style_id", "rank_number"])
    for row in list_records(ordered):
        found.setdefault(str(row["style_id"]), []).append(build_size(row))
    return found


def build_size(row: Mapping[str, Any]) -> SizeOfStyle:
    """Divide a row of ``rpt_fit_sizes``, and say what the size alone is known to be."""
    exposure = float(row["developed_exposure"])

    def rate(units: float) -> float:
        return min(float(units) / exposure, 1.0) if exposure > 0 else 0.0

    decided = ""
    for name in ("small", "large"):
        chance = row[f"{name}_probability"]
        if not is_missing(chance) and chance >= DECIDED:
            decided = name
    return SizeOfStyle(
        str(row["size_label"]), rate(row["small_units"]), rate(row["large_units"]), decided
    )
