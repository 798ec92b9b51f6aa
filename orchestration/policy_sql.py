"""The SQL that decides on returns, rendered from the macros that dbt builds the marts with."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined

from orchestration.fingerprint import DBT_PROJECT
from orchestration.identifiers import quote_name

MACROS: Final = DBT_PROJECT / "macros" / "return_policies.sql"


def render_rules(relation: str) -> str:
    """Render the query that types a table of rules.

    Parameters
    ----------
    relation : str
        With the columns of ``RULE_COLUMNS``.

    Returns
    -------
    str
    """
    return str(_load_macros().type_policy_rules(quote_name(relation)))


def render_decisions(*, requests: str, rules: str) -> str:
    """Render the query that decides every request by a table of rules.

    Parameters
    ----------
    requests : str
        A relation with the columns of ``int_return_requests_joined_to_terms``.
    rules : str
        A relation with the columns of ``render_rules``.

    Returns
    -------
    str
    """
    macros = _load_macros()
    return str(macros.decide_requests(quote_name(requests), quote_name(rules)))


def render_reason_side(*, fault: str, shown: str) -> str:
    """Render whose side a request is on, of the columns of the fault and of the terms shown."""
    return str(_load_macros().judge_reason_side(fault, shown))


def render_blocked(relation: str) -> str:
    """Render why no rule can decide, of a relation that knows of a request and its order line."""
    return str(_load_macros().judge_blocked(quote_name(relation)))


def render_inputs() -> str:
    """Render all that the rules look at as one text, of the columns that a decision reads."""
    return str(_load_macros().list_policy_inputs())


def render_default_policy() -> str:
    """Render the policy of an order that names none."""
    return str(_load_macros().default_policy_id())


@cache
def _load_macros() -> Any:  # noqa: ANN401 - Jinja's module has the macros as attributes
    # SQL text, not HTML: nothing of a shop's data gets into it, only the two checked names.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.from_string(MACROS.read_text(encoding="utf-8")).module
