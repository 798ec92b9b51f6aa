"""Costs of episodes a second time: the shipped parameters, leg by leg."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from tests.warehouse.landed_facts import is_known, round_half_up, was_paid
from tests.warehouse.oracle_episodes import Record, Walk


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
        core = walk.core
        self.walk = walk
        self.unit_costs = {row["sku"]: row.get("unit_cost") for row in core.get("products")}
        self.grades = {
            row["return_line_id"]: row.get("grade")
            for row in core.get("return_receipts")
            if is_known(row["received_at"])
        }
        self.fees: dict[str, int] = defaultdict(int)
        for row in core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                self.fees[row["return_line_id"]] += int(row.get("fee") or 0)

    def sum_costs(self, line: Record, legs: list[Record]) -> Record:
        """All costs but the outbound freight; None stands for a unit whose cost nobody knows."""
        goods, losses, uncosted, other = Fraction(0), 0, 0, 0
        requests = arrivals = units = 0
        for leg in legs:
            cost = self.unit_costs.get(self.walk.core.order_lines[leg["key"]]["sku"])
            goods += leg["held"] * int(cost or 0)
            uncosted += 0 if cost else leg["held"]
            if leg["depth"] and leg["delivered"]:
                other += int(self.walk.freight.get(self.walk.order_of(leg["key"])) or self.freight)
            elif leg["depth"]:
                other += int(self.walk.freight.get(self.walk.order_of(leg["key"])) or 0)
            for row in self.walk.returns[leg["key"]]:
                if row["return_type_code"] not in ("customer_return", "exchange_leg"):
                    continue
                share = self.loss[self.grades.get(row["return_line_id"])]
                sent_back = row["sent_back_count"]
                losses += round_half_up(sent_back * int(cost or 0) * share)
                uncosted += sent_back if share and not cost else 0
                requests, units = requests + 1, units + sent_back
                arrivals += sent_back > 0
                other += self.fees[row["return_line_id"]]
            other += leg["bonus"]
        other += arrivals * self.inbound + units * self.repack
        for count, minutes in ((units, self.inspection), (requests, self.service)):
            other += round_half_up(Fraction(count * minutes * self.wage, 60))
        return {
            "episode_id": line["order_line_id"],
            "goods_cost_amount": None if uncosted else int(goods),
            "return_cost_amount": None if uncosted else other + losses,
            "uncosted_count": uncosted,
        }
