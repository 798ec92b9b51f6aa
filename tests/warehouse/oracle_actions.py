"""What stands beside an action on a product, a second time: its weeks, and the styles like it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, to_day
from tests.warehouse.oracle_development import MILLION, OLDEST_AGE
from tests.warehouse.oracle_worklist import WorklistOracle

Record = dict[str, Any]
SPAN = 56  # days before an action, and after it
HALF_YEAR = 182
ENOUGH = 12  # styles with ten units before
COLUMNS = [
    *("action_id", "style_id", "control_basis_code", "week_number", "delivered_count"),
    *("returned_count", "developed_exposure", "is_acted", "is_due"),
]


class ActionOracle:
    """Frames of the marts of actions that only count.

    Parameters
    ----------
    worklist : WorklistOracle
    """

    def __init__(self, worklist: WorklistOracle) -> None:
        self.developed = worklist.developed
        self.days: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self.categories: dict[str, str] = {}
        for cohort, share in worklist.known:
            self.categories[cohort.style_id] = cohort.category
            if not cohort.is_bracketed:
                self.days[cohort.style_id][cohort.day].update(
                    delivered=cohort.delivered,
                    net=cohort.net,
                    returned=cohort.returned,
                    exposure=cohort.delivered * share,
                )
        self.actions = list(self.list_actions())

    def list_actions(self) -> Iterator[Record]:
        """Actions that can be measured, each with the day from which it holds."""
        for row in self.developed.core.get("product_actions"):
            opened = to_day(row.get("opened_on"))
            since = to_day(row.get("effective_from") or row.get("closed_on"))
            if since and row["style_id"] in self.categories and (not opened or opened <= AS_OF):
                yield {"action_id": row["action_id"], "style": row["style_id"], "since": since}

    def ripe_days(self, category: str) -> int:
        """Age at which four fifths of a category's returns have come, over its channels."""
        cohorts = [c for c in self.developed.cohorts if c.category == category]
        is_after = any(self.developed.is_after(c.day) for c in cohorts)
        sold = Counter[str]()
        for cohort in cohorts:
            if self.developed.is_after(cohort.day) == is_after:
                sold[cohort.channel] += cohort.delivered
        for age in range(OLDEST_AGE + 1):
            come = sum(
                units * self.developed.curves[category, channel, is_after].shares[age]
                for channel, units in sold.items()
            )
            if 5 * come >= 4 * MILLION * sold.total():
                return age
        return OLDEST_AGE

    def sum_weeks(self, style: str, since: date) -> dict[int | None, Counter[str]]:
        """What was delivered in each week around a day; the half year before as one."""
        weeks: dict[int | None, Counter[str]] = defaultdict(Counter)
        for day, counts in self.days[style].items():
            number = (day - since).days
            if -SPAN - HALF_YEAR <= number < SPAN:
                weeks[number // 7 if number >= -SPAN else None].update(counts)
        return weeks

    def sum_before(self, style: str, since: date) -> Counter[str]:
        """What was sold before a day, and of it in the eight weeks before."""
        weeks = self.sum_weeks(style, since)
        earlier = [counts for week, counts in weeks.items() if week is None or week < 0]
        total = sum(earlier, Counter())
        total["near"] = sum(
            counts["delivered"] for week, counts in weeks.items() if week is not None and week < 0
        )
        return total

    def find_likes(self, action: Record) -> tuple[str, list[str]]:
        """Styles that may be controls, and how near they are: price, category or shop."""
        since, category = action["since"], self.categories[action["style"]]
        own = self.sum_before(action["style"], since)
        busy = {
            other["style"]
            for other in self.actions
            if -SPAN <= (other["since"] - since).days < SPAN
        }
        rings: list[list[tuple[str, int]]] = [[], [], []]
        for style in self.days:
            sold = self.sum_before(style, since)
            if style in {action["style"], *busy} or not sold["near"]:
                continue
            theirs, ours = sold["net"] * own["delivered"], own["net"] * sold["delivered"]
            is_price = 3 * theirs >= 2 * ours and 2 * theirs <= 3 * ours
            ring = 2 if self.categories[style] != category else 1 - is_price
            rings[ring].append((style, sold["near"]))
        for basis, some in zip(("price", "category", "shop"), accumulate(rings), strict=True):
            if basis == "shop" or sum(near >= 10 for _, near in some) >= ENOUGH:
                return basis, [style for style, _ in some]
        raise AssertionError

    def frame_evidence(self) -> pd.DataFrame:
        """rpt_product_action_evidence: one row per action, style and week."""
        rows = []
        for action in self.actions:
            style, since = action["style"], action["since"]
            if not self.sum_before(style, since)["delivered"]:
                continue
            basis, likes = self.find_likes(action)
            known = since + timedelta(days=SPAN - 1 + self.ripe_days(self.categories[style]))
            rows += [
                {
                    "action_id": action["action_id"],
                    "style_id": one,
                    "control_basis_code": basis,
                    "week_number": week,
                    "delivered_count": counts["delivered"],
                    "returned_count": counts["returned"],
                    "developed_exposure": counts["exposure"] / MILLION,
                    "is_acted": one == style,
                    "is_due": known <= AS_OF,
                }
                for one in (style, *likes)
                for week, counts in self.sum_weeks(one, since).items()
            ]
        frame = pd.DataFrame(rows, columns=COLUMNS)
        return frame.astype({"week_number": "Int64"})
