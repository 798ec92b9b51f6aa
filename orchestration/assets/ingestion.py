"""Files of the inbox become rows of ``landing``, exactly once."""

from collections.abc import Iterator
from typing import Final

import dagster as dg

from orchestration.assets.ownership import ORCHESTRATION, OWNERS
from orchestration.identifiers import compose
from orchestration.landing.canonical import load_model
from orchestration.landing_run import land_inbox
from orchestration.resources import ShopRun, Warehouse

LANDING: Final = "landing"
BOOKS: Final = {
    "files": "One row per version of a file that was seen in the inbox: what came of it.",
    "quarantined_rows": "One row per problem of a record that was held back at landing.",
    "reason_taxonomy": "One row per reason that the shop adds or changes.",
    "reason_crosswalk": "One row per source code of a reason that the shop adds or changes.",
    "disposition_rules": "One row per grade, side and resolution of the shop's own table of what "
    "becomes of returned units.",
    "fit_verdict_days": "One row per style and day on which its fit was judged.",
    "policy_drafts": "One row per draft and rule of the tables of rules of returns that are tried.",
    "refused_policy_drafts": "One row per draft of the rules of returns that cannot be used.",
    "policy_rules": "One row per rule of the shop's own table of rules of returns.",
    "settings": "One row per setting of the shop and of the run.",
    "shop_fit_advice": "One row per verdict and diagnosis whose advice the shop changes.",
    "source_settings": "One row per source system that files were landed from.",
    "worklist_days": "One row per row of the worklist and day on which it stood there.",
    "closings": "One row per month that was closed and figure of its closing.",
}
TABLES: Final = {
    **{
        entity: f"One row per record of {entity} that the shop sent, as canonical text; every "
        "version is kept."
        for entity in load_model().entities
    },
    **BOOKS,
}


@dg.multi_asset(
    name="landing",
    specs=[
        dg.AssetSpec(
            key=[LANDING, table],
            description=description,
            owners=OWNERS,
            group_name=ORCHESTRATION,
            kinds={"python", "duckdb"},
        )
        for table, description in TABLES.items()
    ],
)
def landing(
    warehouse: Warehouse, shop_run: dg.ResourceParam[ShopRun]
) -> Iterator[dg.MaterializeResult[None]]:
    """Land what is new in the inbox and write down the settings that the build reads."""
    with shop_run.remember_refusal():
        land_inbox(
            warehouse.folder.root,
            run_id=shop_run.run_id,
            as_of=shop_run.as_of,
            progress=shop_run.progress,
        )
    with warehouse.connect() as connection:
        for table in TABLES:
            counted = compose("select count(*) from landing.$table", table=table)
            [row_count] = connection.execute(counted).fetchall()[0]
            yield dg.MaterializeResult(
                asset_key=[LANDING, table], metadata={"dagster/row_count": row_count}
            )
