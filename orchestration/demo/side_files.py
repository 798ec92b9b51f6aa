"""The smaller files of the synthetic shop: stock, contacts, advertising, targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.columns import pick_words
from orchestration.demo.delivering import MonthOfParcels
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders
from orchestration.demo.returning_files import Events
from orchestration.demo.selling_files import Span, name_lines, name_orders
from orchestration.demo.words import CAMPAIGNS

CONTACT_SHARE: Final = 0.03
CONTACT_CHANNELS: Final = ("mail", "phone", "chat")
TOPICS: Final = ("delivery", "size", "return", "refund", "address")
FEEDBACK_SHARE: Final = 0.05
FITS: Final = ("small", "fit", "large")


@dataclass(frozen=True)
class MonthOfContacts:
    """Questions about a month's orders (index q).

    Attributes
    ----------
    order : Ints of shape (n_contacts,)
        Index of the order within the month.
    contacted_at, channel, topic, minutes : Ints of shape (n_contacts,)
    """

    order: Ints
    contacted_at: Ints
    channel: Ints
    topic: Ints
    minutes: Ints

    def find_asked(self, orders: MonthOfOrders, *, topic: str) -> Bools:
        """Say about which orders somebody asked this."""
        is_asked = np.zeros(len(orders.ordered_at), dtype=bool)
        is_asked[self.order[self.topic == TOPICS.index(topic)]] = True
        return is_asked


def draw_contacts(orders: MonthOfOrders, *, rng: np.random.Generator) -> MonthOfContacts:
    """Draw who asks about an order, when and what about."""
    asked = np.flatnonzero(rng.random(len(orders.ordered_at)) < CONTACT_SHARE)
    count = len(asked)
    return MonthOfContacts(
        order=asked,
        contacted_at=orders.ordered_at[asked] + rng.integers(3600, 12 * DAY, count),
        channel=rng.integers(0, len(CONTACT_CHANNELS), count),
        topic=rng.integers(0, len(TOPICS), count),
        minutes=rng.integers(2, 20, count),
    )


def build_contact_events(orders: MonthOfOrders, contacts: MonthOfContacts, *, span: Span) -> Events:
    """Build the rows of ``contacts``: questions of customers about their orders."""
    names = name_orders(orders).take(pa.array(contacts.order))
    table = pa.table(
        {
            "contact_id": pc.binary_join_element_wise("K", names, ""),
            "order_id": names,
            "contacted_at": span.write(contacts.contacted_at),
            "channel": pick_words(CONTACT_CHANNELS, contacts.channel),
            "topic": pick_words(TOPICS, contacts.topic),
            "minutes_spent": contacts.minutes,
        }
    )
    return Events("contacts", table, contacts.contacted_at)


def build_feedback_events(
    catalogue: Catalogue,
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    *,
    span: Span,
    rng: np.random.Generator,
) -> Events:
    """Build the rows of ``fit_feedback``: what some customers say of the fit after delivery."""
    asked = (rng.random(len(orders.sku)) < FEEDBACK_SHARE) & (
        parcels.line_delivered_at < span.horizon
    )
    style = catalogue.sku_style[orders.sku]
    line = np.flatnonzero(asked & (catalogue.size_count[style] > 1))
    moments = parcels.line_delivered_at[line] + rng.integers(DAY, 10 * DAY, len(line))
    misfit = catalogue.misfit[style[line]]
    fit = np.where(
        rng.random(len(line)) < 0.5,  # noqa: PLR2004
        misfit + 1,
        rng.choice(3, len(line), p=[0.12, 0.78, 0.10]),
    )
    table = pa.table(
        {
            "order_line_id": name_lines(orders).take(pa.array(line)),
            "given_at": span.write(moments),
            "fit": pick_words(FITS, fit),
        }
    )
    return Events("fit_feedback", table, moments)


def build_inventory(catalogue: Catalogue, *, month_end: date, rng: np.random.Generator) -> pa.Table:
    """Build the rows of ``inventory_snapshots`` of one day."""
    count = len(catalogue.skus)
    on_hand = rng.poisson(18, count) * (rng.random(count) > 0.08)  # noqa: PLR2004
    return pa.table(
        {
            "snapshot_date": pa.array([month_end.isoformat()] * count),
            "location_id": pa.array(["W1"] * count),
            "sku": pa.array(catalogue.skus),
            "on_hand": on_hand.astype(np.int64),
            "reserved": np.minimum(on_hand, rng.poisson(1, count)).astype(np.int64),
            "condition": pa.array(["sellable"] * count),
        }
    )


def build_ad_costs(calendar: SalesCalendar, *, lines: int, seed: int) -> pa.Table:
    """Build the rows of ``ad_costs``: one per day and campaign, 120 yen a line on average."""
    rng = np.random.default_rng([seed, 4])
    campaigns = [code for code in CAMPAIGNS if code]
    days = range(len(calendar.weights))
    rows = [
        (
            (calendar.first_day + timedelta(days=day)).isoformat(),
            campaign,
            int(calendar.weights[day] * lines * 120 / len(campaigns) * rng.uniform(0.7, 1.3)),
        )
        for day in days
        for campaign in campaigns
    ]
    names = ("date", "campaign_code", "amount")
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def build_targets(calendar: SalesCalendar) -> pa.Table:
    """Build the rows of ``targets``: a return rate and a resolved share per month."""
    months = [month.strftime("%Y-%m") for month, _ in calendar.list_months()]
    return pa.table(
        {
            "metric": ["return_rate_units"] * len(months) + ["resolved_within_24h"] * len(months),
            "period": months * 2,
            "value": ["0.12"] * len(months) + ["0.9"] * len(months),
            "owner": ["merch"] * len(months) + ["warehouse"] * len(months),
        }
    )


def build_purchase_plan(
    calendar: SalesCalendar, catalogue: Catalogue, *, sold_by_sku: Ints
) -> pa.Table:
    """Build the rows of ``purchase_plan``: what was bought of each SKU, a third more than sold."""
    return pa.table(
        {
            "style_id": pa.array([catalogue.style_ids[s] for s in catalogue.sku_style]),
            "sku": pa.array(catalogue.skus),
            "units_received": sold_by_sku * 4 // 3 + 5,
            "received_on": pa.array([calendar.first_day.isoformat()] * len(catalogue.skus)),
        }
    )
