"""What files the reader opens, and what it does when they are not what they seem."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import zipfile
from functools import partial
from pathlib import Path

import pytest

from orchestration.landing import reading_rules as rules
from orchestration.landing.blocks import count_lines, iterate_blocks
from orchestration.landing.contracts import (
    FileChangedError,
    FileRefusedError,
    ReadOptions,
)
from orchestration.landing.reading import hash_file, iterate_records, read_head
from tests.orchestration.landing.read_files import read, read_bytes

# No time in the header: the workers of a test run must name the cases alike.
pack = partial(gzip.compress, mtime=0)
CSV = "order_id,商品名\nO1,サイズ\nO2,コート\n".encode()
ROWS = [("O1", "サイズ"), ("O2", "コート")]


def refuse(path: Path, options: ReadOptions | None = None) -> tuple[str, dict[str, str]]:
    with pytest.raises(FileRefusedError) as refused:
        read(path, options)
    return refused.value.problem.rule, dict(refused.value.problem.parameters)


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV),
        ("A.CSV", CSV),
        ("a.csv.gz", pack(CSV)),
        ("a.csv.gz", pack(CSV[:20]) + pack(CSV[20:])),
        ("a.tsv", CSV.replace(b",", b"\t")),
        ("a.tsv.GZ", pack(CSV.replace(b",", b"\t"))),
        ("a.csv", b"\xef\xbb\xbf" + CSV),
        ("a.csv", CSV.decode().encode("cp932")),
        ("a.jsonl", b'{"order_id": "O1", "n": "\xe3\x82\xb5"}\n'),
        ("a.jsonl.gz", pack(b'{"order_id": "O1", "n": "\xe3\x82\xb5"}\n')),
    ],
)
def test_formats_are_told_by_the_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = put(tmp_path, name, data)
    assert read_head(path).header[0] == "order_id"
    assert read(path).rows[0][0] == "O1"


def test_the_head_says_how_the_file_is_built(tmp_path: Path) -> None:
    head = read_head(put(tmp_path, "a.csv", CSV.decode().replace(",", ";").encode("cp932")))
    assert (head.format, head.encoding, head.delimiter, head.header_line) == (
        "csv",
        "cp932",
        ";",
        1,
    )
    assert head.header == ("order_id", "商品名")


def build_zip(name: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        file.writestr(name, "x")
    return sink.getvalue()


def build_password_zip() -> bytes:
    data = bytearray(build_zip("orders.csv"))
    data[6] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (build_zip("xl/workbook.xml"), "xlsx"),
        (build_zip("orders.csv"), "zip"),
        (build_password_zip(), "password_zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "image"),
        (b"<!DOCTYPE html>\n<html><body>login</body></html>\n", "html"),
        (b" \n<HTML>\n", "html"),
        (b'<?xml version="1.0"?>\n<a/>\n', "xml"),
        (b'[{"id": 1}]\n', "json"),
        (b'{"id": 1}\n', "json"),
        (b"PAR1" + bytes(64), "parquet"),
        (pack(CSV), "gzip"),
        (b"SQLite format 3\x00" + bytes(64), "sqlite"),
        (bytes(500), "binary"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    path = put(tmp_path, "orders.csv", data)
    assert refuse(path) == (rules.NOT_A_TABLE, {"what": what})
    with pytest.raises(FileRefusedError):
        read_head(path)


def test_a_zip_inside_a_gzip_is_named_too(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv.gz", pack(build_zip("orders.csv")))
    assert refuse(path) == (rules.NOT_A_TABLE, {"what": "zip"})


@pytest.mark.parametrize("name", ["orders.xlsx", "orders.txt", "orders", "orders.gz"])
def test_an_unknown_extension_is_refused(tmp_path: Path, name: str) -> None:
    data = pack(CSV) if name.endswith("gz") else CSV
    path = put(tmp_path, name, data)
    assert refuse(path)[0] == rules.UNKNOWN_EXTENSION
    assert read(path, ReadOptions(format="csv")).rows == ROWS


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n\t", b"\xef\xbb\xbf", b"\x1a"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refuse(put(tmp_path, "a.csv", data))[0] == rules.EMPTY_FILE


def test_a_damaged_gzip_is_refused_at_every_cut(tmp_path: Path) -> None:
    data = pack(CSV)
    for cut in range(len(data)):
        rule = refuse(put(tmp_path, "a.csv.gz", data[:cut]))[0]
        assert rule in {rules.GZIP_DAMAGED, rules.EMPTY_FILE}
    flipped = data[:-8] + bytes([data[-8] ^ 1]) + data[-7:]
    assert refuse(put(tmp_path, "a.csv.gz", flipped))[0] == rules.GZIP_DAMAGED
    assert refuse(put(tmp_path, "a.csv.gz", CSV))[0] == rules.GZIP_DAMAGED


@pytest.mark.parametrize("line", [b"\x00", b"O1,2026-01-05\n"])
def test_a_zip_bomb_is_refused(tmp_path: Path, line: bytes) -> None:
    data = b"order_id,day\n" * (line != b"\x00") + line * (80_000_000 // len(line))
    path = put(tmp_path, "a.csv.gz", gzip.compress(data, 9, mtime=0))
    assert refuse(path) == (rules.UNZIPPED_TOO_LARGE, {"limit": "200:1"})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_it_is_declared(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, "a.csv", CSV.decode().encode(encoding))
    assert read(path, ReadOptions(encoding=encoding)).rows == ROWS
    text = "order_id,day\nO1,2026-01-05\n".encode(encoding)
    assert refuse(put(tmp_path, "b.csv", text)) == (
        rules.ENCODING_NOT_DECLARED,
        {"encoding": "utf-16"},
    )


@pytest.mark.parametrize("encoding", ["euc_jp", "latin-1", "iso2022_jp", "utf-16"])
def test_declared_encodings_are_obeyed(tmp_path: Path, encoding: str) -> None:
    name = "André" if encoding == "latin-1" else "返品"
    data = f"id,text\n1,{name}\n".encode(encoding)
    assert read_bytes(tmp_path, data, options=ReadOptions(encoding=encoding)).rows == [("1", name)]


@pytest.mark.parametrize("encoding", ["euc_jp", "utf-16", "iso2022_jp"])
def test_a_header_in_an_undeclared_encoding_refuses_the_file(tmp_path: Path, encoding: str) -> None:
    data = "注文番号,ワンピース\n1,a\n".encode(encoding)
    assert refuse(put(tmp_path, "a.csv", data))[0] == rules.ENCODING_NOT_DECLARED


def test_only_plain_files_are_opened(tmp_path: Path) -> None:
    target = put(tmp_path, "a.csv", CSV)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        assert refuse(path)[0] == rules.NOT_A_PLAIN_FILE


@pytest.mark.parametrize("change", ["append", "touch", "replace", "remove"])
def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, change: str) -> None:
    path = put(tmp_path, "a.csv", CSV)
    records = iterate_records(path, options=ReadOptions())
    next(records)
    if change == "append":
        with path.open("ab") as file:
            file.write(b"O3,x\n")
    elif change == "touch":
        os.utime(path, (1.0, 1.0))
    elif change == "replace":
        put(tmp_path, "b.csv", CSV).rename(path)
    else:
        path.unlink()
    with pytest.raises(FileChangedError):
        list(records)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileChangedError):
        read_head(tmp_path / "nowhere.csv")


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv.gz", pack(CSV))
    assert hash_file(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_blocks_hold_whole_lines_and_lose_no_byte() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(200):
        data = bytes(chance.choices(b"ab\r\n", k=chance.randint(0, 60)))
        size = chance.randint(1, 20)
        blocks = list(iterate_blocks(io.BytesIO(data), block_bytes=size))
        assert b"".join(block.data for block in blocks) == data
        assert [block.is_last for block in blocks] == [False] * (len(blocks) - 1) + [True]
        line = 1
        for block in blocks:
            assert block.first_line == line
            line += count_lines(block.data)
        assert line - 1 == len(data.splitlines()) - bool(data and data[-1:] not in b"\r\n")


def test_a_line_beyond_any_limit_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", b"id,text\n1," + b"x" * 100_000_000 + b"\n2,b\n")
    found = read(path)
    assert found.rows == [("2", "b")]
    assert found.rules == [(rules.RECORD_TOO_LONG, 2)]


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    header = ",".join(f"h{n}x" for n in range(3_000))
    path = put(tmp_path, "a.csv", f"{header}\n".encode())
    assert refuse(path)[0] == rules.TOO_MANY_COLUMNS


def test_every_rule_is_listed_once() -> None:
    names = {
        value for name, value in vars(rules).items() if name.isupper() and isinstance(value, str)
    }
    assert names == rules.FILE_RULES | rules.RECORD_RULES
