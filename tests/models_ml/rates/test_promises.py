"""The promises of the rates, in small: ``make proof`` draws 20 shops each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.proof_bads import measure_small_skus
from benchmarks.proof_rates import World, draw_shop, measure_draw


@pytest.mark.parametrize(("variation", "bad_share"), [(0.18, 0.05), (0.35, 0.0), (0.35, 0.05)])
def test_intervals_cover_and_alarms_keep_their_budget(variation: float, bad_share: float) -> None:
    world = World("rates differ", variation, bad_share)
    found = [measure_draw(draw_shop(world, seed=seed)) for seed in range(3)]
    assert 0.93 <= np.mean([one["coverage"] for one in found]) <= 0.97
    assert np.mean([one["false_share"] for one in found]) <= 0.10
    if bad_share:
        assert sum(one["found"] for one in found) >= 0.6 * sum(one["asked"] for one in found)


def test_bad_skus_are_found_where_all_others_share_one_rate() -> None:
    found = measure_draw(draw_shop(World("one rate", 0.0, 0.05), seed=0))
    assert found["found"] >= 0.6 * found["asked"]
    assert found["false_share"] <= 0.10


def test_absent_data_are_named(tmp_path: Path) -> None:
    [row] = measure_small_skus(tmp_path)
    assert row.startswith("skipped")
