"""Requests under a draft of the rules: what was read for the section, and its sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.measures_money import compute_share
from dashboards.lib.records import is_missing, list_records

MARTS: Final = ("rpt_policy_drafts", "rpt_policy_replays", "rpt_policy_replay_groups")
EFFECTS: Final = ("approve", "deny", "review")
ORDERS: Final = ("first", "2_4", "5_up", "other")
ALL, BY_ORDERS, BY_CATEGORY, BY_DAYS = "all", "orders", "category", "days"
MORE: Final = "more"
REST: Final = "rest"  # categories beyond those that are shown
CATEGORIES: Final = 5
HEAVY: Final = 0.25  # of what changes, from which a cell of the matrix is dark
NO_DAYS: Final = "none"


@dataclass(frozen=True)
class Drafts:
    """The drafts of a shop.

    Attributes
    ----------
    names : tuple of str
        Of those that can be used.
    refused : list of mappings
        Why others cannot.
    """

    names: tuple[str, ...]
    refused: list[dict[str, Any]]


@dataclass(frozen=True)
class Group:
    """Some requests, and how many of them the draft newly denies.

    Attributes
    ----------
    kind, code : str
    n, denied : int
    share, low, high : float
    is_more : bool
        Surely more often than all.
    """

    kind: str
    code: str
    n: int
    denied: int
    share: float
    low: float
    high: float
    is_more: bool


@dataclass(frozen=True)
class Replay:
    """Every request so far under one draft.

    Attributes
    ----------
    name : str
        Of the draft.
    counts : mapping of (str, str) to int
        Requests by what is decided now and then.
    saved_minutes : float or None
        Of reviews in a month; None where nobody recorded minutes.
    first, last : date or None
        Of the requests.
    groups : list of Group
        All kinds but days.
    days : list of Group
    """

    name: str
    counts: dict[tuple[str, str], int]
    saved_minutes: float | None
    first: date | None
    last: date | None
    groups: list[Group]
    days: list[Group]

    @property
    def n(self) -> int:
        """Count the requests."""
        return sum(self.counts.values())

    @property
    def changed(self) -> int:
        """Count the requests that are decided otherwise."""
        return sum(count for (now, new), count in self.counts.items() if now != new)

    @property
    def whole(self) -> Group | None:
        """Return all requests; None without any."""
        return next((one for one in self.groups if one.kind == ALL), None)

    def sum_now(self, effect: str) -> int:
        """Count what the table in force decides so."""
        return sum(count for (now, _), count in self.counts.items() if now == effect)

    def sum_new(self, effect: str) -> int:
        """Count what the draft decides so."""
        return sum(count for (_, new), count in self.counts.items() if new == effect)

    def find_shade(self, now: str, new: str) -> int:
        """Return how dark a cell is: 0 where nothing changes, else 1, or 3 where much does."""
        if now == new:
            return 0
        return 3 if self.counts[now, new] > HEAVY * self.changed else 1


def read_drafts() -> Drafts:
    """Read which drafts there are."""
    rows = list_records(serving.read_mart("rpt_policy_drafts"))
    return Drafts(
        names=tuple(str(row["draft_name"]) for row in rows if row["is_usable"]),
        refused=[row for row in rows if not row["is_usable"]],
    )


def read_replay(name: str) -> Replay:
    """Read what one draft would have decided."""
    where = {"draft_name": name}
    cells = serving.read_mart("rpt_policy_replays", where=where)
    found = {
        (row["now_effect_code"], row["new_effect_code"]): int(row["request_line_count"])
        for row in list_records(cells)
    }
    minutes, days = cells["saved_month_minutes"], pd.to_datetime(cells["first_event_date"]).dropna()
    ends = pd.to_datetime(cells["last_event_date"]).dropna()
    groups = [
        _build_group(row)
        for row in list_records(serving.read_mart("rpt_policy_replay_groups", where=where))
    ]
    return Replay(
        name=name,
        counts={(now, new): found.get((now, new), 0) for now in EFFECTS for new in EFFECTS},
        saved_minutes=None if minutes.isna().any() else float(minutes.sum()),
        first=days.min().date() if len(days) else None,
        last=ends.max().date() if len(ends) else None,
        groups=[one for one in groups if one.kind != BY_DAYS],
        days=[one for one in groups if one.kind == BY_DAYS],
    )


def _build_group(row: dict[str, Any]) -> Group:
    return Group(
        kind=str(row["group_kind_code"]),
        code=str(row["group_code"]),
        n=int(row["request_line_count"]),
        denied=int(row["newly_denied_line_count"]),
        share=float(row["newly_denied_share"]),
        low=float(row["low_newly_denied_share"]),
        high=float(row["high_newly_denied_share"]),
        is_more=not is_missing(row["finding_code"]) and row["finding_code"] == MORE,
    )


def list_orders(replay: Replay) -> list[Group]:
    """List the customers by how often they had ordered."""
    found = {one.code: one for one in replay.groups if one.kind == BY_ORDERS}
    return [found[code] for code in ORDERS if code in found]


def list_categories(replay: Replay) -> list[Group]:
    """List categories, the most denied first, then the sum of the rest.

    Shown are those that are surely denied more often, then those of which most was asked back.
    """
    found = sorted(
        (one for one in replay.groups if one.kind == BY_CATEGORY),
        key=lambda one: (not one.is_more, -one.n, one.code),
    )
    count = CATEGORIES if len(found) == CATEGORIES else CATEGORIES - 1
    shown = sorted(found[:count], key=lambda one: (-one.share, one.code))
    return [*shown, *_sum_rest(found[count:])]


def _sum_rest(groups: Sequence[Group]) -> list[Group]:
    if not groups:
        return []
    share = compute_share(sum(one.denied for one in groups), sum(one.n for one in groups))
    return [
        Group(
            kind=BY_CATEGORY,
            code=REST,
            n=share.n,
            denied=share.part,
            share=share.rate,
            low=share.low,
            high=share.high,
            is_more=False,
        )
    ]


def find_most(replay: Replay) -> Group | None:
    """Find the group shown that is surely denied more often than all; customers before goods."""
    for groups in (list_orders(replay), list_categories(replay)):
        found = [one for one in groups if one.is_more]
        if found:
            return max(found, key=lambda one: (one.share, one.code))
    return None


def find_days(replay: Replay) -> Group | None:
    """Find the days on which most of the newly denied asked; None where none were counted."""
    found = [one for one in replay.days if one.denied and one.code != NO_DAYS]
    return max(found, key=lambda one: (one.denied, one.code), default=None)
