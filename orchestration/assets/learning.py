"""The model that reads a shop's reasons: learned from people's labels, when somebody asks."""

from __future__ import annotations

from typing import Final

import dagster as dg

from orchestration.assets.ingestion import LANDING
from orchestration.assets.ownership import ORCHESTRATION, OWNERS
from orchestration.resources import ShopRun, Warehouse

MODEL_KEY: Final = dg.AssetKey(["models", "reasons"])
RETRAIN_JOB: Final = "retrain_reasons"


@dg.asset(
    key=MODEL_KEY,
    deps=[dg.AssetKey([LANDING, "return_requests"])],
    description="One row per model that reads reasons: the champion is named by champion.json.",
    owners=OWNERS,
    group_name=ORCHESTRATION,
    kinds={"python", "scikitlearn"},
)
def reason_model(
    warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]
) -> dg.MaterializeResult[None]:
    """Learn from the shop's labels and let the gate decide who reads."""
    # Not above: scikit-learn takes seconds to load, and every start of Dagster would load it.
    from orchestration.reason_retraining import retrain

    with shop_run.remember_refusal():
        done = retrain(warehouse.folder.root)
    return dg.MaterializeResult(metadata={"gate": dg.MetadataValue.json(done.to_document())})
