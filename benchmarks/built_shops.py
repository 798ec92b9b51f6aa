"""Demo shops up to the marts that a proof reads, without what no mart depends on.

Landing and dbt's own work for every model cost more than the SQL does, and both have proofs of
their own. So a shop's rows go straight into its store, as landing would write them, and the models
are built by the SQL that dbt compiled once for the state of the project. Views are tables here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb

from orchestration.clock import make_run_id
from orchestration.commands import init
from orchestration.dbt_process import PROGRAM
from orchestration.demo.calendar import DEFAULT_UNTIL, Scenario
from orchestration.demo.generate import generate_demo_shop
from orchestration.demo.words import DEMO_SETTINGS
from orchestration.fingerprint import DBT_PROJECT, hash_dbt_project
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.landing.inbox import SETTLING_SECONDS
from orchestration.landing_run import land_inbox
from orchestration.manifest import list_dbt_folders
from orchestration.settings import build_child_environment

ENTITIES_READ: Final = (
    *("products", "orders", "order_lines", "shipments", "shipment_lines", "delivery_events"),
    *("return_requests", "return_receipts", "exchanges", "refunds"),
)
LANDED_PROPERLY: Final = "products"  # its file brings tables, settings and sources with it
READ_COLUMNS: Final = """
select column_name, data_type from duckdb_columns()
where schema_name = 'landing' and table_name = $entity
"""
BUILT_TYPES: Final = ("model", "seed")
Node: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class ShopKey:
    """Which demo shop.

    Attributes
    ----------
    scenario : Scenario
    seed, lines : int
    """

    scenario: Scenario
    seed: int
    lines: int


def build_shop(root: Path, key: ShopKey, *, marts: Sequence[str]) -> ShopFolder:
    """Generate a demo shop and build these marts and all that they rest on.

    Parameters
    ----------
    root : Path
        The shop's folder; what it holds is replaced. What dbt compiles lies beside it.
    key : ShopKey
    marts : sequence of str
        Names of models.

    Returns
    -------
    ShopFolder
        With the marts in ``serving_database`` of the build, unpublished.
    """
    folder = ShopFolder(root.resolve())
    shutil.rmtree(folder.root, ignore_errors=True)
    generate_files(folder, key)
    _fill_store(folder)
    nodes = _load_compiled(folder, marts)
    with duckdb.connect(str(folder.root / "data" / "build" / "build.duckdb")) as session:
        session.execute("set TimeZone = 'UTC'")
        session.execute("attach ? as store (read_only)", [str(folder.store)])
        session.execute("attach ? as serving", [str(folder.serving_database)])
        for node in nodes:
            build_node(session, node)
    return folder


def generate_files(folder: ShopFolder, key: ShopKey) -> None:
    """Write the shop's files as Parquet, and keep those that a proof reads.

    Files are dated back, as ``kaeru demo`` does: one that is just written waits for the next run.
    """
    init.make_shop(folder.root, values=DEMO_SETTINGS, key=bytes(32))
    generate_demo_shop(
        folder.root,
        lines=key.lines,
        seed=key.seed,
        scenario=key.scenario,
        file_format="parquet",
    )
    settled = time.time() - 2 * SETTLING_SECONDS
    for path in folder.inbox.iterdir():
        if path.name.startswith(tuple(f"{entity}-" for entity in ENTITIES_READ)):
            os.utime(path, (settled, settled))
        else:
            path.unlink()


def order_nodes(manifest: Mapping[str, Any], *, types: Sequence[str] = BUILT_TYPES) -> list[Node]:
    """List the compiled nodes of a manifest, each after what it reads.

    Parameters
    ----------
    manifest : mapping
        As ``dbt compile`` wrote it.
    types : sequence of str
        Of the nodes: models and seeds, or data tests too.

    Returns
    -------
    list of node
    """
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in types}
    parents = {key: node["depends_on"].get("nodes", []) for key, node in nodes.items()}
    return [nodes[key] for key in TopologicalSorter(parents).static_order() if key in nodes]


def build_node(
    session: duckdb.DuckDBPyConnection, node: Node, *, project: Path = DBT_PROJECT
) -> None:
    """Build one compiled model, or load one seed with the types that its properties state."""
    table = node["relation_name"]
    session.execute(f"create schema if not exists {node['database']}.{node['schema']}")
    if node["resource_type"] == "seed":
        path = project / node["original_file_path"]
        session.execute(f"create table {table} as from read_csv(?)", [str(path)])
        for column, kind in node["config"]["column_types"].items():
            session.execute(f"alter table {table} alter {column} type {kind}")
    else:
        session.execute(f"create table {table} as {node['compiled_code']}")


def _load_compiled(folder: ShopFolder, marts: Sequence[str]) -> list[Node]:
    """Compile the project once per state of it, and list what the marts rest on."""
    kept = folder.root.with_name(f"compiled-{hash_dbt_project()[:16]}.json")
    if not kept.exists():
        only = ("--select", "resource_type:model", "--no-populate-cache")
        subprocess.run(
            [
                *(*PROGRAM, str(os.getpid())),
                *("--quiet", "--log-level-file", "none", "compile", *only),
                *list_dbt_folders(folder.root),
            ],
            env=build_child_environment(folder.root),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        (folder.target / "manifest.json").rename(kept)
    nodes = order_nodes(json.loads(kept.read_bytes()))
    wanted = set(marts)
    for node in reversed(nodes):
        if node["unique_id"] in wanted or node["name"] in wanted:
            wanted.update(node["depends_on"].get("nodes", []))
    return [node for node in nodes if node["unique_id"] in wanted or node["name"] in wanted]


def _fill_store(folder: ShopFolder) -> None:
    """Land the products, and write the rows of every other file as landing would."""
    waiting = folder.root / "waiting"
    waiting.mkdir()
    for path in folder.inbox.iterdir():
        if not path.name.startswith(LANDED_PROPERLY):
            path.rename(waiting / path.name)
    land_inbox(folder.root, run_id=make_run_id(), as_of=DEFAULT_UNTIL)
    with duckdb.connect(str(folder.store)) as store:
        for entity in ENTITIES_READ:
            files = sorted(map(str, waiting.glob(f"{entity}-*")))
            if files:
                _write_rows(store, entity, files)
        # Landing tells this from the files that are written here.
        store.execute("update landing.source_settings set has_delivery_data = true")
    shutil.rmtree(waiting)


def _write_rows(store: duckdb.DuckDBPyConnection, entity: str, files: list[str]) -> None:
    """Write rows of generated files: text, and moments of the shop's zone in UTC."""
    rows = store.read_parquet(files, union_by_name=True)
    landed = dict(store.execute(READ_COLUMNS, {"entity": entity}).fetchall())
    texts = [
        compose(
            "strftime(cast($column as timestamp) - interval 9 hour, '%Y-%m-%d %H:%M:%S') as $column"
            if column.endswith("_at")
            else "cast($column as varchar) as $column",
            column=column,
        )
        for column in rows.columns
        if column in landed
    ]
    facts = (
        "1 as load_id, 'canonical' as source_system, row_number() over () as file_line,"
        " false as is_filtered, true as is_own_file"
    )
    written = rows.project(", ".join([*texts, facts]))
    store.register("written", written)
    store.execute(compose("insert into landing.$entity by name from written", entity=entity))
    store.unregister("written")
