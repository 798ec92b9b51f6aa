"""The rules of the metric catalogue, read from its seed and from dbt's manifest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orchestration.landing.canonical import load_model
from orchestration.metric_catalogue import Metric, parse_terms, read_seed_metrics
from orchestration.metric_dimensions import DIMENSIONS
from orchestration.metric_document import DOCUMENT, render_document
from orchestration.metric_tax import AFTER, BEFORE

METRICS = read_seed_metrics()
# Every row of the design's list of metrics, under the name that `kaeru metric` takes.
NAMED = {
    *("return_rate_units", "return_rate_value", "return_rate_units_developed"),
    *("return_rate_value_developed", "request_rate", "return_rate_event"),
    *("controllable_return_rate", "reason_share", "reason_rate", "reason_usability"),
    "reason_share_read",
    *("size_return_rate", "size_direction", "bracketing_rate", "colour_bracketing_rate"),
    *("keep_rate", "keep_rate_orders", "keep_rate_episodes", "exchange_rate", "offer_coverage"),
    *("offer_acceptance", "exchange_fill_rate", "retained_revenue_gross"),
    *("retained_revenue_durable", "refund_cash_out", "outstanding_refunds", "refund_liability"),
    *("return_asset", "cash_out_forecast", "resolved_within_24h", "waiting_time", "grade_mix"),
    *("recovery_rate", "cost_per_return", "contribution_after_returns", "full_price_sell_through"),
    *("dead_stock_from_returns", "repeat_purchase_90d", "repeat_purchase_180d"),
    *("policy_automation", "policy_exceptions", "web_completion", "address_defect_rate"),
    *("address_auto_resolved", "address_manual_touch", "address_check_miss"),
    *("inventory_turnover", "customer_value_365d", "repurchase_after_bring_back"),
    *("enquiries_per_100_orders", "review_minutes_per_request", "expectation_gap"),
    *("contribution_after_advertising", "against_target"),
}
# Marts that pages read without a metric of their own, and why.
WITHOUT_METRIC = {
    "rpt_files": "says what was landed",
    "rpt_quarantined_rows": "says what was held back",
    "rpt_entities": "says what can be measured",
    "rpt_undecided_keys": "says which rows contradict each other",
    "rpt_shop": "says whose figures these are, and of which day",
    "rpt_before_return": "holds parcels and lines against others that are alike: an association; "
    "its enquiries are those of enquiries_per_100_orders by parcel and unit",
    "rpt_address_lanes": "holds our own check against bring-backs; the metrics of addresses are by "
    "order, and count imported checks first",
    "rpt_return_bridge": "proves that both date bases agree; its sums are those of return_rate_*",
    "rpt_style_returns": "sums rpt_sku_return_days by style, for return_rate_*",
    "rpt_sku_returns": "sums rpt_sku_return_days over all days, for return_rate_*",
    "rpt_style_reasons": "sums rpt_sku_reasons by style, for reason_share and reason_rate",
    "rpt_style_reason_weeks": "sums rpt_sku_reasons by style and week, for reason_share",
    "rpt_category_reason_weeks": "sums rpt_style_reason_weeks by category, for reason_share",
    "rpt_metrics": "says what metrics are called",
    "rpt_reason_labels": "says what reasons are called",
    "rpt_reason_shares": "gives reason_share_read its interval and people's corrections",
    "rpt_reason_corrections": "says how far people's labels move reason_share_read",
    "rpt_reason_disagreements": "holds stated, read and inspected reasons against each other",
    "rpt_reason_quotes": "quotes the words behind reason_share_read",
    "rpt_worklist": "ranks by yen; its rates are return_rate_units_developed without pairs",
    "rpt_lag_curves": "says how far a cohort is developed, for every developed measure",
    "rpt_category_development": "holds past forecasts against what came",
    "rpt_style_size_development": "sums rpt_rate_evidence by size and colour, as the worklist does",
    "rpt_style_weeks": "holds weeks of the worklist's rates against those of the year before",
    "rpt_style_exchanges": "counts exchange_rate's exchanges by size steps",
    "rpt_style_stock": "says what is on the shelf",
    "rpt_fit_verdicts": "says which styles do not fit; its returns are those of size_return_rate",
    "rpt_fit_verdict_changes": "holds the verdicts of rpt_fit_verdicts against those of a past day",
    "rpt_fit_zones": "counts which parts are named, for the diagnosis",
    "rpt_fit_unknown_labels": "says where size labels stand that nothing is known of",
    "rpt_fit_sizes": "gives the returns for size of a size their interval",
    "rpt_fit_zone_rates": "says where a style does not fit; its returns are size_return_rate's",
    "rpt_size_charts": "says what the shop promises of a size; counts nothing that comes back",
    "rpt_fit_chart_differences": "holds garments against their size chart, in cm; counts nothing",
    "rpt_fit_measurements": "says what garments measure; counts nothing that comes back",
    "rpt_fit_origins": "counts the verdicts of rpt_fit_verdicts by factory and material",
    "rpt_fit_lots": "says which lot does not fit; its returns are those of size_return_rate",
    "rpt_fit_lot_evidence": "counts what says anything of the fit of lots",
    "rpt_fit_segments": "says whom a style fails; its returns are those of size_return_rate",
    "rpt_fit_segment_evidence": "counts what says anything of whom a style fails",
    "rpt_fit_evidence": "counts what says anything of the fit, for rpt_fit_verdicts",
    "rpt_product_actions": "says whether what was done about a style worked",
    "rpt_product_action_evidence": "counts the weeks around an action, of its style and the others",
    "rpt_product_action_weeks": "lays the rates around an action out by week",
    "rpt_fit_outcomes": "says what the fit of a size is expected to be",
    "rpt_size_curves": "says which sizes would have been sold had each customer kept what fits",
    "rpt_refund_days": "sums fct_refunds by day, for refund_cash_out",
    "rpt_cash_forecast_weeks": "says what refund_cash_out will be",
    "rpt_roll_forward": "explains the change of refund_liability",
    "rpt_closings": "repeats figures as a month was closed with them",
    "rpt_return_decisions": "says what the rules of returns decide, and what staff decided else",
    "rpt_exchange_funnel": "counts offer_coverage's and offer_acceptance's requests by their month",
    "rpt_exchange_break_even": "says what a subsidy of exchanges has to bring",
    "rpt_open_requests": "says what can be offered on each request that is still open",
    "rpt_metric_gaps": "says without which column a metric is not measurable",
    "rpt_policy_rules": "says what the rules of returns tell the customer",
    "rpt_policy_drafts": "lists the tables of rules that a shop tries",
    "rpt_policy_replays": "says what a draft of the rules of returns would decide",
    "rpt_policy_replay_groups": "says whom a draft of the rules of returns would deny",
    "rpt_disposition_rules": "says what becomes of graded units",
    "rpt_grading_queue": "lists what waits; its late returns are the open ones of "
    "resolved_within_24h",
    "rpt_grading_conformance": "says whether graded units went where their rule says",
    "rpt_graders": "holds the graders of grade_mix against each other",
    "rpt_grade_agreements": "says whether two people give the same grade",
    "rpt_resolution_hours": "lays resolved_within_24h out by hours",
    "rpt_waiting_steps": "splits the waits of finished returns, in hours, from waiting_time's days",
    "rpt_refund_rails": "says what a rail costs and how long it takes; its yen are by the day on "
    "which refunds began, those of refund_cash_out by payout",
    "rpt_conditions": "judges metrics of the catalogue against thresholds",
    "rpt_condition_figures": "says what conditions are judged by",
    "rpt_leak_parts": "prices what the catalogue counts, by costs that a shop sets",
    "rpt_leak_holes": "sums rpt_leak_parts",
    "rpt_leak": "says which costs made the yen of rpt_leak_parts",
    "rpt_what_if_baseline": "holds what returns cost, which changes of a reader are computed from",
    "rpt_what_if_window_days": "says what a shorter return window would refuse",
    "rpt_bank_reconciliation": "holds refund_cash_out against the bank's file",
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
def test_only_money_that_it_needs_is_turned_to_another_tax(metric: Metric) -> None:
    assert set(metric.taxed_entities) <= set(metric.entities) & set(BEFORE) & set(AFTER)
    assert metric.is_money or not metric.taxed_entities


@every_metric
def test_marts_and_columns_exist(metric: Metric, models: dict[str, dict[str, Any]]) -> None:
    if metric.mart is None:
        assert (metric.summed, metric.filters, metric.dimensions, metric.date) == ((), {}, {}, None)
        return
    facts = models[metric.mart]["columns"]
    below = models[metric.denominator_mart or metric.mart]["columns"]
    assert metric.numerator is not None
    assert [
        name for name in (*metric.filters, *metric.dimensions.values()) if name not in facts
    ] == []
    for columns, sums in (
        (facts, (metric.numerator, metric.expected)),
        (below, (metric.denominator, metric.exposure, metric.n)),
    ):
        for name, _ in (term for one in sums for term in parse_terms(one)):
            assert columns[name]["data_type"] in SUMMED, name
    for columns, date in ((facts, metric.date), (below, metric.denominator_date)):
        assert date is None or columns[date]["data_type"] == "date"
    assert metric.whole is None or metric.whole in {*DIMENSIONS, *metric.dimensions}


@every_metric
def test_sums_are_written_as_columns_and_signs(metric: Metric) -> None:
    for text in (metric.numerator, metric.denominator):
        terms = parse_terms(text)
        assert "".join(f"{sign}{name}" for name, sign in terms).removeprefix("+") == (text or "")


@every_metric
def test_only_a_developed_metric_says_what_is_expected(metric: Metric) -> None:
    assert metric.is_developed or metric.expected is None
    assert metric.denominator_mart is not None or metric.denominator_date is None


def test_every_mart_of_a_page_is_in_the_catalogue(manifest: dict[str, Any]) -> None:
    read = {
        node.rpartition(".")[2]
        for exposure in manifest["exposures"].values()
        for node in exposure["depends_on"]["nodes"]
    }
    reports = {name for name in read if name.startswith("rpt_")}
    named = {mart for one in METRICS.values() for mart in (one.mart, one.denominator_mart)}
    assert reports - named - set(WITHOUT_METRIC) == set()
    assert named & set(WITHOUT_METRIC) == set()


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
