"""One style: what its page says where something is missing, and what its numbers become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboards.lib import serving, style_sections
from dashboards.lib.shop import read_shop
from dashboards.lib.style_outcomes import build_curve, find_direction, place_moves
from dashboards.lib.style_story import find_first_style, read_story
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import find_answer, read_html, read_words

WriteAndUse = Callable[[Rows], Path]
# What will come back comes evenly over 20 days.
SHARES = pd.Series(np.minimum(np.arange(121) / 20, 1.0), index=range(121))
ROW = {
    "developed_share": 0.6,
    "observed_rate": 0.15,
    "developed_rate": 0.23,
    "low": 0.2,
    "high": 0.3,
    "expected_rate": 0.1,
}


def list_with(**marts: list[dict[str, Any]]) -> Rows:
    return {**shop_rows.list_filled(), **marts}


def list_landed(*names: str) -> list[dict[str, Any]]:
    return [{"entity_name": name, "is_landed": True} for name in names]


def test_the_curve_runs_through_now_to_what_is_expected() -> None:
    curve = build_curve(ROW, shares=SHARES, is_tail_seen=True)
    points = curve.points.set_index("age_days")
    assert curve.now_days == 12  # 12 / 20 = 60 %
    assert points.index.max() == 30
    assert points.loc[6, "rate"] == pytest.approx(0.075)  # half of what is seen now
    assert points.loc[12, "rate"] == pytest.approx(0.15)
    # After 16 days half of the rest has come: halfway from 15 to 23, 20 and 30 %.
    assert points.loc[16, "rate"] == pytest.approx(0.19)
    assert points.loc[16, "low"] == pytest.approx(0.175)
    assert points.loc[16, "high"] == pytest.approx(0.225)
    assert points.loc[30, ["rate", "low", "high"]].tolist() == pytest.approx([0.23, 0.2, 0.3])
    assert points.loc[10, "category_rate"] == pytest.approx(0.05)
    assert points.loc[:12, "low"].isna().all()
    assert points["is_seen"].sum() == 13


def test_a_style_that_is_as_good_as_in_has_no_dashed_part() -> None:
    curve = build_curve({**ROW, "developed_share": 0.97}, shares=SHARES, is_tail_seen=True)
    points = curve.points.set_index("age_days")
    assert points["is_seen"].all()
    assert points.loc[10, "rate"] == pytest.approx(0.115)
    assert points.loc[30, ["rate", "low", "high"]].tolist() == pytest.approx([0.23, 0.2, 0.3])
    assert points.loc[:29, "low"].isna().all()


def test_moves_lie_on_the_steps_of_the_scale() -> None:
    moves = place_moves(
        pd.DataFrame(
            {
                "exchange_kind_code": [
                    "size_up",
                    "size_up",
                    "size_down",
                    "colour",
                    "same",
                    "style",
                ],
                "size_step_count": [1, 5, -1, None, None, None],
                "exchange_count": [40, 2, 10, 20, 1, 3],
            }
        )
    )
    found = dict(zip(moves["place"], moves["exchange_count"], strict=True))
    # Five sizes are drawn at three; the step between is there, empty; 4 stands for the rest.
    assert found == {-1: 10, 0: 21, 1: 40, 2: 0, 3: 2, 4: 3}


@pytest.mark.parametrize(
    ("up", "down", "direction"),
    [(42, 10, "up"), (10, 42, "down"), (16, 16, "flat"), (20, 9, "few")],
)
def test_a_direction_needs_its_interval_on_one_side(up: int, down: int, direction: str) -> None:
    moves = pd.DataFrame({"place": [-1, 0, 1, 4], "exchange_count": [down, 500, up, 500]})
    assert find_direction(moves) == direction


def test_the_strip_and_the_sections_equal_the_hand_values(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = list_with(rpt_entities=list_landed("inventory_snapshots", "exchanges"))
    app = open_page(write_and_use(rows), page="one_style", lang="ja", style="7712")
    words = read_words(app)
    assert not app.exception
    assert "森 · 対応中 · 木型を見る" in words
    assert "95% 区間 20.0〜29.0%、靴の期待 10.0%。n 300 足、確定 62%" in words
    assert "2024年11月4日の週から増えました" in words
    assert "<strong>30</strong>" in read_html(app)  # 300,000 yen
    assert 'class="k-sub k-late"' in read_html(app)  # an alarm
    assert "期待より 30 足多い" in words
    assert "返品後の利益123万円" in words  # 900,000 + 330,000
    assert "返品の費用 8万円のあと" in words
    assert "まだ 4 割が返りきっていない" in words
    # 32 back and 5.51 to come of 180; 16 of 120 in the same three weeks of the year before.
    assert "どちらの年にも配送のあった週では 21%（n 180）、前年は 13%（n 120）。" in words
    assert "交換は大きいほうへ" in words
    assert "送り出した交換 65 件の行き先" in words
    assert "24.0、25.0 は売り切れ" in words  # 25.0 is in no snapshot
    assert "（○ は検品の人が見た割合）" in words
    assert "小さい・きつい 60% (47〜71)、検品では 80%" in read_html(app)


def test_reasons_leave_bracketed_pairs_out(write_and_use: WriteAndUse) -> None:
    write_and_use(shop_rows.list_filled())
    with serving.lease():
        reasons = read_story("7712", shop=read_shop()).reasons.set_index("reason_code")
    assert reasons["returned_count"].to_dict() == {
        "FIT.SMALL": 36,
        "LOOK.COLOR": 9,
        "NONE": 9,
        "2": 6,
    }
    assert reasons.loc["FIT.SMALL", "inspected_share"] == pytest.approx(0.8)


def test_stock_adds_the_sizes_that_no_snapshot_names(write_and_use: WriteAndUse) -> None:
    write_and_use(shop_rows.list_filled())
    with serving.lease():
        story = read_story("7712", shop=read_shop())
    assert style_sections.find_stock(story) == {"23.0": 62, "24.0": 0, "25.0": 0}


def test_what_no_file_says_names_the_file(open_page: OpenPage, write_and_use: WriteAndUse) -> None:
    rows = list_with(
        rpt_style_exchanges=[],
        rpt_style_stock=[],
        rpt_contribution=[],
        rpt_lag_curves=[],
        rpt_entities=[],
    )
    app = open_page(write_and_use(rows), page="one_style", lang="ja", style="7712")
    assert not app.exception
    html = read_html(app)
    for entity in ("inventory_snapshots", "exchanges", "delivery_events", "return_requests"):
        assert f"<code>{entity}</code>" in html
    assert "商品の原価が届くと測れる" in html
    assert "k-hatched" in html


def test_no_exchange_of_a_landed_file_is_a_measured_zero(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = list_with(rpt_style_exchanges=[], rpt_entities=list_landed("exchanges"))
    app = open_page(write_and_use(rows), page="one_style", lang="en", style="7712")
    assert "This zero is a measured zero" in read_words(app)


def test_one_unknown_cost_makes_the_contribution_unknown(write_and_use: WriteAndUse) -> None:
    known = {"style_id": "7712", "contribution_amount": 1, "return_cost_amount": 1}
    unknown = {"style_id": "7712", "contribution_amount": None, "return_cost_amount": None}
    write_and_use(list_with(rpt_contribution=[known, unknown]))
    with serving.lease():
        assert read_story("7712", shop=read_shop()).outcomes.contribution is None


def test_a_style_that_is_too_early_shows_its_range_only(
    open_page: OpenPage, shops: dict[str, Path], write_and_use: WriteAndUse
) -> None:
    assert shops
    early = shop_rows.build_style("8001", "自社", style_name="長靴", category_name="靴")
    early |= {"delivered_count": 60, "returned_count": 1}
    rows = list_with(rpt_style_returns=[*shop_rows.STYLES, early])
    app = open_page(write_and_use(rows), page="one_style", lang="ja", style="8001")
    assert find_answer(app) == "配送した 60 足では、まだ 5〜15% が返る、としか言えません。"
    assert "幅のみ、確定 12%" in read_words(app)


def test_the_style_shown_first_has_the_most_yen_beyond_expectation(
    write_and_use: WriteAndUse,
) -> None:
    write_and_use(shop_rows.list_filled())
    assert find_first_style() == "7712"


def test_without_a_worklist_the_costliest_style_is_shown(write_and_use: WriteAndUse) -> None:
    write_and_use(list_with(rpt_worklist=[]))
    assert find_first_style() == "7712"
