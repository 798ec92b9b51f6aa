"""Drafts of the rules on a page: what changes, who is refused, and the states without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.lib import replays
from dashboards.lib.share_rows import build_share_rows
from tests.dashboards import replay_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.replay_rows import (
    CELLS,
    SAME,
    SHORTER,
    build_cells,
    build_draft,
    build_group,
)
from tests.dashboards.serving_fixture import write_shop
from tests.dashboards.test_pages import read_html, read_table_rows, read_words

PAGE = "what_if"


def open_rows(open_page: OpenPage, folder: Path, *, lang: str = "ja", **rows: Any) -> Any:
    shop = write_shop(folder, {**shop_rows.list_filled(), **replay_rows.list_replays(), **rows})
    app = open_page(shop, page=PAGE, lang=lang, rules=SHORTER)
    assert [error.message for error in app.exception] == []
    return app


def list_matrix(app: Any) -> list[tuple[str, ...]]:
    return [row for row in read_table_rows(app) if len(row) == 5][-5:]


def test_the_matrix_lays_the_answers_out_with_sums_on_both_sides(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_rows(open_page, tmp_path)
    assert list_matrix(app) == [
        ("いまの答えと新しい答え", "受ける", "ことわる", "人が見る", "いま"),
        ("受ける", "5,000", "220", "20", "5,240"),
        ("ことわる", "10", "310", "0", "320"),
        ("人が見る", "90", "80", "270", "440"),
        ("新しい", "5,100", "610", "290", "6,000"),
    ]
    assert "答えが変わるのは 420 件（7.0%）" in read_words(app)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ja",
            (
                # 150 reviews fewer, 5 minutes each, over twelve months: 62.5 minutes.
                "人が見る申し込みは 440 件から 290 件になり、月 1 時間 浮きます。",
                "新しくことわる 300 件のうち 270 件は、15〜30 日目の申し込みです。",
                "ことわられるのは、初めての方に多い",
                "点線は全体の 5.0%",
            ),
        ),
        (
            "en",
            (
                "The answer changes for 420 (7.0%)",
                "go from 440 to 290, which saves 1 h a month.",
                "270 of the 300 newly refused were asked for on day 15–30.",
                "First orders are refused most often",
            ),
        ),
    ],
)
def test_what_changes_is_said_in_words(
    open_page: OpenPage, tmp_path: Path, lang: str, said: tuple[str, ...]
) -> None:
    words = read_words(open_rows(open_page, tmp_path, lang=lang))
    assert [part for part in said if part not in words] == []


def test_a_draft_that_changes_nothing_says_so(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_shop(tmp_path, {**shop_rows.list_filled(), **replay_rows.list_replays()})
    app = open_page(shop, page=PAGE, lang="ja", rules=SAME)
    words = read_words(app)
    assert "答えが変わる申し込みはない" in words
    assert "新しくことわられる申し込みはない" in words
    assert "人が見る申し込みは 440 件のままです。" in words
    app.selectbox[0].set_value(SHORTER).run()
    assert "答えが変わるのは 420 件（7.0%）" in read_words(app)


def test_a_draft_of_an_old_link_gives_way_to_the_first(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_shop(tmp_path, {**shop_rows.list_filled(), **replay_rows.list_replays()})
    app = open_page(shop, page=PAGE, lang="ja", rules="gone")
    assert app.exception == []
    assert app.selectbox[0].value == SHORTER


@pytest.mark.parametrize(
    ("lang", "title"), [("ja", "下書きがまだありません"), ("en", "There is no draft yet")]
)
def test_without_a_draft_it_is_said_how_one_is_made(
    open_page: OpenPage, tmp_path: Path, lang: str, title: str
) -> None:
    nothing: dict[str, Any] = {name: [] for name in replays.MARTS}
    found = read_html(open_rows(open_page, tmp_path, lang=lang, **nothing))
    assert title in found
    assert "k-hatched" in found
    assert "<code>policies/drafts/</code>" in found


def test_a_refused_draft_is_named_with_the_way_out(open_page: OpenPage, tmp_path: Path) -> None:
    refused = build_draft(
        "やぶれた",
        rule_count=0,
        is_usable=False,
        message_ja_text="2 行目を直してください。",
        message_en_text="Correct line 2.",
    )
    drafts = [build_draft(SHORTER), refused]
    ja = read_words(open_rows(open_page, tmp_path / "ja", rpt_policy_drafts=drafts))
    assert "使えない下書き: やぶれた" in ja
    assert "2 行目を直してください。" in ja
    assert "答えが変わるのは 420 件" in ja
    only = open_rows(open_page, tmp_path / "en", lang="en", rpt_policy_drafts=[refused])
    assert "Correct line 2." in read_words(only)


def test_minutes_that_nobody_recorded_name_their_column(
    open_page: OpenPage, tmp_path: Path
) -> None:
    cells = build_cells(SHORTER, CELLS, saved_month_minutes=None)
    found = read_html(open_rows(open_page, tmp_path, rpt_policy_replays=cells))
    assert "440 件から 290 件になります。" in found
    assert "人が見る時間は <code>review_minutes</code> が入ると分かります。" in found


def test_requests_that_are_still_to_come_are_asked_for(open_page: OpenPage, tmp_path: Path) -> None:
    none = build_cells(SHORTER, {})
    app = open_rows(open_page, tmp_path, rpt_policy_replays=none, rpt_policy_replay_groups=[])
    assert "まだ通せる申し込みがない" in read_words(app)


def test_few_requests_show_counts_and_find_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    words = read_words(open_rows(open_page, tmp_path, **replay_rows.list_few()))
    assert "8 件のうち 2 件の答えが変わる" in words
    assert "だれが多くことわられるとも言えない" in words


def test_categories_beyond_the_largest_are_summed_up() -> None:
    replay = replays.Replay(
        name=SHORTER,
        counts=CELLS,
        saved_minutes=None,
        first=None,
        last=None,
        groups=[replays._build_group(row) for row in replay_rows.GROUPS[:11]],
        days=[],
    )
    assert [(one.code, one.n, one.denied) for one in replays.list_categories(replay)] == [
        ("ワンピース", 900, 63),
        ("靴", 2_000, 110),
        ("シャツ", 1_000, 42),
        ("アウター", 1_200, 50),
        ("rest", 900, 35),
    ]


@pytest.mark.parametrize(
    ("cell", "shade"),
    [
        (("deny", "deny"), 0),
        (("approve", "deny"), 3),
        (("review", "approve"), 1),
        (("deny", "review"), 1),
    ],
)
def test_much_that_moves_is_dark(cell: tuple[str, str], shade: int) -> None:
    replay = replays.Replay(
        name=SHORTER, counts=CELLS, saved_minutes=None, first=None, last=None, groups=[], days=[]
    )
    assert replay.find_shade(*cell) == shade


def test_a_row_without_a_share_is_a_gap_and_the_line_of_all_is_dotted() -> None:
    row = {"share": 0.05, "low": 0.04, "high": 0.06, "sample": "n 9", "text": "5.0"}
    gap = {**dict.fromkeys(row), "sample": "", "text": ""}
    colours = {"colour": "ctx", "band": "ctxfill"}
    laid = pd.DataFrame([{"name": "a", **row, **colours}, {"name": " ", **gap, **colours}])
    spec = build_share_rows(laid, pool=0.05).to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == pytest.approx([0.01, 0.09])
    assert spec["layer"][1]["mark"]["strokeDash"] == [1, 3]


def test_a_small_category_that_is_refused_most_is_shown_and_named() -> None:
    small = build_group(SHORTER, "category", "小物", n=90, denied=20, finding="more")
    many = [build_group(SHORTER, "category", f"品{n}", n=900 + n, denied=9) for n in range(6)]
    replay = replays.Replay(
        name=SHORTER,
        counts=CELLS,
        saved_minutes=None,
        first=None,
        last=None,
        groups=[replays._build_group(row) for row in (*many, small)],
        days=[],
    )
    shown = replays.list_categories(replay)
    assert [one.code for one in shown] == ["小物", "品3", "品4", "品5", "rest"]
    most = replays.find_most(replay)
    assert most is not None
    assert most in shown
    assert most.code == "小物"


def test_days_on_which_all_asked_are_not_counted_twice(open_page: OpenPage, tmp_path: Path) -> None:
    groups = [
        build_group(SHORTER, "all", "all", n=6_000, denied=300),
        build_group(SHORTER, "category", "靴", n=6_000, denied=300),
        build_group(SHORTER, "days", "15_30", n=700, denied=300),
    ]
    words = read_words(open_rows(open_page, tmp_path, rpt_policy_replay_groups=groups))
    assert "新しくことわる 300 件は、どれも15〜30 日目の申し込みです。" in words
