"""Blanking what is personal in files of the inbox; every other byte stays as it was."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.inbox_search import InboxHit
from orchestration.landing.declared_encodings import find_stream_encoding
from orchestration.landing.header_lines import fold_header
from orchestration.landing.quoting import read_record
from orchestration.landing.reading import read_head
from orchestration.store import replace_file

PHYSICAL_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
LINE_END: Final = re.compile(r"[\r\n]*$")
# Every byte is one sign, and back: delimiters, quotes and line ends are the same in UTF-8, CP932
# and EUC-JP, whose other bytes pass untouched.
BYTES_AS_TEXT: Final = "latin-1"
# The bar is the second byte of a letter (ポ) in CP932.
BAR: Final = "|"


def rewrite_file(hit: InboxHit) -> None:
    """Write a file of the inbox anew without what is personal in the records of a customer.

    Time of change and name stay, so that the file does not look like a new delivery.

    Parameters
    ----------
    hit : InboxHit
    """
    facts = hit.path.stat()
    head = read_head(hit.path, options=hit.choice.mapping.read_options())
    if head.format == "parquet":
        content = _rewrite_parquet(hit)
    else:
        data = hit.path.read_bytes()
        is_packed = hit.path.name.lower().endswith(".gz")
        data = gzip.decompress(data) if is_packed else data
        content = _rewrite_text(hit, data=data, delimiter=head.delimiter)
        content = gzip.compress(content, mtime=0) if is_packed else content
    temporary = hit.path.with_name(f".{hit.path.name}.rewritten")
    temporary.write_bytes(content)
    temporary.chmod(facts.st_mode & 0o777)
    os.utime(temporary, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    replace_file(temporary, target=hit.path)


def _rewrite_text(hit: InboxHit, *, data: bytes, delimiter: str | None) -> bytes:
    declared = hit.choice.mapping.reading.encoding
    codec = find_stream_encoding(declared) or BYTES_AS_TEXT
    errors = "strict"
    if delimiter == BAR and codec == BYTES_AS_TEXT:
        codec, errors = hit.choice.encoding, "surrogateescape"
    lines = PHYSICAL_LINE.findall(data.decode(codec, errors=errors))
    if delimiter is None:
        codec, errors = ("utf-8", "strict") if codec == BYTES_AS_TEXT else (codec, errors)
        lines = PHYSICAL_LINE.findall(data.decode(codec, errors=errors))
        text = _rewrite_json_lines(hit, lines=lines)
    else:
        text = _rewrite_separated(hit, lines=lines, delimiter=delimiter)
    return text.encode(codec, errors=errors)


def _rewrite_separated(hit: InboxHit, *, lines: list[str], delimiter: str) -> str:
    written: list[str] = []
    place = 0
    while place < len(lines):
        if place + 1 not in hit.lines:
            written.append(lines[place])
            place += 1
            continue
        record = read_record(lines, place, delimiter=delimiter)
        if not hit.is_about_people:
            end = LINE_END.search(lines[record.end - 1])
            fields = [
                field if name in hit.kept else ""
                for name, field in zip(hit.columns, record.fields, strict=False)
            ]
            written.append(_join(fields, delimiter=delimiter, end=end.group() if end else ""))
        place = record.end
    return "".join(written)


def _join(fields: list[str], *, delimiter: str, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerow(fields)
    return text.getvalue()


def _rewrite_json_lines(hit: InboxHit, *, lines: list[str]) -> str:
    written: list[str] = []
    explode = hit.choice.mapping.reading.explode
    for number, line in enumerate(lines, start=1):
        if number not in hit.lines:
            written.append(line)
        elif not hit.is_about_people:
            end = LINE_END.search(line)
            pruned = _prune(json.loads(line), path="", kept=hit.kept, explode=explode)
            text = json.dumps(pruned, ensure_ascii=False)
            written.append(text + (end.group() if end else ""))
    return "".join(written)


def _prune(value: object, *, path: str, kept: frozenset[str], explode: str | None) -> object:
    """Keep the leaves whose dotted name is kept; an exploded list is walked, others are leaves."""
    if isinstance(value, dict):
        named = {key: f"{path}.{fold_header(key)}".lstrip(".") for key in value}
        pruned = {
            key: _prune(inner, path=named[key], kept=kept, explode=explode)
            for key, inner in value.items()
        }
        return {key: inner for key, inner in pruned.items() if inner is not None}
    if isinstance(value, list) and path == explode:
        return [_prune(item, path=path, kept=kept, explode=explode) for item in value]
    return value if path in kept else None


def _rewrite_parquet(hit: InboxHit) -> bytes:
    table = pq.read_table(hit.path)
    rows = {line - 1 for line in hit.lines}
    if hit.is_about_people:
        stays = [row for row in range(table.num_rows) if row not in rows]
        table = table.take(pa.array(stays, pa.int64()))
    else:
        for place, field in enumerate(table.schema):
            name = fold_header(field.name)
            if name in hit.kept:
                continue
            values = [
                _prune(value, path=name, kept=hit.kept, explode=None) if row in rows else value
                for row, value in enumerate(table.column(place).to_pylist())
            ]
            table = table.set_column(place, field, pa.array(values, type=field.type))
    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()


def is_rewritten_copy(path: Path) -> bool:
    """Tell whether a file is the leftover of a rewriting that was cut off."""
    return path.name.startswith(".") and path.name.endswith(".rewritten")
