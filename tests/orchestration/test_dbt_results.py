"""Counts and failures of a build, as dbt wrote them down."""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.dbt_results import (
    DbtFailure,
    DbtResults,
    parse_dbt_results,
    read_dbt_results,
    remove_dbt_results,
)
from orchestration.publication import CheckCounts


def make_result(unique_id: str, status: str, message: str | None = None) -> dict[str, str | None]:
    return {"unique_id": unique_id, "status": status, "message": message}


BROKEN = "Binder Error: no column x\n\ncompiled code at target/run/fct_broken.sql"
TWO = "Got 2 results, configured to fail if != 0"
DOCUMENT = {
    "results": [
        make_result("model.kaeru.fct_lines", "success", "OK"),
        make_result("model.kaeru.fct_broken", "error", BROKEN),
        make_result("model.kaeru.fct_behind_it", "skipped"),
        make_result("seed.kaeru.reasons", "success"),
        make_result("test.kaeru.unique_lines.0a1b2c", "pass"),
        make_result("test.kaeru.not_null_lines.3d4e5f", "fail", TWO),
        make_result("test.kaeru.accepted_values_lines.6a7b8c", "warn", "Got 1 result"),
        make_result("test.kaeru.cannot_run.9d0e1f", "error", "Catalog Error: no table y"),
        make_result("test.kaeru.behind_it.2a3b4c", "skipped"),
    ]
}


def test_models_are_counted_without_seeds_and_without_failures() -> None:
    assert parse_dbt_results(DOCUMENT).models == 1


def test_warnings_are_no_failures_and_skipped_tests_are_in_no_count() -> None:
    assert parse_dbt_results(DOCUMENT).tests == CheckCounts(passed=1, warned=1, failed=2)


def test_failures_name_the_model_or_test_and_say_why_in_one_line() -> None:
    assert parse_dbt_results(DOCUMENT).failures == (
        DbtFailure("cannot_run", "Catalog Error: no table y"),
        DbtFailure("fct_broken", "Binder Error: no column x"),
        DbtFailure("not_null_lines", TWO),
    )


def test_a_build_that_wrote_no_results_has_none(tmp_path: Path) -> None:
    assert read_dbt_results(tmp_path) == DbtResults()


def test_results_of_the_build_before_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "run_results.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    assert read_dbt_results(tmp_path).models == 1
    remove_dbt_results(tmp_path)
    assert read_dbt_results(tmp_path) == DbtResults()
