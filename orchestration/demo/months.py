"""What the synthetic shop is drawn from, and what becomes of the orders of one month."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from orchestration.demo.advising import draw_advice
from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import Catalogue, build_catalogue
from orchestration.demo.checking import build_check_events
from orchestration.demo.delivering import MonthOfParcels, draw_parcels
from orchestration.demo.faults import Faults, draw_faults
from orchestration.demo.noticing import draw_notices
from orchestration.demo.offering import OfferTruth, draw_offers, withhold_offers
from orchestration.demo.ordering import MonthOfOrders
from orchestration.demo.people import Addresses, count_customers, draw_addresses
from orchestration.demo.returning import MonthOfReturns, draw_returns
from orchestration.demo.returning_files import (
    Events,
    build_exchange_events,
    build_refund_events,
    build_return_events,
)
from orchestration.demo.selling_files import (
    Span,
    build_delivery_events,
    build_order_lines,
    build_orders,
    build_shipment_lines,
    build_shipments,
    build_span,
    name_lines,
)
from orchestration.demo.settling import draw_settlements
from orchestration.demo.side_files import (
    MonthOfContacts,
    build_contact_events,
    build_feedback_events,
    draw_contacts,
)
from orchestration.demo.texts import NotePool, build_pools
from orchestration.demo.truth import write_return_truth
from orchestration.demo.writing import EventShelf

# Streams of random numbers. A new one for what is planted later: then nothing else changes.
MONTH, APART, FIXING, OFFERS, NOTICES, ADVICE = 10, 11, 12, 14, 15, 16


@dataclass(frozen=True)
class DemoShop:
    """What every month is drawn from.

    Attributes
    ----------
    calendar : SalesCalendar
    catalogue : Catalogue
    addresses : Addresses
    faults : Faults
    pools : dict
        Notes by reason and zone.
    span : Span
    seed : int
    offered : OfferTruth
        Grows month by month.
    """

    calendar: SalesCalendar
    catalogue: Catalogue
    addresses: Addresses
    faults: Faults
    pools: dict[tuple[str, str], NotePool]
    span: Span
    seed: int
    offered: OfferTruth = field(default_factory=OfferTruth)

    def draw_apart(self, stream: int, orders: MonthOfOrders) -> np.random.Generator:
        """Make a month's generator of a stream of its own."""
        return np.random.default_rng([self.seed, stream, orders.first_order])


def draw_shop(lines: int, *, seed: int, calendar: SalesCalendar) -> DemoShop:
    """Draw what every month is drawn from."""
    catalogue, customers = build_catalogue(lines, seed=seed), count_customers(lines)
    return DemoShop(
        calendar=calendar,
        catalogue=catalogue,
        addresses=draw_addresses(customers, seed=seed),
        faults=draw_faults(catalogue, customers=customers, days=len(calendar.weights), seed=seed),
        pools=build_pools(),
        span=build_span(calendar),
        seed=seed,
    )


def build_month(
    shop: DemoShop,
    orders: MonthOfOrders,
    *,
    month: str,
    truth: Path,
    shelf: EventShelf,
    rng: np.random.Generator,
) -> dict[str, list[pa.Table]]:
    """Draw what becomes of a month's orders; return its sales, shelve its events."""
    faulty = shop.addresses.is_faulty[orders.customer]
    parcels = draw_parcels(orders, has_address_fault=faulty, rng=rng)
    returns = draw_returns(
        shop.calendar,
        shop.catalogue,
        orders,
        parcels,
        faults=shop.faults,
        rng=rng,
        fixing=shop.draw_apart(FIXING, orders),
    )
    for events in _build_return_events(shop, orders, parcels, returns, rng=rng):
        shelf.put(events)
    contacts = draw_contacts(orders, rng=rng)
    table, moments = build_delivery_events(orders, parcels, span=shop.span)
    shelf.put(Events("delivery_events", table, moments))
    shelf.put(build_contact_events(orders, contacts, span=shop.span))
    shelf.put(build_feedback_events(shop.catalogue, orders, parcels, span=shop.span, rng=rng))
    write_return_truth(returns, name_lines(orders), month=month, folder=truth)
    return _build_sales(shop, orders, parcels, returns, contacts)


def _build_return_events(
    shop: DemoShop,
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    returns: MonthOfReturns,
    *,
    rng: np.random.Generator,
) -> list[Events]:
    apart, offering = (shop.draw_apart(stream, orders) for stream in (APART, OFFERS))
    settled = draw_settlements(shop.catalogue, orders, returns, rng=rng)
    offers = draw_offers(shop.catalogue, orders, returns, rng=offering)
    shop.offered.count(returns, settled, span=shop.span)
    returns, settled = withhold_offers(orders, returns, settled, offers, rng=offering)
    span = shop.span
    return [
        *build_return_events(
            orders, returns, offers, pools=shop.pools, span=span, rng=rng, apart=apart
        ),
        build_check_events(orders, parcels, addresses=shop.addresses, span=span, rng=apart),
        *build_refund_events(orders, returns, settled, span=span),
        *build_exchange_events(
            shop.catalogue, (orders, returns, settled), offers, addresses=shop.addresses, span=span
        ),
    ]


def _build_sales(
    shop: DemoShop,
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    returns: MonthOfReturns,
    contacts: MonthOfContacts,
) -> dict[str, list[pa.Table]]:
    notices = draw_notices(
        parcels,
        is_asked_about=contacts.find_asked(orders, topic="delivery"),
        rng=shop.draw_apart(NOTICES, orders),
    )
    advised = draw_advice(shop.catalogue, orders, returns, rng=shop.draw_apart(ADVICE, orders))
    span, lots = shop.span, shop.faults.lots
    return {
        "orders": [build_orders(orders, span=span)],
        "order_lines": [build_order_lines(orders, shop.catalogue, lots=lots, advised=advised)],
        "shipments": [
            build_shipments(orders, parcels, notices, addresses=shop.addresses, span=span)
        ],
        "shipment_lines": [build_shipment_lines(orders, parcels, span=span)],
    }
