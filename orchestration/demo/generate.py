"""Write a synthetic Japanese apparel and shoe shop, with its truth beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import (
    DEFAULT_UNTIL,
    SCENARIOS,
    SalesCalendar,
    Scenario,
    build_calendar,
    split_lines,
)
from orchestration.demo.catalogue import Catalogue, Ints, build_catalogue, build_products
from orchestration.demo.charts import build_size_charts
from orchestration.demo.checking import build_check_events
from orchestration.demo.delivering import draw_parcels
from orchestration.demo.faults import Faults, draw_faults
from orchestration.demo.fixing import build_actions
from orchestration.demo.flaws import add_flaws, list_flaws
from orchestration.demo.ordering import DAY, MonthOfOrders, draw_month
from orchestration.demo.people import Addresses, build_customers, count_customers, draw_addresses
from orchestration.demo.returning import draw_returns
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
    build_ad_costs,
    build_contact_events,
    build_feedback_events,
    build_inventory,
    build_purchase_plan,
    build_targets,
)
from orchestration.demo.texts import NotePool, build_pools
from orchestration.demo.truth import write_catalogue_truth, write_return_truth, write_shop_truth
from orchestration.demo.writing import EventShelf, FileFormat, write_table


@dataclass(frozen=True)
class DemoSummary:
    """What was written.

    Attributes
    ----------
    files : int
    order_lines : int
        As asked for; the replacement lines of exchanges come on top.
    styles, skus, customers : int
    first_day, until : date
    """

    files: int
    order_lines: int
    styles: int
    skus: int
    customers: int
    first_day: date
    until: date


@dataclass(frozen=True)
class _Target:
    """Where and how the files are written."""

    inbox: Path
    truth: Path
    file_format: FileFormat
    has_flaws: bool


@dataclass(frozen=True)
class _Shop:
    calendar: SalesCalendar
    catalogue: Catalogue
    addresses: Addresses
    faults: Faults
    pools: dict[tuple[str, str], NotePool]
    span: Span
    seed: int


def generate_demo_shop(
    folder: Path,
    *,
    lines: int,
    seed: int,
    scenario: Scenario,
    until: date = DEFAULT_UNTIL,
    file_format: FileFormat = "csv",
    has_flaws: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> DemoSummary:
    """Write the files of a synthetic shop into ``folder/inbox``, its truth into ``folder/truth``.

    Same arguments, same bytes; one month at a time in memory.

    Parameters
    ----------
    folder : Path
    lines : int
        Order lines, at least 1; replacement lines of exchanges come on top.
    seed : int
        Not negative.
    scenario : {"flat", "growth", "promotion", "policy_change"}
    until : date
        Last day of the data; what happens later stands in the truth only.
    file_format : {"csv", "parquet"}
    has_flaws : bool
        Whether five bad rows are planted.
    progress : callable, optional
        Called with (months done, months).

    Returns
    -------
    DemoSummary

    Raises
    ------
    ValueError
        If lines, seed or scenario are out of range.
    """
    if lines < 1 or seed < 0 or scenario not in SCENARIOS:
        message = f"lines={lines} must be ≥ 1, seed={seed} ≥ 0, scenario={scenario} in {SCENARIOS}"
        raise ValueError(message)
    target = _Target(
        folder / "inbox", folder / "truth", file_format, has_flaws and file_format == "csv"
    )
    for path in (target.inbox, target.truth):
        path.mkdir(parents=True, exist_ok=True)
    shop = _draw_shop(lines, seed=seed, calendar=build_calendar(until, scenario=scenario))
    sold = _write_months(shop, target, lines=lines, progress=progress)
    _write_single_files(shop, target, lines=lines, sold=sold[0])
    write_catalogue_truth(
        shop.calendar, shop.catalogue, shop.faults, sold=sold, folder=target.truth
    )
    write_shop_truth(
        shop.calendar,
        shop.addresses,
        drawn_from=(seed, lines),
        flaws=list_flaws() if target.has_flaws else [],
        folder=target.truth,
    )
    return DemoSummary(
        files=len(list(target.inbox.iterdir())),
        order_lines=lines,
        styles=len(shop.catalogue.style_ids),
        skus=len(shop.catalogue.skus),
        customers=len(shop.addresses.place),
        first_day=shop.calendar.first_day,
        until=until,
    )


def _draw_shop(lines: int, *, seed: int, calendar: SalesCalendar) -> _Shop:
    catalogue, customers = build_catalogue(lines, seed=seed), count_customers(lines)
    return _Shop(
        calendar=calendar,
        catalogue=catalogue,
        addresses=draw_addresses(customers, seed=seed),
        faults=draw_faults(catalogue, customers=customers, days=len(calendar.weights), seed=seed),
        pools=build_pools(),
        span=build_span(calendar),
        seed=seed,
    )


def _write_months(
    shop: _Shop,
    target: _Target,
    *,
    lines: int,
    progress: Callable[[int, int], None] | None,
) -> Ints:
    """Write every month and return what was sold by SKU, as ``Faults.count`` counts it."""
    months = shop.calendar.list_months()
    weights = np.array([shop.calendar.weights[days].sum() for _, days in months])
    parts = split_lines(lines, weights=weights)
    shelf = EventShelf([int(days[-1] + 1) * DAY for _, days in months])
    sold = np.zeros((3, len(shop.catalogue.skus)), np.int64)
    first = (0, 0)
    for number, (month, days) in enumerate(months):
        rng = np.random.default_rng([shop.seed, 10, number])
        files: dict[str, list[pa.Table]] = {}
        if parts[number]:
            orders = draw_month(
                shop.calendar,
                shop.catalogue,
                days=days,
                lines=int(parts[number]),
                month=number,
                customers=len(shop.addresses.place),
                first=first,
                rng=rng,
            )
            first = (first[0] + len(orders.ordered_at), first[1] + len(orders.sku))
            sold += shop.faults.count(shop.catalogue, orders)
            files = _build_month(
                shop, orders, month=f"{month:%Y-%m}", truth=target.truth, shelf=shelf, rng=rng
            )
        for entity, table in shelf.take(number).items():
            files.setdefault(entity, []).append(table)
        month_end = shop.calendar.first_day + timedelta(days=int(days[-1]))
        files["inventory_snapshots"] = [
            build_inventory(shop.catalogue, month_end=month_end, rng=rng)
        ]
        _write_files(files, target, part=f"{month:%Y-%m}", is_last=number == len(months) - 1)
        if progress is not None:
            progress(number + 1, len(months))
    return sold


def _write_files(
    files: dict[str, list[pa.Table]], target: _Target, *, part: str, is_last: bool
) -> None:
    for entity, tables in files.items():
        table = pa.concat_tables(tables, promote_options="default")
        if is_last and target.has_flaws:
            table = add_flaws(table, entity=entity)
        if table.num_rows == 0:  # in small shops some months have nothing to say
            continue
        write_table(table, inbox=target.inbox, entity=entity, part=part, to=target.file_format)


def _build_month(
    shop: _Shop,
    orders: MonthOfOrders,
    *,
    month: str,
    truth: Path,
    shelf: EventShelf,
    rng: np.random.Generator,
) -> dict[str, list[pa.Table]]:
    """Draw what becomes of a month's orders; return its sales, shelve its events."""
    span = shop.span
    faulty = shop.addresses.is_faulty[orders.customer]
    parcels = draw_parcels(orders, has_address_fault=faulty, rng=rng)
    # Drawn apart: what stood before actions stopped returns, and these columns, stays as it was.
    apart, fixing = (np.random.default_rng([shop.seed, n, orders.first_order]) for n in (11, 12))
    returns = draw_returns(
        shop.calendar, shop.catalogue, orders, parcels, faults=shop.faults, rng=rng, fixing=fixing
    )
    settled = draw_settlements(shop.catalogue, orders, returns, rng=rng)
    table, moments = build_delivery_events(orders, parcels, span=span)
    for events in (
        Events("delivery_events", table, moments),
        *build_return_events(orders, returns, pools=shop.pools, span=span, rng=rng, apart=apart),
        build_check_events(orders, parcels, addresses=shop.addresses, span=span, rng=apart),
        *build_refund_events(orders, returns, settled, span=span),
        *build_exchange_events(
            shop.catalogue, (orders, returns, settled), addresses=shop.addresses, span=span
        ),
        build_contact_events(orders, span=span, rng=rng),
        build_feedback_events(shop.catalogue, orders, parcels, span=span, rng=rng),
    ):
        shelf.put(events)
    write_return_truth(returns, name_lines(orders), month=month, folder=truth)
    return {
        "orders": [build_orders(orders, span=span)],
        "order_lines": [build_order_lines(orders, shop.catalogue, lots=shop.faults.lots)],
        "shipments": [build_shipments(orders, parcels, addresses=shop.addresses, span=span)],
        "shipment_lines": [build_shipment_lines(orders, parcels, span=span)],
    }


def _write_single_files(shop: _Shop, target: _Target, *, lines: int, sold: Ints) -> None:
    calendar = shop.calendar
    tables = {
        "products": build_products(shop.catalogue),
        "customers": build_customers(len(shop.addresses.place), seed=shop.seed),
        "ad_costs": build_ad_costs(calendar, lines=lines, seed=shop.seed),
        "targets": build_targets(calendar),
        "product_actions": build_actions(calendar, shop.catalogue),
        "purchase_plan": build_purchase_plan(calendar, shop.catalogue, sold_by_sku=sold),
        "size_charts": build_size_charts(shop.catalogue, seed=shop.seed),
    }
    for entity, table in tables.items():
        write_table(table, inbox=target.inbox, entity=entity, part="all", to=target.file_format)
