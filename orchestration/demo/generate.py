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
    Scenario,
    build_calendar,
    split_lines,
)
from orchestration.demo.catalogue import Ints, build_products
from orchestration.demo.charts import build_size_charts
from orchestration.demo.fixing import build_actions
from orchestration.demo.flaws import add_flaws, list_flaws
from orchestration.demo.months import MONTH, DemoShop, build_month, draw_shop
from orchestration.demo.ordering import DAY, draw_month
from orchestration.demo.people import build_customers
from orchestration.demo.ruling import write_rules
from orchestration.demo.side_files import (
    build_ad_costs,
    build_inventory,
    build_purchase_plan,
    build_targets,
)
from orchestration.demo.truth import write_catalogue_truth, write_shop_truth
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
    shop = draw_shop(lines, seed=seed, calendar=build_calendar(until, scenario=scenario))
    sold = _write_months(shop, target, lines=lines, progress=progress)
    _write_single_files(shop, target, lines=lines, sold=sold[0])
    write_rules(shop.calendar, folder=folder / "policies")
    write_catalogue_truth(
        shop.calendar, shop.catalogue, shop.faults, sold=sold, folder=target.truth
    )
    write_shop_truth(
        shop.calendar,
        shop.addresses,
        drawn_from=(seed, lines),
        flaws=list_flaws() if target.has_flaws else [],
        offered=shop.offered,
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


def _write_months(
    shop: DemoShop,
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
        rng = np.random.default_rng([shop.seed, MONTH, number])
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
            files = build_month(
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


def _write_single_files(shop: DemoShop, target: _Target, *, lines: int, sold: Ints) -> None:
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
