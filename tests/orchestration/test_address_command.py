"""``kaeru address``: one address and files of them, in every format, and what is refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from models_ml.addresses.codes import CODES, LANES
from orchestration import address_words
from orchestration.address_files import FIELDS
from orchestration.cli import app

ROWS = [
    ("150-0043", "東京都渋谷区道玄坂2-10-7", "ship"),
    ("150-0044", "東京都渋谷区道玄坂2-10-7", "correct"),
    ("150-0043", "東京都渋谷区道玄坂", "ask"),
    ("", "", "ask"),
    ("10118", "350 Fifth Avenue, New York", "not_checked"),
    ("150-0043", "東京都渋谷区道玄坂2-10-7\n二行目", "ship"),
]
FLAGS = ("--postal-column", "郵便番号", "--address-column", "住所")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["address", *arguments])


def write_csv(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(["注文番号", "郵便番号", "住所"])
    writer.writerows((f"A{i}", postal, address) for i, (postal, address, _) in enumerate(ROWS))
    data = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_jsonl(path: Path) -> Path:
    lines = [json.dumps({"郵便番号": postal, "住所": address}) for postal, address, _ in ROWS]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_parquet(path: Path) -> Path:
    columns = {"郵便番号": [row[0] for row in ROWS], "住所": [row[1] or None for row in ROWS]}
    pq.write_table(pa.table(columns), path)
    return path


def test_one_address_is_answered_with_its_record() -> None:
    done = call("〒150-0044 東京都渋谷区道玄坂2-10-7", "--json")
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    assert set(record) == set(FIELDS)
    assert (record["lane"], record["codes"]) == ("correct", ["postal_mismatch"])
    assert record["corrected_postal"] == "150-0043"
    assert call("--postal", "150-0044", "東京都渋谷区道玄坂2-10-7", "--json").stdout == done.stdout


@pytest.mark.parametrize(
    ("language", "lane", "code"),
    [("ja", "お客さまに聞く", "番地がない"), ("en", "Ask the customer", "no lot number")],
)
def test_one_address_is_answered_in_words(language: str, lane: str, code: str) -> None:
    done = call("東京都渋谷区道玄坂", "--postal", "1500043", "--language", language)
    assert done.exit_code == 0
    assert f"{lane}" in done.stdout
    assert code in done.stdout


def test_an_empty_address_is_asked() -> None:
    done = call("", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["lane"] == "ask"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.csv", write_csv),
        ("a.csv.gz", write_csv),
        ("a.tsv", lambda path: write_csv(path, delimiter="\t")),
        ("cp932.csv", lambda path: write_csv(path, encoding="cp932")),
        ("mark.csv", lambda path: write_csv(path, encoding="utf-8-sig")),
        ("a.jsonl", write_jsonl),
        ("a.parquet", write_parquet),
    ],
)
def test_every_row_of_a_file_gets_one_record_in_order(tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    done = call("check", str(write(tmp_path / name)), *FLAGS)
    assert done.exit_code == 0, done.output
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["row"] for record in records] == list(range(len(ROWS)))
    assert [record["lane"] for record in records] == [lane for _, _, lane in ROWS]
    assert all(tuple(record) == FIELDS for record in records)


@pytest.mark.parametrize("output_format", ["jsonl", "csv", "parquet"])
def test_a_file_is_written_whole(tmp_path: Path, output_format: str) -> None:
    out = tmp_path / f"out.{output_format}"
    source = write_csv(tmp_path / "in.csv")
    done = call("check", str(source), *FLAGS, "--out", str(out), "--format", output_format)
    assert (done.exit_code, done.stdout) == (0, "")
    if output_format == "parquet":
        lanes = pq.read_table(out)["lane"].to_pylist()
    else:
        text = out.read_text(encoding="utf-8")
        read = csv.DictReader(io.StringIO(text)) if output_format == "csv" else None
        lanes = [row["lane"] for row in read or map(json.loads, text.splitlines())]
    assert lanes == [lane for _, _, lane in ROWS]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", out.name]


def test_what_fails_half_way_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl")
    source.write_text(source.read_text("utf-8") + "{broken\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    out.write_text("before", encoding="utf-8")
    done = call("check", str(source), *FLAGS, "--out", str(out))
    assert done.exit_code == 2
    assert out.read_text("utf-8") == "before"
    assert len(list(tmp_path.iterdir())) == 2


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("郵便番号,住所\n150-0044,=東京都渋谷区道玄坂2-10-7\n", encoding="utf-8")
    done = call("check", str(source), *FLAGS, "--format", "csv")
    cells = list(csv.DictReader(io.StringIO(done.stdout)))
    assert not any(str(cell).startswith("=") for row in cells for cell in row.values())


@pytest.mark.parametrize(
    "change",
    [
        ("--postal-column", "zip", "--address-column", "住所"),
        (*FLAGS, "--format", "xml"),
        (*FLAGS, "--format", "parquet"),
        (*FLAGS, "--out", "{file}"),
        (*FLAGS, "--language", "de"),
        ("--postal-column", "郵便番号"),
    ],
)
def test_wrong_use_ends_with_two(tmp_path: Path, change: tuple[str, ...]) -> None:
    file = str(write_csv(tmp_path / "in.csv"))
    done = call("check", file, *(word.replace("{file}", file) for word in change))
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    for name in ("a.parquet", "a.csv.gz"):
        (tmp_path / name).write_bytes(b"no such thing\n" * 20)
        done = call("check", str(tmp_path / name), *FLAGS, "--language", "en")
        assert done.exit_code == 2
        assert "cannot be read as a table" in done.stderr


def test_every_code_and_lane_has_a_name() -> None:
    assert set(address_words.CODES) == CODES
    assert set(address_words.LANES) == set(LANES)
