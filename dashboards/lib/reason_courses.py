"""Shares of reasons with their intervals, over time, as people's labels correct them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.records import list_records


@dataclass(frozen=True)
class Correction:
    """How people's labels move what was read of a reason.

    Attributes
    ----------
    factor : float
        Times what was read gives what people would have read.
    doubt : float
        Standard error of the factor, relative to it.
    label_count : int
        Texts drawn by lot that people have labelled.
    """

    factor: float = 1.0
    doubt: float = 0.0
    label_count: int = 0


@dataclass(frozen=True)
class Share:
    """A part of the returns of which a source tells something.

    Attributes
    ----------
    units, n : float
    rate, low, high : float
        NaN where ``n`` is 0.
    """

    units: float
    n: float
    rate: float
    low: float
    high: float

    @property
    def is_small(self) -> bool:
        """Say whether it comes from too few to judge."""
        return self.n < measures.SMALL_N


@dataclass(frozen=True)
class Course:
    """One reason over the weeks.

    Attributes
    ----------
    code, system : str
        Empty for what nobody can say.
    share : Share
        Of the whole period.
    points : tuple of Share
        From the first to the last; each of ``View.step`` weeks.
    growth : float
        Points (of 100) by which the second half lies above the first.
    is_grown : bool
        Growth, with the intervals of both halves apart.
    """

    code: str
    system: str
    share: Share
    points: tuple[Share, ...]
    growth: float
    is_grown: bool


def read_corrections() -> dict[str, Correction]:
    """Read by reason how people's labels move what was read; empty while nobody has labelled."""
    rows = serving.read_mart(
        "rpt_reason_corrections",
        columns=["reason_code", "correction_factor", "correction_doubt", "label_count"],
    )
    return {
        str(row["reason_code"]): Correction(
            float(row["correction_factor"]),
            float(row["correction_doubt"]) / float(row["correction_factor"]),
            int(row["label_count"]),
        )
        for row in list_records(rows)
    }


def compute_share(units: float, *, n: float, doubt: float = 0.0) -> Share:
    """Compute a share with its interval; more units than there are count as all of them.

    Parameters
    ----------
    units, n : float
    doubt : float
        Standard error of the units, relative to them, that more units would not lessen.

    Examples
    --------
    >>> plain, doubted = compute_share(50, n=100), compute_share(50, n=100, doubt=0.1)
    >>> round(plain.high - plain.rate, 3), round(doubted.high - doubted.rate, 3)
    (0.096, 0.137)
    """
    found = measures.compute_wilson_interval(np.array([min(units, n)]), np.array([n]))
    low, high = (float(ends[0]) for ends in found)
    rate = min(units / n, 1.0) if n else float("nan")
    spread = measures.Z_95 * rate * doubt
    low, high = rate - math.hypot(rate - low, spread), rate + math.hypot(high - rate, spread)
    return Share(units, n, rate, max(low, 0.0), min(high, 1.0))


def build_course(
    rows: pd.DataFrame, *, code: str, system: str, ns: Sequence[float], doubt: float = 0.0
) -> Course:
    """Build one reason over the weeks, and say whether it has grown.

    What people correct, they correct in every week alike: it says nothing for or against growth.
    """
    units = lay_points(rows.groupby("point")["units"].sum(), points=len(ns))
    half = len(ns) // 2
    before = compute_share(sum(units[:half]), n=sum(ns[:half]))
    after = compute_share(sum(units[-half:]), n=sum(ns[-half:]))
    is_judged = not (before.is_small or after.is_small)
    return Course(
        code=code,
        system=system,
        share=compute_share(sum(units), n=sum(ns), doubt=doubt),
        points=tuple(
            compute_share(part, n=whole, doubt=doubt) for part, whole in zip(units, ns, strict=True)
        ),
        growth=100 * (after.rate - before.rate) if is_judged else 0.0,
        is_grown=is_judged and after.low > before.high,
    )


def lay_points(sums: pd.Series[Any], *, points: int) -> list[float]:
    """Lay sums by number of the point; 0 where there is none."""
    return [float(sums.get(place, 0.0)) for place in range(points)]
