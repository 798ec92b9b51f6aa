"""Everything that a shop decides by files of its own: read and judged whole, then written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.disposition_rules import load_disposition_rules, write_disposition_rules
from orchestration.fit_policies import load_fit_advice, write_fit_advice
from orchestration.policy_drafts import (
    PolicyDrafts,
    load_policy_drafts,
    write_policy_drafts,
)
from orchestration.policy_files import Row
from orchestration.policy_rules import load_policy_rules, write_policy_rules
from orchestration.reason_policies import (
    ReasonPolicies,
    load_reason_policies,
    write_reason_policies,
)


@dataclass(frozen=True)
class ShopPolicies:
    """The files of a shop's ``policies`` folder.

    Attributes
    ----------
    reasons : ReasonPolicies
    advice : tuple of Row
        Of verdicts on fit.
    rules : tuple of Row
        Of returns.
    dispositions : tuple of Row
        Of units that were graded.
    drafts : PolicyDrafts
        Other tables of the rules of returns, of which the shop wants to see what they would do.
    """

    reasons: ReasonPolicies
    advice: tuple[Row, ...]
    rules: tuple[Row, ...]
    dispositions: tuple[Row, ...]
    drafts: PolicyDrafts


def load_policies(shop: Path) -> ShopPolicies:
    """Read and judge every file of the ``policies`` folder.

    Parameters
    ----------
    shop : Path
        The shop's folder; each file may be missing.

    Raises
    ------
    WrongUseError
        If a file is wrong; it names file, line, column, value and what is expected. A wrong draft
        is set aside instead: it decides nothing.
    """
    return ShopPolicies(
        load_reason_policies(shop),
        load_fit_advice(shop),
        load_policy_rules(shop),
        load_disposition_rules(shop),
        load_policy_drafts(shop),
    )


def write_policies(connection: duckdb.DuckDBPyConnection, policies: ShopPolicies) -> None:
    """Write them in place of the last ones.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    policies : ShopPolicies
    """
    write_reason_policies(connection, policies.reasons)
    write_fit_advice(connection, policies.advice)
    write_policy_rules(connection, policies.rules)
    write_disposition_rules(connection, policies.dispositions)
    write_policy_drafts(connection, policies.drafts)
