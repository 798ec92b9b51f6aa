"""The store: one writer, one format, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.folder import ShopFolder
from orchestration.landing.canonical import load_model
from orchestration.limits import build_connection_settings, require_free_disk
from orchestration.locking import find_lock_holder, hold_lock
from orchestration.schema import MIGRATIONS, migrate, read_schema_version
from orchestration.store import open_store, rewrite_store
from orchestration.wording import KaeruError
from tests.orchestration.small_shops import make_small_shop

HOLD_LOCK = """
import sys, time
from pathlib import Path
from orchestration.locking import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
READ_FOR_A_WHILE = """
import sys, time, duckdb
with duckdb.connect(sys.argv[1], read_only=True):
    print("reading", flush=True)
    time.sleep(1)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def test_every_canonical_column_has_its_place(shop: Path) -> None:
    with open_store(shop) as connection:
        rows = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns()"
            " where schema_name = 'landing'"
        ).fetchall()
    types = {(table, column): kind for table, column, kind in rows}
    for entity in load_model().entities.values():
        for column in (*entity.columns, "source_updated_at", "extra", "source_system"):
            assert types[entity.name, column] == "VARCHAR"
        assert types[entity.name, "load_id"] == types[entity.name, "file_line"] == "BIGINT"
        assert types[entity.name, "is_filtered"] == "BOOLEAN"
        assert types[entity.name, "is_own_file"] == "BOOLEAN"


def test_closing_leaves_no_log_behind(shop: Path) -> None:
    with open_store(shop) as connection:
        connection.execute("insert into landing.marks values ('a', 'b')")
    assert [path.name for path in (shop / "data").glob("*.wal")] == []


def test_a_disk_that_is_full_while_a_store_is_made_leaves_none(tmp_path: Path) -> None:
    """A process of its own, in which no file may grow beyond the header of a DuckDB file."""
    program = (
        "import resource, signal, sys; from pathlib import Path;"
        "from orchestration.store import open_store;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8486, 8486));"
        "open_store(Path(sys.argv[1])).__enter__()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Check room and health of the disk" in done.stderr
    assert not ShopFolder(tmp_path).store.exists()
    with open_store(tmp_path) as connection:
        assert connection.execute("select count(*) from landing.files").fetchall() == [(0,)]


def test_opening_again_changes_nothing(shop: Path) -> None:
    with open_store(shop):
        pass
    before = ShopFolder(shop).store.read_bytes()
    with open_store(shop):
        pass
    assert ShopFolder(shop).store.read_bytes() == before


def test_a_missing_store_is_said_in_words(shop: Path) -> None:
    with pytest.raises(KaeruError, match="kaeru run"), open_store(shop, read_only=True):
        pass


def test_a_broken_store_is_said_in_words(shop: Path) -> None:
    ShopFolder(shop).store.write_bytes(b"no database" * 1000)
    with pytest.raises(KaeruError, match="restore"), open_store(shop):
        pass


def test_a_newer_store_is_refused(shop: Path) -> None:
    with open_store(shop) as connection:
        connection.execute("insert into landing.schema_versions values (99, now()::timestamp)")
    with pytest.raises(KaeruError, match="newer Kaeru"), open_store(shop):
        pass


def add_a_column(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table landing.runs add column host varchar")


def fail_halfway(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table landing.runs add column half varchar")
    connection.execute("select no_such_thing")


def test_a_store_goes_forward_step_by_step(shop: Path) -> None:
    with open_store(shop) as connection:
        migrate(connection, migrations=(*MIGRATIONS, add_a_column))
        assert read_schema_version(connection) == len(MIGRATIONS) + 1
        connection.execute("select host from landing.runs")


def test_an_older_store_learns_which_files_are_an_entity_s_own(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "store.duckdb")) as connection:
        migrate(connection, migrations=MIGRATIONS[:1])
        connection.execute("alter table landing.products drop column is_own_file")
        connection.execute(
            "insert into landing.files (load_id, entity) values (1, 'products'), (2, 'order_lines')"
        )
        connection.execute(
            "insert into landing.products (sku, load_id) values ('catalogue', 1), ('beside', 2)"
        )
        migrate(connection)
        rows = connection.execute("select sku, is_own_file from landing.products").fetchall()
    assert sorted(rows) == [("beside", False), ("catalogue", True)]


def test_a_failed_step_changes_nothing(shop: Path) -> None:
    with open_store(shop) as connection:
        with pytest.raises(duckdb.Error):
            migrate(connection, migrations=(*MIGRATIONS, add_a_column, fail_halfway))
        assert read_schema_version(connection) == len(MIGRATIONS)
        columns = connection.table("landing.runs").columns
    assert "host" not in columns
    assert "half" not in columns


def test_a_store_is_copied_before_its_format_changes(shop: Path) -> None:
    with open_store(shop) as connection:
        connection.execute("alter table landing.orders drop column page_version")
        connection.execute("update landing.marks set mark_value = 'older model'")
    with open_store(shop) as connection:
        assert "page_version" in connection.table("landing.orders").columns
    [copy] = ShopFolder(shop).backups.iterdir()
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert "page_version" not in connection.table("landing.orders").columns


def test_rewriting_keeps_every_row_and_no_deleted_byte(shop: Path) -> None:
    with open_store(shop) as connection:
        connection.execute("insert into landing.marks values ('gone', 'カナリアの羽')")
        connection.execute("insert into landing.marks values ('kept', 'かえる')")
        connection.execute("checkpoint")
        connection.execute("delete from landing.marks where mark_name = 'gone'")
    rewrite_store(shop)
    assert "カナリアの羽".encode() not in ShopFolder(shop).store.read_bytes()
    with open_store(shop, read_only=True) as connection:
        names = connection.execute("select mark_name from landing.marks").fetchall()
    assert ("kept",) in names


def test_limits_are_always_set(tmp_path: Path) -> None:
    found = build_connection_settings(tmp_path)
    assert {"memory_limit", "temp_directory", "max_temp_directory_size", "threads"} <= set(found)


def test_a_full_disk_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(KaeruError, match="disk is too full"):
        require_free_disk(tmp_path, needed_bytes=2**60)


def test_the_lock_names_who_holds_it_and_ends_with_its_process(shop: Path) -> None:
    command = [sys.executable, "-c", HOLD_LOCK, str(shop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert find_lock_holder(shop) == str(other.pid)
        with pytest.raises(KaeruError, match=str(other.pid)), hold_lock(shop):
            pass
        other.kill()
        other.wait()
    assert find_lock_holder(shop) is None
    with hold_lock(shop):
        pass


def test_a_writer_waits_for_a_reader_that_is_about_to_leave(shop: Path) -> None:
    with open_store(shop):
        pass
    command = [sys.executable, "-c", READ_FOR_A_WHILE, str(ShopFolder(shop).store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        with open_store(shop) as connection:
            connection.execute("insert into landing.marks values ('a', 'b')")


def test_one_process_may_take_its_lock_again(shop: Path) -> None:
    with hold_lock(shop), hold_lock(shop):
        pass
    assert find_lock_holder(shop) is None
