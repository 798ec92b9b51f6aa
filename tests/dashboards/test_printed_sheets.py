"""Sheets in a browser: one page each, whatever the texts, and nothing asked from outside.

Needs the system's Chromium; without it these tests are left out (CI installs it).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards import browser
from dashboards.lib import serving
from dashboards.reports import fit_report, printing
from tests.dashboards import shop_rows
from tests.dashboards.fit_rows import (
    FITS,
    LARGE,
    NEW,
    SMALL,
    SWAP,
    build_change,
    build_segment,
    build_verdict,
)
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_fit_charts import build_difference

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.chromium]

STYLES = (SMALL, LARGE, SWAP, FITS, NEW)
LONG_NAME = "とても長い名前の靴" * 12
LONG_ADVICE = "甲の高い方には半サイズ上をおすすめします。" * 6  # as long as the table allows
LONG_QUOTE = "ふだんは同じサイズを買っていますが、今回は甲がきつくて最後まで履けませんでした。" * 4


@pytest.fixture(autouse=True)
def need_browser() -> None:
    try:
        browser.find_browser()
    except browser.BrowserError:
        pytest.skip("no chromium on this machine: sheets were not printed")


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A style with as much on its sheet as there can be."""
    shop = write_shop(tmp_path / "full", list_full())
    monkeypatch.setenv("KAERU_SHOP", str(shop))
    yield shop
    serving.close()


def list_full() -> Rows:
    verdict = build_verdict(
        "A", "runs_small", style_name=LONG_NAME, zone_code="instep", diagnosis_code="grading",
        from_size_label="EU 38.5", to_size_label="EU 47.5", small_probability=0.97,
        verdict_probability=0.97, page_ja_text=LONG_ADVICE, maker_ja_text=LONG_ADVICE,
        page_en_text=LONG_ADVICE, maker_en_text=LONG_ADVICE, small_units=300.0,
    )  # fmt: skip
    sizes = [
        {
            "style_id": "A", "size_label": f"EU {38 + place / 2}", "rank_number": place,
            "delivered_count": 1000, "returned_count": 200, "developed_exposure": 900.0,
            "small_units": 9.0 * place, "large_units": 20.0, "size_units": 9.0 * place + 20.0,
            "small_probability": 0.95, "large_probability": 0.0,
        }
        for place in range(20)
    ]  # fmt: skip
    zones = [
        {
            "style_id": "A", "zone_code": zone, "small_units": 50.0 + place, "large_units": 1.0,
            "small_rate": 0.05 + place / 1000, "small_low_rate": 0.02, "small_high_rate": 0.08,
            "large_rate": 0.001, "large_low_rate": 0.0, "large_high_rate": 0.002,
            "category_small_rate": 0.02, "category_large_rate": 0.01,
        }
        for place, zone in enumerate(("instep", "toe", "heel", "ankle", "foot_width", "calf"))
    ]  # fmt: skip
    steps = [
        {
            "style_id": "A", "measure_code": measure, "from_size_label": "EU 38.5",
            "size_label": "EU 39.5", "size_order": 3, "measured_cm": 24.7, "step_cm": 0.2,
            "usual_step_cm": 0.35, "category_step_cm": 0.35, "step_difference_cm": -0.15,
            "is_irregular": True,
        }
        for measure in ("foot_length", "foot_width", "length")
    ]  # fmt: skip
    charts = [
        build_difference("M", 115.65, 118.25, style_id="A", size_label="EU 38.5",
                         measure_code=measure, agreement_code="disagrees")
        for measure in ("sleeve_length", "shoulder_width")
    ]  # fmt: skip
    quotes = [
        {
            "style_id": "A", "reason_code": "FIT.SMALL", "return_line_id": f"R{place}",
            "quote_text": f"{place}。{LONG_QUOTE}", "evidence_spans_text": "[[3, 9]]",
            "direction_code": "small", "zones_text": "instep", "reason_probability": 0.9,
            "return_line_count": 1, "is_decided": True, "is_escalated": False,
            "size_label": "EU 42.5", "event_date": shop_rows.AS_OF,
        }
        for place in range(5)
    ]  # fmt: skip
    moves = [
        {"style_id": "A", "exchange_kind_code": "size_up", "size_step_count": 1,
         "exchange_count": 12_345},
    ]  # fmt: skip
    return {
        **shop_rows.list_filled(),
        "rpt_fit_verdicts": [verdict],
        "rpt_fit_sizes": sizes,
        "rpt_fit_zone_rates": zones,
        "rpt_fit_measurements": steps,
        "rpt_fit_chart_differences": charts,
        "rpt_style_exchanges": moves,
        "rpt_fit_segments": [
            build_segment("A", f"{150 + 5 * place}-{155 + 5 * place}cm", place)
            for place in range(8)
        ],
        "rpt_reason_quotes": quotes,
        "rpt_fit_verdict_changes": [build_change("A", "deliveries")],
        "rpt_reason_labels": [{"reason_code": "FIT.SMALL", "is_size_reason": True}],
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_flagged_style_is_one_page_of_the_pdf(shops: dict[str, Path], language: str) -> None:
    found = fit_report.report_fit(shops["filled"], style=None, language_code=language)
    assert found is not None
    assert printing.count_pages(printing.print_pdf(found.html)) == found.count == 3


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("style", STYLES)
def test_each_verdict_is_one_page(shops: dict[str, Path], style: str, language: str) -> None:
    found = fit_report.report_fit(shops["filled"], style=style, language_code=language)
    assert found is not None
    assert printing.count_pages(printing.print_pdf(found.html)) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_fullest_sheet_is_one_page_and_loses_nothing(
    full: Path, tmp_path: Path, language: str
) -> None:
    found = fit_report.report_fit(full, style="A", language_code=language)
    assert found is not None
    assert printing.count_pages(printing.print_pdf(found.html)) == 1
    seen = measure(found.html, tmp_path)
    assert seen["hidden"] == 0  # px that the page would cut off
    assert seen["asked"] == []
    assert seen["smallest"] >= 10  # px: 7.5 pt


def measure(document: str, folder: Path) -> dict[str, Any]:
    """Lay a document out as for print: what does not fit, what is asked for, the smallest text."""
    path = folder / "sheet.html"
    path.write_text(document, encoding="utf-8")
    asked: list[str] = []
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser.find_browser(), args=list(browser.BROWSER_FLAGS)
        )
        window = opened.new_page(viewport={"width": 794, "height": 1123})
        window.emulate_media(media="print")
        window.on("request", lambda request: asked.append(request.url))
        window.goto(path.as_uri())
        hidden = window.evaluate(
            # A name that is squeezed below its two lines hides as much as what the page cuts off.
            "(() => { const s = document.querySelector('.sheet'), h = s.querySelector('h1');"
            " const lines = h.clientHeight / parseFloat(getComputedStyle(h).lineHeight);"
            " return Math.max(s.scrollHeight - s.clientHeight, s.scrollWidth - s.clientWidth,"
            " Math.round(2 - lines)); })()"
        )
        smallest = window.evaluate(
            "Math.min(...[...document.querySelectorAll('.sheet *')]"
            ".filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))"
            ".map((e) => parseFloat(getComputedStyle(e).fontSize)))"
        )
        opened.close()
    return {
        "hidden": hidden,
        "smallest": smallest,
        "asked": [url for url in asked if url != path.as_uri()],
    }


def test_without_a_browser_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(browser.BrowserError, match="no chromium"):
        printing.print_pdf("<!doctype html>")
