"""Every graded unit has exactly one next step, by whatever table, and bad input has its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.disposition_rules import read_disposition_rules, write_disposition_rules
from tests.orchestration.test_disposition_rules import FILE, OTHERS, RULE, X, write_rules
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.oracle_grading import read_rules
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

MARTS = "serving.marts"
SHOP = SmallShop(tuple(range(60)), frozenset(), (), is_bulky=False, is_closed=True)


def ask(warehouse: CompiledWarehouse, sql: str) -> list[tuple[object, ...]]:
    return warehouse.session.execute(sql).fetchall()


def test_each_graded_unit_has_the_one_next_step_of_its_rule(warehouse: CompiledWarehouse) -> None:
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    graded = ask(
        warehouse,
        "select return_line_id, grade_code, reason_side_code, resolution_code, next_action_code,"
        f" waiting_code from {MARTS}.rpt_grading_queue where grade_code is not null",
    )
    rules = read_rules()
    assert len(graded) > 10
    assert len({row[0] for row in graded}) == len(graded)
    for _, *case, action, waits in graded:
        ruled = rules[case[0], case[1], case[2]]["next_action_code"]  # type: ignore[index]
        assert action == ("restock" if waits == "restock" else ruled)


def test_a_shops_own_table_stands_for_the_shipped_one(
    warehouse: CompiledWarehouse, tmp_path: Path
) -> None:
    path = tmp_path / FILE
    path.write_text(write_rules({**RULE, "next_action_code": "review"}), encoding="utf-8")
    actions = f"select distinct next_action_code from {MARTS}.rpt_grading_queue order by 1"
    warehouse.session.execute("use store")
    write_disposition_rules(warehouse.session, read_disposition_rules(path))
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    assert ask(warehouse, actions) == [("grade",), ("restock",), ("review",)]
    told = f"select count(*), min(message_en) from {MARTS}.rpt_disposition_rules"
    assert ask(warehouse, told) == [(48, "Refund.")]
    path.write_text(write_rules(OTHERS, X), encoding="utf-8")
    warehouse.session.execute("use store")
    write_disposition_rules(warehouse.session, read_disposition_rules(path))
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    assert ask(warehouse, actions) == [("grade",), ("refund",), ("restock",), ("review",)]
    warehouse.clear()


def test_without_receipts_nothing_is_said(warehouse: CompiledWarehouse) -> None:
    rows = SHOP.draw_rows()
    warehouse.build(
        {name: some for name, some in rows.items() if name != "return_receipts"}, sources=SOURCES
    )
    for mart in (
        *("rpt_grading_queue", "rpt_grading_conformance", "rpt_graders", "rpt_grade_agreements"),
        *("rpt_resolution_hours", "rpt_waiting_steps"),
    ):
        assert ask(warehouse, f"select count(*) from {MARTS}.{mart}") == [(0,)], mart
    assert ask(warehouse, f"select count(*) from {MARTS}.rpt_disposition_rules") == [(48,)]


def test_without_grades_the_next_step_is_to_grade(warehouse: CompiledWarehouse) -> None:
    rows = dict(SHOP.draw_rows())
    rows["return_receipts"] = [
        {name: value for name, value in row.items() if name != "grade"}
        for row in rows["return_receipts"]
    ]
    warehouse.build(rows, sources=SOURCES)
    found = f"select distinct next_action_code, is_money_due from {MARTS}.rpt_grading_queue"
    assert ask(warehouse, found) == [("grade", True)]
    for mart in ("rpt_grading_conformance", "rpt_graders", "rpt_grade_agreements"):
        assert ask(warehouse, f"select count(*) from {MARTS}.{mart}") == [(0,)], mart


def test_a_second_look_counts_beside_the_first(warehouse: CompiledWarehouse) -> None:
    rows = dict(SHOP.draw_rows())
    first = {
        **{"return_line_id": "stray", "received_at": "2026-10-01 00:00:00", "quantity": "1"},
        **{"graded_at": "2026-10-01 05:00:00", "grade": "A", "grader_id": "G8"},
    }
    second = {**first, "graded_at": "2026-10-02 05:00:00", "grade": "B", "grader_id": "G9"}
    rows["return_receipts"] = [*rows["return_receipts"], first, second]
    warehouse.build(rows, sources=SOURCES)
    assert ask(warehouse, f"from {MARTS}.rpt_grade_agreements") == [("A", "B", 1)]
    [(grade,)] = ask(
        warehouse,
        f"select grade_code from {MARTS}.rpt_grading_queue where return_line_id = 'stray'",
    )
    assert grade in {"A", "B"}  # two contents of one key: decided by a fixed order, and listed
