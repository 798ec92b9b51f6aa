"""The rules of the metric catalogue, read from its seed and from dbt's manifest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orchestration.landing.canonical import load_model
from orchestration.metric_catalogue import Metric, read_seed_metrics
from orchestration.metric_dimensions import DIMENSIONS
from orchestration.metric_document import DOCUMENT, render_document

METRICS = read_seed_metrics()
NAMED = {
    *("return_rate_units", "return_rate_value", "return_rate_units_developed", "request_rate"),
    *("return_rate_event", "controllable_return_rate", "reason_share", "size_return_rate"),
    *("bracketing_rate", "keep_rate", "exchange_rate", "retained_revenue_gross"),
    *("retained_revenue_durable", "refund_cash_out", "outstanding_refunds", "refund_liability"),
    *("resolved_within_24h", "repeat_purchase_90d", "full_price_sell_through"),
    "inventory_turnover",
}
SUMMED = {"bigint", "double", "integer"}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# What a Japanese reader writes in Latin letters too.
CODES = {"SKU", "LTV"}

every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


def test_every_agreed_metric_is_in_the_catalogue() -> None:
    assert set(METRICS) >= NAMED


@every_metric
def test_names_are_snake_case(metric: Metric) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", metric.name)


@every_metric
def test_marts_and_columns_exist(metric: Metric, models: dict[str, dict[str, Any]]) -> None:
    if metric.mart is None:
        assert metric.columns == ()
        return
    columns = models[metric.mart]["columns"]
    assert metric.numerator is not None
    assert [name for name in metric.columns if name not in columns] == []
    for name in filter(None, (metric.numerator, metric.denominator, metric.exposure, metric.n)):
        assert columns[name]["data_type"] in SUMMED, name
    if metric.date is not None:
        assert columns[metric.date]["data_type"] == "date"
    assert metric.whole is None or metric.whole in DIMENSIONS


@every_metric
def test_required_entities_are_canonical(metric: Metric) -> None:
    assert metric.entities
    assert set(metric.entities) <= set(load_model().entities)


@every_metric
def test_words_are_there_in_both_languages(metric: Metric) -> None:
    for text in (metric.label_ja, metric.definition_ja):
        assert JAPANESE.search(text)
        assert set(LATIN_WORD.findall(text)) <= CODES, text
    for text in (metric.label_en, metric.definition_en):
        assert text.strip()
        assert not JAPANESE.search(text)
    assert metric.definition_ja.endswith("。")
    assert metric.definition_en.endswith(".")


def test_no_two_metrics_have_the_same_words() -> None:
    for words in ("label_ja", "label_en", "definition_ja", "definition_en"):
        assert len({getattr(metric, words) for metric in METRICS.values()}) == len(METRICS)


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render_document(METRICS.values())
