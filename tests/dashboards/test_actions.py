"""Did the fix work?: the answer, the order of the list, what a row and the charts say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboards.lib import actions
from dashboards.lib.action_charts import ActionChart, build_action_chart
from dashboards.lib.action_drawings import draw_difference, draw_turn
from tests.dashboards import action_rows, shop_rows
from tests.dashboards.action_rows import ACTIONS, EARLY, TREND, UNCLEAR, UNDATED, WORKED
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_pages import find_answer, read_clickable, read_html, read_words

PAGE = "did_the_fix_work"


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "5 の手のうち 1 つが効きました。2 つは効いた証拠がなく、1 つはまだ早すぎます。"
            "1 つは測れません。",
        ),
        (
            "en",
            "Of 5 actions 1 worked, 2 show no evidence, 1 is too early to judge and 1 cannot be "
            "measured.",
        ),
    ],
)
def test_the_answer_counts_the_verdicts(
    open_page: OpenPage, shops: dict[str, Path], language: str, answer: str
) -> None:
    assert find_answer(open_page(shops["filled"], page=PAGE, lang=language)) == answer


def open_rows(open_page: OpenPage, folder: Path, rows: list[object], *, lang: str) -> str:
    filled: Rows = {**shop_rows.list_filled(), "rpt_product_actions": rows}  # type: ignore[dict-item]
    return find_answer(open_page(write_shop(folder, filled), page=PAGE, lang=lang))


def test_an_answer_leaves_out_what_none_has(open_page: OpenPage, tmp_path: Path) -> None:
    early = [row for row in ACTIONS if row["action_id"] == EARLY]
    assert open_rows(open_page, tmp_path / "a", early, lang="ja") == (
        "1 の手を見ました。0 つが効きました。1 つはまだ早すぎます。"
    )
    assert open_rows(open_page, tmp_path / "b", early, lang="en") == (
        "1 action: 0 worked and 1 is too early to judge."
    )


def test_a_row_says_difference_interval_and_why(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    words = read_clickable(open_page(shops["filled"], page=PAGE, lang="ja"), "k_actions")
    assert "靴 5540" in words
    assert "−6.2" in words
    assert "−8.1〜−4.3" in words
    assert "±1.6 まで分かる · ほかの手と重なる" in words
    assert "似た型の前の動きが合わない" in words
    assert "2025年1月24日に分かります" in words
    assert "閉じた日" in words
    assert "いつからの手か書かれていない" in words


def test_what_worked_is_said_in_yen_a_year(open_page: OpenPage, shops: dict[str, Path]) -> None:
    words = read_words(open_page(shops["filled"], page=PAGE, lang="ja"))
    assert "効いた 1 つで、年 640万円 の返品が減る見込みです（410万円〜870万円）。" in words
    assert "「証拠なし」は「効かなかった」ではありません。" in words
    assert "effective_from" in words  # what would date the action without a day


def test_the_opened_action_stands_beside_one_that_is_too_early(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja")
    words = read_words(app)
    assert "5540 は下がり、似た型はそこまで動かない" in words
    assert "7712 は、まだなにも言えない" in words
    assert len(app.get("vega_lite_chart")) == 2


def test_an_action_in_the_address_is_opened(open_page: OpenPage, shops: dict[str, Path]) -> None:
    words = read_words(open_page(shops["filled"], page=PAGE, lang="ja", action=TREND))
    assert "3007 は、前から似た型と動きが違う" in words
    assert "似た型との差は +0.4 ポイント動きました（−2.0〜+2.8）" in words


def test_a_verdict_in_the_address_is_applied(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja", outcome="too_early")
    words = read_clickable(app, "k_actions")
    assert "靴 7712" in words
    assert "靴 5540" not in words


def test_without_a_file_it_is_not_measurable_and_the_file_is_named(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    found = read_html(open_page(shops["empty"], page=PAGE, lang="ja"))
    assert "打った手が効いたかは、まだ分かりません" in found
    assert "<code>product_actions</code>" in found
    assert "k-hatched" in found


def test_a_file_without_actions_is_a_measured_zero(open_page: OpenPage, tmp_path: Path) -> None:
    filled = shop_rows.list_filled()
    entity = {**filled["rpt_entities"][0], "entity_name": actions.ENTITY, "is_landed": True}
    rows: Rows = {**filled, "rpt_product_actions": [], "rpt_entities": [entity]}
    shop = write_shop(tmp_path / "shop", rows)
    assert "この 0 は、数えた結果の 0 です" in read_html(open_page(shop, page=PAGE, lang="ja"))


def test_what_worked_stands_first_and_what_cannot_be_measured_last() -> None:
    shuffled = pd.DataFrame(ACTIONS).sample(frac=1, random_state=3)
    ordered = actions.sort_rows(shuffled)["action_id"].tolist()
    assert ordered == [WORKED, UNCLEAR, TREND, EARLY, UNDATED]


def test_weeks_after_that_are_open_are_drawn_apart() -> None:
    own, others = [0.2, 0.2, 0.1, 0.1], [0.1] * 4
    judged = draw_turn(own, others, top=0.3, is_open=False, is_muted=False, label="")
    early = draw_turn(own, others, top=0.3, is_open=True, is_muted=False, label="")
    assert (len(judged.own), len(judged.coming)) == (2, 0)
    assert (early.own + early.coming) == judged.own


def test_a_difference_that_is_not_known_is_not_drawn() -> None:
    nothing = float("nan")
    assert (
        draw_difference(
            nothing, nothing, nothing, ends=(-0.1, 0.1), is_muted=True, is_range=False, label=""
        )
        is None
    )


@pytest.mark.parametrize("is_open", [True, False])
def test_a_chart_holds_both_lines_the_day_and_what_is_known(*, is_open: bool) -> None:
    weeks = pd.DataFrame(action_rows.list_actions()["rpt_product_action_weeks"])
    labels = dict.fromkeys(("before", "day", "after", "series", "controls", "difference"), "x")
    chart = ActionChart(
        weeks[weeks["action_id"] == EARLY], is_open=is_open, labels={**labels, "known": "K"}
    )
    spec = build_action_chart(chart).to_json()
    assert ('"K"' in spec) == is_open
    assert "control_rate" in spec
    assert "low_rate" in spec
