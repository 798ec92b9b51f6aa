"""What offers bring, as the marts say it, is what was planted."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from benchmarks.built_shops import ShopKey, build_shop

pytestmark = [pytest.mark.dbt]


def test_the_interval_of_the_lift_holds_the_planted_one(tmp_path: Path) -> None:
    key = ShopKey("flat", seed=5, lines=60_000)
    shop = build_shop(tmp_path / "shop", key, marts=["rpt_exchange_break_even"])
    with duckdb.connect(str(shop.serving_database), read_only=True) as session:
        found = session.execute(
            "select low_lift_share, high_lift_share, holdout_line_count, lift_state_code"
            " from marts.rpt_exchange_break_even where scope_code = 'all'"
        ).fetchone()
    truth = json.loads((shop.root / "truth" / "shop.json").read_text("utf-8"))["offers"]
    assert found is not None
    low, high, held, state = found
    assert state == "measured"
    assert held > 400
    assert 0 < low < truth["lift_of_exchange_share"] < high
