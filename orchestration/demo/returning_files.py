"""The rows of requests, arrivals, refunds and exchanges of one month's orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.columns import blank_where, number_ids, pick_words, write_flags
from orchestration.demo.delivering import NEVER
from orchestration.demo.judging import draw_decisions
from orchestration.demo.offering import MonthOfOffers
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.people import Addresses
from orchestration.demo.returning import (
    CODES,
    RESOLUTIONS,
    SHOPIFY_CODES,
    MonthOfReturns,
)
from orchestration.demo.selling_files import TAX_RATE, Span, name_lines, name_orders
from orchestration.demo.settling import METHODS, MonthOfSettlements
from orchestration.demo.texts import NotePool, draw_notes

GRADES: Final = ("A", "B", "C", "X")
DISPOSITIONS: Final = ("restock", "outlet", "disposal", "quarantine")
GRADERS: Final = ("G1", "G2", "G3", "G4")
REQUEST_CHANNELS: Final = ("web", "phone", "mail")
WEB: Final = 0
REQUEST_CHANNEL_SHARES: Final = (0.9, 0.06, 0.04)
SHOPIFY_SHARE: Final = 0.1
UNKNOWN_SHARE: Final = 0.07  # requests that carry no code at all


@dataclass(frozen=True)
class Events:
    """Rows of one entity and the moment at which each becomes known.

    Attributes
    ----------
    entity : str
    table : pyarrow.Table of shape (n, columns)
    moments : Ints of shape (n,)
        Seconds.
    """

    entity: str
    table: pa.Table
    moments: Ints


def _name(prefix: str, lines: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(prefix, lines, "")


def build_return_events(
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    offers: MonthOfOffers,
    *,
    pools: dict[tuple[str, str], NotePool],
    span: Span,
    rng: np.random.Generator,
    apart: np.random.Generator,
) -> list[Events]:
    """Build the rows of ``return_requests`` and ``return_receipts``."""
    ordered = orders.ordered_at[orders.order_of_line[returns.line]]
    decisions = draw_decisions(
        returns.is_denied, is_changed=ordered >= span.policy_changed_at, rng=apart
    )
    return [
        _build_requests(orders, returns, offers, pools, span=span, rng=rng, decisions=decisions),
        _build_receipts(orders, returns, span=span, rng=rng),
    ]


def _build_requests(
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    offers: MonthOfOffers,
    pools: dict[tuple[str, str], NotePool],
    *,
    span: Span,
    rng: np.random.Generator,
    decisions: dict[str, pa.Array],
) -> Events:
    count = len(returns.line)
    lines = name_lines(orders).take(pa.array(returns.line))
    keys = [(CODES[r], zone) for r, zone in zip(returns.reason, returns.zone, strict=True)]
    is_shopify = rng.random(count) < SHOPIFY_SHARE
    is_blank = rng.random(count) < UNKNOWN_SHARE
    channel = rng.choice(len(REQUEST_CHANNELS), count, p=REQUEST_CHANNEL_SHARES)
    table = pa.table(
        {
            "return_line_id": _name("R", lines),
            "return_id": _name(
                "T", name_orders(orders).take(pa.array(orders.order_of_line[returns.line]))
            ),
            "order_line_id": lines,
            "requested_at": span.write(returns.requested_at),
            "request_channel": pick_words(REQUEST_CHANNELS, channel),
            "return_type": pa.array(["customer_return"] * count, pa.string()),
            **_name_reasons(returns.reason, is_shopify=is_shopify, is_blank=is_blank),
            "reason_text": pa.array(draw_notes(keys, pools=pools, rng=rng), pa.string()),
            "quantity": returns.quantity,
            "requested_resolution": pick_words(RESOLUTIONS, returns.resolution),
            "decision": pc.if_else(pa.array(returns.is_denied), "denied", "approved"),
            "decided_at": span.write(returns.requested_at + rng.integers(60, DAY, count)),
            **decisions,
            **offers.write(is_web=channel == WEB, span=span),
        }
    )
    return Events("return_requests", table, returns.requested_at)


def _name_reasons(reason: Ints, *, is_shopify: Bools, is_blank: Bools) -> dict[str, pa.Array]:
    ours = pick_words(CODES, reason)
    theirs = pick_words([SHOPIFY_CODES.get(code, "OTHER") for code in CODES], reason)
    code = pc.if_else(pa.array(is_shopify), theirs, ours)
    system = pc.if_else(pa.array(is_shopify), "shopify", "kaeru")
    return {
        "reason_code": blank_where(is_blank, code),
        "reason_system": blank_where(is_blank, system),
    }


def _build_receipts(
    orders: MonthOfOrders, returns: MonthOfReturns, *, span: Span, rng: np.random.Generator
) -> Events:
    there = np.flatnonzero(returns.received_at < NEVER)
    lines = name_lines(orders).take(pa.array(returns.line[there]))
    grade = returns.grade[there]
    is_graded = returns.graded_at[there] < span.horizon
    hidden = ~is_graded
    table = pa.table(
        {
            "return_line_id": _name("R", lines),
            "received_at": span.write(returns.received_at[there]),
            "quantity": returns.quantity[there],
            "graded_at": span.write(returns.graded_at[there]),
            "grade": blank_where(hidden, pick_words(GRADES, grade)),
            "grader_id": blank_where(
                hidden, pick_words(GRADERS, rng.integers(0, len(GRADERS), len(there)))
            ),
            "disposition": blank_where(hidden, pick_words(DISPOSITIONS, grade)),
            "restocked_at": blank_where(grade != 0, span.write(returns.restocked_at[there])),
        }
    )
    return Events("return_receipts", table, returns.received_at[there])


def build_refund_events(
    orders: MonthOfOrders, returns: MonthOfReturns, settled: MonthOfSettlements, *, span: Span
) -> list[Events]:
    """Build the rows of ``refunds`` and, for what a bank paid, of ``bank_payouts``."""
    line = returns.line[settled.refunded]
    lines = name_lines(orders).take(pa.array(line))
    refunds = pa.table(
        {
            "refund_id": _name("F", lines),
            "return_line_id": _name("R", lines),
            "order_id": name_orders(orders).take(pa.array(orders.order_of_line[line])),
            "method": pick_words(METHODS, settled.method),
            "amount": settled.amount,
            "fee": settled.fee,
            "initiated_at": span.write(settled.initiated_at),
            "paid_at": span.write(settled.paid_at),
            "failed_at": span.write(settled.failed_at),
        }
    )
    at_bank = np.flatnonzero(
        (settled.method == METHODS.index("bank_transfer")) & (settled.paid_at < span.horizon)
    )
    paid_on = pc.utf8_slice_codeunits(span.write(settled.paid_at[at_bank]), 0, 10)
    payouts = pa.table(
        {
            "payout_id": _name("P", lines.take(pa.array(at_bank))),
            "paid_on": paid_on,
            "amount": settled.amount[at_bank],
            "reference": _name("F", lines.take(pa.array(at_bank))),
        }
    )
    return [
        Events("refunds", refunds, settled.initiated_at),
        Events("bank_payouts", payouts, settled.paid_at[at_bank]),
    ]


def build_exchange_events(
    catalogue: Catalogue,
    sales: tuple[MonthOfOrders, MonthOfReturns, MonthOfSettlements],
    offers: MonthOfOffers,
    *,
    addresses: Addresses,
    span: Span,
) -> list[Events]:
    """Build the rows of ``exchanges``, their replacement orders and parcels, and what comes back.

    Replacement lines are not counted in the lines that were asked for.
    """
    orders, returns, settled = sales
    line = returns.line[settled.exchanged]
    customer = orders.customer[orders.order_of_line[line]]
    lines = name_lines(orders).take(pa.array(line))
    ids = {"order_line_id": _name("X", lines), "order_id": _name("XO", lines)}
    sku = pick_words(catalogue.skus, settled.replacement_sku)
    graded = returns.graded_at[settled.exchanged]
    count = len(line)
    exchanges = {
        "exchange_id": _name("E", lines),
        "return_line_id": _name("R", lines),
        "replacement_sku": sku,
        "replacement_order_line_id": ids["order_line_id"],
        "shipped_at": span.write(settled.shipped_at),
        "is_shipping_free": pa.array(["true"] * count, pa.string()),
        "price_difference": np.zeros(count, np.int64),
    }
    replaced_orders = {
        "order_id": ids["order_id"],
        "customer_id": number_ids("C", customer, width=7),
        "ordered_at": span.write(graded),
    }
    replaced_lines = {
        **ids,
        "sku": sku,
        "quantity": returns.quantity[settled.exchanged],
        "unit_price": orders.unit_price[line],
        "tax_rate": pa.array([TAX_RATE] * count, pa.string()),
    }
    return [
        Events("exchanges", pa.table(exchanges), graded),
        Events("orders", pa.table(replaced_orders), graded),
        Events("order_lines", pa.table(replaced_lines), graded),
        _build_replacement_parcels(
            lines, settled, to={"order_id": ids["order_id"], **addresses.write(customer)}, span=span
        ),
        _build_second_returns(
            lines, settled, is_holdout=offers.is_second_holdout[settled.exchanged], span=span
        ),
    ]


def _build_replacement_parcels(
    lines: pa.Array, settled: MonthOfSettlements, *, to: dict[str, pa.Array], span: Span
) -> Events:
    table = pa.table(
        {
            "shipment_id": _name("SX", lines),
            "kind": pa.array(["exchange"] * len(lines), pa.string()),
            "shipped_at": span.write(settled.shipped_at),
            "delivered_at": span.write(settled.delivered_at),
            "freight_cost": np.full(len(lines), 520),
            **to,
        }
    )
    return Events("shipments", table, settled.shipped_at)


def _build_second_returns(
    lines: pa.Array, settled: MonthOfSettlements, *, is_holdout: Bools, span: Span
) -> Events:
    again = np.flatnonzero(settled.is_returned_again)
    requested = settled.delivered_at[again] + 6 * DAY
    names = lines.take(pa.array(again))
    table = pa.table(
        {
            "return_line_id": _name("RX", names),
            "order_line_id": _name("X", names),
            "requested_at": span.write(requested),
            "request_channel": pa.array(["web"] * len(again), pa.string()),
            "return_type": pa.array(["exchange_leg"] * len(again), pa.string()),
            "quantity": np.ones(len(again), np.int64),
            "is_holdout": write_flags(is_holdout[again]),
        }
    )
    return Events("return_requests", table, requested)
