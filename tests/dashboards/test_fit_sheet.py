"""The size and fit sheet: it says what the page says, and nothing in it comes from outside."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.lib import fit, fit_figures, serving
from dashboards.lib.language import find_language
from dashboards.lib.records import list_records
from dashboards.lib.voice import Voice, find_voice
from dashboards.reports import fit_report
from dashboards.reports.drawings import WIDTH, draw_chances, draw_parts
from dashboards.reports.fit_facts import (
    Rate,
    SizeFacts,
    ZoneFacts,
    find_groups,
    find_usual,
    find_zones,
    read_facts,
)
from dashboards.reports.fit_sheet import Sheet, build_sheet
from dashboards.reports.profile_drawing import draw_profile
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.fit_rows import (
    FITS,
    LARGE,
    NEW,
    SMALL,
    SWAP,
    build_segment,
    build_verdict,
)
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_fit_charts import build_difference
from tests.dashboards.test_fit_measurements import STEP
from tests.dashboards.test_pages import LATIN, read_clickable, read_html

PAGE = "which_styles_do_not_fit"
ALL = [SMALL, LARGE, SWAP, FITS, NEW]
UseShop = Callable[[Path], None]


def read_sheets(styles: list[str], language: str) -> dict[str, Sheet]:
    with serving.lease():
        voice = find_voice(find_language(language))
        return {
            str(facts.row["style_id"]): build_sheet(voice, facts) for facts in read_facts(styles)
        }


def write(styles: list[str], language: str) -> str:
    with serving.lease():
        return fit_report.write_document(styles, voice=find_voice(find_language(language)))


def read_text(document: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", document, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sheet_repeats_the_numbers_of_the_page(
    open_page: OpenPage, shops: dict[str, Path], use_shop: UseShop, language: str
) -> None:
    table = read_clickable(open_page(shops["filled"], page=PAGE, lang=language), "k_fit")
    use_shop(shops["filled"])
    spoken = find_language(language)
    sheets = read_sheets(ALL, language)
    for row in list_records(fit.read_rows()):
        sheet = sheets[str(row["style_id"])]
        n = spoken.count(row["delivered_count"])
        chances = [row[f"{name}_probability"] for name in ("small", "large", "swap")]
        sure = max(chances) if row["verdict_code"] == fit.OPEN else row["verdict_probability"]
        for figure in (n, fit_figures.write_chance(spoken, sure).removesuffix("%")):
            assert figure in table, row["style_id"]
            assert figure in sheet.sure, row["style_id"]
        assert sheet.name in table


def test_an_open_style_says_what_is_missing_and_advises_nothing(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    japanese, english = read_sheets([NEW], "ja")[NEW], read_sheets([NEW], "en")[NEW]
    assert japanese.headline == "証拠が足りない。あと約 240 点の配送で分かります。"
    assert english.headline == "Not enough evidence. About 240 more deliveries will tell."
    assert (japanese.advice, japanese.tone) == ((), "open")
    assert japanese.chances.parts[0].kind == "open"
    assert "商品ページへ" not in write([NEW], "ja")


def test_a_decided_style_names_part_place_and_advice(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    sheets = read_sheets(ALL, "ja")
    assert sheets[SMALL].headline == "小さめ。甲がきつく、23.5 から上で目立ちます。"
    assert sheets[LARGE].headline == "大きめ。かかとがゆるく、どのサイズも同じです。"
    assert sheets[SWAP].headline == "札の取り違え。23.0 と 23.5 が入れ替わっているようです。"
    assert sheets[SMALL].diagnosis == "グレーディング（大きい側の段差）"
    assert sheets[SMALL].advice == (("商品ページへ", "すすめ。"), ("型紙へ", "すすめ。"))
    assert sheets[SMALL].profile.heading == "サイズが上がるほど、きつい"


def test_parts_along_the_body_are_short_not_tight(write_and_use: Callable[[Rows], Path]) -> None:
    row = build_verdict("A", "runs_small", diagnosis_code="block", zone_code="sleeve")
    write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": [row], "rpt_fit_sizes": []})
    assert read_sheets(["A"], "ja")["A"].headline == "小さめ。袖が短く、どのサイズも同じです。"
    english = read_sheets(["A"], "en")["A"].headline
    assert english == "Runs small: the sleeve is short, alike in every size."


def test_a_style_without_an_order_says_which_labels(
    write_and_use: Callable[[Rows], Path],
) -> None:
    row = build_verdict("A", "runs_small", unknown_labels_text="ちび, でか")
    sizes = [
        {"style_id": "A", "size_label": label, "rank_number": None, "developed_exposure": 9.0}
        for label in ("ちび", "でか")
    ]
    write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": [row], "rpt_fit_sizes": sizes})
    profile = read_sheets(["A"], "ja")["A"].profile
    assert profile.drawing is None
    assert "ちび, でか" in profile.caption


def test_one_size_is_a_sentence(write_and_use: Callable[[Rows], Path]) -> None:
    row = build_verdict("A", "not_enough_evidence", more_deliveries_count=90)
    size = {
        "style_id": "A", "size_label": "FREE", "rank_number": 0, "delivered_count": 50,
        "developed_exposure": 40.0, "small_units": 4.0, "large_units": 2.0,
    }  # fmt: skip
    write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": [row], "rpt_fit_sizes": [size]})
    profile = read_sheets(["A"], "ja")["A"].profile
    assert profile.drawing is None
    assert profile.caption == (
        "FREE だけです。小さいと返された割合 10%、大きいと返された割合 5%（n 50）。"
    )


def test_quotes_keep_their_deciding_words_and_leave_out_other_directions(
    write_and_use: Callable[[Rows], Path],
) -> None:
    write_and_use(shop_rows.list_filled() | quote_rows())
    document = write([SMALL], "ja")
    assert '<mark class="first">甲がきつい</mark>' in document
    assert "ぶかぶか" not in document  # says large
    assert "けがをしました" not in document  # a person must see it first
    assert "伏せた電話番号" in document


def quote_rows() -> Rows:
    texts: list[tuple[str, dict[str, Any]]] = [
        ("甲がきついです。[phone]", {"evidence_spans_text": "[[0, 5]]"}),
        ("ぶかぶかでした。", {"direction_code": "large"}),
        ("きつくて、けがをしました。", {"is_escalated": True}),
    ]
    return {
        "rpt_reason_labels": [
            {"reason_code": "FIT.SMALL", "is_size_reason": True, "label_ja_text": "小さい"}
        ],
        "rpt_reason_quotes": [
            {
                "style_id": SMALL, "reason_code": "FIT.SMALL", "return_line_id": f"R{place}",
                "quote_text": text, "direction_code": "small", "quote_number": place,
                "zones_text": "instep", "reason_probability": 0.9, "return_line_count": 1,
                "is_decided": True, "is_escalated": False, "event_date": shop_rows.AS_OF,
            }
            | facts
            for place, (text, facts) in enumerate(texts)
        ],
    }  # fmt: skip


def test_text_of_the_shop_stays_text_and_nothing_comes_from_outside(
    write_and_use: Callable[[Rows], Path],
) -> None:
    payload = '<img src="http://127.0.0.1:9/x.png" onerror="a()"><script>b()</script>'
    row = build_verdict(
        "A", "runs_small", style_name=payload, category_name=payload, page_ja_text=payload,
        zone_code=payload, diagnosis_code="block",
    )  # fmt: skip
    write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": [row], "rpt_fit_sizes": []})
    document = write(["A"], "ja")
    assert str(escape(payload)) in document
    assert not re.search(r"<(script|img|link|iframe)|url\(|@import", document)
    assert "default-src 'none'" in document


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_flagged_style_has_one_page_in_the_order_of_the_list(
    shops: dict[str, Path], language: str
) -> None:
    found = fit_report.report_fit(shops["filled"], style=None, language_code=language)
    assert found is not None
    assert found.count == found.html.count("<article") == 3
    names = re.findall(r"<h1>(.*?)</h1>", found.html)
    assert names == [f"靴 {style}" for style in (LARGE, SMALL, SWAP)]


def test_nothing_is_made_where_no_style_is_flagged(shops: dict[str, Path]) -> None:
    assert fit_report.report_fit(shops["empty"], style=None, language_code="ja") is None


def test_an_unknown_style_names_the_nearest(shops: dict[str, Path]) -> None:
    with pytest.raises(fit_report.UnknownStyleError) as failed:
        fit_report.report_fit(shops["filled"], style="200", language_code="ja")
    assert failed.value.nearest == (FITS, NEW, SMALL)


def test_japanese_sheets_hold_no_english(shops: dict[str, Path], use_shop: UseShop) -> None:
    use_shop(shops["filled"])
    found = set(re.findall(r"[A-Za-z][A-Za-z_0-9]+", read_text(write(ALL, "ja"))))
    # Ours, a season, the shop of the fixture, a column of a file.
    assert found - LATIN - {"kaeru", "AW", "filled", "size_order"} == set()


def test_the_average_is_that_of_the_category() -> None:
    rows = pd.DataFrame(
        [("靴", 100.0, 5.0, 0.0), ("靴", 300.0, 15.0, 4.0), ("帽子", 100.0, 80.0, 0.0)],
        columns=["category_name", "developed_exposure", "small_units", "large_units"],
    )
    assert find_usual(rows, category="靴") == {"small": 0.05, "large": 0.01}  # 20, 4 of 400
    assert find_usual(rows, category=None) == {"small": 0.2, "large": 0.008}  # 100, 4 of 500


def test_the_bar_of_probabilities_ends_with_the_sheet() -> None:
    parts = draw_chances([("small", 0.9), ("true", 0.08), ("rest", 0.02)])
    assert parts[-1].x + parts[-1].width == pytest.approx(WIDTH)


def test_small_is_drawn_up_and_large_down_on_one_scale() -> None:
    sizes = [
        SizeFacts("S", 100, Rate(0.2, 0.1, 0.3), Rate(0.1, 0.05, 0.15), "small"),
        SizeFacts("M", 5, Rate(0.1, 0.0, 0.9), Rate(0.0, 0.0, 0.5), ""),
    ]
    found = draw_profile(
        sizes, usual=(0.05, 0.02), usual_labels=("", ""), labels=[("", "", "")] * 2
    )
    (up, down), (cut, _) = (column.sides for column in found.columns)
    assert up.y + up.height == pytest.approx(found.zero) == pytest.approx(down.y)
    assert up.height == pytest.approx(2 * down.height, abs=0.2)
    assert (up.kind, down.kind, cut.kind) == ("small", "large-soft", "small-soft")
    assert cut.high == pytest.approx(up.high)  # the interval of five units does not set the scale


def test_a_part_is_dark_only_where_the_verdict_speaks_of_it() -> None:
    zones = [
        ZoneFacts("instep", "small", Rate(0.1, 0.08, 0.12), 0.02),
        ZoneFacts("toe", "small", Rate(0.03, 0.01, 0.05), 0.02),
        ZoneFacts("heel", "large", Rate(0.1, 0.08, 0.12), 0.02),
    ]
    found = draw_parts(zones, names=["", "", ""], values=["", "", ""], spoken="small")
    assert [bar.kind for bar in found.bars] == ["small", "small-soft", "large-soft"]
    assert found.bars[0].x == found.middle
    assert found.bars[2].x + found.bars[2].width == pytest.approx(found.middle)


def test_only_parts_that_are_named_stand_on_the_sheet_beside_the_category() -> None:
    rows = pd.DataFrame(
        [
            ("heel", 1.0, 3.0, 0.01, 0.03, 0.02, 0.04),
            ("instep", 9.0, 0.0, 0.08, 0.0, 0.02, 0.01),
            ("toe", 0.0, 0.0, 0.02, 0.02, 0.02, 0.02),
        ],
        columns=[
            *("zone_code", "small_units", "large_units", "small_rate", "large_rate"),
            *("category_small_rate", "category_large_rate"),
        ],
    ).assign(small_low_rate=0.0, small_high_rate=1.0, large_low_rate=0.0, large_high_rate=1.0)
    assert find_zones(rows) == (
        ZoneFacts("instep", "small", Rate(0.08, 0.0, 1.0), 0.02),
        ZoneFacts("heel", "large", Rate(0.03, 0.0, 1.0), 0.04),
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "寸法の足長は 24.5 から 25.0 が 0.20 cm、ほかは 0.35 cm。"),
        ("en", "Foot length: 24.5 to 25.0 measures 0.20 cm, other steps 0.35 cm."),
    ],
)
def test_a_step_out_of_line_stands_on_the_sheet_in_centimetres(
    write_and_use: Callable[[Rows], Path], language: str, said: str
) -> None:
    rows = [{**STEP, "style_id": SMALL, "is_irregular": True}]
    write_and_use({**shop_rows.list_filled(), "rpt_fit_measurements": rows})
    sheets = read_sheets([SMALL, FITS], language)
    assert sheets[SMALL].why.endswith(said)
    assert said not in sheets[FITS].why


@pytest.mark.parametrize(
    ("language", "off", "against"),
    [
        (
            "ja",
            "M のウエストは実寸 65.9、サイズ表 68.0（差 −2.1 cm）。",
            "M のウエストは実寸 69.5、サイズ表 68.0（差 +1.5 cm、判定とは逆）。",
        ),
        (
            "en",
            "Waist in M measures 65.9 cm, size chart 68.0 (−2.1).",
            "measures 69.5 cm, size chart 68.0 (+1.5, against the verdict).",
        ),
    ],
)
def test_a_sheet_says_how_far_the_garment_is_from_its_chart(
    write_and_use: Callable[[Rows], Path], language: str, off: str, against: str
) -> None:
    near = build_difference("S", 64.0, 64.3)
    rows = {
        SMALL: [near, build_difference("M", 65.9, 68.0), build_difference("L", 73.5, 72.0)],
        LARGE: [near, build_difference("M", 69.5, 68.0)],
        SWAP: [build_difference("S", 64.0, None)],
        FITS: [near],
    }
    some = [row | {"style_id": style} for style, own in rows.items() for row in own]
    write_and_use({**shop_rows.list_filled(), "rpt_fit_chart_differences": some})
    sheets = read_sheets(ALL, language)
    assert sheets[SMALL].why.endswith(off)
    assert sheets[LARGE].why.endswith(against)
    # Where nothing was compared, and where a style fits as promised, paper says nothing.
    silent = "size chart" if language == "en" else "サイズ表"
    assert not [style for style in (SWAP, FITS, NEW) if silent in sheets[style].why]


@pytest.mark.parametrize(
    ("language", "kept"),
    [
        ("ja", "実寸とサイズ表の差は、どれも 1.0 cm に届きません。"),
        ("en", "It measures what its size chart says, to within 1.0 cm."),
    ],
)
def test_a_sheet_says_that_a_garment_which_runs_small_is_as_promised(
    write_and_use: Callable[[Rows], Path], language: str, kept: str
) -> None:
    rows = [build_difference("S", 64.0, 64.3, style_id=style) for style in (SMALL, FITS)]
    write_and_use({**shop_rows.list_filled(), "rpt_fit_chart_differences": rows})
    sheets = read_sheets([SMALL, FITS], language)
    assert sheets[SMALL].why.endswith(kept)
    assert kept not in sheets[FITS].why


def test_the_voice_of_a_document_is_that_of_a_page(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    voice: Voice = find_voice(find_language("en"))
    assert voice.publication == serving.read_publication()


def find_downloads(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def test_the_list_offers_the_sheets_of_what_the_filters_leave(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    assert "印刷用のシート（3 枚）" in find_downloads(
        open_page(shops["filled"], page=PAGE, lang="ja")
    )
    app = open_page(shops["empty"], page=PAGE, lang="ja")
    assert [label for label in find_downloads(app) if "シート" in label] == []


def test_a_style_offers_its_own_sheet(
    write_and_use: Callable[[Rows], Path], open_page: OpenPage
) -> None:
    verdicts = [build_verdict("7712", "runs_small", diagnosis_code="block")]
    shop = write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": verdicts})
    app = open_page(shop, page="one_style", lang="en", style="7712")
    assert "A4 sheets (1)" in find_downloads(app)
    assert "The verdict on its size: “Runs small”." in read_html(app)


def test_the_button_hands_out_what_the_command_writes(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    found = fit_report.report_fit(shops["filled"], style=None, language_code="ja")
    assert found is not None
    styles = fit.list_flagged(fit.read_rows())
    assert fit_report.build_document(styles, language_code="ja") == found.html


def test_a_sheet_says_what_was_said_before_and_why_it_changed(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    sheets = read_sheets([SMALL, LARGE, NEW], "ja")
    changed = "小さいと返された割合が 5.0% から 9.5% に増えました。"
    assert sheets[SMALL].sure.endswith(f"前回（10月）は「証拠が足りない」。{changed}")
    assert sheets[LARGE].sure.endswith("前回（11月23日）も「大きめ」でした。")
    assert "前回" not in sheets[NEW].sure


def test_the_facts_name_price_launch_and_sizes(shops: dict[str, Path], use_shop: UseShop) -> None:
    use_shop(shops["filled"])
    assert read_sheets([SMALL], "ja")[SMALL].facts == (
        "靴 · 24AW · 定価 15,400円 · 9月7日 発売 · 23.0〜24.0"
    )
    assert "list ¥15,400 · launched 7 Sep" in read_sheets([SMALL], "en")[SMALL].facts


def test_a_sheet_shows_the_customers_whom_a_style_fails(
    shops: dict[str, Path], use_shop: UseShop
) -> None:
    use_shop(shops["filled"])
    sheet = read_sheets([FITS], "en")[FITS]
    section = sheet.right[0]
    assert section.heading == "Too small only for height 150cm未満"
    assert section.groups is not None
    assert [dot.kind for dot in section.groups.dots] == ["found", "other", "other"]
    assert "Under 5 customers" in section.caption


def test_of_many_groups_those_it_fails_and_the_largest_are_shown() -> None:
    rows = [
        build_segment("A", str(place), place, delivered_count=100 - place)
        | ({"finding_code": "large"} if place == 9 else {"finding_code": None})
        for place in range(10)
    ]
    groups = find_groups(pd.DataFrame(rows))
    assert [row["segment_label"] for row in groups] == ["0", "1", "9"]


def test_a_lot_is_suspected_by_its_name(write_and_use: Callable[[Rows], Path]) -> None:
    row = build_verdict("A", "runs_large", diagnosis_code="lot", lot_id="L7")
    write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": [row], "rpt_fit_sizes": []})
    assert read_sheets(["A"], "en")["A"].diagnosis == "production, lot L7 only"
