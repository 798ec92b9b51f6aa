"""A shop's own reasons and reason codes: two files of rows that are laid over the shipped ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.wording import Words, WrongUseError

Row = dict[str, str | None]
Judge = Callable[[str], str | None]

TAXONOMY: Final = "reason_taxonomy"
CROSSWALK: Final = "reason_crosswalk"
REASON_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*)?")
FLAGS: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}
OWNERS: Final = (
    *("merch", "pdp", "qa", "factory", "warehouse"),
    *("carrier", "pricing", "cs", "customer"),
)
# In the order of REASON_COLUMNS and CODE_COLUMNS, which is that of the tables.
INSERT_REASON: Final = (
    "insert into landing.reason_taxonomy values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_CODE: Final = "insert into landing.reason_crosswalk values (?, ?, ?, ?)"
REQUIRED_OF_NEW: Final = ("group_code", "label_ja_text", "label_en_text", "is_controllable")

NOT_TEXT: Final = Words(
    ja="{file} が UTF-8 の文字として読めません。UTF-8 の CSV で保存し直してください。",
    en="{file} is not UTF-8 text. Save it as CSV in UTF-8.",
)
UNKNOWN_COLUMN: Final = Words(
    ja="{file} の 1 行目の列「{column}」は知らない列です。使える列: {known}。"
    "直すか消してください。",
    en="{file}, line 1: the column {column!r} is unknown. Known are {known}. Correct or remove it.",
)
MISSING_COLUMN: Final = Words(
    ja="{file} の 1 行目に列 {column} がありません。書き足してください。",
    en="{file}, line 1: the column {column} is missing. Add it.",
)
TOO_WIDE: Final = Words(
    ja='{file} の {line} 行目に見出しより多い値「{value}」があります。カンマを含む値は " で囲んで'
    "ください。",
    en="{file}, line {line}: the value {value!r} has no column. Put values with commas in quotes.",
)
BAD_VALUE: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」は使えません。使える値: {expected}。",
    en="{file}, line {line}, column {column}: {value!r} cannot be used. Expected: {expected}.",
)
MISSING_VALUE: Final = Words(
    ja="{file} の {line} 行目、列 {column} が空です（値「{value}」）。使える値: {expected}。",
    en="{file}, line {line}, column {column}: the value is empty ({value!r}). "
    "Expected: {expected}.",
)
REPEATED: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」は {first} 行目と同じです。"
    "どちらかを消してください。",
    en="{file}, line {line}, column {column}: {value!r} stands in line {first} already. "
    "Remove one of them.",
)


@dataclass(frozen=True)
class ReasonPolicies:
    """What a shop's files add or change, each row as the text that lands.

    Attributes
    ----------
    reasons : tuple of mapping
        Columns of ``landing.reason_taxonomy`` to text; None where the shipped row stands.
    codes : tuple of mapping
        Columns of ``landing.reason_crosswalk`` to text.
    """

    reasons: tuple[Row, ...] = ()
    codes: tuple[Row, ...] = ()


@dataclass(frozen=True)
class _Column:
    """How one column is judged: the canonical text, or None when the value cannot be used."""

    judge: Judge
    expected: str


def load_reason_policies(shop: Path) -> ReasonPolicies:
    """Read and judge ``policies/reason_taxonomy.csv`` and ``policies/reason_crosswalk.csv``.

    Parameters
    ----------
    shop : Path
        The shop's folder; either file may be missing.

    Returns
    -------
    ReasonPolicies

    Raises
    ------
    WrongUseError
        If a file cannot be read, has an unknown column, or a value cannot be used; it names
        file, line, column, value and what is expected.
    """
    folder = ShopFolder(shop).policies
    shipped = _read_shipped_codes()
    reasons = _read_rows(
        folder / f"{TAXONOMY}.csv", columns=REASON_COLUMNS, required=("reason_code",)
    )
    _refuse_repeated(reasons, file=f"{TAXONOMY}.csv", column="reason_code", key=_key_reason)
    _require_whole_reasons(reasons, shipped=shipped)
    known = shipped | {str(row["reason_code"]) for row in reasons.values()}
    codes = _read_rows(
        folder / f"{CROSSWALK}.csv",
        columns=_describe_code_columns(known),
        required=("reason_system", "source_code", "reason_code"),
    )
    _refuse_repeated(codes, file=f"{CROSSWALK}.csv", column="source_code", key=_key_code)
    return ReasonPolicies(tuple(reasons.values()), tuple(codes.values()))


def write_reason_policies(connection: duckdb.DuckDBPyConnection, policies: ReasonPolicies) -> None:
    """Write a shop's reasons and codes as rows, in one transaction, in place of the last ones.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    policies : ReasonPolicies
    """
    reasons = [[row.get(name) for name in REASON_COLUMNS] for row in policies.reasons]
    codes = [[row.get(name) for name in CODE_COLUMNS] for row in policies.codes]
    connection.begin()
    connection.execute("delete from landing.reason_taxonomy")
    if reasons:
        connection.executemany(INSERT_REASON, reasons)
    connection.execute("delete from landing.reason_crosswalk")
    if codes:
        connection.executemany(INSERT_CODE, codes)
    connection.commit()


def _one_of(*values: str) -> _Column:
    return _Column(lambda text: text.lower() if text.lower() in values else None, ", ".join(values))


def _judge_date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _judge_code(text: str) -> str | None:
    return text.upper() if REASON_CODE.fullmatch(text.upper()) else None


GROUPS: Final = ("FIT", "LOOK", "QUAL", "FULF", "CUST", "ADM", "OTHER")
TEXT: Final = _Column(lambda text: text, "「…」 / a text")
FLAG: Final = _Column(lambda text: FLAGS.get(text.lower()), "true, false")
DAY: Final = _Column(_judge_date, "YYYY-MM-DD")
REASON_COLUMNS: Final[Mapping[str, _Column]] = {
    "reason_code": _Column(_judge_code, "FIT.SMALL, OTHER, …"),
    "group_code": _Column(
        lambda text: text.upper() if text.upper() in GROUPS else None, ", ".join(GROUPS)
    ),
    "label_ja_text": TEXT,
    "label_en_text": TEXT,
    "definition_text": TEXT,
    "owner_code": _one_of(*OWNERS),
    "second_owner_code": _one_of(*OWNERS),
    "fault_side_code": _one_of("seller", "carrier", "customer", "none"),
    "size_direction_code": _one_of("small", "large"),
    "is_controllable": FLAG,
    "is_size_reason": FLAG,
    "is_expectation_gap": FLAG,
    "valid_from_date": DAY,
    "valid_to_date": DAY,
}
CODE_COLUMNS: Final = ("reason_system", "source_code", "reason_code", "is_ambiguous")


def _describe_code_columns(known: frozenset[str] | set[str]) -> Mapping[str, _Column]:
    expected = _Column(
        lambda text: text.upper() if text.upper() in known else None,
        ", ".join(sorted(known)),
    )
    return dict(zip(CODE_COLUMNS, (TEXT, TEXT, expected, FLAG), strict=True))


def _read_shipped_codes() -> set[str]:
    seed = DBT_PROJECT / "seeds" / f"{TAXONOMY}.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        return {row["reason_code"] for row in csv.DictReader(file)}


def _read_rows(
    path: Path, *, columns: Mapping[str, _Column], required: tuple[str, ...]
) -> dict[int, Row]:
    """Read the rows of a file by the line on which each ends; none when there is no file."""
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUseError(NOT_TEXT, file=path.name) from None
    reader = csv.DictReader(text.splitlines(keepends=True))
    header = [name.strip() for name in reader.fieldnames or ()]
    for name in header:
        if name not in columns:
            known = ", ".join(columns)
            raise WrongUseError(UNKNOWN_COLUMN, file=path.name, column=name, known=known)
    for name in required:
        if name not in header:
            raise WrongUseError(MISSING_COLUMN, file=path.name, column=name)
    reader.fieldnames = header
    return dict(_judge_rows(reader, file=path.name, columns=columns, required=required))


def _judge_rows(
    reader: csv.DictReader[str],
    *,
    file: str,
    columns: Mapping[str, _Column],
    required: tuple[str, ...],
) -> Iterator[tuple[int, Row]]:
    for found in reader:
        line = reader.line_num
        if None in found:
            beyond = ",".join(found[None])
            raise WrongUseError(TOO_WIDE, file=file, line=line, value=beyond)
        row: Row = {}
        for name, value in found.items():
            bare, column = (value or "").strip(), columns[name]
            row[name] = column.judge(bare) if bare else None
            if (bare or name in required) and row[name] is None:
                words = BAD_VALUE if bare else MISSING_VALUE
                expected = column.expected
                raise WrongUseError(
                    words, file=file, line=line, column=name, value=bare, expected=expected
                )
        yield line, row


def _key_reason(row: Row) -> tuple[str, ...]:
    return (str(row["reason_code"]),)


def _key_code(row: Row) -> tuple[str, ...]:
    """Tell codes apart as the warehouse does: without case, and without Amazon's CR-."""
    system, code = str(row["reason_system"]).lower(), str(row["source_code"]).upper()
    return system, code.removeprefix("CR-") if system == "amazon" else code


def _refuse_repeated(
    rows: Mapping[int, Row], *, file: str, column: str, key: Callable[[Row], tuple[str, ...]]
) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows.items():
        first = seen.setdefault(key(row), line)
        if first != line:
            value = row[column]
            raise WrongUseError(
                REPEATED, file=file, line=line, column=column, value=value, first=first
            )


def _require_whole_reasons(rows: Mapping[int, Row], *, shipped: set[str]) -> None:
    """Require of a reason that is not shipped what no shipped row can say for it."""
    for line, row in rows.items():
        for name in REQUIRED_OF_NEW if row["reason_code"] not in shipped else ():
            if row.get(name) is None:
                raise WrongUseError(
                    MISSING_VALUE,
                    file=f"{TAXONOMY}.csv",
                    line=line,
                    column=name,
                    value="",
                    expected=REASON_COLUMNS[name].expected,
                )
