"""What one record most likely means: scores that dbt reads like any other source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import dagster as dg

from orchestration.assets.ownership import ORCHESTRATION, OWNERS
from orchestration.manifest import MART_SCHEMA
from orchestration.resources import Warehouse
from orchestration.scoring import RATE_CHANGES, RATE_ESTIMATES, SCORES, write_scores
from orchestration.settings import load_settings

EVIDENCE: Final = (
    dg.AssetKey([MART_SCHEMA, "rpt_rate_evidence"]),
    dg.AssetKey([MART_SCHEMA, "rpt_style_development_weeks"]),
)
DESCRIPTIONS: Final = {
    RATE_ESTIMATES: "One row per level and group: what the statistics say of its return rate.",
    RATE_CHANGES: "One row per style: since which week it comes back more often, if it does.",
}


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
    """Estimate return rates, alarms and changes from the marts that are built by now."""
    shop = warehouse.folder.root
    counted = write_scores(shop, alarms=load_settings(shop).alarms)
    for table, rows in counted.items():
        yield dg.MaterializeResult(asset_key=[SCORES, table], metadata={"dagster/row_count": rows})
