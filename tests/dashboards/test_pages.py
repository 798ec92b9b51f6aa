"""Every page on disk, from the router, in every state and language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.lib.navigation import FIRST, QUESTIONS
from tests.dashboards import shop_rows
from tests.dashboards.conftest import APP, OpenPage, ReadPage
from tests.dashboards.serving_fixture import Rows, write_shop

PAGES = sorted(p.stem for p in (APP.parent / "pages").glob("*.py") if p.stem != "__init__")
# Words of other scripts that a Japanese page may hold: units, file formats, names of ours.
LATIN = {
    "n", "CSV", "Parquet", "Wilson", "kaeru", "inbox", "sha256", "KAERU_SHOP", "query", "DIR",
    "run", "demo", "rollback", "queue", "labels", "cm",
}  # fmt: skip


def read_html(app: AppTest) -> str:
    return html.unescape(" ".join(str(block.value) for block in app.markdown))


def read_words(app: AppTest) -> str:
    """Return what is said in our own HTML, without tags."""
    return re.sub(r"<[^>]+>", "", read_html(app))


def read_table_rows(app: AppTest) -> list[tuple[str, ...]]:
    """Return the words of each row of our own tables, cell by cell."""
    rows = re.findall(r"<tr.*?</tr>", read_html(app), re.DOTALL)
    cells = [re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL) for row in rows]
    return [tuple(_strip_tags(cell) for cell in row) for row in cells]


def _strip_tags(cell: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def read_clickable(app: AppTest, key: str) -> str:
    """Return the words of a part whose links can be clicked."""
    found: list[Any] = list(app.get("bidi_component"))
    shown = next(json.loads(each.proto.json)["html"] for each in found if key in each.proto.id)
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def find_answer(app: AppTest) -> str:
    found = [str(block.value) for block in app.markdown if "k-answer" in str(block.value)]
    return html.unescape(re.sub(r"<[^>]+>", "", found[0])) if found else ""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("state", ["filled", "tiny", "empty"])
@pytest.mark.parametrize("page", PAGES)
def test_page_asks_its_question_and_raises_nothing(
    read_page: ReadPage, page: str, state: str, language: str
) -> None:
    app = read_page(state, page, language)
    assert [error.message for error in app.exception] == []
    assert len(app.title) == 1
    if page != FIRST:  # a summary asks nothing
        assert app.title[0].value.endswith("？" if language == "ja" else "?")
    assert app.title[0].value == getattr(QUESTIONS[page], language)


def test_every_page_on_disk_is_in_the_navigation() -> None:
    assert sorted(QUESTIONS) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_japanese_pages_hold_no_english(read_page: ReadPage, page: str) -> None:
    found = read_html(read_page("filled", page, "ja"))
    # Names of files, columns and codes are theirs, not ours; so are the fixture's own words.
    ours = re.sub(r"<code>.*?</code>|<th scope=\"row\".*?</th>|aria-label=\"[^\"]*\"", " ", found)
    ours = re.sub(r"<[^>]+>", " ", ours)
    ours = re.sub(
        r"[\w-]+\.(csv|pdf)|kaeru query \w+|rakuten 2|canonical|ordered_at|24AW", " ", ours
    )
    assert set(re.findall(r"[A-Za-z][A-Za-z_0-9]+", ours)) - LATIN == set()


@pytest.mark.parametrize(
    ("language", "money"), [("ja", shop_rows.ANSWER_JA), ("en", shop_rows.ANSWER_EN)]
)
def test_answer_of_the_list_equals_the_hand_value(
    open_page: OpenPage, shops: dict[str, Path], language: str, money: str
) -> None:
    answer = find_answer(open_page(shops["filled"], lang=language))
    assert answer.split()[0] == shop_rows.ANSWER_N
    assert money in answer


def test_answer_of_the_style_equals_the_hand_value(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    # 24.3 % in the end: one pair in four.
    app = open_page(shops["filled"], page="one_style", lang="ja", style="7712")
    assert find_answer(app) == (
        "4 足に 1 足（24.3%）が返ってくる見込みです。いちばん多い理由は「小さい・きつい」です。"
    )
    words = read_words(app)
    assert "大きいサイズほど返る" in words
    assert "理由の 60% が「小さい・きつい」" in words
    assert "10.0" in words  # 28 of 280 orders hold two sizes
    assert "n 300 足" in words


def test_answer_of_trust_equals_the_hand_value(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["filled"], page="can_this_be_trusted", lang="ja")
    assert find_answer(app) == (
        "7 のファイルが届き、いちばん新しいものは 2024年11月25日です。うち 1 つは読めませんでした。"
        "1 種類が遅れています。6,000 行のうち 1 行を止めています。"
    )
    assert "計算の検査は 12 すべて通りました" in read_words(app)
    assert "120 点まで一致" in read_words(app)


def test_a_style_without_a_number_in_the_address_is_the_costliest(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    assert "ローファー 7712" in read_words(open_page(shops["filled"], page="one_style"))


def test_an_unknown_style_keeps_the_title_and_names_the_nearest(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page="one_style", lang="ja", style="7799")
    assert "7799 という型はありません" in read_words(app)
    assert app.title[0].value == "この型はなぜ返ってくる？"


def test_filters_without_a_hit_say_what_was_looked_for(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], lang="ja", find="zzz")
    assert "「zzz」に合う商品は 0 です。店の 5 の型を見ました。" in read_words(app)
    app.button[0].click().run()
    assert shop_rows.ANSWER_JA in find_answer(app)


def test_a_filter_in_the_address_is_applied(open_page: OpenPage, shops: dict[str, Path]) -> None:
    # Only 3021 is of that season, and of it nobody can say that it is beyond expectation.
    answer = find_answer(open_page(shops["filled"], lang="ja", season="24SS"))
    assert answer == "1 の型を見て、期待より多いと言えるものは 0 でした。"


def test_a_filter_of_an_old_link_is_taken_off(open_page: OpenPage, shops: dict[str, Path]) -> None:
    answer = find_answer(
        open_page(shops["filled"], lang="ja", season="99XX", by="nonsense", state="old")
    )
    assert shop_rows.ANSWER_JA in answer


def test_filters_stay_while_another_page_is_open(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], lang="ja", season="24SS")
    app.switch_page("pages/can_this_be_trusted.py").run()
    app.switch_page("pages/what_comes_back.py").run()
    assert find_answer(app).startswith("1 の型を見て")


def test_segments_count_under_the_other_filters(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    options = open_page(shops["filled"], lang="ja").segmented_control(key="state").options
    assert [str(option) for option in options] == [
        "すべて 5", "警報 1", "変化 1", "見守り 1", "まだ早い 1",
    ]  # fmt: skip
    autumn = open_page(shops["filled"], lang="ja", season="24AW").segmented_control(key="state")
    assert [str(option) for option in autumn.options] == [
        "すべて 3", "警報 1", "変化 0", "見守り 0", "まだ早い 1",
    ]  # fmt: skip


def test_a_state_narrows_the_list_and_not_the_answer(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], lang="ja", state="early")
    assert shop_rows.ANSWER_JA in find_answer(app)
    assert "1 の型のうち 1〜1 を表示" in read_words(app)


def test_a_shop_that_is_too_early_ranks_nothing(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    # 12 % of 60 deliveries have developed.
    early = [row for row in shop_rows.WORKLIST if row["style_id"] == "8001"]
    rows = {**shop_rows.list_filled(), "rpt_worklist": early}
    answer = find_answer(open_page(write_and_use(rows), lang="ja"))
    assert answer == "1 の型はどれもまだ早く、順位をつけません。確定しているのは 12% です。"


def test_the_promise_of_the_alarms_stands_in_the_caption(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    assert "見当ちがいを 10% 以下に抑える" in read_words(open_page(shops["filled"], lang="ja"))
    assert "at most 1 in 10 is false" in read_words(open_page(shops["filled"], lang="en"))


def test_synthetic_data_are_called_so_on_every_page(read_page: ReadPage) -> None:
    for page in PAGES:
        assert "合成データ" in read_words(read_page("filled", page, "ja"))
        assert "合成データ" not in read_words(read_page("tiny", page, "ja"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_amounts_say_of_tax(read_page: ReadPage, page: str) -> None:
    assert "税込" in read_words(read_page("filled", page, "ja"))
    words = read_words(read_page("filled", page, "en"))
    assert "include tax" in words or "tax included" in words


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_when_amounts_hold_no_tax(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path], page: str
) -> None:
    rows = shop_rows.list_filled()
    rows["rpt_shop"][0]["tax_code"] = "excluded"
    shop = write_and_use(rows)
    assert "税抜" in read_words(open_page(shop, page=page, lang="ja"))
    words = read_words(open_page(shop, page=page, lang="en"))
    assert "without tax" in words or "tax excluded" in words


def test_stale_numbers_carry_the_red_rule(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    # Files came daily, the last on 25 November 2024 on the shop's clock; that is long ago.
    rows = shop_rows.list_filled()
    rows["rpt_shop"][0]["is_synthetic"] = False
    app = open_page(write_and_use(rows), lang="ja")
    assert "日前のままです" in read_words(app)
    assert "最後に届いたのは 2024年11月25日 5:10 です" in read_words(app)


def test_a_shop_that_never_published_says_what_to_do(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "kaeru.toml").touch()
    app = open_page(tmp_path)
    assert not app.exception
    assert "まだ数字を公開していません" in read_words(app)
    assert "kaeru run" in read_words(app)


def test_no_shop_says_what_to_do(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "nothing")
    assert not app.exception
    assert "店が見つかりません" in read_words(app)


def test_a_broken_pointer_says_how_to_go_back(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "data" / "serving").mkdir(parents=True)
    (tmp_path / "data" / "serving" / "current.json").write_text("{", encoding="utf-8")
    app = open_page(tmp_path, lang="en")
    assert not app.exception
    assert "kaeru rollback" in read_words(app)


def test_pages_pick_up_a_new_version_at_the_next_run(open_page: OpenPage, tmp_path: Path) -> None:
    write_shop(tmp_path, shop_rows.list_filled(), version="20241124T220501-aaaaaa")
    app = open_page(tmp_path, lang="ja")
    assert shop_rows.ANSWER_JA in find_answer(app)
    write_shop(tmp_path, shop_rows.list_tiny(), version="20241125T220501-bbbbbb")
    app.run()
    assert "期待より多いと言えるものは 0 でした" in find_answer(app)


@pytest.mark.parametrize(
    ("language", "share", "promise"),
    [
        ("ja", 0.1, "見当ちがいを 10% 以下に抑える"),
        ("ja", 0.025, "見当ちがいを 2.5% 以下に抑える"),
        ("en", 0.1, "at most 1 in 10 is false"),
        ("en", 0.3, "at most 30% are false"),
    ],
)
def test_the_alarms_promise_what_the_shop_has_set(
    open_page: OpenPage, tmp_path: Path, language: str, share: float, promise: str
) -> None:
    rows = dict(shop_rows.list_filled())
    rows["rpt_shop"] = [{**rows["rpt_shop"][0], "alarm_ratio": 2.0, "alarm_false_share": share}]
    words = read_words(open_page(write_shop(tmp_path, rows), lang=language))
    assert promise in words
    assert {"ja": "期待の 2 倍", "en": "above 2 times the category rate"}[language] in words
