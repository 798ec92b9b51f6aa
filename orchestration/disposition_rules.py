"""What becomes of a graded unit: a shop's own table, judged cell by cell, then as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.policy_files import TEXT, Column, Row, one_of, read_rows
from orchestration.wording import Words, WrongUseError

DISPOSITION_RULES: Final = "disposition_rules"
SHIPPED_DISPOSITIONS: Final = DBT_PROJECT / "seeds" / f"{DISPOSITION_RULES}.csv"
# What a rule is about: every combination of these has one rule.
CASES: Final[Mapping[str, tuple[str, ...]]] = {
    "grade_code": ("A", "B", "C", "X"),
    "reason_side_code": ("merchant", "customer", "statutory"),
    "resolution_code": ("refund", "exchange", "credit", "none"),
}
STOCK_ACTIONS: Final = ("restock", "outlet", "disposal", "quarantine")
NEXT_ACTIONS: Final = ("refund", "ship_exchange", "credit", "ask_customer", "review")

NO_DISPOSITIONS: Final = Words(
    ja="{file} に規則が 1 行もありません。規則を書くか、ファイルを消してください。",
    en="{file} holds no rule. Write some, or remove the file.",
)
OVERLAP: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」: {case} は {first} 行目でも"
    "決めています。どちらかを直すか消してください。",
    en="{file}, line {line}, column {column}, value {value!r}: {case} is decided in line {first} "
    "already. Change or remove one of them.",
)
GAP: Final = Words(
    ja="{file}（最後の {line} 行目まで）に {case} の規則がありません（列 {column}）。その行を"
    "書き足してください。空のセルは「どれでも」、A|B は「A か B」です。",
    en="{file}, up to its last line {line}: no rule decides on {case} (column {column}). Add a "
    "line for it. An empty cell means any, A|B means A or B.",
)
RATIO: Final = re.compile(r"[01]|0?\.[0-9]{1,6}|1\.0{1,6}|0\.0")
INSERT: Final = "insert into landing.disposition_rules values (?, ?, ?, ?, ?, ?, ?, ?)"


def _some_of(values: tuple[str, ...]) -> Column:
    """Judge a cell that holds one value or several, separated by bars."""
    known = {value.lower(): value for value in values}

    def judge(text: str) -> str | None:
        found = [known.get(word.strip().lower()) for word in text.split("|")]
        named = [word for word in found if word]
        is_sound = len(named) == len(found) == len(set(named))
        return "|".join(named) if is_sound else None

    return Column(judge, " | ".join(values))


def _judge_ratio(text: str) -> str | None:
    return text if RATIO.fullmatch(text) else None


COLUMNS: Final[Mapping[str, Column]] = {
    **{name: _some_of(values) for name, values in CASES.items()},
    "stock_action_code": one_of(*STOCK_ACTIONS),
    "refund_ratio": Column(_judge_ratio, "0, 0.5, 1, …"),
    "next_action_code": one_of(*NEXT_ACTIONS),
    "message_ja": TEXT,
    "message_en": TEXT,
}
REQUIRED: Final = tuple(name for name in COLUMNS if name not in CASES)


def load_disposition_rules(shop: Path) -> tuple[Row, ...]:
    """Read and judge a shop's ``policies/disposition_rules.csv``, which stands for the shipped one.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    tuple of row
        One per grade, side and resolution; none where the shop has no such file.

    Raises
    ------
    WrongUseError
        With file, line, column, value and the way out.
    """
    path = ShopFolder(shop).policies / f"{DISPOSITION_RULES}.csv"
    return read_disposition_rules(path) if path.is_file() else ()


def read_disposition_rules(path: Path) -> tuple[Row, ...]:
    """Read a table: a cell of a condition names one value, several (``A|B``) or, empty, any.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of row
        One per grade, side and resolution, in the order of ``CASES``.

    Raises
    ------
    WrongUseError
        If a cell is wrong, two lines decide on one case, or none does; with file, line, column,
        value and the way out.
    """
    found = read_rows(path, columns=COLUMNS, required=REQUIRED)
    if not found:
        raise WrongUseError(NO_DISPOSITIONS, file=path.name)
    decided: dict[tuple[str, ...], tuple[int, Row]] = {}
    for line, row in found.items():
        for case in _list_cases(row):
            if case in decided:
                _refuse_overlap(row, case, file=path.name, line=line, first=decided[case][0])
            decided[case] = line, row
    _require_total(decided, file=path.name, last=max(found))
    return tuple(
        {name: decided[case][1].get(name) for name in COLUMNS} | dict(zip(CASES, case, strict=True))
        for case in product(*CASES.values())
    )


def write_disposition_rules(connection: duckdb.DuckDBPyConnection, rules: tuple[Row, ...]) -> None:
    """Write rules as text, in one transaction, in place of the last ones.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    rules : tuple of row
    """
    connection.begin()
    connection.execute("delete from landing.disposition_rules")
    if rules:
        connection.executemany(INSERT, [[rule[name] for name in COLUMNS] for rule in rules])
    connection.commit()


def _list_cases(row: Row) -> Iterator[tuple[str, ...]]:
    """List the cases that a row decides on."""
    named = (str(row.get(name) or "|".join(values)).split("|") for name, values in CASES.items())
    yield from product(*named)


def _refuse_overlap(row: Row, case: tuple[str, ...], *, file: str, line: int, first: int) -> None:
    column = next((name for name in CASES if row.get(name)), next(iter(CASES)))
    raise WrongUseError(
        OVERLAP,
        **{"file": file, "line": line, "column": column, "value": row.get(column) or ""},
        case=" · ".join(case),
        first=first,
    )


def _require_total(
    decided: Mapping[tuple[str, ...], tuple[int, Row]], *, file: str, last: int
) -> None:
    for case in product(*CASES.values()):
        if case not in decided:
            told = {"file": file, "line": last, "column": ", ".join(CASES)}
            raise WrongUseError(GAP, **told, case=" · ".join(case))
