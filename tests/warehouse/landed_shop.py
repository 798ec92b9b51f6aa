"""A shop's folder whose store is written row by row, and the warehouse that dbt builds from it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from orchestration.dbt_process import PROGRAM
from orchestration.identifiers import compose
from orchestration.schema import migrate
from orchestration.scoring import COLUMNS, SCORES, build_around_scores, write_table
from orchestration.settings_values import AlarmSettings

# dbt's own variable: benchmarks.planted_bugs runs these tests on a copy with a bug in it.
PROJECT = Path(
    os.environ.get("DBT_PROJECT_DIR") or Path(__file__).parents[2] / "dbt_project"
).resolve()
Row = Mapping[str, Any]

SETTINGS = {
    "name": "Hand-written shop",
    "time_zone": "Asia/Tokyo",
    "currency": "JPY",
    "language": "ja",
    "return_window_days": "30",
    "tax": "included",
    "lead_time_days": "2",
    "is_synthetic": "false",
    "address_days": "90",
    "as_of": "2026-10-31",
    "run_id": "20261101T000000-abcdef",
    "newest_load_at": "2026-11-01 00:00:00",
}


@dataclass(frozen=True)
class LandedShop:
    """A shop's folder.

    Attributes
    ----------
    folder : Path
        Holds ``data/store.duckdb``; after a build also ``data/build/serving.duckdb``.
    """

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "data" / "store.duckdb"

    @property
    def serving(self) -> Path:
        return self.folder / "data" / "build" / "serving.duckdb"

    def dbt(self, *arguments: str) -> str:
        """Run dbt on the shop in another process and return what it printed."""
        command = [
            *(*PROGRAM, str(os.getpid()), "--log-level-file", "none"),
            *arguments,
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(self.folder / "data" / "target")),
            *("--log-path", str(self.folder / "data" / "logs")),
        ]
        environment = os.environ | {
            "KAERU_SHOP": str(self.folder),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
        return done.stdout

    def build(self) -> None:
        """Build everything as a run does: dbt with its data tests, the scores, dbt."""
        only = ("--indirect-selection", "buildable", "--exclude-resource-type", "unit_test")
        build_around_scores(
            self.folder,
            alarms=AlarmSettings(),
            build=lambda *selection: self.dbt("build", *selection, *only),
        )

    def build_empty(self) -> None:
        """Make every table and view without a row: unit tests ask them for their columns."""
        with duckdb.connect(str(self.folder / "data" / "build" / "build.duckdb")) as build:
            build.execute(compose("create schema $schema", schema=SCORES))
            for table, columns in COLUMNS.items():
                write_table(build, pd.DataFrame(columns=list(columns)), table=table)
        self.dbt("build", "--empty", "--exclude-resource-type", "test", "unit_test")

    def read(self, mart: str) -> pd.DataFrame:
        """Read a mart from the file that would be published, opened alone."""
        with duckdb.connect(str(self.serving), read_only=True) as connection:
            return connection.execute(compose("select * from marts.$mart", mart=mart)).df()

    def read_keyed(self, mart: str, key: str) -> dict[str, dict[str, Any]]:
        """Read a mart as one dictionary per key, missing values as None."""
        frame = self.read(mart)
        frame = frame.astype(object).where(frame.notna(), None)
        return {row[key]: row for row in frame.to_dict("records")}

    def read_comment(self, mart: str, column: str | None = None) -> str:
        """Read the description of a mart, or of one of its columns, from the file alone."""
        tables = "select comment from duckdb_tables() where table_name = $mart"
        columns = (
            "select comment from duckdb_columns()"
            " where table_name = $mart and column_name = $column"
        )
        wanted = {"mart": mart} | ({"column": column} if column else {})
        with duckdb.connect(str(self.serving), read_only=True) as connection:
            found = connection.execute(columns if column else tables, wanted).fetchone()
        return str(found[0]) if found else ""


def land_shop(
    folder: Path,
    entities: Mapping[str, Sequence[Row]],
    *,
    settings: Mapping[str, str] | None = None,
    sources: Sequence[tuple[str, int, bool]] = (),
) -> LandedShop:
    """Write a store that holds exactly these rows.

    Parameters
    ----------
    folder : Path
        An empty folder.
    entities : mapping of entity name to rows
        Columns that a row leaves out are null; the rows of an entity are the lines of one file.
    settings : mapping of str to str, optional
        Laid over ``SETTINGS``.
    sources : sequence of (source system, lead time in days, has delivery data)

    Returns
    -------
    LandedShop
    """
    shop = LandedShop(folder)
    (folder / "data" / "build").mkdir(parents=True)
    with duckdb.connect(str(shop.store)) as connection:
        migrate(connection)
        for number, (entity, rows) in enumerate(entities.items(), start=1):
            _land_file(connection, entity, rows, load_id=number)
        connection.executemany(
            "insert into landing.settings values (?, ?)",
            list((SETTINGS | dict(settings or {})).items()),
        )
        if sources:
            connection.executemany("insert into landing.source_settings values (?, ?, ?)", sources)
    return shop


def insert_rows(
    connection: duckdb.DuckDBPyConnection, entity: str, rows: Sequence[Row], *, load_id: int
) -> None:
    """Write rows into schema ``landing`` of the current database, as the lines of one file."""
    landed = pd.DataFrame(
        {
            "source_system": "canonical",
            "load_id": load_id,
            "file_line": line,
            "is_filtered": False,
            "is_own_file": True,
        }
        | dict(row)
        for line, row in enumerate(rows, start=2)
    )
    connection.register("landed_rows", landed.astype(object).where(landed.notna(), None))
    insert = "insert into landing.$entity by name from landed_rows"
    connection.execute(compose(insert, entity=entity))
    connection.unregister("landed_rows")


def _land_file(
    connection: duckdb.DuckDBPyConnection, entity: str, rows: Sequence[Row], *, load_id: int
) -> None:
    if rows:
        insert_rows(connection, entity, rows, load_id=load_id)
    connection.execute(
        "insert into landing.files (load_id, file_name, sha256, source_system, entity, state,"
        " rows_in, rows_loaded, rows_quarantined, rows_erased, landed_at)"
        " values (?, ?, ?, 'canonical', ?, 'loaded', ?, ?, 0, 0, timestamp '2026-11-01 00:00:00')",
        [load_id, f"{entity}.csv", f"{load_id:064d}", entity, len(rows), len(rows)],
    )
