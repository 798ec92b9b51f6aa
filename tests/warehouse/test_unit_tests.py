"""The unit tests of the dbt project, each of which fixes one rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parsed_project import copy_parsed_project
from tests.warehouse.landed_shop import PROJECT, land_shop

pytestmark = [pytest.mark.dbt]


def test_dbt_unit_tests_pass(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shop = land_shop(tmp_path, {})
    copy_parsed_project(tmp_path, factory=tmp_path_factory)
    shop.dbt("seed")
    # On an empty database unit tests cannot read the columns of what they stand in for.
    shop.build_empty()
    printed = shop.dbt("test", "--select", "test_type:unit")
    written = sum(
        path.read_text(encoding="utf-8").count("\n  - name: ")
        for path in (PROJECT / "models").rglob("*__unit_tests.yml")
    )
    assert written > 50
    assert f"PASS={written} WARN=0 ERROR=0 SKIP=0" in printed
