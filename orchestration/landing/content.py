"""Tell by its first bytes what a file is, where it is no table in text or Parquet."""

from __future__ import annotations

import re
from typing import Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileFormat, FileRefusedError, Problem

HEAD_BYTES: Final = 4096
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # xls, and xlsx with a password
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"{\\rtf", "rtf"),
    (b"PAR1", "parquet"),
    (b"PARE", "encrypted_parquet"),
)
_HTML: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body|table|div)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<[?!a-z]", re.IGNORECASE)
_JSON: Final = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{])')
# General purpose bits of the first entry; bit 0 says that it is encrypted.
_ZIP_FLAGS: Final = slice(6, 7)
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_NULS_OF_UTF_16: Final = 0.2


def name_content(head: bytes) -> str | None:
    """Name what a file is by its first bytes, where they are no text.

    Parameters
    ----------
    head : bytes
        At least the first 64 bytes of the file, where it has as many.

    Returns
    -------
    str or None
        ``pdf``, ``xlsx``, ``zip``, ``password_zip``, ``office``, ``image``, ``gzip``, ``parquet``,
        ...; None for text.
    """
    if head.startswith(b"PK\x03\x04"):
        is_encrypted = bool(int.from_bytes(head[_ZIP_FLAGS], "big") & 1)
        is_sheet = b"xl/" in head or b"[Content_Types].xml" in head or b"_rels/" in head
        return "password_zip" if is_encrypted else "xlsx" if is_sheet else "zip"
    if head.startswith(b"PK\x05\x06"):
        return "zip"
    return next((name for mark, name in _SIGNATURES if head.startswith(mark)), None)


def check_text(head: bytes, *, format: FileFormat, encoding: str | None) -> None:
    """Refuse what is no CSV or JSON Lines, whatever its name says.

    Parameters
    ----------
    head : bytes
        First bytes, after unzipping.
    format : {"csv", "jsonl"}
    encoding : str or None
        What the mapping declares.

    Raises
    ------
    FileRefusedError
        ``not_a_table``, ``encoding_not_declared``, ``empty_file``.
    """
    what = name_content(head)
    is_utf_16 = head.startswith(_UTF_16_MARKS) or _has_nuls_of_utf_16(head)
    if what is None and encoding is None and is_utf_16:
        problem = Problem(rules.ENCODING_NOT_DECLARED, parameters={"encoding": "utf-16"})
        raise FileRefusedError(problem)
    if what is None and not is_utf_16:
        if not head.strip(b" \t\r\n\xef\xbb\xbf\x1a"):
            raise FileRefusedError(Problem(rules.EMPTY_FILE))
        what = _name_text(head.removeprefix(b"\xef\xbb\xbf"), format=format)
    if what is not None:
        raise FileRefusedError(Problem(rules.NOT_A_TABLE, parameters={"what": what}))


def _has_nuls_of_utf_16(head: bytes) -> bool:
    """Say whether every other byte is often NUL, and the bytes between them never are."""
    counts = sorted((head[::2].count(0), head[1::2].count(0)))
    return counts[0] == 0 and counts[1] / max(1, len(head)) > _NULS_OF_UTF_16


def _name_text(head: bytes, *, format: FileFormat) -> str | None:
    if head.count(b"\x00") / len(head) > _NULS_OF_UTF_16:
        return "binary"
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "xml"
    return "json" if format == "csv" and _JSON.match(head) else None
