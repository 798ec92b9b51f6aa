"""P1: dbt's build against the same marts by a script tuned by hand, from the same landed text."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost, interleave, measure_command, median_cpu
from benchmarks.shops import BenchShop, clean_environment, find_command, find_python
from orchestration.folder import ShopFolder
from orchestration.publication import read_pointer

ROUNDS = 3
PROJECT = Path(__file__).parents[1] / "dbt_project"
REFERENCE = Path(__file__).with_name("reference.sql")
# The script covers the marts of the first step; what stands on them is measured in the whole run.
MARTS_OF_SCRIPT = re.findall(
    r"^create table serving\.marts\.(\w+)",
    REFERENCE.read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)


def prepare_build(shop: Path, *, folder: Path) -> Path:
    """Make a shop's folder that shares the landed rows and has an empty build."""
    copy = folder / "shop"
    for name in ("build", "tmp", "target"):
        (copy / "data" / name).mkdir(parents=True, exist_ok=True)
    (copy / "data" / "store.duckdb").symlink_to(ShopFolder(shop).store.resolve())
    return copy


def clear_build(shop: Path) -> None:
    for path in (shop / "data" / "build").iterdir():
        path.unlink()


def run_dbt(shop: Path, *arguments: str) -> Cost:
    """Run dbt in a process of its own."""
    paths = [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(shop / "data" / "target"), "--log-path", str(shop / "data")),
    ]
    command = [find_command("dbt"), "--quiet", arguments[0], *paths, *arguments[1:]]
    return measure_command(command, environment=clean_environment(KAERU_SHOP=str(shop)))


def build_with_dbt(shop: Path) -> Cost:
    clear_build(shop)
    return run_dbt(shop, "run", "--select", *(f"+{mart}" for mart in MARTS_OF_SCRIPT))


def build_by_hand(shop: Path) -> Cost:
    clear_build(shop)
    return measure_command(
        [find_python(), "-m", "benchmarks.run_reference", str(shop)],
        environment=clean_environment(),
    )


def compare_marts(ours: Path, theirs: Path) -> None:
    """Check that the script's marts are dbt's, in every column.

    Raises
    ------
    AssertionError
        If a column or a row differs: then the ratio compares two different things.
    """
    with duckdb.connect() as connection:
        columns = {}
        for alias, path in (("ours", ours), ("theirs", theirs)):
            connection.execute(f"attach '{path}' as {alias} (read_only)")
            columns[alias] = list_columns(connection, alias)
        unknown = columns["theirs"].keys() - columns["ours"].keys()
        assert columns["theirs"], "the script built nothing"  # noqa: S101
        assert not unknown, f"the script builds what dbt does not: {unknown}"  # noqa: S101
        for mart, names in columns["theirs"].items():
            assert names == columns["ours"][mart], f"{mart}: {names} are not dbt's"  # noqa: S101
            for one, other in (("ours", "theirs"), ("theirs", "ours")):
                found = connection.execute(
                    f"select count(*) from (select {names} from {one}.marts.{mart}"
                    f" except all select {names} from {other}.marts.{mart})"
                ).fetchone()
                assert found == (0,), f"{mart}: {found} rows of {one} are not in {other}"  # noqa: S101


def list_columns(connection: duckdb.DuckDBPyConnection, alias: str) -> dict[str, str]:
    """List the columns of every mart of an attached file, by name of the mart."""
    rows = connection.execute(
        "select table_name, string_agg(column_name, ', ' order by column_name)"
        " from duckdb_columns() where database_name = ? group by table_name",
        [alias],
    ).fetchall()
    return dict(rows)


def count_models(shop: Path) -> int:
    results = json.loads((shop / "data" / "target" / "run_results.json").read_text("utf-8"))
    return len(results["results"])


def measure_first_run(shop: BenchShop) -> list[str]:
    """Run a shop that was never run, and return the row of it."""
    first = measure_command(
        [find_command("kaeru"), "run", "--shop", str(shop.folder)], environment=clean_environment()
    )
    return [
        f"| first run of the whole job | {first.wall_seconds:.0f} s,"
        f" {first.cpu_seconds:.0f} CPU s | |"
    ]


def measure_building(shop: BenchShop) -> list[str]:
    """Return the rows of P1; the shop is landed and published first, unless it is."""
    rows = [] if read_pointer(shop.folder) else measure_first_run(shop)
    with tempfile.TemporaryDirectory() as temporary:
        copy = prepare_build(shop.folder, folder=Path(temporary))
        parse = run_dbt(copy, "parse")
        build_with_dbt(copy)
        serving = copy / "data" / "build" / "serving.duckdb"
        shutil.copy(serving, Path(temporary) / "ours.duckdb")
        build_by_hand(copy)
        compare_marts(Path(temporary) / "ours.duckdb", serving)
        dbt, hand = interleave(
            lambda: build_with_dbt(copy), lambda: build_by_hand(copy), rounds=ROUNDS
        )
        build_with_dbt(copy)
        # As `kaeru run` does: orchestration/assets/transformation.py says what it leaves out.
        # Cautious: tests that need other marts too were left aside with those.
        flags = ("--exclude-resource-type", "unit_test", "--exclude", "tag:chain")
        cautious = ("--indirect-selection", "cautious")
        tests = run_dbt(copy, "test", *flags, *cautious, "--select", *MARTS_OF_SCRIPT)
    by_hand = median_cpu(hand)
    return [
        *rows,
        f"| dbt build ÷ SQL tuned by hand (CPU, {by_hand:.1f} s) | {median_cpu(dbt) / by_hand:.2f}"
        " | ≤ 1.5 |",
        f"| … without dbt's own start and parse ({parse.cpu_seconds:.1f} CPU s) |"
        f" {(median_cpu(dbt) - parse.cpu_seconds) / by_hand:.2f} | |",
        f"| tests ÷ SQL tuned by hand (CPU) |"
        f" {(tests.cpu_seconds - parse.cpu_seconds) / by_hand:.2f} | ≤ 1.0 |",
        f"| peak memory of the build | {max(cost.peak_mb for cost in dbt):,.0f} MiB | |",
    ]
