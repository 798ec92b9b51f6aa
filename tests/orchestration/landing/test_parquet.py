"""What the reader makes of Parquet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileRefusedError, ReadOptions
from orchestration.landing.reading import iterate_records, read_head
from tests.orchestration.landing.read_files import read


def write(folder: Path, columns: dict[str, Any], *, row_group_size: int = 2) -> Path:
    path = folder / "orders.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=row_group_size)
    return path


@pytest.mark.parametrize(
    ("array", "kind", "texts"),
    [
        (pa.array(["007", "", None]), "text", ["007", None, None]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), "text", ["a", "b", "a"]),
        (pa.array(["a"], pa.large_string()), "text", ["a"]),
        (pa.array([b"a"], pa.binary()), "binary", ["a"]),
        (pa.array([True, False, None]), "boolean", ["true", "false", None]),
        (pa.array([1, -2, 2**63 - 1]), "integer", ["1", "-2", "9223372036854775807"]),
        (pa.array([2**64 - 1], pa.uint64()), "integer", ["18446744073709551615"]),
        (pa.array([1.5, float("nan"), None]), "float", ["1.5", None, None]),
        (pa.array([0.1], pa.float32()), "float", ["0.1"]),
        (pa.array([Decimal("1000.10")]), "decimal", ["1000.10"]),
        (pa.array([Decimal("12345678901234567890.12")]), "decimal", ["12345678901234567890.12"]),
        (pa.array([date(2026, 1, 5)]), "date", ["2026-01-05"]),
        (pa.array([time(10, 5)]), "time", ["10:05:00.000000"]),
        (
            pa.array(["2026-01-05 10:00:00"]).cast(pa.timestamp("us")),
            "timestamp",
            ["2026-01-05 10:00:00"],
        ),
        (
            pa.array(["2026-01-05 10:00:00.25"]).cast(pa.timestamp("us")),
            "timestamp",
            ["2026-01-05 10:00:00.250000"],
        ),
        (
            pa.array([datetime(2026, 1, 5, 1, tzinfo=UTC)], pa.timestamp("ms", "Asia/Tokyo")),
            "instant",
            ["2026-01-05 01:00:00+00:00"],
        ),
        (pa.array([None, None]), "text", [None, None]),
        (pa.array([[1, 2], [], None]), "json", ["[1, 2]", None, None]),
    ],
)
def test_values_become_text_exactly_and_say_what_they_were(
    tmp_path: Path, array: pa.Array, kind: str, texts: list[str | None]
) -> None:
    path = write(tmp_path, {"id": pa.array([f"k{n}" for n in range(len(array))]), "x": array})
    batches = list(iterate_records(path, options=ReadOptions()))
    assert [text for batch in batches for text in batch.table["x"].to_pylist()] == texts
    assert batches[0].table.schema.field("x").metadata == {b"kaeru_type": kind.encode()}
    assert batches[0].table.schema.field("x").type == pa.string()


def test_lines_are_row_numbers_over_all_batches(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": [str(n) for n in range(7)]})
    assert read(path).lines == [1, 2, 3, 4, 5, 6, 7]


def test_structs_become_dotted_headers(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": ["1"], "ship to": [{"city": "東京", "at": {"zip": "100"}}]})
    assert read_head(path).header == ("id", "ship to.at.zip", "ship to.city") or read_head(
        path
    ).header == ("id", "ship to.city", "ship to.at.zip")
    assert read(path).rows[0][0] == "1"


def test_a_row_with_a_nul_or_a_huge_field_is_held_back(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": ["1", "2\x00", "3", "4"], "n": ["a", "b", "x" * 200_000, "d"]})
    found = read(path)
    assert [(p.rule, p.line, p.column) for p in found.problems] == [
        (rules.NUL_BYTE, 2, "id"),
        (rules.FIELD_TOO_LONG, 3, "n"),
    ]
    assert found.lines == [1, 4]


def test_blank_rows_and_totals_are_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path, {"id": ["1", None, "合計"], "sku": ["A", None, None], "n": ["1", " ", "1"]}
    )
    options = ReadOptions(key_headers=("id",), required_value_headers=("sku",))
    found = read(path, options)
    assert (found.lines, found.skipped) == ([1], {"blank": 1, "total": 1})


def test_bytes_that_are_no_text_refuse_the_file_if_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": ["1"], "picture": pa.array([b"\xff\xd8"])})
    with pytest.raises(FileRefusedError) as refused:
        read(path)
    assert refused.value.problem.rule == rules.PARQUET_NOT_TEXT
    assert refused.value.problem.column == "picture"
    assert read(path, ReadOptions(mapped_headers=frozenset({"id"}))).rows == [("1",)]


def test_a_doubled_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table([pa.array(["1"]), pa.array(["2"])], names=["ID", "ＩＤ"]), path)
    with pytest.raises(FileRefusedError) as refused:
        read(path)
    assert refused.value.problem.rule == rules.DUPLICATE_HEADER


def test_a_damaged_file_is_refused_at_every_cut(tmp_path: Path) -> None:
    data = write(tmp_path, {"id": ["1", "2"]}).read_bytes()
    for cut in range(0, len(data), 7):
        path = tmp_path / "cut.parquet"
        path.write_bytes(data[:cut])
        with pytest.raises(FileRefusedError) as refused:
            read(path)
        assert refused.value.problem.rule in {rules.PARQUET_DAMAGED}
