"""Readers see whole versions, in order; the last good one stays."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import duckdb
import pytest

from benchmarks.killing import open_stable
from benchmarks.publishing_faults import (
    VICTIM,
    build_version,
    kill_publishers,
    publish_one,
    read_version,
    read_while_publishing,
)
from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts, list_versions, read_pointer
from orchestration.publishing import KEPT_VERSIONS, clear_build, publish, rollback
from orchestration.verifying import compute_sha256
from orchestration.wording import KaeruError
from tests.orchestration.small_shops import make_small_shop

PUBLISHES = 30
KILLS = 25
FILE_HEADERS_BYTES = 3 * 4096
BLOCK_BYTES = 256 * 1024


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def publish_built(shop: Path, version: str) -> None:
    publish(shop, run_id=version, as_of="2026-10-31", tests={"passed": 3}, models=2)


def test_the_pointer_says_everything_a_reader_needs(shop: Path) -> None:
    build_version(shop, version="v1")
    publish_built(shop, "v1")
    folder = ShopFolder(shop)
    pointer = json.loads(folder.pointer.read_text(encoding="utf-8"))
    file = folder.serving / "wh-v1.duckdb"
    assert pointer["file"] == "wh-v1.duckdb"
    assert pointer["sha256"] == compute_sha256(file)
    assert pointer["bytes"] == file.stat().st_size
    assert pointer["tests"] == {"passed": 3, "warned": 0, "failed": 0}
    assert (pointer["version"], pointer["as_of"], pointer["models"]) == ("v1", "2026-10-31", 2)
    assert set(pointer) == {
        *("version", "file", "bytes", "sha256", "as_of", "published_at", "tests", "models")
    }


def test_a_published_file_cannot_be_written(shop: Path) -> None:
    publish_one(shop)
    for path in ShopFolder(shop).serving.glob("*.duckdb"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_nothing_is_left_of_the_build(shop: Path) -> None:
    publish_one(shop)
    assert list(ShopFolder(shop).build.iterdir()) == []


def test_three_versions_are_kept(shop: Path) -> None:
    versions = [publish_one(shop) for _ in range(KEPT_VERSIONS + 2)]
    assert [one.version for one in list_versions(shop)] == versions[-KEPT_VERSIONS:]
    assert len(list(ShopFolder(shop).serving.glob("*.duckdb"))) == KEPT_VERSIONS


def test_a_file_with_a_log_is_not_published(shop: Path) -> None:
    good = publish_one(shop)
    build_version(shop, version="half")
    ShopFolder(shop).serving_database.with_suffix(".duckdb.wal").write_bytes(b"half")
    with pytest.raises(KaeruError, match="write-ahead log"):
        publish_built(shop, "half")
    assert read_version(shop)[0].version == good


def test_a_damaged_file_is_not_published(shop: Path) -> None:
    good = publish_one(shop)
    build_version(shop, version="damaged")
    path = ShopFolder(shop).serving_database
    content = bytearray(path.read_bytes())
    for place in range(FILE_HEADERS_BYTES + 64, len(content), BLOCK_BYTES):
        content[place] ^= 1  # one bit of every block, used or free
    path.write_bytes(content)
    with pytest.raises(KaeruError, match="cannot be read"):
        publish_built(shop, "damaged")
    assert read_version(shop)[0].version == good


def test_an_empty_file_is_not_published(shop: Path) -> None:
    with duckdb.connect(str(ShopFolder(shop).serving_database)) as connection:
        connection.execute("create schema marts")
    with pytest.raises(KaeruError, match="no table"):
        publish_built(shop, "empty")


def test_a_missing_build_is_said_in_words(shop: Path) -> None:
    clear_build(shop)
    with pytest.raises(KaeruError, match="last published version stays"):
        publish_built(shop, "nothing")
    assert read_pointer(shop) is None


def test_rolling_back_shows_the_version_before(shop: Path) -> None:
    first, second, third = (publish_one(shop) for _ in range(3))
    assert rollback(shop).version == second
    assert rollback(shop).version == first
    assert read_version(shop)[0].version == first
    assert rollback(shop, version=third).version == third
    with pytest.raises(KaeruError, match=first):
        rollback(shop, version="no-such-version")


def test_rolling_back_the_first_version_is_refused(shop: Path) -> None:
    publish_one(shop)
    with pytest.raises(KaeruError, match="no published version"):
        rollback(shop)


def test_rolling_back_to_changed_bytes_is_refused(shop: Path) -> None:
    first = publish_one(shop)
    second = publish_one(shop)
    path = ShopFolder(shop).serving / f"wh-{first}.duckdb"
    path.chmod(0o644)
    with path.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\x00\xff")
    with pytest.raises(KaeruError, match="sha256"):
        rollback(shop)
    assert read_version(shop)[0].version == second


def test_the_version_that_readers_see_is_never_removed(shop: Path) -> None:
    first, _ = publish_one(shop), publish_one(shop)
    rollback(shop)
    build_version(shop, version="0-older-name")
    publish(shop, run_id="0-older-name", as_of="2026-10-31", tests=CheckCounts(), models=1)
    assert read_version(shop)[0].version == "0-older-name"
    assert first in {one.version for one in list_versions(shop)}


def test_readers_see_whole_versions_in_order_while_thirty_are_published(shop: Path) -> None:
    counts = read_while_publishing(shop, publishes=PUBLISHES, readers=4)
    assert counts.reads > PUBLISHES
    assert (counts.failed, counts.torn, counts.backwards) == (0, 0, 0)


def test_a_killed_publisher_leaves_a_whole_version(shop: Path) -> None:
    with open_stable(VICTIM) as stable:
        counts = kill_publishers(stable, shop, kills=KILLS, seed=20261124)
    assert counts.reads == KILLS
    assert (counts.failed, counts.torn, counts.backwards) == (0, 0, 0)
