"""The one door of Dagster: what there is."""

from __future__ import annotations

import dagster as dg

from orchestration.assets.ingestion import landing
from orchestration.assets.learning import MODEL_KEY, RETRAIN_JOB, reason_model
from orchestration.assets.reading import readings, scores
from orchestration.assets.serving import current
from orchestration.assets.transformation import transformation
from orchestration.checks.drifted import notes_have_not_drifted
from orchestration.checks.landed import rows_balance
from orchestration.checks.published import published_equals_built
from orchestration.resources import REFRESH_JOB, RESOURCES
from orchestration.schedules import daily_refresh
from orchestration.sensors import failure_alert, inbox

defs = dg.Definitions(
    assets=[landing, readings, transformation, scores, current, reason_model],
    asset_checks=[rows_balance, published_equals_built, notes_have_not_drifted],
    jobs=[
        dg.define_asset_job(
            REFRESH_JOB,
            selection=dg.AssetSelection.all() - dg.AssetSelection.assets(MODEL_KEY),
            description="Land what is new, build and test every model, publish what passed.",
        ),
        dg.define_asset_job(
            RETRAIN_JOB,
            selection=dg.AssetSelection.assets(MODEL_KEY),
            description="Learn from the labels of people; the gate decides who reads reasons.",
        ),
    ],
    schedules=[daily_refresh],
    sensors=[inbox, failure_alert],
    resources=RESOURCES,
    # DuckDB lets one process write: two assets in two processes would meet at its lock.
    executor=dg.in_process_executor,
)
