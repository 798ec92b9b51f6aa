"""What can be offered instead of money, a second time: one request, variant by variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Final

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record, round_half_up
from tests.warehouse.oracle_development import MILLION, to_millionths
from tests.warehouse.oracle_exchanges import ExchangeOracle
from tests.warehouse.oracle_fit import FitOracle
from tests.warehouse.oracle_fit_parts import Sold
from tests.warehouse.oracle_outcomes import SNAPSHOT_DAYS

SAFETY, ANSWER_DAYS, PRIOR_OFFERS, PRIOR_UNITS = 1, 14, 20, 20
KINDS: Final = ("next_size", "second_size", "other_colour", "other_variant", "credit")
FREIGHT, SECOND_LINE, SECOND_UNIT = 600, 700 + 267, 133 + 100


def round_away(value: Fraction) -> int:
    """Round to whole yen, a half away from zero."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


class OfferOracle:
    """Frames of the marts that rank offers.

    Parameters
    ----------
    exchanges : ExchangeOracle
    fit : FitOracle
        Of the same rows.
    """

    def __init__(self, exchanges: ExchangeOracle, fit: FitOracle) -> None:
        self.exchanges, self.fit = exchanges, fit
        self.core = exchanges.core
        self.products = exchanges.products
        self.sold = Sold(fit)
        self.weights = {side: self.sold.weigh_sizes(f"{side}_units") for side in ("small", "large")}
        self.available = self.count_available()
        self.variants = {row["sku"]: row for row in map(self.describe_variant, self.list_skus())}
        self.kinds = {row["offer_kind_code"]: row for row in self.list_kinds()}

    def list_skus(self) -> list[str]:
        get = self.core.get
        named = {row["sku"] for row in (*get("products"), *get("order_lines"))}
        named |= {row["sku"] for row in get("return_requests") if row.get("sku")}
        return sorted(named | {row["replacement_sku"] for row in get("exchanges")})

    def count_available(self) -> Mapping[str, int] | None:
        """Units of each SKU that may be offered; None where no place says."""
        told: dict[str, dict[date, list[Record]]] = {}
        for row in self.core.get("inventory_snapshots"):
            day = date.fromisoformat(row["snapshot_date"])
            if 0 <= (AS_OF - day).days < SNAPSHOT_DAYS:
                told.setdefault(row["location_id"], {}).setdefault(day, []).append(row)
        if not told:
            return None
        units: Counter[str] = Counter()
        for days in told.values():
            for row in days[max(days)]:
                if (row.get("condition") or "sellable") == "sellable":
                    units[row["sku"]] += int(row["on_hand"]) - int(row.get("reserved") or 0)
        for sku, held in self.exchanges.list_reservations():
            units[sku] -= held
        return {sku: max(units[sku] - SAFETY, 0) for sku in self.list_skus()}

    def expect_return(self, style: str) -> float | None:
        """How probably a unit of a style comes back."""
        whole, mine = Counter[str](), Counter[str]()
        for cohort, share in self.fit.worklist.known:
            delivered, returned = cohort.unbracketed
            if delivered:
                parts = {"returned": returned, "developed": delivered * share}
                whole.update(parts)
                mine.update(parts if cohort.style_id == style else {})
        if not whole["developed"]:
            return None
        general = whole["returned"] * MILLION / whole["developed"]
        prior = PRIOR_UNITS * MILLION
        share = (mine["returned"] * MILLION + general * prior) / (mine["developed"] + prior)
        return min(to_millionths(share), MILLION) / MILLION

    def describe_variant(self, sku: str) -> Record:
        product = self.products.get(sku, {})
        place = self.fit.place_of(sku)
        order, cost = product.get("size_order"), product.get("unit_cost")
        weights = {side: some.get(place) for side, some in self.weights.items()}
        return {
            "sku": sku,
            "style_id": place[0],
            "size_label": product.get("size_label"),
            "colour_name": product.get("colour_name"),
            "size_order": None if order is None else int(order),
            "available_count": None if self.available is None else self.available[sku],
            "unit_cost_amount": None if cost is None else int(cost),
            "return_probability": self.expect_return(place[0]),
            "is_in_catalogue": sku in self.products,
        } | {
            f"{side}_thousandths": None if weight is None else round(1000 * weight)
            for side, weight in weights.items()
        }

    def frame_variants(self) -> pd.DataFrame:
        """fct_offer_variants."""
        return pd.DataFrame(self.variants.values())

    def is_same(self, own: Record, other: Record, name: str) -> bool:
        return (own[name] or "") == (other[name] or "")

    def is_same_size(self, own: Record, other: Record) -> bool:
        orders = own["size_order"], other["size_order"]
        return self.is_same(own, other, "size_label") and (None in orders or orders[0] == orders[1])

    def step(self, own: Record, other: Record) -> int | None:
        if own["size_order"] is None or other["size_order"] is None:
            return None
        return int(other["size_order"] - own["size_order"])

    def kind_of(self, own: Record, other: Record) -> str:
        is_colour = self.is_same(own, other, "colour_name")
        if self.is_same_size(own, other):
            return "other_variant" if is_colour else "other_colour"
        steps = abs(self.step(own, other) or 0)
        return {1: "next_size", 2: "second_size"}.get(steps * is_colour, "other_variant")

    def list_kinds(self) -> Iterator[Record]:
        """fct_offer_kinds."""
        answered: Counter[str] = Counter()
        accepted: Counter[str] = Counter()
        for row in self.exchanges.followed:
            day = row["offered_date"]
            if not row["is_offered"] or day is None or (AS_OF - day).days < ANSWER_DAYS:
                continue
            own = self.variants.get(row["sku"] or "")
            other = self.variants.get(row["offered_sku"] or "")
            is_told = own and other and own["sku"] != other["sku"]
            kind = "unknown"
            if own and other and is_told and own["style_id"] == other["style_id"]:
                kind = self.kind_of(own, other)
            answered[kind] += 1
            accepted[kind] += row["is_begun"]
        whole = sum(answered.values())
        for kind in KINDS:
            probability = None
            if kind != "credit" and whole:
                general = sum(accepted.values()) / whole
                share = (accepted[kind] + PRIOR_OFFERS * general) / (answered[kind] + PRIOR_OFFERS)
                probability = to_millionths(share) / MILLION
            yield {
                "offer_kind_code": kind,
                "answered_count": answered[kind],
                "accepted_count": accepted[kind],
                "accept_probability": probability,
                "freight_amount": FREIGHT,
                "second_return_line_amount": SECOND_LINE,
                "second_return_unit_amount": SECOND_UNIT,
                "saved_refund_amount": self.exchanges.saved,
            }

    def frame_kinds(self) -> pd.DataFrame:
        return pd.DataFrame(self.kinds.values())

    def frame_offers(self) -> pd.DataFrame:
        """fct_exchange_offers."""
        columns = ["return_line_id", "offer_rank", "offer_kind_code", "offered_sku", "style_id"]
        columns += ["available_count", "accept_probability", "profit_amount"]
        columns += ["expected_profit_amount", "offer_reason_code"]
        rows = [
            {"return_line_id": request["return_line_id"], "offer_rank": rank} | offer
            for request in self.exchanges.list_open()
            for rank, offer in enumerate(self.rank(request), start=1)
        ]
        return pd.DataFrame(rows, columns=columns)

    def frame_requests(self) -> pd.DataFrame:
        """rpt_open_requests: the best offer of each."""
        columns = ["return_line_id", "offer_kind_code", "offer_reason_code", "offered_sku"]
        columns += ["exchange_offer_count", "expected_profit_amount", "requested_net_amount"]
        rows = []
        for request in self.exchanges.list_open():
            offers = self.rank(request)
            variants = [one for one in offers if one["offer_kind_code"] != "credit"]
            rows.append(request | (offers or [{}])[0] | {"exchange_offer_count": len(variants)})
        return pd.DataFrame(rows, columns=columns)

    def rank(self, request: Record) -> list[Record]:
        own = self.variants.get(request["sku"] or "")
        found = [
            self.price(request, own, other)
            for other in self.variants.values()
            if own and self.is_answer(request, own, other)
        ]
        found.sort(key=lambda pair: pair[0])
        offers = [offer for _, offer in found]
        if not request["is_credit_allowed"]:
            return offers
        if not request["is_exchange_allowed"]:
            why = "only_credit_allowed"
        elif self.available is None:
            why = "stock_unknown"
        elif not own or not own["is_in_catalogue"]:
            why = "goods_unknown"
        else:
            why = "after_exchanges" if offers else "nothing_suitable"
        credit = {"offer_kind_code": "credit", "offer_reason_code": why}
        return [*offers, credit | {"style_id": own and own["style_id"]}]

    def is_answer(self, request: Record, own: Record, other: Record) -> bool:
        """Whether a variant may be offered on a request at all."""
        is_other = other["style_id"] == own["style_id"] and other["sku"] != own["sku"]
        is_known = own["is_in_catalogue"] and other["is_in_catalogue"]
        is_there = (other["available_count"] or 0) >= request["requested_count"]
        if not (request["is_exchange_allowed"] and is_other and is_known and is_there):
            return False
        if request["focus"] == "colour":
            return not self.is_same(own, other, "colour_name")
        return request["focus"] != "size" or self.is_size_answer(request, own, other)

    def is_size_answer(self, request: Record, own: Record, other: Record) -> bool:
        """Another size, in the direction asked for, that does not come back for it more often."""
        worse = {
            side
            for side in ("small", "large")
            if None not in (theirs := other[f"{side}_thousandths"], own[f"{side}_thousandths"])
            and theirs > own[f"{side}_thousandths"]
        }
        steps, direction = self.step(own, other), request["direction"]
        if self.is_same_size(own, other) or (direction or next(iter(worse), None)) in worse:
            return False
        if direction is None:
            return True
        return steps is not None and (steps > 0 if direction == "small" else steps < 0)

    def price(self, request: Record, own: Record, other: Record) -> tuple[Any, Record]:
        """An offer, and what it is sorted by."""
        kind, steps = self.kind_of(own, other), self.step(own, other)
        chance, units = self.kinds[kind]["accept_probability"], request["requested_count"]
        money, cost = request["requested_net_amount"], other["unit_cost_amount"]
        again = other["return_probability"]
        profit = expected = None
        if None not in (money, cost, again):
            second = Fraction(round(again * MILLION), MILLION) * (SECOND_LINE + SECOND_UNIT * units)
            profit = money - cost * units - FREIGHT - round_half_up(second) + self.exchanges.saved
        if profit is not None and chance is not None:
            expected = round_away(Fraction(round(chance * MILLION), MILLION) * profit)
        is_size = request["focus"] == "size"
        orders = ("other_colour", "next_size", "second_size", "other_variant")
        if is_size:
            orders = ("next_size", "second_size", "other_variant", "other_colour")
        offer = {
            "offer_kind_code": kind,
            "offered_sku": other["sku"],
            "style_id": other["style_id"],
            "available_count": other["available_count"],
            "accept_probability": chance,
            "profit_amount": profit,
            "expected_profit_amount": expected,
            "offer_reason_code": self.say_why(kind, steps, is_size=is_size),
        }
        far = (steps is None, abs(steps or 0))
        worth = (expected is None, -(expected or 0))
        return (worth, orders.index(kind), far, -other["available_count"], other["sku"]), offer

    def say_why(self, kind: str, steps: int | None, *, is_size: bool) -> str:
        way = "larger" if (steps or 0) > 0 else "smaller"
        if kind in ("next_size", "second_size"):
            return f"{'one_size' if kind == 'next_size' else 'two_sizes'}_{way}"
        if kind == "other_colour":
            return "same_size_other_colour"
        return f"{way}_variant" if is_size and steps else "same_style"
