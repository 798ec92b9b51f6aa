"""How long until it is done, from counts of what is done and what is still open. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from dashboards.lib.measures import Z_95, compute_wilson_interval
from dashboards.lib.records import list_records

CAPPED: Final = 337  # hours of the mart that stand for more than 14 days


@dataclass(frozen=True)
class Curve:
    """Kaplan and Meier's share of what is done, hour by hour.

    Attributes
    ----------
    hours : DataFrame
        ``hour``, ``share``, ``low``, ``high``, ``at_risk`` and ``open_count``; from hour 0.
    n : int
        What it stands on, open ones too.
    open_count : int
    """

    hours: pd.DataFrame
    n: int
    open_count: int

    def read(self, hour: int) -> dict[str, float] | None:
        """Return share, low and high of an hour; None where nothing was watched so long."""
        found = self.extend(hour)
        found = found[found["hour"] == hour]
        return None if found.empty else list_records(found[["share", "low", "high"]])[0]

    def extend(self, hour: int) -> pd.DataFrame:
        """Return the hours, up to this one where all was done before it."""
        last = self.hours.tail(1)
        after = np.arange(int(last["hour"].iloc[0]) + 1, hour + 1)
        if not self.n or not len(after) or float(last["share"].iloc[0]) < 1:
            return self.hours
        rest = last.loc[last.index.repeat(len(after))].assign(hour=after, open_count=0.0)
        return pd.concat([self.hours, rest], ignore_index=True)

    def find(self, share: float) -> int | None:
        """Return the first hour by which so large a share is done; None where none is."""
        reached = self.hours[(self.hours["share"] >= share) & (self.hours["hour"] < CAPPED)]
        return None if reached.empty else int(reached["hour"].iloc[0])


def estimate_curve(counts: pd.DataFrame) -> Curve:
    """Estimate the curve; open cases count as long as they were watched.

    Parameters
    ----------
    counts : DataFrame
        ``waited_hours`` (missing rows are left out), ``settled_line_count``, ``open_line_count``.

    Returns
    -------
    Curve
        With a 95 % interval by Greenwood's formula on the scale of log(−log), by Wilson's where
        none or all is done.

    Examples
    --------
    Of four one is done in the first hour, one is open after it, and one of the two left is done
    in the third: 1 − 3/4 × 1/2.

    >>> counts = pd.DataFrame(
    ...     {"waited_hours": [1, 1, 3, 9], "settled_line_count": [1, 0, 1, 0],
    ...      "open_line_count": [0, 1, 0, 1]})
    >>> estimate_curve(counts).hours["share"].tolist()[:4]
    [0.0, 0.25, 0.25, 0.625]
    """
    known = counts[counts["waited_hours"].notna()]
    summed = known.groupby("waited_hours")[["settled_line_count", "open_line_count"]].sum()
    last = int(summed.index.max()) if len(summed) else 0
    hours = summed.reindex(np.arange(last + 1), fill_value=0)
    settled = hours["settled_line_count"].to_numpy(dtype=float)
    still = hours["open_line_count"].to_numpy(dtype=float)
    at_risk = np.cumsum((settled + still)[::-1])[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.cumprod(np.where(at_risk > 0, 1 - settled / at_risk, 1.0))
        # Where none or all is done Greenwood knows no doubt: Wilson does.
        n = np.full(len(kept), at_risk.max())
        ends = compute_wilson_interval((1 - kept) * n, n)
        steps = np.where(at_risk > settled, settled / (at_risk * (at_risk - settled)), 0.0)
        doubt = Z_95 * np.sqrt(np.cumsum(steps)) / np.abs(np.log(kept))
        inner = (kept > 0) & (kept < 1)
        low = np.where(inner, 1 - kept ** np.exp(-doubt), ends[0])
        high = np.where(inner, 1 - kept ** np.exp(doubt), ends[1])
    frame = pd.DataFrame(
        {
            "hour": np.arange(last + 1),
            "share": 1 - kept,
            "low": low,
            "high": high,
            "at_risk": at_risk,
            "open_count": still,
        }
    )
    return Curve(frame, n=int((settled + still).sum()), open_count=int(still.sum()))
