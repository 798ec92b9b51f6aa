"""Labels of a shop: ``labels/*.parquet``, appended whole, read in any order."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from models_ml.reasons.labels import WAYS, Label, hash_text
from models_ml.reasons.redact import redact_text
from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder
from orchestration.settings import load_hash_key
from orchestration.store import replace_file, sync_folder
from orchestration.wording import Words, WrongUseError

SUFFIX: Final = ".parquet"
SCHEMA: Final = pa.schema(
    [
        ("text_hash", pa.string()),
        ("annotator", pa.string()),
        ("labelled_at", pa.string()),
        ("verdict", pa.string()),
        ("codes", pa.list_(pa.string())),
        ("direction", pa.string()),
        ("zone", pa.string()),
        ("text", pa.string()),
        ("model_version", pa.string()),
        ("was_random", pa.bool_()),
        ("kind", pa.string()),
    ]
)
ANNOTATOR: Final = re.compile(r"[\w.:-]{1,80}")
HASH: Final = re.compile(r"[0-9a-f]{64}")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
VERDICTS: Final = ("codes", "none", "cannot_tell")
KINDS: Final = ("person", "program")

NOT_PARQUET: Final = Words(
    ja="labels/{file} を Parquet として読めません: {error}。"
    "ファイルを labels/ から出すか、バックアップから戻してください。",
    en="labels/{file} cannot be read as Parquet: {error}. Take it out of labels/ or bring it back "
    "from a backup.",
)
NO_COLUMN: Final = Words(
    ja="labels/{file} に列 {column}（{expected}）がありません。",
    en="labels/{file} lacks the column {column} ({expected}).",
)
BAD_VALUE: Final = Words(
    ja="labels/{file} の {row} 行目、列 {column} の値「{value}」は使えません。"
    "使える値: {expected}。",
    en="labels/{file}, row {row}, column {column}: {value!r} cannot be used. Expected: {expected}.",
)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


def _is_one_of(*known: str) -> Callable[[object], bool]:
    return lambda value: value in known


def _is_codes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


RULES: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "text_hash": (_matches(HASH), "SHA-256"),
    "annotator": (_matches(ANNOTATOR), "a name of 1 to 80 letters, digits, . : - _"),
    "labelled_at": (_matches(MOMENT), "YYYY-MM-DDThh:mm:ssZ"),
    "verdict": (_is_one_of(*VERDICTS), ", ".join(VERDICTS)),
    "codes": (_is_codes, "a list of codes"),
    "direction": (_is_one_of("", *WAYS), ", ".join(WAYS)),
    "zone": (_is_text, "text"),
    "text": (_is_text, "text"),
    "model_version": (_is_text, "text"),
    "was_random": (lambda value: isinstance(value, bool), "true, false"),
    "kind": (_is_one_of(*KINDS), ", ".join(KINDS)),
}


def append_labels(shop: Path, labels: Iterable[Label]) -> Path | None:
    """Write labels as one new file that appears whole; no file that is there changes.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    labels : iterable of Label
        Their texts are redacted once more, and named by what is left.

    Returns
    -------
    Path, optional
        None where there is no label.

    Raises
    ------
    WrongUseError
        If a label could not be read back.
    OSError
    """
    rows = [_to_row(label) for label in labels]
    if not rows:
        return None
    folder = ShopFolder(shop).labels
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{read_utc_now():%Y%m%dT%H%M%S}-{secrets.token_hex(6)}{SUFFIX}"
    for number, row in enumerate(rows):
        _read_row(row, file=target.name, number=number)
    _write_rows(rows, target=target)
    return target


def read_labels(shop: Path) -> list[Label]:
    """Read every label of a shop.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of Label
        Sorted; the same whatever the files are called and however they are cut.

    Raises
    ------
    WrongUseError
        If a file is no Parquet, lacks a column, or holds a value that cannot be used; it names
        file, row (from 1) and column.
    """
    labels: set[Label] = set()
    for path in list_label_files(shop):
        rows = _read_rows(path)
        labels.update(
            _read_row(row, file=path.name, number=number) for number, row in enumerate(rows)
        )
    return sorted(labels)


def list_label_files(shop: Path) -> list[Path]:
    """List the files of labels; what a crash left half-written is none."""
    return sorted(
        path
        for path in ShopFolder(shop).labels.glob(f"*{SUFFIX}")
        if not path.name.startswith(".") and path.is_file()
    )


def name_erased_text(text_hash: str, *, key: bytes) -> str:
    """Name a text on the list of what was erased: the hash of a short one could be guessed.

    Parameters
    ----------
    text_hash : str
        Of ``hash_text``.
    key : bytes
        The shop's hash key.

    Returns
    -------
    str
        64 hexadecimal digits of HMAC-SHA256.
    """
    return hmac.digest(key, text_hash.encode(), "sha256").hex()


def erase_labels(shop: Path, erased: frozenset[str]) -> int:
    """Remove every label of some texts, to the last byte of their files.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock.
    erased : frozenset of str
        Of ``name_erased_text``.

    Returns
    -------
    int
        Labels that were removed.
    """
    removed = 0
    for leftover in ShopFolder(shop).labels.glob(f".*{SUFFIX}"):
        leftover.unlink()
    if not erased:
        return removed
    key = load_hash_key(shop)
    for path in list_label_files(shop):
        rows = _read_rows(path)
        kept = [row for row in rows if name_erased_text(row["text_hash"], key=key) not in erased]
        if len(kept) == len(rows):
            continue
        removed += len(rows) - len(kept)
        if kept:
            _write_rows(kept, target=path)
        else:
            path.unlink()
            sync_folder(path.parent)
    return removed


def _to_row(label: Label) -> dict[str, Any]:
    text = redact_text(label.text).encode("utf-8", "replace").decode("utf-8")
    row = {name: getattr(label, name) for name in SCHEMA.names}
    row |= {"text": text, "text_hash": hash_text(text), "codes": sorted(set(label.codes))}
    return row


def _write_rows(rows: list[dict[str, Any]], *, target: Path) -> None:
    temporary = target.with_name(f".{target.name}")
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), temporary)
    replace_file(temporary, target=target)


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise WrongUseError(NOT_PARQUET, file=path.name, error=first) from error
    for name in SCHEMA.names:
        if name not in table.column_names:
            raise WrongUseError(NO_COLUMN, file=path.name, column=name, expected=RULES[name][1])
    rows: list[dict[str, Any]] = table.select(SCHEMA.names).to_pylist()
    return rows


def _read_row(row: Mapping[str, Any], *, file: str, number: int) -> Label:
    def refuse(column: str, expected: str) -> WrongUseError:
        value = row[column]
        return WrongUseError(
            BAD_VALUE, file=file, row=number + 1, column=column, value=value, expected=expected
        )

    for column, (is_good, expected) in RULES.items():
        if not is_good(row[column]):
            raise refuse(column, expected)
    if (row["verdict"] == "codes") != bool(row["codes"]):
        raise refuse("codes", "codes with the verdict codes, none with another")
    if hash_text(row["text"]) != row["text_hash"]:
        raise refuse("text_hash", "the SHA-256 of the text")
    return Label(**{**row, "codes": tuple(sorted(set(row["codes"])))})
