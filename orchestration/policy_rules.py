"""A table of the rules of returns: read from a file, judged cell by cell, then as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.policy_files import DAY, FLAG, TEXT, Column, Row, one_of, read_rows
from orchestration.policy_tables import require_sound_table
from orchestration.wording import Words, WrongUseError

POLICY_RULES: Final = "policy_rules"
SHIPPED_RULES: Final = DBT_PROJECT / "seeds" / f"{POLICY_RULES}.csv"
LARGEST: Final = 9999  # of priorities and days: a nearest rule is found by one whole number
RESOLUTIONS: Final = ("refund", "exchange", "credit")

NO_RULES: Final = Words(
    ja="{file} に規則が 1 行もありません。規則を書くか、ファイルを消してください。",
    en="{file} holds no rule. Write some, or remove the file.",
)
NO_FILE: Final = Words(
    ja="{file} が見つかりません。規則の CSV を指定してください。",
    en="{file} is not there. Name a CSV of rules.",
)


def _judge_whole(text: str) -> str | None:
    return str(int(text)) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _judge_resolutions(text: str) -> str | None:
    words = [word.strip().lower() for word in text.split("|")]
    if len(set(words)) < len(words) or not set(words) <= set(RESOLUTIONS):
        return None
    return "|".join(words)


def _judge_tiers(text: str) -> str | None:
    tiers = [tier.strip() for tier in text.split("|")]
    return "|".join(tiers) if all(tiers) else None


WHOLE: Final = Column(_judge_whole, f"0, 1, 2, …, {LARGEST}")
RULE_COLUMNS: Final[Mapping[str, Column]] = {
    "policy_id": TEXT,
    "version": TEXT,
    "valid_from": DAY,
    "valid_to": DAY,
    "rule_id": TEXT,
    "priority": WHOLE,
    "effect": one_of("approve", "deny", "review"),
    "day_basis": one_of("delivered", "shipped", "ordered"),
    "counts_first_day": FLAG,
    "max_days": WHOLE,
    "reason_side": one_of("customer", "merchant", "statutory"),
    "sale": FLAG,
    "final_sale": FLAG,
    "hygiene": FLAG,
    "unworn_required": FLAG,
    "gift": FLAG,
    "tier_min": Column(_judge_tiers, "gold, silver|gold, …"),
    "max_returns_90d": WHOLE,
    "resolutions": Column(_judge_resolutions, "refund|exchange|credit"),
    "shipping_payer": one_of("merchant", "customer"),
    "reason_code": TEXT,
    "message_ja": TEXT,
    "message_en": TEXT,
}
REQUIRED: Final = (
    *("policy_id", "version", "valid_from", "rule_id", "priority", "effect"),
    *("reason_code", "message_ja", "message_en"),
)
# In the order of RULE_COLUMNS, which is that of the tables; a draft stands in a temporary one.
INSERT_RULE: Final = (
    "insert into $schema.policy_rules values"
    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def load_policy_rules(shop: Path) -> tuple[Row, ...]:
    """Read and judge a shop's ``policies/policy_rules.csv``, which stands for the shipped table.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    tuple of row
        None where the shop has no such file: the shipped table holds.

    Raises
    ------
    WrongUseError
        With file, line, column, value and the way out.
    """
    path = ShopFolder(shop).policies / f"{POLICY_RULES}.csv"
    return read_policy_rules(path) if path.is_file() else ()


def read_policy_rules(path: Path) -> tuple[Row, ...]:
    """Read and judge a table of rules: each cell, then the table as a whole.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of row
        Every column of ``RULE_COLUMNS``, as canonical text or None.

    Raises
    ------
    WrongUseError
        With file, line, column, value and the way out.
    """
    if not path.is_file():
        raise WrongUseError(NO_FILE, file=path)
    found = read_rows(path, columns=RULE_COLUMNS, required=REQUIRED)
    if not found:
        raise WrongUseError(NO_RULES, file=path.name)
    rows = {line: {name: row.get(name) for name in RULE_COLUMNS} for line, row in found.items()}
    require_sound_table(rows, file=path.name)
    return tuple(rows.values())


def write_policy_rules(connection: duckdb.DuckDBPyConnection, rules: tuple[Row, ...]) -> None:
    """Write rules as text, in one transaction, in place of the last ones.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    rules : tuple of row
    """
    connection.begin()
    connection.execute("delete from landing.policy_rules")
    if rules:
        insert_rules(connection, rules, schema="landing")
    connection.commit()


def insert_rules(
    connection: duckdb.DuckDBPyConnection, rules: tuple[Row, ...], *, schema: str
) -> None:
    """Insert rules into the table ``policy_rules`` of a schema."""
    rows = [[rule[name] for name in RULE_COLUMNS] for rule in rules]
    connection.executemany(compose(INSERT_RULE, schema=schema), rows)
