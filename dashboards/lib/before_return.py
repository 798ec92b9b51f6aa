"""What came before the return: what was read for the section, and its sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.records import list_records
from dashboards.lib.weeks import find_monday

MARTS: Final = ("rpt_enquiries", "rpt_before_return", "rpt_repeat_purchases")
NOW_WEEKS: Final = 4  # whole ones
BEFORE_WEEKS: Final = 12
TOPICS: Final = ("delivery", "size", "return", "refund", "address", "other", "unknown")
# Who is held against whom, a row of the table each.
NOTICE_ROWS: Final = tuple(
    ("not_sent", outcome) for outcome in ("delivery_enquiry", "redelivery", "bring_back")
)
ADVICE_ROWS: Final = tuple(
    (group, outcome)
    for outcome in ("size_return", "size_enquiry")
    for group in ("not_followed", "none")
)


@dataclass(frozen=True)
class Topic:
    """Enquiries about one thing, or all of them, against the orders of the same weeks.

    Attributes
    ----------
    code : str
        One of ``TOPICS``; empty for all.
    contacts, orders : int
        Of the last whole weeks.
    before_contacts, before_orders : int
        Of the weeks before them.
    """

    code: str
    contacts: int
    orders: int
    before_contacts: int
    before_orders: int

    @property
    def now(self) -> float | None:
        """Return the enquiries per 100 orders; None without an order."""
        return 100 * self.contacts / self.orders if self.orders else None

    @property
    def before(self) -> float | None:
        """Return the same of the weeks before."""
        return 100 * self.before_contacts / self.before_orders if self.before_orders else None


@dataclass(frozen=True)
class BeforeReturn:
    """What the section shows.

    Attributes
    ----------
    first, last : date
        Of the last whole weeks.
    topics : list of Topic
        Those that were ever asked about, all together last; empty without contacts.
    notices, advice : list of mappings
        Groups against others that are alike; empty where the shop never recorded any.
    repeats : list of mappings
        Who bought again after a bring-back, by days that are looked at.
    """

    first: date
    last: date
    topics: list[Topic]
    notices: list[dict[str, Any]]
    advice: list[dict[str, Any]]
    repeats: list[dict[str, Any]]


def read_before_return(as_of: date) -> BeforeReturn:
    """Read enquiries, notices, advice, and what customers bought after a bring-back."""
    end = find_monday(as_of + timedelta(days=1))
    first = end - timedelta(weeks=NOW_WEEKS)
    compared = {
        (row["group_code"], row["outcome_code"]): row
        for row in list_records(serving.read_mart("rpt_before_return"))
    }
    repeats = serving.read_mart("rpt_repeat_purchases", where={"outcome_code": "bring_back"})
    return BeforeReturn(
        first=first,
        last=end - timedelta(days=1),
        topics=list_topics(serving.read_mart("rpt_enquiries"), first=first, end=end),
        notices=[compared[place] for place in NOTICE_ROWS if place in compared],
        advice=[compared[place] for place in ADVICE_ROWS if place in compared],
        repeats=list_records(repeats.sort_values("window_days")),
    )


def list_topics(rows: pd.DataFrame, *, first: date, end: date) -> list[Topic]:
    """Sum enquiries and orders of the weeks from ``first`` to ``end``, and of those before.

    Every topic of a week stands beside the orders of that week.
    """
    if rows.empty:
        return []
    weeks = pd.to_datetime(rows["week_start_date"])
    began = first - timedelta(weeks=BEFORE_WEEKS)
    now = rows[(weeks >= pd.Timestamp(first)) & (weeks < pd.Timestamp(end))]
    before = rows[(weeks >= pd.Timestamp(began)) & (weeks < pd.Timestamp(first))]
    known = set(rows["topic_code"])
    topics = [_sum_topic(now, before, code=topic) for topic in TOPICS if topic in known]
    orders = (topics[0].orders, topics[0].before_orders)
    asked = int(now["contact_count"].sum()), int(before["contact_count"].sum())
    return [*topics, Topic("", asked[0], orders[0], asked[1], orders[1])]


def _sum_topic(now: pd.DataFrame, before: pd.DataFrame, *, code: str) -> Topic:
    sums = [
        int(rows.loc[rows["topic_code"] == code, column].sum())
        for rows in (now, before)
        for column in ("contact_count", "order_count")
    ]
    return Topic(code, *sums)
