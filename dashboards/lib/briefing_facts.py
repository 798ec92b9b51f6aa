"""What the morning's sentences are made of: one record per kind of fact. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Subject = Literal["goods", "money", "back_yard"]
SUBJECTS: Final[tuple[Subject, ...]] = ("goods", "money", "back_yard")


@dataclass(frozen=True)
class StyleAlarm:
    """A style, or one SKU of it, that comes back more than expected.

    Attributes
    ----------
    style_id, name, category : str
    reason : str
        Its main reason in words; empty where none is stated.
    amount : int
        Excess returns.
    n : int
        Units delivered.
    observed, final, low, high, expected : float
        Rates.
    developed_share, certainty : float
    part : str
        Where it does not fit, in words; empty where that is not known.
    is_tight : bool
    """

    style_id: str
    name: str
    category: str
    reason: str
    amount: int
    n: int
    observed: float
    final: float
    low: float
    high: float
    expected: float
    developed_share: float
    certainty: float
    part: str = ""
    is_tight: bool = True


@dataclass(frozen=True)
class Cash:
    """Refunds of seven days: paid already, or of the running week with its forecast.

    Attributes
    ----------
    amount : int
    before : int or None
        Same days a year before; None where the files begin later.
    n : int
        Refunds paid.
    low, high : int or None
        95 % interval of a forecast; None for what is paid.
    weeks : tuple of float
        Amounts of the weeks before, for the drawing.
    ahead : int
        How many of them are forecast.
    """

    amount: int
    before: int | None
    n: int
    low: int | None = None
    high: int | None = None
    weeks: tuple[float, ...] = ()
    ahead: int = 0


@dataclass(frozen=True)
class Waiting:
    """Returns with neither refund nor exchange after 24 hours.

    Attributes
    ----------
    count, amount : int
    grade_a_count : int or None
        How many of them could be sold today; None where they are not graded.
    n : int
        Arrivals that the rate stands on.
    rate, low, high, threshold : float
        Done within 24 hours.
    """

    count: int
    amount: int
    grade_a_count: int | None
    n: int
    rate: float
    low: float
    high: float
    threshold: float


@dataclass(frozen=True)
class Late:
    """Accepted refunds that wait for more than two weeks.

    Attributes
    ----------
    count, amount : int
    total : int
        All that is accepted and unpaid.
    """

    count: int
    amount: int
    total: int


@dataclass(frozen=True)
class Fix:
    """What an action did to a style's return rate.

    Attributes
    ----------
    style_id, name, action : str
    points, low, high : float
        Fall of the rate in percentage points, with its 95 % interval.
    n : int
        Units delivered since.
    amount : int
    """

    style_id: str
    name: str
    action: str
    points: float
    low: float
    high: float
    n: int
    amount: int


@dataclass(frozen=True)
class Verdict:
    """A judgement about a style that is another than before.

    Attributes
    ----------
    style_id, name, old, new : str
    certainty : float
    n, amount : int
    """

    style_id: str
    name: str
    old: str
    new: str
    certainty: float
    n: int
    amount: int


@dataclass(frozen=True)
class Early:
    """A season that cannot be ranked yet.

    Attributes
    ----------
    season : str
    developed_share : float
    day : date
        From about then it can.
    """

    season: str
    developed_share: float
    day: date


@dataclass(frozen=True)
class Stale:
    """The usual file did not come.

    Attributes
    ----------
    days : int
        Since the last one.
    file : str
    last : date
    """

    days: int
    file: str
    last: date


@dataclass(frozen=True)
class Facts:
    """Everything that the morning may speak of.

    Attributes
    ----------
    today : date
    style_count : int
        Styles that were looked at.
    false_share : float
        Accepted share of false alarms.
    alarms, fixes, verdicts : tuples
    cash, waiting, late, early, stale : record or None
        None where it cannot be measured, or where there is none.
    outstanding : int or None
        Accepted and unpaid; None where it cannot be measured.
    """

    today: date
    style_count: int = 0
    false_share: float = 0.1
    alarms: tuple[StyleAlarm, ...] = ()
    fixes: tuple[Fix, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    cash: Cash | None = None
    waiting: Waiting | None = None
    late: Late | None = None
    outstanding: int | None = None
    early: Early | None = None
    stale: Stale | None = None
