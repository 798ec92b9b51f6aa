"""The notes of customers are still of the kind that their reading was made for."""

import dagster as dg

from orchestration.assets.ingestion import LANDING
from orchestration.resources import ShopRun, Warehouse


@dg.asset_check(
    asset=dg.AssetKey([LANDING, "return_requests"]),
    description="The newest week of notes has the reasons and the letters of those before it.",
)
def notes_have_not_drifted(
    warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]
) -> dg.AssetCheckResult:
    """Compare the newest whole week of notes with the twelve before it."""
    # Not above: what learns and reads takes seconds to load, and every start of Dagster would.
    from orchestration.reason_drift import check_drift

    with shop_run.remember_refusal(), warehouse.connect() as connection:
        found = check_drift(warehouse.folder.root, connection)
    return dg.AssetCheckResult(
        passed=found is None or not found["is_drifted"],
        severity=dg.AssetCheckSeverity.WARN,
        metadata=found or {},
    )
