"""Will it arrive?: the answer, the lanes, the defects, and what cannot be measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboards.lib import lanes
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.lane_rows import FIRST, LANES, build_backs, build_lane
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_pages import find_answer, read_html, read_table_rows, read_words
from tests.dashboards.yard_rows import PARTS

PAGE = "will_it_arrive"
FILES = (lanes.LOOKS, lanes.EVENTS)


def write_lanes(
    folder: Path,
    rows: list[dict[str, Any]],
    *,
    files: tuple[str, ...] = FILES,
    leak: list[dict[str, Any]] = PARTS,
) -> Path:
    """Write a shop with these lanes and leaks, in which only some files arrived."""
    entities = [{"entity_name": name, "is_landed": True} for name in files]
    own = {"rpt_address_lanes": rows, "rpt_entities": entities, "rpt_leak_parts": leak}
    filled: Rows = {**shop_rows.list_filled(), **own}
    return write_shop(folder, filled)


def change_leak(*amounts: int | None, **facts: Any) -> list[dict[str, Any]]:
    """Give the parts of the leak through addresses other amounts; None: its file is missing."""
    needed = {"missing_name": "delivery_events"}
    return [
        row | {"month_amount": amount, **(needed if amount is None else {}), **facts}
        for row, amount in zip(PARTS, amounts, strict=False)
    ]


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "2,000 件のうち 98.0% は聞かずに出荷でき、40 件はお客さまに聞く住所です。"
            "もれは月 3万円 です。",
        ),
        (
            "en",
            "Of 2,000 addresses 98.0% ship without a question and 40 need one. The leak is ¥32K a "
            "month.",
        ),
    ],
)
def test_the_answer_counts_the_lanes(
    open_page: OpenPage, tmp_path: Path, language: str, answer: str
) -> None:
    shop = write_lanes(tmp_path, LANES)
    assert find_answer(open_page(shop, page=PAGE, lang=language)) == answer


@pytest.mark.parametrize(
    ("rows", "amounts", "ja", "en"),
    [
        (
            [build_lane("ship", "none", 1)],
            (),
            "1 件の住所を見ました。聞かずに出荷できます。",
            "1 address was looked at, and it can ship without a question.",
        ),
        (
            [build_lane("ask", "banchi_missing", 1)],
            (),
            "1 件の住所を見ました。お客さまに聞く住所です。",
            "1 address was looked at, and the customer has to be asked.",
        ),
        (
            [build_lane("ship", "none", 8, **build_backs(1, 900))],
            (0, 900),
            "8 件は、どれも聞かずに出荷できる住所です。もれはこれまでに 900円 です。",
            "Of 8 addresses every one can ship without a question. The leak so far is ¥900.",
        ),
    ],
)
def test_an_answer_of_few_says_what_it_knows(
    open_page: OpenPage,
    tmp_path: Path,
    rows: list[dict[str, Any]],
    amounts: tuple[int, ...],
    ja: str,
    en: str,
) -> None:
    shop = write_lanes(tmp_path, rows, leak=change_leak(*amounts, is_whole_months=False))
    assert find_answer(open_page(shop, page=PAGE, lang="ja")) == ja
    assert find_answer(open_page(shop, page=PAGE, lang="en")) == en


def test_a_share_that_is_not_the_whole_is_not_written_as_the_whole(
    open_page: OpenPage, tmp_path: Path
) -> None:
    rows = [build_lane("ship", "none", 99_999), build_lane("ask", "banchi_missing", 1)]
    answer = find_answer(open_page(write_lanes(tmp_path, rows), page=PAGE, lang="ja"))
    assert answer.startswith("100,000 件のうち 99.9% は")


def test_a_lane_says_its_share_its_looks_and_what_came_back(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_page(write_lanes(tmp_path, LANES), page=PAGE, lang="ja")
    rows = {row[0]: row[1:] for row in read_table_rows(app) if len(row) == 10}
    assert rows["そのまま出荷 番地まで合っている"] == (
        "1,900", "95.0%", "9", "", "", "0.11", "0.03〜0.38", "2", "3,000",
    )  # fmt: skip
    assert rows["お客さまに聞く 表にないものは作らない"] == (
        "40", "2.0%", "20", "", "", "50", "35〜65", "20", "30,000",
    )  # fmt: skip
    assert rows["合計"][:3] == ("2,000", "100.0%", "59")
    assert rows["合計"][-2:] == ("28", "42,000")
    words = read_words(app)
    assert "住所で持ち戻った 28 件のうち 26 件は、出荷の前に分かる" in words
    assert "海外の 7 件は調べていません" in words


def test_few_parcels_tell_an_interval_and_no_rate(open_page: OpenPage, tmp_path: Path) -> None:
    rows = [build_lane("ship", "none", 60), build_lane("correct", "town_typo", 12)]
    app = open_page(write_lanes(tmp_path, rows), page=PAGE, lang="en")
    found = {row[0]: row[1:] for row in read_table_rows(app) if len(row) == 10}
    assert found["Correct and ship where one answer fits"][5:7] == ("—", "0 to 24")
    assert found["Ask the customer what no table holds is not made up"][0] == "0"
    assert "k-muted" in read_html(app)


def test_defects_stand_by_their_words_the_most_frequent_first(
    open_page: OpenPage, tmp_path: Path
) -> None:
    shop = write_lanes(tmp_path, LANES)
    rows = [row for row in read_table_rows(open_page(shop, page=PAGE, lang="ja")) if len(row) == 6]
    assert [(row[0], row[2], row[4]) for row in rows[1:]] == [
        ("郵便番号が町と合わない", "50", "5"),
        ("番地がない", "36", "18"),
        ("区が抜けている", "10", "1"),
        ("町が見つからない", "4", "2"),
    ]
    words = read_words(open_page(shop, page=PAGE, lang="en"))
    assert "Most often wrong: postal code of another town" in words
    assert "100 addresses that do not fit" in words


def test_a_defect_without_words_keeps_its_code(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_lanes(tmp_path, [build_lane("ask", "of_tomorrow", 40)])
    assert "<code>of_tomorrow</code>" in read_html(open_page(shop, page=PAGE, lang="ja"))


def test_orders_with_a_defect_are_parted_by_what_became_of_them(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_page(write_lanes(tmp_path, LANES), page=PAGE, lang="ja")
    rows = dict(row for row in read_table_rows(app) if len(row) == 2)
    assert rows["人が見ずに片づいた"] == "60"
    assert rows["お客さまに聞くところで止まっている"] == "30"
    assert rows["人が見たか、だれが見たか分からない"] == "10"
    assert rows["合計"] == "100"
    assert "問題なしとした 1,700 件のうち、住所で持ち戻ったのは 2 件です。" in read_words(app)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "人が住所を見たかどうか。<code>address_checks</code> が届くと測れます。"),
        ("en", "Whether staff looked at an address: <code>address_checks</code> would tell."),
    ],
)
def test_without_a_file_of_checks_nobody_says_who_looked(
    open_page: OpenPage, tmp_path: Path, language: str, sentence: str
) -> None:
    app = open_page(write_lanes(tmp_path, LANES, files=(lanes.EVENTS,)), page=PAGE, lang=language)
    assert sentence in read_html(app)
    looked = [row[3] for row in read_table_rows(app) if len(row) == 10]
    assert looked[1:] == ["—"] * 4


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "持ち戻りと、その費用。<code>delivery_events</code> が届くと測れます。"),
        ("en", "What was brought back, and its cost: <code>delivery_events</code> would tell."),
    ],
)
def test_without_delivery_events_no_zero_is_shown(
    open_page: OpenPage, tmp_path: Path, language: str, sentence: str
) -> None:
    rows = [build_lane("ship", "none", 500), build_lane("ask", "banchi_missing", 50)]
    leak = change_leak(None, None)
    shop = write_lanes(tmp_path, rows, files=(lanes.LOOKS,), leak=leak)
    app = open_page(shop, page=PAGE, lang=language)
    assert sentence in read_html(app)
    head, *lanes_shown = [row for row in read_table_rows(app) if len(row) == 10]
    assert "%" not in head[5]  # no axis
    for row in lanes_shown:
        assert row[6:] == ("—",) * 4
    assert "もれ" not in find_answer(app)
    assert "leak" not in find_answer(app)


def test_a_cost_that_no_file_says_is_named_and_makes_the_leak_a_least(
    open_page: OpenPage, tmp_path: Path
) -> None:
    back = build_backs(4, 3_000, uncosted_parcel_count=2, unknown_cause_parcel_count=3)
    rows = [build_lane("ship", "none", 500, shipped_date=FIRST, **back)]
    rows.append(build_lane("ask", "town_unknown", 50))
    leak = change_leak(None, 1_020)
    app = open_page(write_lanes(tmp_path / "a", rows, leak=leak), page=PAGE, lang="ja")
    assert "もれは月に少なくとも 1,020円 です。" in find_answer(app)
    parts = [row for row in read_table_rows(app) if len(row) == 3]
    assert ("目で見る住所", "—", "delivery_events") in parts
    assert ("住所での持ち戻り", "1,020円", "") in parts
    found = read_words(app)
    assert "持ち戻り 2 件の費用。delivery_events の cost に書かれていません。" in found
    assert "3 件の持ち戻りの原因。delivery_events の cause が空" in found
    app = open_page(
        write_lanes(tmp_path / "b", rows, leak=change_leak(None, 0)), page=PAGE, lang="ja"
    )
    assert "もれ" not in find_answer(app)
    assert "この円は何から？" not in read_words(app)


def test_no_bring_back_is_a_measured_zero(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(write_lanes(tmp_path, LANES[:1]), page=PAGE, lang="ja")
    words = read_words(app)
    assert "住所で持ち戻った荷物はない" in words
    assert "1,000 件の住所を見ました。この 0 は、数えた結果の 0 です。" in words


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ja", "住所が届くかは、まだ分かりません"),
        ("en", "We cannot say yet whether it will arrive"),
    ],
)
@pytest.mark.parametrize("state", ["empty", "tiny"])
def test_without_addresses_it_is_not_measurable_and_the_file_is_named(
    open_page: OpenPage, shops: dict[str, Path], state: str, language: str, title: str
) -> None:
    found = read_html(open_page(shops[state], page=PAGE, lang=language))
    assert title in found
    assert "k-hatched" in found
    assert "<code>shipments</code>" in found
    assert "<code>postal_code</code>" in found


def test_parcels_abroad_alone_are_counted_and_not_judged(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_page(write_lanes(tmp_path, LANES[-1:]), page=PAGE, lang="ja")
    assert "出荷 7 件はどれも海外あてで、調べていません。" in read_words(app)
    assert find_answer(app) == ""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "終わった 12 か月をならした金額。「裏側は稼いでいる？」のもれと同じ数字です。"),
        ("en", "The mean of 12 whole months; the same figures as the leak of"),
    ],
)
def test_the_leak_is_that_of_the_back_yard(
    open_page: OpenPage, tmp_path: Path, language: str, sentence: str
) -> None:
    app = open_page(write_lanes(tmp_path, LANES), page=PAGE, lang=language)
    assert sentence in read_words(app)
    [leak] = {sum(row["month_amount"] for row in PARTS if row["hole_code"] == lanes.HOLE)}
    assert leak == 32_000
    assert {"ja": "3万円", "en": "¥32K"}[language] in find_answer(app)


@pytest.mark.parametrize(
    ("amounts", "is_told"),
    [((0, 0), True), ((None, 0), False), ((None, 5), True), ((None, None), False), ((), False)],
)
def test_a_zero_is_told_only_where_everything_is_measured(
    amounts: tuple[int | None, ...], is_told: bool
) -> None:
    leak = lanes.Leak(parts=change_leak(*amounts), month_count=12, is_whole=True)
    assert leak.is_told == is_told
