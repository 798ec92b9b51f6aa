"""Landed rows become marts: dbt builds every model and runs every test, in another process."""

import os
import time
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any, Final

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtProject, dbt_assets
from dagster_dbt.core.dbt_event_iterator import DbtDagsterEventType

from orchestration.assets.ingestion import LANDING
from orchestration.assets.ownership import DBT_PROJECT, OWNERS
from orchestration.dbt_results import keep_dbt_results
from orchestration.kept_readings import READERS
from orchestration.manifest import list_readers, load_manifest
from orchestration.resources import ProjectDbt, ShopRun, Warehouse
from orchestration.scoring import READERS as READERS_OF_SCORES
from orchestration.scoring import SCORES
from orchestration.wording import Progress, Words

MANIFEST: Final = load_manifest()
# Key tests of views in the middle of a chain: each computes its whole chain anew (29 of 61
# CPU s at 10 M lines), and the key of the mart at its end fails of the same rows.
LEFT_TO_MAKE_TEST: Final = "tag:chain"
# Unit tests belong to `make test`. With eager selection a test that spans assets can run before
# one of its tables exists; `buildable` runs each when all of them do, and leaves none out.
BUILD: Final = (
    *("build", "--exclude-resource-type", "unit_test"),
    *("--indirect-selection", "buildable"),
    # Dagster names the models of a step, not what is left out beside them.
    *("--exclude", LEFT_TO_MAKE_TEST),
)
BEFORE_SCORES: Final = ("--exclude", READERS_OF_SCORES)
AFTER_SCORES: Final = ("--select", READERS_OF_SCORES)
# dbt's debug log costs 2 of 13 CPU s here; what it prints goes to the log of the run anyway.
GLOBAL_FLAGS: Final = ("--log-level-file", "none", "--no-use-colors")
PROGRESS_SECONDS: Final = 2.0
LANDED: Final = f"source.kaeru.{LANDING}."
READ_LAST: Final = dg.AssetKey([LANDING, READERS])

BUILDING: Final = Words(
    ja="モデルを作成中: {done} / {total}",
    en="Building models: {done} of {total}",
)


class HouseTranslator(DagsterDbtTranslator):
    """Names stay dbt's own; the description is the one that is written, without the SQL."""

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the description from the schema file."""
        return str(dbt_resource_props.get("description", ""))

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the room."""
        del dbt_resource_props
        return DBT_PROJECT

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """Let all that reads nothing else of dbt wait for the readings.

        What could begin before them would be a step of its own, and start dbt once more (5 s).
        """
        spec = super().get_asset_spec(manifest, unique_id, project)
        if unique_id.startswith("seed."):
            return spec.replace_attributes(deps=[READ_LAST])
        parents = manifest["parent_map"].get(unique_id, ())
        known = {dep.asset_key for dep in spec.deps}
        if READ_LAST in known or not any(parent.startswith(LANDED) for parent in parents):
            return spec
        return spec.merge_attributes(deps=[READ_LAST])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> tuple[str, ...]:
        """Return who answers for the model."""
        del dbt_resource_props
        return OWNERS


TRANSLATOR: Final = HouseTranslator()


@dbt_assets(
    manifest=MANIFEST,
    name="warehouse",
    exclude=LEFT_TO_MAKE_TEST,
    dagster_dbt_translator=TRANSLATOR,
)
def transformation(
    context: dg.AssetExecutionContext,
    dbt: ProjectDbt,
    warehouse: Warehouse,
    shop_run: dg.ResourceParam[ShopRun],
) -> Iterator[DbtDagsterEventType]:
    """Build every model and run every test; a test of level error that fails ends the job."""
    target = warehouse.folder.target
    invocation = start_dbt(dbt, context=context, target=target)
    total = len(context.selected_asset_keys)
    try:
        yield from follow_models(invocation.stream(), total=total, progress=shop_run.progress)
    finally:
        # Whatever went wrong here: a dbt that still runs would keep the store open.
        invocation.process.kill()
        invocation.process.wait()
        keep_dbt_results(target)


def start_dbt(
    dbt: ProjectDbt, *, context: dg.AssetExecutionContext, target: Path
) -> DbtCliInvocation:
    """Start dbt on the models of this step.

    Dagster selects them one by one, and dbt looks through the whole project for each. A whole step
    on either side of the scores is said in one word; part of one, as Dagster's page may ask for,
    stays Dagster's to say.

    Parameters
    ----------
    dbt : ProjectDbt
    context : AssetExecutionContext
    target : Path
        The dbt target folder.

    Returns
    -------
    DbtCliInvocation
    """
    arguments = [str(os.getpid()), *GLOBAL_FLAGS, *BUILD]
    words = choose_step(context.selected_asset_keys, manifest=MANIFEST)
    if not words:
        return dbt.cli(arguments, context=context, target_path=target)
    invocation = dbt.cli(
        [*arguments, *words],
        manifest=MANIFEST,
        dagster_dbt_translator=TRANSLATOR,
        target_path=target,
    )
    invocation.context = context  # events of dbt become outputs of this step
    return invocation


def choose_step(
    selected: Set[dg.AssetKey], *, manifest: Mapping[str, Any]
) -> tuple[str, ...] | None:
    """Choose the words by which dbt selects the models of a step.

    Parameters
    ----------
    selected : set of AssetKey
        Models and seeds.
    manifest : mapping

    Returns
    -------
    tuple of str or None
        None where they are not all on one side of the scores.
    """
    readers = set(list_readers(manifest, schema=SCORES))
    sides: dict[bool, set[dg.AssetKey]] = {True: set(), False: set()}
    for name, node in manifest["nodes"].items():
        if node["resource_type"] in {"model", "seed"}:
            sides[name in readers].add(dg.AssetKey([node["schema"], node["name"]]))
    words = {True: AFTER_SCORES, False: BEFORE_SCORES}
    return next((words[side] for side, keys in sides.items() if keys == selected), None)


def follow_models(
    events: Iterator[DbtDagsterEventType], *, total: int, progress: Progress
) -> Iterator[DbtDagsterEventType]:
    """Pass events on and say now and then how many models are built.

    Parameters
    ----------
    events : iterator of Dagster events
    total : int
        Models and seeds that will be built.
    progress : Progress

    Yields
    ------
    Dagster events
        As they came.
    """
    done, said_at = 0, time.monotonic()
    for event in events:
        yield event
        if not isinstance(event, dg.Output):
            continue
        done += 1
        if done == total or time.monotonic() - said_at >= PROGRESS_SECONDS:
            progress(BUILDING, done=done, total=total)
            said_at = time.monotonic()
