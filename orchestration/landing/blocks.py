"""Stream the bytes of a file in blocks of whole lines: unzipped, within bounds, unchanged."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileChangedError, FileRefusedError, Problem

BLOCK_BYTES: Final = 32 * 2**20
# Deflate reaches 1,032 to 1; exports of shops stay below 40 to 1.
MAX_UNZIP_RATIO: Final = 200
RATIO_FROM_BYTES: Final = 16 * 2**20
MAX_UNZIPPED_BYTES: Final = 200 * 2**30
_UTF_8_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Block:
    """Whole lines of a file.

    Attributes
    ----------
    data : bytes
        The last line of the last block may lack its end.
    first_line : int
        Physical number of the first line, from 1.
    is_last : bool
        Nothing follows; the block may then be empty.
    """

    data: bytes
    first_line: int
    is_last: bool


def hash_file(path: Path) -> str:
    """Hash the bytes of a file as they lie on the disk.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.

    Raises
    ------
    FileRefusedError
        ``not_a_plain_file``.
    """
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def open_plain(path: Path) -> Iterator[io.BufferedReader]:
    """Open a plain file, never a link or a pipe, and see that it stays as it is.

    Parameters
    ----------
    path : Path

    Yields
    ------
    io.BufferedReader

    Raises
    ------
    FileRefusedError
        ``not_a_plain_file``.
    FileChangedError
        On leaving, where size, time or identity of the file differ from those on entering.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise FileChangedError(path.name) from error
    except OSError as error:
        raise FileRefusedError(Problem(rules.NOT_A_PLAIN_FILE)) from error
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise FileRefusedError(Problem(rules.NOT_A_PLAIN_FILE))
    with os.fdopen(handle, "rb") as file:
        yield file
        try:
            after = path.lstat()
        except FileNotFoundError as error:
            raise FileChangedError(path.name) from error
        if _identify(before) != _identify(after):
            raise FileChangedError(path.name)


def _identify(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


class _BoundedUnzip:
    """Reads a gzip file and refuses one that grows beyond any export."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._unzipped = gzip.GzipFile(fileobj=file, mode="rb")
        self._size = 0

    def read(self, size: int) -> bytes:
        try:
            data = self._unzipped.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FileRefusedError(Problem(rules.GZIP_DAMAGED)) from error
        self._size += len(data)
        is_bomb = self._size > RATIO_FROM_BYTES and (
            self._size > MAX_UNZIP_RATIO * self._file.tell()
        )
        if is_bomb or self._size > MAX_UNZIPPED_BYTES:
            raise refuse_size(f"{MAX_UNZIP_RATIO}:1" if is_bomb else f"{MAX_UNZIPPED_BYTES:,}")
        return data


def refuse_size(limit: str) -> FileRefusedError:
    """Build the refusal of a file that unzips beyond a limit."""
    return FileRefusedError(Problem(rules.UNZIPPED_TOO_LARGE, parameters={"limit": limit}))


class _Transcoder:
    """Turns a stream whose bytes cannot be cut into lines into UTF-8."""

    def __init__(self, source: IO[bytes], *, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def read(self, size: int) -> bytes:
        while data := self._source.read(size):
            if text := self._decoder.decode(data):
                return text.encode("utf-8", errors="replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def open_text(file: io.BufferedReader, *, is_zipped: bool, encoding: str | None) -> IO[bytes]:
    """Lay the layers between a file and its lines.

    Parameters
    ----------
    file : io.BufferedReader
    is_zipped : bool
    encoding : str or None
        Of ``find_stream_encoding``.

    Returns
    -------
    IO of bytes
        Its ``read`` raises ``FileRefusedError``: ``gzip_damaged``, ``unzipped_too_large``.
    """
    source = cast("IO[bytes]", _BoundedUnzip(file)) if is_zipped else file
    return source if encoding is None else cast("IO[bytes]", _Transcoder(source, encoding=encoding))


def iterate_blocks(
    source: IO[bytes], *, head: bytes = b"", block_bytes: int = BLOCK_BYTES
) -> Iterator[Block]:
    """Cut a stream into blocks of whole lines; CR LF, LF and CR end a line.

    Parameters
    ----------
    source : IO of bytes
    head : bytes
        What was already read of it.
    block_bytes : int
        Size that is aimed at. A line longer than 8 MiB loses its rest here; the parsers hold
        back what is longer than that.

    Yields
    ------
    Block
        The last one has ``is_last``.
    """
    rest, first_line = head, 1
    is_start = True
    while True:
        chunk = source.read(max(1, block_bytes // 4, block_bytes - len(rest)))
        data = rest + chunk
        if is_start and (len(data) >= len(_UTF_8_MARK) or not chunk):
            data, is_start = data.removeprefix(_UTF_8_MARK), False
        if not chunk:
            yield Block(data, first_line, is_last=True)
            return
        cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
        rest = data[cut:]
        if len(rest) > rules.MAX_LINE_BYTES:
            rest = rest[: rules.MAX_LINE_BYTES + 1]
        if cut:
            yield Block(data[:cut], first_line, is_last=False)
            first_line += count_lines(data[:cut])


def count_lines(data: bytes) -> int:
    """Count the line ends of a block."""
    count = data.count(b"\n")
    return count + data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else count
