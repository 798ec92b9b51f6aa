"""The figures of a past day or with the other tax: built beside what is published."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from orchestration.answering import answer_in_time
from orchestration.dbt_process import PROGRAM
from orchestration.fingerprint import compute_input_sha256, compute_request_sha256
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.locking import hold_lock
from orchestration.manifest import list_dbt_folders
from orchestration.scoring import build_around_scores
from orchestration.settings import build_child_environment, load_settings
from orchestration.settings_values import Tax
from orchestration.store import open_store
from orchestration.verifying import connect_reader
from orchestration.wording import KaeruError, Words

# Tests were run on the same rows when they were published; here only the models are built.
BUILD: Final = (
    *("--quiet", "--log-level-file", "none", "build"),
    *("--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"),
)
LANDED_NAME: Final = "landed.duckdb"  # as the target `as_of` of profiles.yml names it
TARGET: Final = {"KAERU_TARGET": "as_of"}  # read by profiles.yml alone
PARSED: Final = "partial_parse.msgpack"  # dbt's name of what it parsed, in its target folder
SETTINGS: Final = ("landing", "settings")
COPY: Final = "create table $schema.$table as select * from landed.$schema.$table"
VIEW: Final = "create view $schema.$table as select * from landed.$schema.$table"

NOT_BUILT: Final = Words(
    ja="{as_of} の数字を計算できませんでした: {error}",
    en="The figures as of {as_of} could not be computed: {error}",
)


@contextlib.contextmanager
def open_beside(
    shop: Path, *, as_of: date, tax: Tax | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the marts of another day or another tax; what is published stays as it is.

    The file is kept until the next run, so that the next such question is answered at once.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is held until the file is open.
    as_of : date
        What was known on that day.
    tax : {"included", "excluded"}, optional
        What amounts say; by default as the shop's setting says.

    Yields
    ------
    DuckDBPyConnection
        Schema ``marts``.

    Raises
    ------
    KaeruError
        If another process works on the shop, nothing was landed yet, or the build fails.
    """
    with answer_in_time(lambda: _build_and_connect(shop, as_of, tax)) as connection:
        yield connection


def _build_and_connect(shop: Path, as_of: date, tax: Tax | None) -> duckdb.DuckDBPyConnection:
    folder = ShopFolder(shop.resolve())
    with hold_lock(shop):
        with open_store(shop, read_only=True) as connection:
            changed = _list_changed(connection, as_of=as_of, tax=tax)
            state = _compute_state(shop, connection, as_of=as_of)
        kept = folder.past_days / f"{'-'.join((*changed.values(), state))}.duckdb"
        if not kept.exists():
            _build(folder, changed, kept=kept)
        return connect_reader(kept)


def _list_changed(
    connection: duckdb.DuckDBPyConnection, *, as_of: date, tax: Tax | None
) -> dict[str, str]:
    """List the settings that differ from the landed ones; the shop's own tax is no change."""
    found = connection.execute(
        "select setting_value from landing.settings where setting_name = 'tax'"
    ).fetchone()
    changed = {"as_of": as_of.isoformat()}
    return changed if tax is None or found == (tax,) else changed | {"tax_shown": tax}


def _compute_state(shop: Path, connection: duckdb.DuckDBPyConnection, *, as_of: date) -> str:
    """Name everything that the figures are made from."""
    request = compute_request_sha256(shop, load_settings(shop), as_of=as_of.isoformat())
    return compute_input_sha256(connection, request_sha256=request)[:16]


def _build(folder: ShopFolder, changed: Mapping[str, str], *, kept: Path) -> None:
    """Build every mart in a folder that looks like a shop's, and keep the file of the marts."""
    beside = ShopFolder(kept.with_suffix(""))
    shutil.rmtree(beside.root, ignore_errors=True)
    beside.make_folders()
    (beside.data / LANDED_NAME).symlink_to(folder.store)
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(folder.target / PARSED, beside.target / PARSED)
    _write_views(beside, changed)
    try:
        build_around_scores(
            beside.root,
            alarms=load_settings(folder.root).alarms,
            build=lambda *selection: _run_dbt(beside, changed["as_of"], *selection),
        )
        beside.serving_database.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        beside.serving_database.replace(kept)
    finally:
        shutil.rmtree(beside.root)


def _run_dbt(beside: ShopFolder, as_of: str, *selection: str) -> None:
    done = subprocess.run(  # noqa: S603  our own executable and folders
        [*PROGRAM, str(os.getpid()), *BUILD, *selection, *list_dbt_folders(beside.root)],
        env={**build_child_environment(beside.root), **TARGET},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        error = " ".join((done.stdout + done.stderr).split())
        raise KaeruError(NOT_BUILT, as_of=as_of, error=error)


def _write_views(beside: ShopFolder, changed: Mapping[str, str]) -> None:
    """Write a store of views onto the landed rows; only the changed settings are its own."""
    with duckdb.connect(str(beside.store)) as connection:
        connection.execute("attach ? as landed (read_only)", [str(beside.data / LANDED_NAME)])
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where database_name = 'landed' order by all"
        ).fetchall()
        for schema, table in tables:
            connection.execute(compose("create schema if not exists $schema", schema=schema))
            statement = COPY if (schema, table) == SETTINGS else VIEW
            connection.execute(compose(statement, schema=schema, table=table))
        for setting in changed.items():
            connection.execute("delete from landing.settings where setting_name = ?", setting[:1])
            connection.execute("insert into landing.settings values (?, ?)", setting)
