"""Small shops for hypothesis: any of 1 to 40 orders, each drawn by a number of its own.

An order is the same whatever orders stand beside it, so that a failing shop shrinks to the few
orders that it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies

from tests.warehouse.drawn import Draw, draw_order, draw_products
from tests.warehouse.drawn_before import draw_before
from tests.warehouse.drawn_chains import draw_chain_products, draw_sale
from tests.warehouse.drawn_checks import draw_check_rows
from tests.warehouse.drawn_ledgers import draw_bank_rows, draw_plans
from tests.warehouse.drawn_measures import draw_measures
from tests.warehouse.drawn_offers import draw_offers
from tests.warehouse.drawn_sides import draw_customer_rows, draw_side_rows, draw_stock_rows
from tests.warehouse.drawn_terms import draw_product_terms, draw_terms
from tests.warehouse.landed_shop import Row

# What a shop can do without; orders, order lines, products and requests are needed to start.
OPTIONAL = (
    *("shipments", "shipment_lines", "delivery_events", "return_receipts", "refunds", "exchanges"),
    *("worklist_notes", "contacts", "inventory_snapshots", "purchase_plan", "customers"),
    *("bank_payouts", "ad_costs", "targets", "address_checks", "product_actions"),
    "size_charts",
)
DAYS_OF_ACTIONS = ("opened_on", "closed_on", "effective_from")
SOURCES = (("canonical", 2, True), ("mall", 4, False))
OLDEST_DAYS = (0, 45, 120, 300, 420)  # how long ago an order may lie, added to its own day


@dataclass(frozen=True)
class SmallShop:
    """What hypothesis draws; small enough to be printed when it fails.

    Attributes
    ----------
    order_numbers : tuple of int
        Each names an order and everything that happens to it.
    missing : frozenset of str
        Entities of which no file came.
    policy_days : tuple of int
        Days before the end from which a further policy holds.
    is_bulky : bool
        Lines hold dozens of units: curves are read from categories and channels, not the shop.
    is_closed : bool
        The months before the last were closed.
    """

    order_numbers: tuple[int, ...]
    missing: frozenset[str]
    policy_days: tuple[int, ...]
    is_bulky: bool
    is_closed: bool

    def draw_rows(self) -> Mapping[str, Sequence[Row]]:
        """The landed rows of the shop."""
        draw = Draw(0)
        draw_products(draw)
        draw_chain_products(draw)
        draw_product_terms(draw)
        draw_measures(draw, number=self.order_numbers[0])
        for number in self.order_numbers:
            self._draw_one(draw, number)
        draw_stock_rows(draw)
        draw_plans(draw)
        draw_customer_rows(draw)
        rows = {**draw.rows, "worklist_notes": _draw_notes(), "product_actions": _list_actions()}
        return {name: some for name, some in rows.items() if name not in self.missing}

    def _draw_one(self, draw: Draw, number: int) -> None:
        own = Draw(number)
        if number % 3:
            draw_order(own, f"o{number:05d}")
        else:
            draw_sale(own, f"o{number:05d}")
        draw_side_rows(own)
        draw_bank_rows(own)
        draw_check_rows(own, number=number)
        draw_terms(own, number=number)
        draw_offers(own, number=number)
        draw_before(own, number=number)
        days = OLDEST_DAYS[own.whole(0, len(OLDEST_DAYS) - 1)]
        for entity, rows in own.rows.items():
            moved = [_move(row, days=days) for row in rows]
            if self.is_bulky:
                moved = [_multiply(row) for row in moved]
            if entity == "orders":
                moved = [row | self._choose_policy(row) for row in moved]
            if entity == "return_receipts":
                # Two arrivals at one moment would be two versions of one key.
                keys = ("return_line_id", "received_at")
                moved = list({tuple(row[key] for key in keys): row for row in moved}.values())
            draw.rows.setdefault(entity, []).extend(moved)

    def _choose_policy(self, order: Row) -> Row:
        """The policy that holds on the day of an order; none where the day is not known."""
        if not self.policy_days or order["ordered_at"] == "unknown":
            return {}
        ordered = datetime.fromisoformat(order["ordered_at"])
        back = (datetime(2026, 11, 1) - ordered) // timedelta(days=1)
        return {"policy_id": f"p{sum(back <= days for days in self.policy_days)}"}


def small_shops() -> strategies.SearchStrategy[SmallShop]:
    """Shops of 1 to 40 orders."""
    numbers = strategies.integers(0, 99_999)
    return strategies.builds(
        SmallShop,
        order_numbers=strategies.integers(1, 40).flatmap(
            lambda count: strategies.lists(numbers, min_size=count, max_size=count).map(
                lambda drawn: tuple(dict.fromkeys(drawn))
            )
        ),
        missing=strategies.one_of(
            strategies.just(frozenset()), strategies.frozensets(strategies.sampled_from(OPTIONAL))
        ),
        policy_days=strategies.sampled_from([(), (400,), (60, 400), (20, 90)]),
        is_bulky=strategies.booleans(),
        is_closed=strategies.booleans(),
    )


def _move(row: Row, *, days: int) -> dict[str, str]:
    """A row whose moments and days lie so many days earlier."""
    forms = {"_at": "%Y-%m-%d %H:%M:%S", "_on": "%Y-%m-%d"}
    return {
        name: f"{datetime.fromisoformat(value) - timedelta(days=days):{forms[name[-3:]]}}"
        if name[-3:] in forms and value != "unknown"
        else value
        for name, value in row.items()
    }


def _multiply(row: Row) -> dict[str, str]:
    return {
        name: str(int(value) * 16) if name == "quantity" else value for name, value in row.items()
    }


def _draw_notes() -> list[Row]:
    """Two notes of a style, of which the newer counts, and one of a SKU."""
    return [
        {"style_id": "random-0", "noted_at": "2026-10-01 00:00:00", "owner": "a", "state": "open"},
        {"style_id": "random-0", "noted_at": "2026-10-02 00:00:00", "owner": "b", "state": "done"},
        {
            "style_id": "random-1",
            "sku": "random-1-M-red",
            "noted_at": "2026-11-03 00:00:00",
            "owner": "c",
            "state": "working",
        },
    ]


def _list_actions() -> list[Row]:
    """Actions old, new, at once, one after the other, undated, unknown, and not yet known of."""
    return [
        {"action_id": action_id, "style_id": style, **dict(zip(DAYS_OF_ACTIONS, days, strict=True))}
        for action_id, style, *days in (
            ("a0", "random-0", "2026-07-20", None, "2026-08-03"),
            ("a1", "random-1", "2026-07-20", "2026-08-20", "2026-08-05"),
            ("a2", "random-1", None, "2026-09-29", None),
            ("a3", "random-2", "2026-04-01", None, "2026-06-15"),
            ("a4", "random-3", "2026-01-01", None, "2026-02-10"),
            ("a5", "random-3", "2026-10-20", None, "2026-10-21"),
            ("a6", "random-4", "2026-10-01", None, None),
            ("a7", "random-5", "2026-11-02", None, "2026-11-02"),
            ("a8", "nowhere", "2026-07-20", None, "2026-08-03"),
            ("a9", "random-5", "2026-08-30", None, "2026-08-31"),
        )
    ]
