"""A tiny published version, as dbt would have built it: marts with comments."""

from __future__ import annotations

import contextlib
from pathlib import Path

import duckdb

from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts
from orchestration.publishing import publish

MARTS = """
create schema marts;
create table marts.rpt_sku_returns (
    sku varchar, style_name varchar, channel_name varchar, delivered_count bigint,
    returned_count bigint, returned_net_amount bigint, is_over_returned boolean,
    last_delivered_date date, changed_at timestamp
);
comment on table marts.rpt_sku_returns is
    'What comes back, per SKU. One row per SKU and channel. Cohort basis.';
comment on column marts.rpt_sku_returns.sku is 'Stock keeping unit.';
insert into marts.rpt_sku_returns values
    ('007', '白シャツ', 'web', 10, 2, 3900, false, '2026-10-01', '2026-10-02 03:04:05'),
    ('007', '白シャツ', 'store', 5, 1, 1950, false, '2026-10-03', null),
    ('008', '=1+1', null, 1, 3, 12000, true, null, null);
create table marts.dim_dates (calendar_date date);
comment on table marts.dim_dates is 'One row per day.';
"""


def publish_marts(shop: Path, *, version: str = "v1") -> None:
    """Publish the tiny marts as a version."""
    folder = ShopFolder(shop)
    folder.make_folders()
    with contextlib.suppress(FileNotFoundError):
        folder.serving_database.unlink()
    with duckdb.connect(str(folder.serving_database)) as connection:
        connection.execute(MARTS)
    publish(shop, run_id=version, as_of="2026-10-31", tests=CheckCounts(passed=3), models=2)
