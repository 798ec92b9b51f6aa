"""Sizes and weeks of a style a second time, by the yardstick of the worklist."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, UNKNOWN
from tests.warehouse.oracle_development import HALF_YEAR, MILLION, YEAR, Cohort
from tests.warehouse.oracle_sales import to_monday
from tests.warehouse.oracle_worklist import WorklistOracle


class StyleOracle:
    """Frames of the marts that one style's page reads.

    Parameters
    ----------
    worklist : WorklistOracle
        Of the same rows.
    """

    def __init__(self, worklist: WorklistOracle) -> None:
        self.worklist = worklist
        self.developed = worklist.developed

    def base_of(self, cohort: Cohort) -> int:
        """Rate of category and channel without pairs, in whole millionths."""
        return round(MILLION * self.developed.base_of(cohort, "unbracketed_base_rate"))

    def frame_sizes(self) -> pd.DataFrame:
        """rpt_style_size_development: SKUs of one size and colour together."""
        sums: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for level, sku, some in self.worklist.list_groups():
            weighed = self.worklist.weigh(some)
            if level != "sku" or not weighed["delivered_count"]:
                continue
            product = self.developed.products.get(sku, {})
            size, colour = product.get("size_label"), product.get("colour_name")
            exposure = round(MILLION * weighed["developed_exposure"])
            rest = weighed["delivered_count"] * MILLION - exposure
            sums[self.developed.style_of(sku), size or UNKNOWN, colour or UNKNOWN].update(
                delivered_count=weighed["delivered_count"],
                returned_count=weighed["returned_count"],
                exposure=exposure,
                further=rest * round(MILLION * weighed["expected_rate"]),
            )
        return pd.DataFrame(
            {
                "style_id": style,
                "size_label": size,
                "colour_name": colour,
                "delivered_count": total["delivered_count"],
                "returned_count": total["returned_count"],
                "developed_exposure": total["exposure"] / MILLION,
                "further_returns": total["further"] / MILLION / MILLION,
            }
            for (style, size, colour), total in sums.items()
        )

    def frame_weeks(self) -> pd.DataFrame:
        """rpt_style_weeks: each week beside the one 364 days before it."""
        weeks: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        for (style, week), some in self.group_weeks().items():
            weeks[style, week].update(self.sum_week(some))
        for cohort in self.developed.cohorts:
            if (AS_OF - cohort.day).days >= YEAR:
                delivered, returned = cohort.unbracketed
                week = to_monday(cohort.day + timedelta(days=YEAR))
                weeks[cohort.style_id, week].update(old=delivered, old_returned=returned)
        return pd.DataFrame(
            {
                "style_id": style,
                "week_start_date": week,
                "delivered_count": total["delivered"],
                "returned_count": total["returned"],
                "developed_exposure": total["exposure"] / MILLION,
                "further_returns": total["further"] / MILLION**2,
                "expected_returns": total["expected"] / MILLION,
                "year_ago_delivered_count": total["old"],
                "year_ago_returned_count": total["old_returned"],
            }
            for (style, week), total in weeks.items()
        )

    def group_weeks(self) -> dict[tuple[str, date], list[tuple[Cohort, int]]]:
        groups: dict[tuple[str, date], list[tuple[Cohort, int]]] = defaultdict(list)
        for cohort, share in self.worklist.known:
            groups[cohort.style_id, to_monday(cohort.day)].append((cohort, share))
        return groups

    def sum_week(self, some: list[tuple[Cohort, int]]) -> Counter[str]:
        """What has come of a week, what is to come, and what would come at the usual rate."""
        total: Counter[str] = Counter()
        young: Counter[str] = Counter()
        for cohort, share in some:
            delivered, returned = cohort.unbracketed
            total.update(delivered=delivered, returned=returned)
            if (AS_OF - cohort.day).days >= HALF_YEAR:
                # What will come back has come, whatever the curve says.
                total.update(
                    exposure=delivered * MILLION, expected=delivered * self.base_of(cohort)
                )
            else:
                young.update(
                    delivered=delivered,
                    exposure=delivered * share,
                    expected=delivered * share * self.base_of(cohort),
                )
        # A week's young days share one rate: that of their mix, as far as it is developed.
        rate = young["expected"] / young["exposure"] if young["exposure"] else 0
        total["exposure"] += young["exposure"]
        total["further"] += round((young["delivered"] * MILLION - young["exposure"]) * rate)
        total["expected"] += round(young["delivered"] * rate)
        return total
