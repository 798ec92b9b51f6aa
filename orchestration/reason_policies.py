"""A shop's own reasons and reason codes: two files of rows that are laid over the shipped ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.policy_files import (
    DAY,
    FLAG,
    MISSING_VALUE,
    TEXT,
    Column,
    Row,
    one_of,
    read_rows,
    refuse_repeated,
)
from orchestration.wording import WrongUseError

TAXONOMY: Final = "reason_taxonomy"
CROSSWALK: Final = "reason_crosswalk"
REASON_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*)?")
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
    reasons = read_rows(
        folder / f"{TAXONOMY}.csv", columns=REASON_COLUMNS, required=("reason_code",)
    )
    refuse_repeated(reasons, file=f"{TAXONOMY}.csv", column="reason_code", key=_key_reason)
    _require_whole_reasons(reasons, shipped=shipped)
    known = shipped | {str(row["reason_code"]) for row in reasons.values()}
    codes = read_rows(
        folder / f"{CROSSWALK}.csv",
        columns=_describe_code_columns(known),
        required=("reason_system", "source_code", "reason_code"),
    )
    refuse_repeated(codes, file=f"{CROSSWALK}.csv", column="source_code", key=_key_code)
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


def _judge_code(text: str) -> str | None:
    return text.upper() if REASON_CODE.fullmatch(text.upper()) else None


GROUPS: Final = ("FIT", "LOOK", "QUAL", "FULF", "CUST", "ADM", "OTHER")
REASON_COLUMNS: Final[Mapping[str, Column]] = {
    "reason_code": Column(_judge_code, "FIT.SMALL, OTHER, …"),
    "group_code": Column(
        lambda text: text.upper() if text.upper() in GROUPS else None, ", ".join(GROUPS)
    ),
    "label_ja_text": TEXT,
    "label_en_text": TEXT,
    "definition_text": TEXT,
    "owner_code": one_of(*OWNERS),
    "second_owner_code": one_of(*OWNERS),
    "fault_side_code": one_of("seller", "carrier", "customer", "none"),
    "size_direction_code": one_of("small", "large"),
    "is_controllable": FLAG,
    "is_size_reason": FLAG,
    "is_expectation_gap": FLAG,
    "valid_from_date": DAY,
    "valid_to_date": DAY,
}
CODE_COLUMNS: Final = ("reason_system", "source_code", "reason_code", "is_ambiguous")


def _describe_code_columns(known: frozenset[str] | set[str]) -> Mapping[str, Column]:
    expected = Column(
        lambda text: text.upper() if text.upper() in known else None,
        ", ".join(sorted(known)),
    )
    return dict(zip(CODE_COLUMNS, (TEXT, TEXT, expected, FLAG), strict=True))


def _read_shipped_codes() -> set[str]:
    seed = DBT_PROJECT / "seeds" / f"{TAXONOMY}.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        return {row["reason_code"] for row in csv.DictReader(file)}


def _key_reason(row: Row) -> tuple[str, ...]:
    return (str(row["reason_code"]),)


def _key_code(row: Row) -> tuple[str, ...]:
    """Tell codes apart as the warehouse does: without case, and without Amazon's CR-."""
    system, code = str(row["reason_system"]).lower(), str(row["source_code"]).upper()
    return system, code.removeprefix("CR-") if system == "amazon" else code


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
