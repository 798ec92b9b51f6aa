"""History under another table of rules: what it would have approved, refused, and for whom."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.answering import open_published, read_marts
from orchestration.identifiers import quote_name
from orchestration.policy_files import Row
from orchestration.policy_rules import RULE_COLUMNS, insert_rules, read_policy_rules
from orchestration.policy_sql import render_decisions, render_rules
from orchestration.small_cells import Cell, merge_small_cells
from orchestration.wording import KaeruError, Words

DECISIONS: Final = "fct_return_decisions"
EFFECTS: Final = ("approve", "deny", "review")
NOW_AND_NEW: Final = ("now", "new")

# What a decision looks at, of the requests that are published.
ASKED: Final = """
create temp table asked as
select
    return_line_id, policy_id, ordered_date, reason_side_code, blocked_code, member_tier_name,
    returns_90d_count, since_delivered_days, since_shipped_days, since_ordered_days,
    is_sale, is_final_sale, is_hygiene, is_gift, is_worn
from marts.fct_return_decisions
"""
COMPARED: Final = """
create temp table compared as
select
    asked.return_line_id,
    asked.effect_code as effect_now,
    asked.rule_id as rule_now,
    replayed.effect_code as effect_new,
    replayed.rule_id as rule_new,
    replayed.cause_code as cause_new,
    replayed.missed_code as missed_new,
    asked.requested_net_amount as amount,
    asked.member_tier_name as tier,
    asked.decider_code as decider,
    asked.review_minutes,
    asked.event_date,
    lines.customer_id
from marts.fct_return_decisions as asked
inner join replayed on asked.return_line_id = replayed.return_line_id
left join marts.fct_order_lines as lines on asked.order_line_id = lines.order_line_id
"""
MATRIX: Final = """
select effect_now, effect_new, count(*), coalesce(sum(amount), 0)::bigint
from compared group by all
"""
RULES: Final = """
select rule_now, effect_now, rule_new, effect_new, cause_new, missed_new, count(*),
    coalesce(sum(amount), 0)::bigint
from compared where effect_now <> effect_new group by all
order by 7 desc, 1 nulls last, 2, 3 nulls last, 4, 5, 6 nulls last
"""
TIERS: Final = """
select coalesce(tier, 'unknown'), count(distinct customer_id), count(*),
    count(case when effect_now <> effect_new then 1 end),
    count(case when effect_now <> 'approve' and effect_new = 'approve' then 1 end),
    count(case when effect_now <> 'deny' and effect_new = 'deny' then 1 end),
    coalesce(sum(case when effect_now <> effect_new then amount end), 0)::bigint
from compared where customer_id is not null group by all
"""
SPAN: Final = """
select count(*), count(amount), min(event_date), max(event_date),
    avg(case when decider = 'staff' then review_minutes end)
from compared
"""

NO_DECISIONS: Final = Words(
    ja="公開中の版に返品の判定がありません。`kaeru run` で作り直してください。",
    en="The published version holds no decisions on returns. Build it anew with `kaeru run`.",
)


def replay_policy(shop: Path, policy: Path) -> dict[str, Any]:
    """Decide every published request by another table of rules, beside what decides now.

    Parameters
    ----------
    shop : Path
        The shop's folder; something must be published, and stays as it is.
    policy : Path
        A table of rules like ``policies/policy_rules.csv``.

    Returns
    -------
    dict
        ``requests`` with their ``priced`` part and ``first_date``, ``last_date``; ``totals`` by
        effect: ``now``, ``new``, ``change``, each with ``count`` and ``amount`` (net asked back,
        minor units); ``matrix``: nine cells from ``now`` to ``new``; ``changed``; ``by_rule``:
        who changes; ``by_tier``: the same by the customer's tier, cells of fewer than five
        customers merged; ``minutes_per_review`` (of staff, as recorded; null where nobody says)
        and ``review_minutes`` now and new.

    Raises
    ------
    WrongUseError
        If the table cannot be used.
    KaeruError
        If nothing is published, or nothing with decisions.
    """
    rules = read_policy_rules(policy)
    with open_published(shop) as connection:
        if DECISIONS not in read_marts(connection):
            raise KaeruError(NO_DECISIONS)
        _compare(connection, rules)
        matrix = _read_matrix(connection)
        found = connection.execute(SPAN).fetchall()[0]
        return {
            "policy": {"file": policy.name, "rules": len(rules), "versions": _list_versions(rules)},
            "requests": {
                **{"count": found[0], "priced": found[1]},
                **{"first_date": _write_day(found[2]), "last_date": _write_day(found[3])},
            },
            "totals": {effect: _sum_effect(matrix, effect) for effect in EFFECTS},
            "matrix": matrix,
            "changed": _sum_cells([cell for cell in matrix if cell["now"] != cell["new"]]),
            "by_rule": _read_rules(connection),
            "by_tier": _read_tiers(connection),
            **_weigh_reviews(matrix, minutes=found[4]),
        }


def _compare(connection: duckdb.DuckDBPyConnection, rules: tuple[Row, ...]) -> None:
    """Lay the decisions of the draft beside those of the table in force, in memory."""
    columns = ", ".join(f"{quote_name(name)} varchar" for name in RULE_COLUMNS)
    connection.execute(" ".join(("create temp table policy_rules (", columns, ")")))
    insert_rules(connection, rules, schema="temp")
    typed, decided = render_rules("policy_rules"), render_decisions(requests="asked", rules="draft")
    connection.execute(" ".join(("create temp table draft as", typed)))
    connection.execute(ASKED)
    connection.execute(" ".join(("create temp table replayed as", decided)))
    connection.execute(COMPARED)


def _read_matrix(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Read the nine cells from now to new; a cell without requests is a measured zero."""
    found = {(now, new): rest for now, new, *rest in connection.execute(MATRIX).fetchall()}
    return [
        dict(zip(("now", "new", "count", "amount"), (*cell, *found.get(cell, (0, 0))), strict=True))
        for cell in product(EFFECTS, EFFECTS)
    ]


def _read_rules(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = ("rule_now", "now", "rule_new", "new", "cause", "missed", "count", "amount")
    rows = connection.execute(RULES).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def _read_tiers(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = ("requests", "changed", "newly_approved", "newly_denied", "changed_amount")
    cells = [
        Cell(tier, customers, tuple(counts))
        for tier, customers, *counts in connection.execute(TIERS).fetchall()
    ]
    return [
        {"tier": cell.value, "customers": cell.customers}
        | dict(zip(names, cell.counts, strict=True))
        for cell in merge_small_cells(cells)
    ]


def _sum_cells(cells: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(cell[name] for cell in cells) for name in ("count", "amount")}


def _sum_effect(matrix: list[dict[str, Any]], effect: str) -> dict[str, dict[str, int]]:
    now, new = (
        _sum_cells([cell for cell in matrix if cell[when] == effect]) for when in NOW_AND_NEW
    )
    return {"now": now, "new": new, "change": {name: new[name] - now[name] for name in now}}


def _weigh_reviews(matrix: list[dict[str, Any]], *, minutes: float | None) -> dict[str, Any]:
    """Say what reviews take of staff, at the minutes that staff recorded per decision."""
    counts = {when: sum(c["count"] for c in matrix if c[when] == "review") for when in NOW_AND_NEW}
    return {
        "minutes_per_review": minutes,
        "review_minutes": {
            when: None if minutes is None else minutes * count for when, count in counts.items()
        },
    }


def _list_versions(rules: tuple[Row, ...]) -> list[dict[str, str | None]]:
    names = ("policy_id", "version", "valid_from", "valid_to")
    found = sorted({tuple(rule[name] or "" for name in names) for rule in rules})
    return [{name: v or None for name, v in zip(names, one, strict=True)} for one in found]


def _write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
