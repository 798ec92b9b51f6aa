"""What if: from what returns cost today and what a reader changes to what they would cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.records import is_missing, list_records

MARTS: Final = ("rpt_what_if_baseline", "rpt_what_if_window_days")
SMALL: Final = 30  # cases from which on a figure is judged
NAN: Final = float("nan")


@dataclass(frozen=True)
class Choices:
    """What a reader changes; None or False leaves it as it is.

    Attributes
    ----------
    share : float or None
        Of requests that become exchanges.
    bonus : float or None
        Minor units for everyone who exchanges.
    window : int or None
        Days after which nobody may send goods back any more.
    is_freight_theirs : bool
        The customer pays the freight of the replacement.
    is_digital : bool
        What staff enter by hand is paid digitally.
    fee : float or None
        Of a digital payout, in minor units; None: nobody said.
    lost_sales : float or None
        Share of the sales that a shorter window costs; None: nobody said.
    """

    share: float | None = None
    bonus: float | None = None
    window: int | None = None
    is_freight_theirs: bool = False
    is_digital: bool = False
    fee: float | None = None
    lost_sales: float | None = None


@dataclass(frozen=True)
class Baseline:
    """What the shop's own records say.

    Attributes
    ----------
    row : mapping of str to value
        The row of ``rpt_what_if_baseline``; numbers that are missing are NaN.
    days : sequence of mappings
        ``rpt_what_if_window_days``, in the order of the days.
    """

    row: Mapping[str, Any]
    days: Sequence[Mapping[str, Any]] = ()

    def get(self, name: str) -> float:
        """Return a number; NaN where it is missing."""
        value = self.row.get(name)
        return NAN if value is None or is_missing(value) else float(value)

    def per_month(self, name: str) -> float:
        """Return a number of the judged months, a month."""
        return self.get(name) / self.get("month_count")

    def per_exchange(self, name: str) -> float:
        """Return what one exchange cost on average; NaN without one."""
        count = self.get("exchanged_line_count")
        return self.get(name) / count if count else NAN

    @property
    def is_known(self) -> bool:
        """Say whether the loss of a whole month is measured."""
        is_told = not is_missing(self.get("loss_amount")) and self.get("return_line_count") > 0
        return is_told and bool(self.row.get("is_whole_months"))

    def find_refused(self, window: int) -> Mapping[str, Any] | None:
        """Find what a window refuses; None where nothing comes later."""
        return next((day for day in self.days if day["counted_days"] > window), None)


@dataclass(frozen=True)
class Step:
    """What one change does to the loss of a month.

    Attributes
    ----------
    code : str
    amount : float
        Less than 0 where the loss falls; NaN where it cannot be measured.
    spread : mapping of str to (float, float)
        By what is only known from counts: what moves when that is at either end of its interval.
    missing : str
        What is asked of the reader or missing in the files; empty where the step is known.
    is_small : bool
        Rests on fewer than 30 cases.
    """

    code: str
    amount: float = NAN
    spread: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    missing: str = ""
    is_small: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """Return both ends."""
        return find_interval([self])

    @property
    def is_decided(self) -> bool:
        """Say whether it is known that the loss falls, or that it rises."""
        low, high = self.interval
        return not self.is_small and (high < 0 or low > 0)


@dataclass(frozen=True)
class Plan:
    """What the changes do together.

    Attributes
    ----------
    now : float
        What returns cost a month.
    steps : sequence of Step
        In the order in which they are drawn.
    """

    now: float
    steps: Sequence[Step]

    @property
    def known(self) -> list[Step]:
        """List the steps that are measured."""
        return [step for step in self.steps if not step.missing]

    @property
    def change(self) -> float:
        """Return what the loss of a month changes by."""
        return sum(step.amount for step in self.known)

    @property
    def interval(self) -> tuple[float, float]:
        """Return both ends of the change."""
        return find_interval(self.known)

    @property
    def direction(self) -> str:
        """Say what is decided: ``falls``, ``rises``, ``unknown``, or ``same`` without a change."""
        low, high = self.interval
        if not self.known or (self.change == 0 and low == high):
            return "same"
        if any(step.is_small for step in self.known) or low <= 0 <= high:
            return "unknown"
        return "falls" if high < 0 else "rises"


def find_interval(steps: Sequence[Step]) -> tuple[float, float]:
    """Find both ends of a sum: one source moves all steps at once, sources are independent.

    Examples
    --------
    >>> both = [Step("a", -10.0, {"x": (3.0, -3.0)}), Step("b", -5.0, {"y": (4.0, -4.0)})]
    >>> find_interval(both)
    (-20.0, -10.0)
    >>> same = [Step("a", -10.0, {"x": (3.0, -3.0)}), Step("b", 10.0, {"x": (-3.0, 3.0)})]
    >>> find_interval(same)
    (0.0, 0.0)
    """
    whole = sum(step.amount for step in steps)
    moves: dict[str, tuple[float, float]] = {}
    for step in steps:
        for source, (first, second) in step.spread.items():
            before = moves.get(source, (0.0, 0.0))
            moves[source] = (before[0] + first, before[1] + second)
    down = math.hypot(*(min(*move, 0.0) for move in moves.values()))
    up = math.hypot(*(max(*move, 0.0) for move in moves.values()))
    return whole - down, whole + up


def read_baseline() -> Baseline:
    """Read what the published version holds."""
    rows = list_records(serving.read_mart(MARTS[0]))
    days = serving.read_mart(MARTS[1]).sort_values("counted_days")
    return Baseline(rows[0] if rows else {}, list_records(days))


def lay_waterfall(plan: Plan) -> pd.DataFrame:
    """Lay the steps end to end, from the line of today, and the whole below them.

    A step that is not measured stands where the others have come to, without a length.
    """
    rows, start = [], 0.0
    for step in plan.steps:
        amount = 0.0 if step.missing else step.amount
        low, high = (0.0, 0.0) if step.missing else step.interval
        rows.append(
            {"code": step.code, "start": start, "end": start + amount}
            | {"low": start + low, "high": start + high}
            | {"is_small": step.is_small, "is_measured": not step.missing}
        )
        start += amount
    low, high = plan.interval
    rows.append(
        {"code": "total", "start": 0.0, "end": plan.change, "low": low, "high": high}
        | {"is_small": False, "is_measured": True}
    )
    return pd.DataFrame(rows)
