"""The rows of orders, order lines and parcels of one month, in canonical columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.columns import (
    blank_where,
    number_ids,
    pick_words,
    write_flags,
    write_moments,
)
from orchestration.demo.delivering import NEVER, MonthOfParcels
from orchestration.demo.lots import Lots
from orchestration.demo.noticing import MonthOfNotices
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.people import Addresses
from orchestration.demo.words import CAMPAIGNS, CARRIERS, CHANNELS, PAYMENTS, TIERS

TAX_RATE: Final = "0.1"  # of clothes and shoes in Japan
POLICIES: Final = ("standard", "longer_window")


@dataclass(frozen=True)
class Span:
    """The first day and the end of the data.

    Attributes
    ----------
    first_day : date
    horizon : int
        Seconds from the first day's midnight to the end of the last day.
    policy_changed_at : int
        Seconds from the first day's midnight; ``NEVER`` without a change.
    """

    first_day: date
    horizon: int
    policy_changed_at: int = int(NEVER)

    def write(self, seconds: Ints) -> pa.Array:
        """Write moments; those behind the horizon are empty."""
        return write_moments(seconds, first_day=self.first_day, horizon=self.horizon)


def build_span(calendar: SalesCalendar) -> Span:
    """Say where a calendar's data begin, end and come under another policy."""
    changed_on = calendar.policy_changed_on
    return Span(
        first_day=calendar.first_day,
        horizon=len(calendar.weights) * DAY,
        policy_changed_at=int(NEVER)
        if changed_on is None
        else (changed_on - calendar.first_day).days * DAY,
    )


def name_orders(orders: MonthOfOrders) -> pa.Array:
    """Name the orders of the month."""
    return number_ids("O", orders.first_order + np.arange(len(orders.ordered_at)), width=8)


def name_lines(orders: MonthOfOrders) -> pa.Array:
    """Name the lines of the month."""
    return number_ids("L", orders.first_line + np.arange(len(orders.sku)), width=9)


def build_orders(orders: MonthOfOrders, *, span: Span) -> pa.Table:
    """Build the rows of ``orders``."""
    cancelled_at = np.where(orders.is_cancelled, orders.ordered_at + 3 * 3600, NEVER)
    total = orders.subtotal - orders.discount - orders.points + orders.shipping_fee
    return pa.table(
        {
            "order_id": name_orders(orders),
            "customer_id": number_ids("C", orders.customer, width=7),
            "ordered_at": span.write(orders.ordered_at),
            "channel": pick_words(CHANNELS, orders.channel),
            "payment_method": pick_words(PAYMENTS, orders.payment),
            "subtotal": orders.subtotal,
            "discount": orders.discount,
            "points_used": orders.points,
            "shipping_fee": orders.shipping_fee,
            "total": total,
            "member_tier": pick_words(TIERS, orders.tier),
            "policy_id": pick_words(
                POLICIES, (orders.ordered_at >= span.policy_changed_at).astype(np.int64)
            ),
            "policy_shown_at_checkout": write_flags(orders.is_policy_shown),
            "campaign_code": pick_words([code or None for code in CAMPAIGNS], orders.campaign),
            "cancelled_at": span.write(cancelled_at),
        }
    )


def build_order_lines(
    orders: MonthOfOrders, catalogue: Catalogue, *, lots: Lots, advised: pa.Array
) -> pa.Table:
    """Build the rows of ``order_lines``."""
    style = catalogue.sku_style[orders.sku]
    return pa.table(
        {
            "order_line_id": name_lines(orders),
            "order_id": name_orders(orders).take(pa.array(orders.order_of_line)),
            "sku": pick_words(catalogue.skus, orders.sku),
            "quantity": orders.quantity,
            "unit_price": orders.unit_price,
            "list_price": catalogue.list_price[style],
            "tax_rate": pa.array([TAX_RATE] * len(style)),
            "is_sale": write_flags(orders.is_sale),
            "is_gift": write_flags(orders.is_gift),
            "lot_id": lots.name(style, orders.ordered_at[orders.order_of_line]),
            "advised_size_label": advised,
        }
    )


def name_parcels(orders: MonthOfOrders, *, suffix: str) -> pa.Array:
    """Name the parcels of the month's orders: the order's number and a letter."""
    names = number_ids("S", orders.first_order + np.arange(len(orders.ordered_at)), width=8)
    return pc.binary_join_element_wise(names, suffix, "-")


def build_shipments(
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    notices: MonthOfNotices,
    *,
    addresses: Addresses,
    span: Span,
) -> pa.Table:
    """Build the rows of ``shipments``: first and second parcels that left before the horizon."""
    tables = []
    for suffix, shipped, delivered, is_there in (
        ("A", parcels.shipped_at, parcels.delivered_at, np.ones(len(orders.ordered_at), bool)),
        ("B", parcels.second_shipped_at, parcels.second_delivered_at, parcels.is_split),
    ):
        kept = pa.array(is_there & (shipped < span.horizon))
        table = pa.table(
            {
                "shipment_id": name_parcels(orders, suffix=suffix),
                "order_id": name_orders(orders),
                "kind": pa.array(["original"] * len(shipped)),
                "carrier": pick_words(CARRIERS, orders.customer % len(CARRIERS)),
                "shipped_at": span.write(shipped),
                "delivered_at": span.write(delivered),
                "freight_cost": parcels.freight,
                "notice_sent_at": span.write(
                    np.where(notices.is_sent, shipped + notices.delay, NEVER)
                ),
                **addresses.write(orders.customer),
            }
        )
        tables.append(table.filter(kept))
    return pa.concat_tables(tables)


def build_shipment_lines(orders: MonthOfOrders, parcels: MonthOfParcels, *, span: Span) -> pa.Table:
    """Build the rows of ``shipment_lines``: only orders in two parcels need them."""
    order = orders.order_of_line
    shipped = np.where(
        parcels.is_second, parcels.second_shipped_at[order], parcels.shipped_at[order]
    )
    kept = parcels.is_split[order] & (shipped < span.horizon)
    first, second = (name_parcels(orders, suffix=letter).take(pa.array(order)) for letter in "AB")
    table = pa.table(
        {
            "shipment_id": pc.if_else(pa.array(parcels.is_second), second, first),
            "order_line_id": name_lines(orders),
            "quantity": orders.quantity,
        }
    )
    return table.filter(pa.array(kept))


def build_delivery_events(
    orders: MonthOfOrders, parcels: MonthOfParcels, *, span: Span
) -> tuple[pa.Table, Ints]:
    """Build the rows of ``delivery_events`` and the moment of each."""
    tables, moments = [], []
    attempt = parcels.shipped_at + DAY
    for kind, is_there, at in (
        ("attempt_failed", parcels.is_absent, attempt),
        ("redelivery", parcels.is_absent, parcels.delivered_at),
        ("bring_back", parcels.is_brought_back, parcels.shipped_at + 7 * DAY),
    ):
        kept = np.flatnonzero(is_there & (at < span.horizon))
        tables.append(
            pa.table(
                {
                    "shipment_id": name_parcels(orders, suffix="A").take(pa.array(kept)),
                    "event_at": span.write(at[kept]),
                    "event_type": pa.array([kind] * len(kept), pa.string()),
                    "cause": _name_causes(kind, parcels.is_address_fault[kept]),
                    "cost": _cost_events(kind, parcels.freight[kept]),
                }
            )
        )
        moments.append(at[kept])
    return pa.concat_tables(tables), np.concatenate(moments)


def _name_causes(kind: str, is_address_fault: Bools) -> pa.Array:
    if kind == "bring_back":
        return pc.if_else(pa.array(is_address_fault), "address", "absent")
    return pa.array(["absent"] * len(is_address_fault), pa.string())


def _cost_events(kind: str, freight: Ints) -> pa.Array:
    costs = pa.array(freight * 2)
    return costs if kind == "bring_back" else blank_where(np.ones(len(freight), bool), costs)
