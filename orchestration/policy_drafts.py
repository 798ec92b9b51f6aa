"""Drafts of the rules of returns: each is judged alone, and a wrong one stops nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from orchestration.folder import ShopFolder
from orchestration.policy_files import Row
from orchestration.policy_rules import RULE_COLUMNS, read_policy_rules
from orchestration.wording import Progress, Words, WrongUseError

DRAFTS: Final = "drafts"  # the folder of them, in that of the policies
# The name of the draft, then the columns of RULE_COLUMNS in their order.
INSERT: Final = (
    "insert into landing.policy_drafts values"
    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_REFUSED: Final = "insert into landing.refused_policy_drafts values (?, ?, ?)"

UNREADABLE: Final = Words(
    ja="{file} が読めません。UTF-8 の CSV で保存し直してください。",
    en="{file} cannot be read. Save it as CSV in UTF-8.",
)
REFUSED: Final = Words(
    ja="{file}: 下書きを受け付けず。{reason_ja}", en="{file}: draft refused. {reason_en}"
)


@dataclass(frozen=True)
class PolicyDrafts:
    """The drafts of a shop, by name.

    Attributes
    ----------
    rules : dict of str to tuple of Row
        Of the drafts that can be used.
    refused : dict of str to WrongUseError
        Why another one cannot.
    """

    rules: dict[str, tuple[Row, ...]]
    refused: dict[str, WrongUseError]


def load_policy_drafts(shop: Path) -> PolicyDrafts:
    """Read and judge every ``policies/drafts/<name>.csv``.

    Parameters
    ----------
    shop : Path
        The shop's folder; without drafts nothing is found.

    Returns
    -------
    PolicyDrafts
    """
    found = PolicyDrafts({}, {})
    for path in sorted((ShopFolder(shop).policies / DRAFTS).glob("*.csv")):
        if path.name.startswith("."):
            continue
        try:
            found.rules[path.stem] = read_policy_rules(path)
        except WrongUseError as refused:
            found.refused[path.stem] = refused
        except (OSError, csv.Error):
            found.refused[path.stem] = WrongUseError(UNREADABLE, file=path.name)
    return found


def write_policy_drafts(connection: duckdb.DuckDBPyConnection, drafts: PolicyDrafts) -> None:
    """Write drafts, and why others are refused, in one transaction in place of the last ones.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    drafts : PolicyDrafts
    """
    rows = [
        [name, *(rule[column] for column in RULE_COLUMNS)]
        for name, rules in drafts.rules.items()
        for rule in rules
    ]
    refused = [
        [name, reason.render("ja"), reason.render("en")] for name, reason in drafts.refused.items()
    ]
    connection.begin()
    connection.execute("delete from landing.policy_drafts")
    connection.execute("delete from landing.refused_policy_drafts")
    if rows:
        connection.executemany(INSERT, rows)
    if refused:
        connection.executemany(INSERT_REFUSED, refused)
    connection.commit()


def say_refused(drafts: PolicyDrafts, progress: Progress) -> None:
    """Say which drafts cannot be used: file, line, column and the way out."""
    for name, reason in drafts.refused.items():
        progress(
            REFUSED,
            file=f"{DRAFTS}/{name}.csv",
            reason_ja=reason.render("ja"),
            reason_en=reason.render("en"),
        )
