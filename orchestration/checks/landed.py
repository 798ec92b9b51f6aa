"""No record gets lost between a file and the store."""

from typing import Final

import dagster as dg

from orchestration.assets.ingestion import LANDING
from orchestration.resources import ShopRun, Warehouse

UNBALANCED: Final = (
    "select file_name, rows_in, rows_loaded, rows_quarantined, rows_erased from landing.files"
    " where rows_in is distinct from rows_loaded + rows_quarantined + rows_erased"
    " order by load_id"
)


@dg.asset_check(
    asset=dg.AssetKey([LANDING, "files"]),
    description="Every record of every file is loaded, quarantined or erased.",
    blocking=True,
)
def rows_balance(warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]) -> dg.AssetCheckResult:
    """Compare the records read with those loaded, held back and erased, file by file."""
    del shop_run  # only so that the shop's lock is held
    with warehouse.connect() as connection:
        rows = connection.execute(UNBALANCED).fetchall()
    files = [str(row[0]) for row in rows]
    return dg.AssetCheckResult(passed=not files, metadata={"files": dg.MetadataValue.json(files)})
