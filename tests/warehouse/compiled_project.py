"""The models as dbt compiles them, run in one connection: a warehouse in a second, not in twenty.

dbt compiles the project once. Each shop replaces the landed rows and everything that rests on them,
in the order of dbt's graph, with the scores where a run computes them. Views are tables here: of so
few rows nearly all time goes into planning, and a table is planned once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.built_shops import Node, build_node, order_nodes
from orchestration.landing.canonical import load_model
from orchestration.schema import migrate
from orchestration.scoring import COLUMNS, SCORES, score_marts, write_table
from orchestration.settings_values import AlarmSettings
from tests.warehouse.drawn_reasons import write_readings
from tests.warehouse.landed_shop import PROJECT, SETTINGS, Row, land_shop

LANDED = ("settings", "source_settings", "worklist_days", "closings")


def compile_models(folder: Path) -> dict[str, Node]:
    """Compile the project with dbt and return its models and seeds by unique id.

    Parameters
    ----------
    folder : Path
        An empty folder.

    Returns
    -------
    dict of str to node
        In an order in which each follows what it reads.
    """
    land_shop(folder, {}).dbt("compile", "--select", "resource_type:model", "--no-populate-cache")
    manifest = json.loads((folder / "data" / "target" / "manifest.json").read_text("utf-8"))
    return {node["unique_id"]: node for node in order_nodes(manifest)}


@dataclass(frozen=True)
class CompiledWarehouse:
    """One DuckDB session that holds one shop after the other.

    Attributes
    ----------
    session : DuckDBPyConnection
        With the databases ``store``, ``build`` and ``serving`` in memory.
    before_scores, after_scores : sequence of node
        The models on either side of the scores, each after what it reads.
    """

    session: duckdb.DuckDBPyConnection
    before_scores: Sequence[Node]
    after_scores: Sequence[Node]

    def __repr__(self) -> str:
        """Short: a failing example prints its arguments, and the compiled models are 2 MB."""
        return f"{type(self).__name__}()"

    def build(
        self,
        entities: Mapping[str, Sequence[Row]],
        *,
        settings: Mapping[str, str] | None = None,
        sources: Sequence[tuple[str, int, bool]] = (),
        worklist_days: pd.DataFrame | None = None,
        closings: pd.DataFrame | None = None,
    ) -> None:
        """Replace the shop by one that holds exactly these rows, and build every mart of it."""
        land_rows(self.session, entities)
        for table in LANDED:
            self.session.execute(f"delete from store.landing.{table}")
        self.session.executemany(
            "insert into store.landing.settings values (?, ?)",
            list((SETTINGS | dict(settings or {})).items()),
        )
        if sources:
            self.session.executemany(
                "insert into store.landing.source_settings values (?, ?, ?)", sources
            )
        write_readings(self.session, database="store.")
        for table, kept in (("worklist_days", worklist_days), ("closings", closings)):
            if kept is not None:
                self.session.register("kept", kept)
                self.session.execute(f"insert into store.landing.{table} by name from kept")
        self.build_landed()

    def build_store(self, store: Path) -> None:
        """Replace the shop by what a real landing wrote into a store, and build every mart."""
        self.session.execute(f"attach '{store}' as landed (read_only)")
        tables = self.session.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'store' and schema_name = 'landing'"
        ).fetchall()
        for (table,) in tables:
            self.session.execute(f"delete from store.landing.{table}")
            self.session.execute(
                f"insert into store.landing.{table} by name from landed.landing.{table}"
            )
        self.session.execute("detach landed")
        self.build_landed()

    def build_landed(self) -> None:
        self.run(self.before_scores)
        self.score()
        self.run(self.after_scores)

    def run(self, tables: Sequence[Node]) -> None:
        for node in tables:
            self.session.execute(
                f"create or replace table {node['relation_name']} as {node['compiled_code']}"
            )

    def score(self) -> None:
        """Do what the step between both runs of dbt does."""
        self.session.execute("use serving")
        scores = score_marts(self.session, alarms=AlarmSettings())
        self.session.execute("use build")
        for table, rows in scores.items():
            write_table(self.session, rows, table=table)

    def read(self, mart: str) -> pd.DataFrame:
        return self.session.execute(f"from serving.marts.{mart}").df()

    def list_marts(self) -> list[str]:
        nodes = (*self.before_scores, *self.after_scores)
        return [str(node["name"]) for node in nodes if node["schema"] == "marts"]


def open_warehouse(nodes: Mapping[str, Node]) -> CompiledWarehouse:
    """Open a session with the landing tables, the seeds and every model, still empty.

    Parameters
    ----------
    nodes : mapping of str to node
        Of ``compile_models``.

    Returns
    -------
    CompiledWarehouse
    """
    session = duckdb.connect(":memory:")
    session.execute("set TimeZone = 'UTC'")
    session.execute("set threads = 1")
    for database in ("store", "build", "serving"):
        session.execute(f"attach ':memory:' as {database}")
    session.execute("use store")
    migrate(session)
    session.execute("use build")
    session.execute(f"create schema {SCORES}")
    for table, columns in COLUMNS.items():
        write_table(session, pd.DataFrame(columns=list(columns)), table=table)
    readers = set(list_readers(nodes))
    tables: tuple[list[Node], list[Node]] = ([], [])
    for key, node in nodes.items():
        build_node(session, node, project=PROJECT)
        if node["resource_type"] == "model":
            tables[key in readers].append(node)
    return CompiledWarehouse(session, tables[False], tables[True])


def list_readers(nodes: Mapping[str, Node]) -> Iterator[str]:
    """Models that rest on the scores."""
    found: set[str] = set()
    for key, node in nodes.items():
        read = node["depends_on"].get("nodes", [])
        if found.intersection(read) or any(f".{SCORES}." in name for name in read):
            found.add(key)
            yield key


def land_rows(session: duckdb.DuckDBPyConnection, entities: Mapping[str, Sequence[Row]]) -> None:
    """Replace the landed rows of every entity."""
    for number, entity in enumerate(load_model().entities, start=1):
        session.execute(f"delete from store.landing.{entity}")
        rows = entities.get(entity, ())
        if not rows:
            continue
        landed = pd.DataFrame(
            {
                "source_system": "canonical",
                "load_id": number,
                "file_line": line,
                "is_filtered": False,
                "is_own_file": True,
            }
            | dict(row)
            for line, row in enumerate(rows, start=2)
        )
        session.register("landed_rows", landed.astype(object).where(landed.notna(), None))
        session.execute(f"insert into store.landing.{entity} by name from landed_rows")
        session.unregister("landed_rows")
