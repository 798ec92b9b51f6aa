"""Finished marts are put before the readers, whole or not at all."""

from pathlib import Path
from typing import Final

import dagster as dg

from orchestration.assets.ownership import ORCHESTRATION, OWNERS
from orchestration.assets.transformation import MANIFEST
from orchestration.dbt_results import read_dbt_results
from orchestration.fit_verdict_days import keep_verdicts
from orchestration.identifiers import compose
from orchestration.manifest import MART_SCHEMA, list_marts
from orchestration.publishing import publish
from orchestration.refresh import RefreshResult
from orchestration.resources import ShopRun, Warehouse
from orchestration.worklist_days import keep_worklist

MARTS: Final = list_marts(MANIFEST)
SERVING_KEY: Final = dg.AssetKey(["serving", "current"])
ROWS_METADATA: Final = "rows"


@dg.asset(
    key=SERVING_KEY,
    deps=[dg.AssetKey([MART_SCHEMA, mart]) for mart in MARTS],
    description="One row per mart: the version that readers see, published whole or not at all.",
    owners=OWNERS,
    group_name=ORCHESTRATION,
    kinds={"python", "duckdb"},
)
def current(
    warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]
) -> dg.MaterializeResult[None]:
    """Publish the marts; a failed test of level error has ended the job before."""
    rows = count_rows(warehouse, path=warehouse.folder.serving_database)
    results = read_dbt_results(warehouse.folder.target)
    with shop_run.remember_refusal():
        publication = publish(
            warehouse.folder.root,
            run_id=shop_run.run_id,
            as_of=read_as_of(warehouse),
            tests=results.tests,
            models=results.models,
        )
    shop_run.result = RefreshResult(publication, models=results.models, tests=results.tests)
    published = warehouse.folder.serving / publication.file
    with shop_run.remember_refusal():
        keep_worklist(warehouse.folder.root, published=published)
        keep_verdicts(warehouse.folder.root, published=published)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(rows.values()),
            ROWS_METADATA: dg.MetadataValue.json(rows),
            "file": publication.file,
            "as_of": publication.as_of,
        }
    )


def count_rows(warehouse: Warehouse, *, path: Path) -> dict[str, int]:
    """Count the rows of every mart of a file.

    Parameters
    ----------
    warehouse : Warehouse
    path : Path
        Built or published.

    Returns
    -------
    dict of str to int
        By name of the mart.
    """
    with warehouse.connect_marts(path) as connection:
        return {
            mart: int(
                connection.execute(
                    compose("select count(*) from $schema.$mart", schema=MART_SCHEMA, mart=mart)
                ).fetchall()[0][0]
            )
            for mart in MARTS
        }


def read_as_of(warehouse: Warehouse) -> str:
    """Read the last day that the figures cover, as the landing step wrote it for dbt."""
    with warehouse.connect() as connection:
        rows = connection.execute(
            "select setting_value from landing.settings where setting_name = 'as_of'"
        ).fetchall()
    return str(rows[0][0])
