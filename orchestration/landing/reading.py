"""Read the files of a shop: whatever their format, the records come as text with their lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.blocks import (
    BLOCK_BYTES,
    MAX_UNZIP_RATIO,
    hash_file,
    iterate_blocks,
    open_plain,
    open_text,
    refuse_size,
)
from orchestration.landing.content import HEAD_BYTES, check_text, name_content
from orchestration.landing.contracts import (
    FileFormat,
    FileRefusedError,
    Head,
    Problem,
    ReadOptions,
    RecordBatch,
)
from orchestration.landing.declared_encodings import find_stream_encoding
from orchestration.landing.decoding import DecodedLines, LineDecoder
from orchestration.landing.dialect import Dialect, find_dialect
from orchestration.landing.header_lines import fold_headers
from orchestration.landing.jsonlines import JSON_BLOCK_BYTES, JsonLinesReader, find_json_header
from orchestration.landing.parquet import ParquetReader
from orchestration.landing.separated import SeparatedReader

__all__ = ["hash_file", "iterate_records", "read_head"]

_SAMPLE_BYTES: Final = 2**20
_EXTENSIONS: Final[dict[str, FileFormat]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
_NO_OPTIONS: Final = ReadOptions()


@dataclass(frozen=True)
class _Layout:
    """What the name of a file and its mapping say of its format."""

    format: FileFormat
    is_zipped: bool
    is_tsv: bool


@dataclass(frozen=True)
class _Sample:
    """The beginning of a file in text, and what reads on from there."""

    source: IO[bytes]
    data: bytes
    decoded: DecodedLines
    decoder: LineDecoder


def read_head(path: Path, *, options: ReadOptions = _NO_OPTIONS) -> Head:
    """Read the beginning of a file: enough to choose its mapping.

    Parameters
    ----------
    path : Path
        A plain file: csv, tsv or jsonl, each also .gz, or parquet.
    options : ReadOptions

    Returns
    -------
    Head
        Its header may hold empty names and doubled ones.

    Raises
    ------
    FileRefusedError
        Any of ``reading_rules.FILE_RULES``.
    FileChangedError
    """
    with open_plain(path) as file:
        layout = _find_layout(path.name, file=file, options=options)
        if layout.format == "parquet":
            header = ParquetReader(file, options=options).header
            return Head("parquet", "utf-8", None, 0, header)
        sample = _read_sample(file, layout=layout, options=options)
        encoding = sample.decoder.encoding
        if layout.format == "jsonl":
            header = find_json_header(sample.decoded.lines, options=options)
            return Head("jsonl", encoding, None, 0, header)
        dialect = _find_dialect(sample, layout=layout, options=options)
        line = dialect.header_index + 1
        return Head(
            "csv", encoding, dialect.delimiter, line, fold_headers(dialect.header, line=line)
        )


def iterate_records(path: Path, *, options: ReadOptions) -> Iterator[RecordBatch]:
    """Read the records of a file, some hundred thousand at a time.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        Of the mapping that was chosen.

    Yields
    ------
    RecordBatch
        Records of the file are the rows of all tables and one per problem.

    Raises
    ------
    FileRefusedError
        Any of ``reading_rules.FILE_RULES``, also after some batches: nothing of them may land.
    FileChangedError
        The file changed meanwhile: nothing may land either.
    """
    with open_plain(path) as file:
        layout = _find_layout(path.name, file=file, options=options)
        if layout.format == "parquet":
            yield from ParquetReader(file, options=options).read()
            return
        sample = _read_sample(file, layout=layout, options=options)
        reader: JsonLinesReader | SeparatedReader
        if layout.format == "jsonl":
            header = find_json_header(sample.decoded.lines, options=options)
            reader = JsonLinesReader(header, decoder=sample.decoder, options=options)
        else:
            dialect = _find_dialect(sample, layout=layout, options=options)
            reader = SeparatedReader(dialect, decoder=sample.decoder, options=options)
        block_bytes = JSON_BLOCK_BYTES if layout.format == "jsonl" else BLOCK_BYTES
        blocks = iterate_blocks(sample.source, head=sample.data, block_bytes=block_bytes)
        yield from reader.read(blocks)


def _find_layout(name: str, *, file: io.BufferedReader, options: ReadOptions) -> _Layout:
    """Say how a file is read by its name, and refuse what its first bytes belie."""
    lower = name.lower()
    is_zipped = lower.endswith(".gz")
    suffix = Path(lower.removesuffix(".gz")).suffix
    format = options.format or _EXTENSIONS.get(suffix)
    what = name_content(file.read(HEAD_BYTES))
    file.seek(0)
    if what == "gzip" and is_zipped and format != "parquet":
        what = None
    elif what is None and is_zipped:
        raise FileRefusedError(Problem(rules.GZIP_DAMAGED))
    if what == "parquet" and format == "parquet":
        what = None
    elif what is None and format == "parquet":
        raise FileRefusedError(Problem(rules.PARQUET_DAMAGED))
    if what is not None:
        raise FileRefusedError(Problem(rules.NOT_A_TABLE, parameters={"what": what}))
    if format is None:
        parameters = {"extension": suffix or "-"}
        raise FileRefusedError(Problem(rules.UNKNOWN_EXTENSION, parameters=parameters))
    return _Layout(format, is_zipped, is_tsv=suffix == ".tsv")


def _read_sample(file: io.BufferedReader, *, layout: _Layout, options: ReadOptions) -> _Sample:
    stream_encoding = find_stream_encoding(options.encoding)
    source = open_text(file, is_zipped=layout.is_zipped, encoding=stream_encoding)
    data = _read_up_to(source, size=_SAMPLE_BYTES)
    if layout.is_zipped and len(data) == _SAMPLE_BYTES and not data.strip(b"\x00"):
        raise refuse_size(f"{MAX_UNZIP_RATIO}:1")
    check_text(data[:HEAD_BYTES], format=layout.format, encoding=options.encoding)
    decoder = LineDecoder(declared=options.encoding)
    blocks = iterate_blocks(io.BytesIO(data), block_bytes=_SAMPLE_BYTES)
    first = next(blocks)
    if len(data) < _SAMPLE_BYTES and not first.is_last:
        rest = next(blocks)
        text = first.data + rest.data
    else:
        text = first.data
    return _Sample(source, data, decoder.decode(text), decoder)


def _read_up_to(source: IO[bytes], *, size: int) -> bytes:
    parts: list[bytes] = []
    missing = size
    while missing > 0 and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _find_dialect(sample: _Sample, *, layout: _Layout, options: ReadOptions) -> Dialect:
    lines = sample.decoded.lines
    dialect = find_dialect(lines, options=options, is_tsv=layout.is_tsv)
    for index in range(dialect.header_index, dialect.body_index):
        fault = sample.decoded.faults.get(index)
        if fault is not None:
            line = index + 1
            raise FileRefusedError(Problem(fault.rule, line=line, parameters=fault.parameters))
    return dialect
