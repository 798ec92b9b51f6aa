"""What one record most likely means: scores that dbt reads like any other source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import dagster as dg

from orchestration.action_scores import ACTION_VERDICTS, ACTION_WEEKS
from orchestration.address_checking import check_new_addresses
from orchestration.assets.ingestion import LANDING
from orchestration.assets.ownership import ORCHESTRATION, OWNERS
from orchestration.fit_scores import (
    FIT_LABELS,
    FIT_LOTS,
    FIT_SEGMENTS,
    FIT_SIZES,
    FIT_VERDICTS,
    FIT_ZONES,
    SIZE_LABELS,
)
from orchestration.kept_checks import CHECKS
from orchestration.kept_readings import CODES, CORRECTIONS, READERS, READINGS
from orchestration.manifest import MART_SCHEMA
from orchestration.outcome_scoring import FIT_OUTCOMES
from orchestration.reason_reading import read_new_texts
from orchestration.resources import ShopRun, Warehouse
from orchestration.scoring import (
    RATE_CHANGES,
    RATE_ESTIMATES,
    REASON_SHARES,
    SCORES,
    write_scores,
)
from orchestration.settings import load_settings

EVIDENCE: Final = (
    dg.AssetKey([MART_SCHEMA, "rpt_rate_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_style_development_weeks"]),
    dg.AssetKey([MART_SCHEMA, "rpt_sku_reasons"]),
    dg.AssetKey([MART_SCHEMA, "rpt_reason_corrections"]),
    dg.AssetKey([MART_SCHEMA, "rpt_fit_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_fit_segment_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_fit_lot_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_product_action_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_fit_zones"]),
    dg.AssetKey([MART_SCHEMA, "fct_fit_outcomes"]),
    dg.AssetKey([MART_SCHEMA, "rpt_size_charts"]),
    dg.AssetKey([MART_SCHEMA, "dim_products"]),
    dg.AssetKey([MART_SCHEMA, "dim_customers"]),
)
READ: Final = {
    READERS: "One row per model that reads the texts of returns now: there is one.",
    READINGS: "One row per distinct free text of returns and model version: what was read.",
    CODES: "One row per distinct text, model version and reason code that was read in it.",
    CORRECTIONS: "One row per reason with labels: how far people's labels move its share.",
    CHECKS: "One row per parcel with an address: its lane and what is wrong, never the address.",
}
DESCRIPTIONS: Final = {
    RATE_ESTIMATES: "One row per level and group: what the statistics say of its return rate.",
    RATE_CHANGES: "One row per style: since which week it comes back more often, if it does.",
    REASON_SHARES: "One row per group and reason: its share among the returns that were read.",
    FIT_LABELS: "One row per style and size label that nothing is known of.",
    SIZE_LABELS: "One row per size label of products and size charts: which size it means.",
    FIT_SIZES: "One row per style and size: how often it comes back for size, which way it runs.",
    FIT_OUTCOMES: "One row per style and size: how probably it is small, right or large.",
    FIT_VERDICTS: "One row per style: whether it fits as it should, and how sure that is.",
    FIT_LOTS: "One row per style and production lot: whether it alone runs small or large.",
    FIT_ZONES: "One row per style and part: how often it is too small and too large there.",
    FIT_SEGMENTS: "One row per style and value of customers: whether it fails these alone.",
    ACTION_VERDICTS: "One row per action on a product: whether it worked, and how sure that is.",
    ACTION_WEEKS: "One row per action and week: rates of the style and of its controls.",
}


@dg.multi_asset(
    name="readings",
    specs=[
        dg.AssetSpec(
            key=[LANDING, table],
            deps=[
                dg.AssetKey([LANDING, entity])
                for entity in ("return_requests", "shipments", "settings")
            ],
            description=description,
            owners=OWNERS,
            group_name=ORCHESTRATION,
            kinds={"python", "duckdb"},
        )
        for table, description in READ.items()
    ],
)
def readings(
    warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]
) -> Iterator[dg.MaterializeResult[None]]:
    """Read the free texts of returns, and check the addresses, that are new."""
    shop = warehouse.folder.root
    with shop_run.remember_refusal():
        counted = read_new_texts(shop, progress=shop_run.progress)
        counted[CHECKS] = check_new_addresses(shop, progress=shop_run.progress)
    for table, rows in counted.items():
        yield dg.MaterializeResult(asset_key=[LANDING, table], metadata={"dagster/row_count": rows})


@dg.multi_asset(
    name=SCORES,
    specs=[
        dg.AssetSpec(
            key=[SCORES, table],
            deps=EVIDENCE,
            description=description,
            owners=OWNERS,
            group_name=ORCHESTRATION,
            kinds={"python", "duckdb"},
        )
        for table, description in DESCRIPTIONS.items()
    ],
)
def scores(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Estimate rates, alarms, changes, shares of reasons, fit and actions from what is built."""
    shop = warehouse.folder.root
    counted = write_scores(shop, alarms=load_settings(shop).alarms)
    for table, rows in counted.items():
        yield dg.MaterializeResult(asset_key=[SCORES, table], metadata={"dagster/row_count": rows})
