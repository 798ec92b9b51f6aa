"""Contributions a second time: what every episode earned and cost, by the shipped parameters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record, is_known, round_half_up, was_paid
from tests.warehouse.oracle_development import MILLION, Development
from tests.warehouse.oracle_episodes import Walk

OWN_RETURNS = ("customer_return", "exchange_leg")
RETURN_COSTS = (
    *("exchange_freight", "inbound_freight", "inspection", "repack", "service"),
    *("refund_fee", "value_loss", "bonus"),
)
PARTS = ("net_sales", "goods_cost", "outbound_freight", *RETURN_COSTS)
NEEDS_COSTS = ("goods_cost", "value_loss", "return_cost", "contribution")
WORST_FIRST = "XCBA"


class Costs:
    """What each episode costs, by the shipped parameters written down a second time.

    Parameters
    ----------
    walk : Walk
    """

    freight, inbound, repack, wage = 600, 700, 100, 1600  # yen; the wage per hour
    inspection, service = 5, 10  # minutes
    loss: Mapping[str | None, Fraction] = MappingProxyType(
        {
            "A": Fraction(0),
            "B": Fraction(2, 5),
            "C": Fraction(1),
            "X": Fraction(1),
            None: Fraction(0),
        }
    )

    def __init__(self, walk: Walk) -> None:
        self.core = walk.core
        self.walk = walk
        self.chains = list(walk.list_chains())
        self.products = {row["sku"]: row for row in self.core.get("products")}
        self.grades = self.choose_grades()
        self.fees: dict[str, int] = defaultdict(int)
        for row in self.core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                self.fees[row["return_line_id"]] += int(row.get("fee") or 0)
        self.outbound = dict(self.share_outbound())

    def choose_grades(self) -> dict[str, str]:
        """The last grade of a return line; of one moment, or of unknown ones, the worst."""
        given: dict[str, list[tuple[bool, str, int, str]]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            graded, grade = row.get("graded_at"), row.get("grade")
            if grade and is_known(row["received_at"]) and (graded is None or is_known(graded)):
                rank = -WORST_FIRST.index(grade)
                given[row["return_line_id"]].append((graded is not None, graded or "", rank, grade))
        return {key: max(some)[-1] for key, some in given.items()}

    def share_outbound(self) -> Iterator[tuple[str, tuple[int, bool]]]:
        """Freight of each sold line, and whether a parcel of its order has no known cost.

        Its order's parcels are shared by delivered units; what arrived came in one parcel at least.
        """
        parcels: dict[str, list[str | None]] = defaultdict(list)
        for row in self.core.get("shipments"):
            if (row.get("kind") or "original") == "original" and is_known(row["shipped_at"]):
                parcels[row["order_id"]].append(row.get("freight_cost"))
        orders: dict[str, list[Record]] = defaultdict(list)
        for line, _ in self.chains:
            orders[line["order_id"]].append(line)
        for order_id, lines in orders.items():
            costs = parcels[order_id] or [None]
            whole = sum(self.freight if cost is None else int(cost) for cost in costs)
            units = sum(line["delivered_count"] for line in lines)
            seen = borne = 0
            for line in sorted(lines, key=lambda line: line["order_line_id"]):
                seen += line["delivered_count"]
                until = round_half_up(Fraction(whole * seen, units))
                yield line["order_line_id"], (until - borne, None in costs)
                borne = until

    def pay_minutes(self, minutes: int) -> int:
        return round_half_up(Fraction(minutes * self.wage, 60))

    def describe_episode(self, line: Record, legs: list[Record]) -> Record:
        """One row of fct_contributions; amounts without their ending, the unknown ones too."""
        total = Counter[str]()
        for leg in legs:
            total.update(self.sum_leg(leg))
        key = line["order_line_id"]
        outbound, is_assumed = self.outbound[key]
        episode = self.walk.sum_episode(line, legs)
        row: Record = {
            "net_sales": episode["kept_net_amount"],
            "outbound_freight": outbound,
            "inbound_freight": total["arrivals"] * self.inbound,
            "inspection": self.pay_minutes(total["units"] * self.inspection),
            "repack": total["units"] * self.repack,
            "service": self.pay_minutes(total["requests"] * self.service),
        }
        row |= {name: total[name] for name in PARTS if name not in row}
        row["return_cost"] = sum(row[name] for name in RETURN_COSTS)
        row["contribution"] = (
            row["net_sales"] - row["goods_cost"] - row["outbound_freight"] - row["return_cost"]
        )
        return row | {
            "episode_id": key,
            "order_id": line["order_id"],
            "sku": line["sku"],
            "style_id": self.style_of(line["sku"]),
            "channel_name": line["channel_name"],
            "campaign_code": self.core.orders.get(line["order_id"], {}).get("campaign_code"),
            "delivered_count": line["delivered_count"],
            "uncosted_count": total["uncosted"],
            "is_freight_assumed": is_assumed or total["assumed"] > 0,
            "cohort_date": line["delivered_date"],
            "returned_lines": total["arrivals"],
            "returned_units": total["units"],
            "first_units": self.sum_leg(legs[0])["units"],
        }

    def sum_leg(self, leg: Record) -> Counter[str]:
        """Costs of one leg and of what was sent back of it."""
        sku = self.core.order_lines[leg["key"]]["sku"]
        cost = self.products.get(sku, {}).get("unit_cost")
        total = Counter[str]()
        total["goods_cost"] = leg["held"] * int(cost or 0)
        total["uncosted"] = 0 if cost else leg["held"]
        total["bonus"] = leg["bonus"]
        known = self.walk.freight.get(leg["key"])
        if leg["depth"] and known is not None:
            total["exchange_freight"] = known
        elif leg["depth"] and leg["delivered"]:
            total.update(exchange_freight=self.freight, assumed=1)
        for row in self.walk.returns[leg["key"]]:
            if row["return_type_code"] not in OWN_RETURNS:
                continue
            share = self.loss[self.grades.get(row["return_line_id"])]
            sent_back = row["sent_back_count"]
            total.update(
                value_loss=round_half_up(sent_back * int(cost or 0) * share),
                uncosted=sent_back if share and not cost else 0,
                requests=1,
                units=sent_back,
                arrivals=sent_back > 0,
                refund_fee=self.fees[row["return_line_id"]],
            )
        return total

    def style_of(self, sku: str) -> str:
        return str(self.products.get(sku, {}).get("style_id") or sku)

    def list_episodes(self) -> Iterator[Record]:
        return (self.describe_episode(line, legs) for line, legs in self.chains)

    def frame_contributions(self) -> pd.DataFrame:
        """fct_contributions."""
        names = ("episode_id", "order_id", "sku", "style_id", "channel_name", "campaign_code")
        names += ("delivered_count", "uncosted_count", "is_freight_assumed", "cohort_date")
        return pd.DataFrame(
            {name: row[name] for name in names} | hide_unknown(row) for row in self.list_episodes()
        )


def hide_unknown(row: Mapping[str, Any]) -> Record:
    """The amounts of a row; null where a cost that they need is not known."""
    return {
        f"{name}_amount": None if name in NEEDS_COSTS and row["uncosted_count"] else row[name]
        for name in (*PARTS, "return_cost", "contribution")
        if name in row
    }


def to_month(row: Mapping[str, Any]) -> Any:
    return row["cohort_date"] and row["cohort_date"].replace(day=1)


class CostReports:
    """Frames of the marts that sum contributions.

    Parameters
    ----------
    costs : Costs
    developed : Development
        Of the same rows.
    """

    def __init__(self, costs: Costs, developed: Development) -> None:
        self.costs = costs
        self.developed = developed
        self.episodes = list(costs.list_episodes())

    def frame_contribution(self) -> pd.DataFrame:
        """rpt_contribution: one unit without a cost makes the sum unknown."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.episodes:
            place = row["sku"], row["channel_name"], to_month(row)
            names = (*PARTS, "return_cost", "contribution", "delivered_count", "uncosted_count")
            sums[place].update({name: row[name] for name in names})
            sums[place].update(
                episode_count=1, assumed_freight_episode_count=row["is_freight_assumed"]
            )
        further = self.expect_returns()
        counts = ("episode_count", "delivered_count", "uncosted_count")
        each = self.costs.inbound + self.costs.repack
        each += self.costs.pay_minutes(self.costs.inspection + self.costs.service)
        return pd.DataFrame(
            {"sku": place[0], "channel_name": place[1], "cohort_month_date": place[2]}
            | {"style_id": self.costs.style_of(place[0])}
            | {name: total[name] for name in (*counts, "assumed_freight_episode_count")}
            | hide_unknown(total)
            | describe_further(further.get(place), each)
            for place, total in sums.items()
        )

    def expect_returns(self) -> dict[tuple[Any, ...], Fraction]:
        """Units still to come back of the deliveries of a SKU, channel and month."""
        developed = self.developed
        result: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
        for cohort in developed.cohorts if developed.curves else ():
            missing = MILLION - developed.share_of(cohort, developed.curves, AS_OF)
            place = cohort.sku, cohort.channel, cohort.day.replace(day=1)
            base = developed.base_of(cohort, "base_rate")
            result[place] += Fraction(cohort.delivered * missing, MILLION) * base
        return result

    def frame_return_costs(self) -> pd.DataFrame:
        """rpt_return_costs: episodes of which something came back."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.episodes:
            if not row["returned_lines"]:
                continue
            first = min(row["first_units"], row["delivered_count"])
            lost = round_half_up(Fraction(row["outbound_freight"] * first, row["delivered_count"]))
            sums[row["sku"], row["channel_name"], to_month(row)].update(
                {name: row[name] for name in (*RETURN_PARTS, "uncosted_count")}
                | {"lost_outbound": lost, "returned_lines": row["returned_lines"]}
                | {"returned_units": row["returned_units"]}
            )
        return pd.DataFrame(
            {"sku": sku, "channel_name": channel, "cohort_month_date": month}
            | {"returned_line_count": total["returned_lines"]}
            | {"returned_count": total["returned_units"]}
            | {"uncosted_count": total["uncosted_count"]}
            | {"lost_outbound_amount": total["lost_outbound"]}
            | {
                f"{name}_amount": None
                if name == "value_loss" and total["uncosted_count"]
                else total[name]
                for name in RETURN_PARTS
            }
            | {
                "return_cost_amount": None
                if total["uncosted_count"]
                else total["lost_outbound"] + sum(total[name] for name in RETURN_PARTS)
            }
            for (sku, channel, month), total in sums.items()
        )


RETURN_PARTS = ("inbound_freight", "inspection", "repack", "service", "refund_fee", "value_loss")


def describe_further(units: Fraction | None, each: int) -> Record:
    """Returns to come, and what handling them will cost; nothing where nothing is known."""
    if units is None:
        return {"expected_further_returns": None, "near_expected_further_cost_amount": None}
    return {
        "expected_further_returns": float(units),
        "near_expected_further_cost_amount": float(units * each),
    }
