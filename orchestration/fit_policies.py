"""A shop's own advice about verdicts on fit: rows that stand in place of the shipped ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.policy_files import (
    BAD_VALUE,
    Column,
    Row,
    one_of,
    read_rows,
    refuse_repeated,
)
from orchestration.wording import WrongUseError

ADVICE: Final = "fit_advice"
FILE: Final = f"{ADVICE}.csv"
KEYS: Final = ("verdict_code", "diagnosis_code")
LONGEST: Final = {"ja": 126, "en": 200}  # signs that the A4 sheet has room for
TEXTS: Final = {
    "page_ja_text": "ja",
    "page_en_text": "en",
    "maker_ja_text": "ja",
    "maker_en_text": "en",
}
PLACE: Final = re.compile(r"\[([^\]]*)\]")
EVERYWHERE: Final = ("zone",)
# Sizes and the lot are named where the verdict speaks of them.
MORE_PLACES: Final = {
    "block": ("from", "to"),
    "grading": ("from", "to"),
    "label": ("from", "to"),
    "lot": ("lot",),
}
INSERT: Final = "insert into landing.shop_fit_advice values (?, ?, ?, ?, ?, ?)"


def load_fit_advice(shop: Path) -> tuple[Row, ...]:
    """Read and judge ``policies/fit_advice.csv``.

    Parameters
    ----------
    shop : Path
        The shop's folder; the file may be missing.

    Returns
    -------
    tuple of Row
        Columns of ``landing.shop_fit_advice`` to text.

    Raises
    ------
    WrongUseError
        If the file cannot be read, has an unknown column, leaves a language out, names a verdict
        or a place that there is not, or is too long for the sheet; it names file, line, column,
        value and what is expected.
    """
    known = _read_known()
    rows = read_rows(
        ShopFolder(shop).policies / FILE,
        columns=_describe_columns(known),
        required=(*KEYS, *TEXTS),
    )
    refuse_repeated(
        rows, file=FILE, column=KEYS[1], key=lambda row: tuple(str(row[name]) for name in KEYS)
    )
    for line, row in rows.items():
        _require_known(row, line=line, known=known)
        _require_places(row, line=line)
    return tuple(rows.values())


def write_fit_advice(connection: duckdb.DuckDBPyConnection, advice: tuple[Row, ...]) -> None:
    """Write a shop's advice, in one transaction, in place of the last one.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    advice : tuple of Row
    """
    rows = [[row[name] for name in (*KEYS, *TEXTS)] for row in advice]
    connection.begin()
    connection.execute("delete from landing.shop_fit_advice")
    if rows:
        connection.executemany(INSERT, rows)
    connection.commit()


def _read_known() -> dict[str, list[str]]:
    """Read which diagnoses the shipped table knows of each verdict."""
    known: dict[str, list[str]] = {}
    with (DBT_PROJECT / "seeds" / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known.setdefault(row["verdict_code"], []).append(row["diagnosis_code"])
    return known


def _describe_columns(known: Mapping[str, list[str]]) -> Mapping[str, Column]:
    diagnoses = sorted({one for some in known.values() for one in some})
    return {
        "verdict_code": one_of(*known),
        "diagnosis_code": one_of(*diagnoses),
        **{name: _short(LONGEST[language]) for name, language in TEXTS.items()},
    }


def _short(most: int) -> Column:
    return Column(
        lambda text: text if len(text) <= most else None,
        f"{most} 字まで / a text of at most {most} signs",
    )


def _require_known(row: Row, *, line: int, known: Mapping[str, list[str]]) -> None:
    """Require that the verdict can have the diagnosis."""
    can_be = known[str(row["verdict_code"])]
    if row["diagnosis_code"] not in can_be:
        _refuse(line, "diagnosis_code", str(row["diagnosis_code"]), ", ".join(can_be))


def _require_places(row: Row, *, line: int) -> None:
    """Require that every word in brackets is one that can be filled."""
    places = (*EVERYWHERE, *MORE_PLACES.get(str(row["diagnosis_code"]), ()))
    for name in TEXTS:
        for place in PLACE.findall(str(row[name])):
            if place not in places:
                _refuse(line, name, f"[{place}]", ", ".join(f"[{one}]" for one in places))


def _refuse(line: int, column: str, value: str, expected: str) -> None:
    raise WrongUseError(
        BAD_VALUE, file=FILE, line=line, column=column, value=value, expected=expected
    )
