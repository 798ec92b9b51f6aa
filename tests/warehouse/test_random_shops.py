"""Every mart against an oracle without SQL, on small shops that hypothesis draws.

``make test`` draws a few; ``pytest tests/warehouse/test_random_shops.py --hypothesis-profile
proof`` draws 200.
"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.warehouse.comparison import find_differences
from tests.warehouse.compiled_project import CompiledWarehouse, compile_models, open_warehouse
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_worklist import WorklistOracle
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.small_shops import SOURCES, SmallShop, small_shops

pytestmark = [pytest.mark.dbt]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> CompiledWarehouse:
    return open_warehouse(compile_models(tmp_path_factory.mktemp("compiled")))


@settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(drawn=small_shops())
def test_marts(warehouse: CompiledWarehouse, drawn: SmallShop) -> None:
    rows = drawn.draw_rows()
    warehouse.build(rows, sources=SOURCES)
    core = Recomputation(rows, sources=SOURCES)
    differences = compare_development(warehouse, WorklistOracle(Development(core)))
    assert differences == {}


def compare_development(
    warehouse: CompiledWarehouse, oracle: WorklistOracle
) -> dict[str, list[str]]:
    curve_keys = ["category_name", "channel_name", "is_after_policy_change", "age_days"]
    # Base rates and exposures are stored in whole millionths before they are multiplied.
    wanted: dict[str, tuple[pd.DataFrame, list[str], float]] = {
        "rpt_lag_curves": (oracle.developed.frame_curves(), curve_keys, 1.1e-6),
        "rpt_sku_development": (oracle.frame_skus(), ["sku", "channel_name"], 1e-9),
        "rpt_category_development": (
            oracle.frame_categories(),
            ["as_of_date", "category_name", "channel_name"],
            1e-9,
        ),
        "rpt_style_development_weeks": (
            oracle.frame_weeks(),
            ["style_id", "week_start_date"],
            1e-6,
        ),
        "rpt_rate_evidence": (oracle.frame_evidence(), ["level_code", "group_id"], 1e-6),
        "rpt_worklist": (oracle.frame_worklist(), ["level_code", "style_id", "sku"], 1e-6),
    }
    differences = {
        mart: find_differences(warehouse.read(mart), frame, keys=keys, tolerance=tolerance)
        for mart, (frame, keys, tolerance) in wanted.items()
    }
    return {mart: lines[:5] for mart, lines in differences.items() if lines}
