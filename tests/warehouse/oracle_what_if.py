"""What returns lost, and what a change would be computed from, a second time in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import sqrt
from typing import Any, Final

import pandas as pd

from tests.warehouse.landed_facts import Record, round_half_up
from tests.warehouse.oracle_conditions import ConditionOracle, find_wilson
from tests.warehouse.oracle_costs import OWN_RETURNS, Costs
from tests.warehouse.oracle_exchanges import ExchangeOracle, Z
from tests.warehouse.oracle_policies import read_shipped_rules

SHORTEST, LONGEST = 14, 45  # of the shipped rules on the customer's side
MINUTES: Final = (5, 3)  # of entering a refund, and of the second check
FEES: Final = {"bank_transfer": 165, "atm_cash": 300}


class WhatIfOracle:
    """Frames of what a reader's changes are computed from.

    Parameters
    ----------
    exchanges : ExchangeOracle
    conditions : ConditionOracle
    costs : Costs
        All of the same rows.
    """

    def __init__(
        self, exchanges: ExchangeOracle, conditions: ConditionOracle, costs: Costs
    ) -> None:
        self.exchanges, self.conditions, self.costs = exchanges, conditions, costs
        self.core = exchanges.core
        self.answer = costs.pay_minutes(costs.service)
        self.losses = {row["return_line_id"]: self.charge(row) for row in self.list_returns()}
        self.judged = {
            key: loss
            for key, loss in self.losses.items()
            if conditions.is_judged(loss["event_date"])
        }

    def list_returns(self) -> list[Record]:
        """Return lines of customers whose order line is known."""
        return [
            row
            for row in self.core.return_lines
            if row["return_type_code"] in OWN_RETURNS and row["is_matched"]
        ]

    def charge(self, row: Record) -> Record:
        """What a return line lost: money less goods, and its way."""
        key, units = row["return_line_id"], row["sent_back_count"]
        costs, outcome = self.costs, self.conditions.facts.describe_outcome(row)
        cost = costs.products.get(row["sku"] or "", {}).get("unit_cost")
        share = costs.loss[costs.grades.get(key)]
        kind = outcome["outcome_code"]
        given_up = outcome["refunded_amount"] if kind in ("refunded", "exchanged") else 0
        if kind == "refunded":
            given_up -= units * int(cost or 0)
        freight = sum(
            0
            if exchange.get("is_shipping_free") == "false"
            else costs.walk.freight.get(
                exchange.get("replacement_order_line_id") or "", costs.freight
            )
            for exchange in self.exchanges.outcomes.list_shipped(key)
        )
        is_needed = share > 0 or kind == "refunded"
        whole = (
            self.answer
            + (costs.inbound if units else 0)
            + costs.pay_minutes(units * costs.inspection)
            + units * costs.repack
            + costs.fees[key]
            + round_half_up(units * int(cost or 0) * share)
            + given_up
            + freight
            + outcome["bonus_amount"]
        )
        return {
            "kind": kind,
            "loss": None if units and is_needed and cost is None else whole,
            "freight": freight,
            "bonus": outcome["bonus_amount"],
            "event_date": row["event_date"],
        }

    def frame_baseline(self) -> pd.DataFrame:
        """rpt_what_if_baseline: one row."""
        losses, months = list(self.judged.values()), self.conditions.months
        asked = [row for row in self.exchanges.followed if not row["is_denied"]]
        mine = [row for row in asked if self.conditions.is_judged(row["event_date"])]
        begun = sum(row["is_begun"] for row in mine)
        share = begun / len(mine) if mine else None
        low, high = find_wilson(share, len(mine))
        exchanged = [loss for loss in losses if loss["kind"] == "exchanged"]
        missing = self.name_missing(losses)
        lost = None if missing else sum(loss["loss"] for loss in losses)
        savings = [row["saving"] for row in asked if row["saving"] is not None]
        row = {
            "missing_name": missing,
            "month_count": months or None,
            "return_line_count": len(losses),
            "loss_amount": lost,
            "request_line_count": len(mine),
            "exchange_line_count": begun,
            "exchange_share": share,
            "low_exchange_share": low,
            "high_exchange_share": high,
            "exchanged_line_count": len(exchanged),
            "replacement_freight_amount": sum(loss["freight"] for loss in exchanged),
            "bonus_amount": sum(loss["bonus"] for loss in losses),
            "shortest_window_days": SHORTEST,
            "longest_window_days": LONGEST,
            "digital_fee_amount": None,
            "contribution_amount": self.sum_contribution(),
            "first_date": self.conditions.first,
            **describe_savings(savings),
            **self.describe_rails(),
        }
        return pd.DataFrame([row])

    def name_missing(self, losses: list[Record]) -> str | None:
        if not self.conditions.months:
            return "orders"
        if not self.core.get("return_requests"):
            return "return_requests"
        if not self.core.get("refunds"):
            return "refunds"
        is_open = any(loss["loss"] is None for loss in losses)
        return "products.unit_cost" if is_open else None

    def sum_contribution(self) -> int | None:
        episodes = [
            row
            for row in self.costs.list_episodes()
            if self.conditions.is_judged(row["cohort_date"])
        ]
        if any(row["uncosted_count"] for row in episodes):
            return None
        return sum(int(row["contribution"]) for row in episodes)

    def describe_rails(self) -> Record:
        """Refunds that ended, and what those cost that are entered by hand."""
        ended = [row for row in self.conditions.ended if self.conditions.is_judged(row["begun"])]
        hand = [row for row in ended if row["is_by_hand"]]
        low, high = find_wilson(len(hand) / len(ended) if ended else None, len(ended))
        labour: dict[str, int] = defaultdict(int)
        for row in hand:
            labour[row["method"]] += 1
        # The minutes of each rail are rounded on their own, once for entry and once for checks.
        cost = sum(FEES[row["method"]] if row["fee"] is None else row["fee"] for row in hand)
        cost += sum(
            round_half_up(Fraction(minutes * count * self.costs.wage, 60))
            for count in labour.values()
            for minutes in MINUTES
        )
        return {
            "refund_count": len(ended),
            "hand_refund_count": len(hand),
            "low_hand_share": low,
            "high_hand_share": high,
            "hand_cost_amount": cost,
        }

    def list_refusable(self) -> Iterator[tuple[int, Record]]:
        """The counted day and the loss of what a shorter window could refuse."""
        rules = read_shipped_rules()
        policies = self.exchanges.policies
        for row, followed in zip(policies.rows, self.exchanges.followed, strict=True):
            decided = policies.decide_one(row, rules)
            loss = self.judged.get(row["return_line_id"])
            is_theirs = decided["reason_side_code"] == "customer"
            is_approved = decided["effect_code"] == "approve" and not followed["is_denied"]
            if loss and is_theirs and is_approved and decided["counted_days"] is not None:
                yield decided["counted_days"], loss

    def frame_days(self) -> pd.DataFrame:
        """rpt_what_if_window_days."""
        days: dict[int, list[Record]] = defaultdict(list)
        for day, loss in self.list_refusable():
            days[day].append(loss)
        whole = self.frame_baseline()["request_line_count"].iloc[0]
        rows = []
        for day, losses in days.items():
            later = [loss for other, some in days.items() if other >= day for loss in some]
            low, high = find_wilson(len(later) / whole, whole)
            is_known_loss = all(loss["loss"] is not None for loss in later)
            rows.append(
                {
                    "counted_days": day,
                    "request_line_count": len(losses),
                    "refund_line_count": sum(loss["kind"] == "refunded" for loss in losses),
                    "exchange_line_count": sum(loss["kind"] == "exchanged" for loss in losses),
                    "refused_line_count": len(later),
                    "low_refused_share": low,
                    "high_refused_share": high,
                    "avoidable_amount": sum(loss["loss"] - self.answer for loss in later)
                    if is_known_loss
                    else None,
                }
            )
        return pd.DataFrame(rows)


def describe_savings(savings: list[int]) -> dict[str, Any]:
    """The mean of what exchanges kept, and 1.96 errors of it on either side."""
    n = len(savings)
    mean = sum(savings) / n if n else None
    row: dict[str, Any] = {"saving_line_count": n, "near_saving_each_amount": mean}
    if mean is None or n == 1:
        return row | {"low_saving_each_amount": None, "high_saving_each_amount": None}
    error = Z * sqrt(sum((saving - mean) ** 2 for saving in savings) / (n - 1) / n)
    return row | {
        "near_low_saving_each_amount": mean - error,
        "near_high_saving_each_amount": mean + error,
    }
