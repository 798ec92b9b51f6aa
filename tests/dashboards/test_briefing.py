"""The morning's sentences: one test per kind of fact, what is left out, and the order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboards.lib.briefing import build_briefing
from dashboards.lib.briefing_facts import (
    Cash,
    Early,
    Facts,
    Fix,
    Late,
    Stale,
    StyleAlarm,
    Verdict,
    Waiting,
)
from dashboards.lib.language import find_language
from dashboards.lib.tables import Sentence

TODAY = date(2026, 11, 24)
NOTHING = Facts(today=TODAY)
ALARM = StyleAlarm(
    style_id="7712",
    name="ローファー 7712",
    category="靴",
    reason="小さい・きつい",
    amount=4_270_000,
    n=9_840,
    observed=0.151,
    final=0.243,
    low=0.232,
    high=0.254,
    expected=0.121,
    developed_share=0.62,
    certainty=0.99,
)
CASH = Cash(amount=31_200_000, before=26_400_000, n=3_000, low=28_700_000, high=33_900_000)
PAID = Cash(amount=680_000, before=850_000, n=60)
WAITING = Waiting(
    count=128, amount=900_000, grade_a_count=46, n=13_870, rate=0.734, low=0.727, high=0.741,
    threshold=0.95,
)  # fmt: skip
LATE = Late(count=41, amount=2_140_000, total=14_620_000)
FIX = Fix(
    style_id="5540", name="スニーカー", action="サイズ表の修正", points=6.2, low=3.1, high=9.3,
    n=400, amount=500_000,
)  # fmt: skip
VERDICT = Verdict(
    style_id="8107", name="パンツ", old="証拠が足りない", new="小さめ", certainty=0.97, n=200,
    amount=300_000,
)  # fmt: skip
STALE = Stale(days=3, file="orders", last=date(2026, 11, 21))


def write(facts: Facts, language: str = "ja") -> list[str]:
    return [strip(each) for each in build_briefing(facts, find_language(language))]


def strip(sentence: Sentence) -> str:
    return re.sub(r"<[^>]+>", "", str(sentence.text))


@pytest.mark.parametrize(
    ("facts", "ja", "en"),
    [
        (
            replace(NOTHING, alarms=(replace(ALARM, part="甲"),)),
            "「ローファー 7712」は甲がきつく、このままなら今季 427万円 の余分な返品になります。",
            "ローファー 7712 is tight at the 甲; left alone, ¥4.3M more of it comes back than "
            "expected this season.",
        ),
        (
            replace(NOTHING, alarms=(ALARM,)),
            "「ローファー 7712」が期待の 2.0 倍 返ってきていて、これまでに 427万円分が余分に"
            "返りました。おもな理由は「小さい・きつい」です。",
            "ローファー 7712 comes back 2.0 times as often as expected: ¥4.3M of it beyond "
            "expectation so far. Main reason: 小さい・きつい.",
        ),
        (
            # Nothing is still to come: it stands in the past; no reason is stated.
            replace(NOTHING, alarms=(replace(ALARM, developed_share=0.95, reason=""),)),
            "「ローファー 7712」が期待の 2.0 倍 返ってきて、427万円分が余分に返りました。",
            "ローファー 7712 came back 2.0 times as often as expected: ¥4.3M of it beyond "
            "expectation.",
        ),
        (
            # 31.2 / 26.4 = 1.182
            replace(NOTHING, cash=CASH),
            "今週は 3,120万円 が返金で出ていきます。前年の同じ週より 18% 多い見込みです。",
            "¥31.2M will leave in refunds this week, 18% more than in the same week last year.",
        ),
        (
            # 680 / 850 = 0.8
            replace(NOTHING, cash=PAID),
            "この 7 日に 68万円 が返金で出ました。前年の同じ 7 日より 20% 少ない額です。",
            "¥0.7M left in refunds in 7 days, 20% less than in the same days last year.",
        ),
        (
            replace(NOTHING, waiting=WAITING),
            "24 時間を過ぎた返品が 128 点 あります。うち 46 点は A 品で、きょう棚に戻せます。",
            "128 returns are past 24 hours with neither refund nor exchange; 46 of them are "
            "grade A and could be on the shelf today.",
        ),
        (
            replace(NOTHING, waiting=replace(WAITING, grade_a_count=None)),
            "24 時間を過ぎた返品が 128 点 あります。",
            "128 returns are past 24 hours with neither refund nor exchange.",
        ),
        (
            replace(NOTHING, late=LATE),
            "2 週間を超えた未払いが 41 件 あります。合わせて 214万円 です。",
            "Unpaid for over two weeks: 41 cases, ¥2.1M in all.",
        ),
        (
            replace(NOTHING, fixes=(FIX,)),
            "「スニーカー」のサイズ表の修正が効きました。返品率は 6.2 ポイント下がりました。",
            "The サイズ表の修正 of スニーカー worked: 6.2 points fewer returns.",
        ),
        (
            replace(NOTHING, fixes=(replace(FIX, low=-0.4),)),
            "「スニーカー」のサイズ表の修正が効いた証拠はまだありません。",
            "No evidence yet that the サイズ表の修正 of スニーカー worked.",
        ),
        (
            replace(NOTHING, verdicts=(VERDICT,)),
            "「パンツ」は「証拠が足りない」から「小さめ」に変わりました。",
            'パンツ moved from "証拠が足りない" to "小さめ".',
        ),
        (
            replace(NOTHING, style_count=312),
            "今朝、手を打つべき型はありません。312 型を見て、期待より確かに多いものは 0 でした。",
            "No style needs a decision this morning: 312 looked at, none clearly above "
            "expectation.",
        ),
        (
            replace(NOTHING, early=Early("26AW", 0.21, date(2026, 12, 10))),
            "26AW はまだ 21% しか確定していません。順位は 12月10日 ごろから信じられます。",
            "26AW is only 21% developed; trust the ranking from about 10 Dec.",
        ),
        (
            NOTHING,
            "どの型が期待より多く返るかは、まだ分かりません。order_lines があれば測れます。",
            "We cannot say yet which styles come back too often: order_lines would make it "
            "measurable.",
        ),
        (
            replace(NOTHING, stale=STALE),
            "数字は 3 日前のままです。orders が 11月21日を最後に届いていません。",
            "These numbers are 3 days old: orders has not arrived since 21 Nov.",
        ),
    ],
)
def test_each_kind_of_fact_has_its_sentence(facts: Facts, ja: str, en: str) -> None:
    assert write(facts)[0] == ja
    assert write(facts, "en")[0] == en


@pytest.mark.parametrize(
    "facts",
    [
        replace(NOTHING, alarms=(replace(ALARM, n=29),)),
        replace(NOTHING, alarms=(replace(ALARM, low=0.12),)),  # the interval holds 12.1 %
        replace(NOTHING, alarms=(replace(ALARM, amount=0),)),
        replace(NOTHING, fixes=(replace(FIX, n=29),)),
        replace(NOTHING, verdicts=(replace(VERDICT, n=29),)),
        replace(NOTHING, waiting=replace(WAITING, n=29)),
        replace(NOTHING, waiting=replace(WAITING, high=0.96)),  # the interval holds 95 %
        replace(NOTHING, waiting=replace(WAITING, count=0)),
    ],
)
def test_what_the_numbers_do_not_bear_out_is_not_said(facts: Facts) -> None:
    assert write(facts) == write(NOTHING)


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        # Last year lies in the interval: no more and no less.
        (replace(CASH, before=29_000_000), "今週は 3,120万円 が返金で出ていく見込みです。"),
        (replace(PAID, n=29), "この 7 日に 68万円 が返金で出ました。"),
        (replace(PAID, before=None), "この 7 日に 68万円 が返金で出ました。"),
        (replace(PAID, before=682_000), "この 7 日に 68万円 が返金で出ました。"),
    ],
)
def test_cash_without_a_sure_difference_is_not_compared(cash: Cash, expected: str) -> None:
    assert write(replace(NOTHING, cash=cash))[0] == expected


def test_thirty_are_enough() -> None:
    assert "ローファー" in write(replace(NOTHING, alarms=(replace(ALARM, n=30),)))[0]
    assert "少ない" in write(replace(NOTHING, cash=replace(PAID, n=30)))[0]


def test_one_sentence_per_subject_in_the_order_of_yen() -> None:
    small = replace(ALARM, style_id="1", name="小", amount=1_000_000)
    # At stake: 4.27 million × 0.99; |31.2 - 26.4| = 4.8 million × 0.95 = 4.56; late 2.14.
    facts = replace(NOTHING, alarms=(small, ALARM), cash=CASH, late=LATE, waiting=WAITING)
    found = write(facts)
    assert [text[:6] for text in found] == ["今週は 3,", "「ローファー", "2 週間を超"]


def test_certainty_weighs_as_much_as_yen() -> None:
    unsure = replace(ALARM, name="不確か", amount=5_000_000, certainty=0.5)
    assert "ローファー" in write(replace(NOTHING, alarms=(unsure, ALARM)))[0]


def test_a_subject_that_cannot_be_measured_leaves_its_place_to_the_next_by_yen() -> None:
    second = replace(ALARM, style_id="1", name="二番", amount=1_000_000)
    found = write(replace(NOTHING, alarms=(second, ALARM), outstanding=0))
    assert ["ローファー" in found[0], "二番" in found[1]] == [True, True]
    assert found[2] == "2 週間を超えた未払いはありません。"


def test_a_subject_with_nothing_at_stake_says_what_it_counted() -> None:
    found = write(replace(NOTHING, alarms=(ALARM, ALARM), style_count=9, cash=PAID, outstanding=0))
    assert [text[:6] for text in found] == ["「ローファー", "この 7 日", "2 週間を超"]


def test_there_are_always_three_and_what_is_stale_comes_first_in_red() -> None:
    for facts in (NOTHING, replace(NOTHING, alarms=(ALARM,) * 5, cash=CASH, late=LATE)):
        assert len(build_briefing(facts, find_language("ja"))) == 3
    found = build_briefing(
        replace(NOTHING, stale=STALE, alarms=(ALARM,), cash=CASH, late=LATE), find_language("ja")
    )
    assert [sentence.is_red for sentence in found] == [True, False, False]
    assert len(found) == 3
    assert 'class="k-red"' in str(found[0].text)


def test_the_tag_stands_only_where_a_decision_is_open() -> None:
    found = build_briefing(
        replace(NOTHING, alarms=(ALARM,), cash=CASH, outstanding=5_000), find_language("ja")
    )
    assert [sentence.tag for sentence in found] == ["", "要対応", ""]


def test_the_proof_holds_interval_expectation_n_and_development() -> None:
    found = build_briefing(replace(NOTHING, alarms=(ALARM,)), find_language("ja"))[0]
    assert found.proof == (
        "返品率の見込み 24.3%（95% 区間 23.2〜25.4%）、靴の期待は 12.1%。n 9,840 · 確定 62%。"
    )
    assert (found.link.page, found.link.address) == ("one_style", "one_style?style=7712")


def test_names_are_text() -> None:
    hostile = replace(ALARM, name="<script>x</script>", reason="<b>", category="<i>")
    found = build_briefing(replace(NOTHING, alarms=(hostile,)), find_language("en"))[0]
    assert "<script" not in str(found.text)
    assert "&lt;b&gt;" in str(found.text)
