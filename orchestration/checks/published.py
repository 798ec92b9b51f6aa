"""Readers get what was built."""

from typing import Any

import dagster as dg

from orchestration.assets.serving import ROWS_METADATA, SERVING_KEY, count_rows
from orchestration.publication import read_pointer
from orchestration.resources import ShopRun, Warehouse


@dg.asset_check(
    asset=SERVING_KEY,
    description="The published file, opened alone, has the rows that were built.",
)
def published_equals_built(
    context: dg.AssetCheckExecutionContext,
    warehouse: Warehouse,
    shop_run: dg.ResourceParam[ShopRun],
) -> dg.AssetCheckResult:
    """Count the rows behind the pointer and compare them with those counted before publishing."""
    publication = read_pointer(warehouse.folder.root)
    built = _read_built_rows(context.instance)
    if publication is None or publication.version != shop_run.run_id:
        return dg.AssetCheckResult(passed=False, metadata={"version": str(publication)})
    published = count_rows(warehouse, path=warehouse.folder.serving / publication.file)
    return dg.AssetCheckResult(
        passed=published == built, metadata={"differing": compare_rows(built, published)}
    )


def compare_rows(built: dict[str, int], published: dict[str, int]) -> dict[str, list[int | None]]:
    """Find the marts whose counts differ.

    Parameters
    ----------
    built, published : dict of str to int
        By name of the mart.

    Returns
    -------
    dict of str to [built, published]
        None where there is no such mart.
    """
    names = sorted(built.keys() | published.keys())
    pairs = {name: [built.get(name), published.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _read_built_rows(instance: dg.DagsterInstance) -> dict[str, int]:
    event = instance.get_latest_materialization_event(SERVING_KEY)
    materialization = event.asset_materialization if event else None
    rows: Any = materialization.metadata[ROWS_METADATA].value if materialization else {}
    return dict(rows)
