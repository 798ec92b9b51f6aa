"""Every kind of bad input gets its answer: state, line, column, value and the way out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from orchestration.commands.init import make_shop
from orchestration.folder import ShopFolder
from orchestration.landing_run import land_inbox
from tests.fixtures.bad_inputs import BAD_INPUTS, BadInput

RUN_ID = "20261124T000000-abcdef"


@dataclass(frozen=True)
class Landed:
    """One store into which every fixture was landed."""

    connection: duckdb.DuckDBPyConnection
    file_names: dict[str, str]

    def read_file(self, item: BadInput) -> dict[str, object]:
        return self._read("select * from landing.files where file_name = ?", item)[0]

    def read_problems(self, item: BadInput) -> list[dict[str, object]]:
        return self._read(
            "select * from landing.quarantined_rows where file_name = ? order by all", item
        )

    def _read(self, statement: str, item: BadInput) -> list[dict[str, object]]:
        cursor = self.connection.execute(statement, [self.file_names[item.kind]])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landed]:
    """Land all fixtures at once: one bad file must not hinder the others."""
    shop = tmp_path_factory.mktemp("bad") / "shop"
    make_shop(shop, values={"name": "bad inputs"})
    names = {}
    settled = time.time() - 60
    for number, item in enumerate(BAD_INPUTS):
        stem, _, rest = item.name.partition("-1.")
        name = f"{stem}-{number:03d}.{rest}" if rest else f"{number:03d}-{item.name}"
        path = shop / "inbox" / name
        path.write_bytes(item.content)
        os.utime(path, (settled, settled))
        names[item.kind] = name
    land_inbox(shop, run_id=RUN_ID)
    with duckdb.connect(str(ShopFolder(shop).store), read_only=True) as connection:
        yield Landed(connection, names)


def test_there_are_at_least_eighty_kinds() -> None:
    kinds = [item.kind for item in BAD_INPUTS]
    assert len(set(kinds)) == len(kinds) >= 80


@pytest.mark.parametrize("item", BAD_INPUTS, ids=lambda item: item.kind)
def test_state_and_counts(landed: Landed, item: BadInput) -> None:
    file = landed.read_file(item)
    assert file["state"] == item.state, landed.read_problems(item)
    counts = (file["rows_in"], file["rows_loaded"], file["rows_quarantined"])
    assert counts == item.rows


@pytest.mark.parametrize(
    "item",
    [item for item in BAD_INPUTS if item.state != "loaded"],
    ids=lambda item: item.kind,
)
def test_message_names_place_value_and_way_out(landed: Landed, item: BadInput) -> None:
    problems = landed.read_problems(item)
    lines = {problem["line"] for problem in problems}
    assert lines == {item.line}, problems
    if item.column is not None:
        assert item.column in {problem["column_name"] for problem in problems}
    if item.value:
        assert item.value in {problem["value"] for problem in problems}
    for problem in problems:
        for language in ("ja", "en"):
            assert str(problem[f"message_{language}"]).strip()
            assert str(problem[f"way_out_{language}"]).strip()
        assert problem["message_ja"] != problem["message_en"]


def test_nothing_balances_away(landed: Landed) -> None:
    broken = landed.connection.execute(
        "select file_name from landing.files"
        " where rows_in <> rows_loaded + rows_quarantined + rows_erased"
    ).fetchall()
    assert broken == []
