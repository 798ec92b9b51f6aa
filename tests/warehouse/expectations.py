"""What the oracles say of every mart of a shop that they recompute."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.oracle_actions import ActionOracle
from tests.warehouse.oracle_addresses import AddressOracle
from tests.warehouse.oracle_before import BeforeOracle
from tests.warehouse.oracle_cash import CashOracle
from tests.warehouse.oracle_conditions import ConditionOracle
from tests.warehouse.oracle_costs import CostReports, Costs
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_episodes import (
    MONTH_KEYS,
    Walk,
    frame_episode_months,
    frame_kept_orders,
)
from tests.warehouse.oracle_exchanges import ExchangeOracle
from tests.warehouse.oracle_facts import FactOracle
from tests.warehouse.oracle_fit import FitOracle
from tests.warehouse.oracle_fit_parts import frame_lots, frame_segments
from tests.warehouse.oracle_forecast import frame_forecasts
from tests.warehouse.oracle_grading import GradingOracle
from tests.warehouse.oracle_handling import HandlingOracle
from tests.warehouse.oracle_ledgers import BankOracle, frame_ad_costs
from tests.warehouse.oracle_liability import frame_liabilities, judge_days
from tests.warehouse.oracle_measurements import frame_measurements
from tests.warehouse.oracle_offers import OfferOracle
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_policies import GROUPED, PolicyOracle, read_shipped_rules
from tests.warehouse.oracle_readings import DISAGREEMENT, SHARE_KEYS, ReadingOracle
from tests.warehouse.oracle_reasons import ATTRIBUTES, KEYS, ReasonOracle
from tests.warehouse.oracle_repeats import RepeatOracle
from tests.warehouse.oracle_replays import ReplayOracle, draft_rules
from tests.warehouse.oracle_returns import ReturnOracle
from tests.warehouse.oracle_sales import SalesOracle
from tests.warehouse.oracle_size_charts import frame_charts, frame_differences
from tests.warehouse.oracle_styles import StyleOracle
from tests.warehouse.oracle_targets import TargetOracle
from tests.warehouse.oracle_turnover import TurnoverOracle
from tests.warehouse.oracle_what_if import WhatIfOracle
from tests.warehouse.oracle_worklist import WorklistOracle
from tests.warehouse.recomputation import Recomputation

# Targets for what is estimated: mart_agreement holds them against the marts of the estimates.
ESTIMATED = ("refund_liability", "return_asset")


class Expectation(NamedTuple):
    """What an oracle says of a mart: its rows, what names them, and how exact doubles are.

    ``choose`` picks the rows of the mart that the oracle speaks of.
    """

    frame: pd.DataFrame
    keys: list[str]
    tolerance: float = 1e-9
    choose: Callable[[pd.DataFrame], pd.DataFrame] = lambda mart: mart


def choose_basis(basis: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda mart: mart[mart["date_basis_code"] == basis]


def expect_marts(core: Recomputation, developed: Development) -> dict[str, Expectation]:
    """Every mart that an oracle knows, by name; a word after the name tells parts apart."""
    worklist = WorklistOracle(developed)
    walk, returns = Walk(core), ReturnOracle(core, developed)
    reasons = ReasonOracle(returns)
    costs, outcomes = Costs(walk), OutcomeOracle(core, developed)
    sales, addresses = SalesOracle(core, developed), AddressOracle(core)
    handling, facts = HandlingOracle(outcomes, sales, costs), FactOracle(outcomes, walk)
    conditions = ConditionOracle(facts, handling, addresses, sales, reasons)
    policies, fit = PolicyOracle(handling, reasons), FitOracle(reasons, outcomes, worklist)
    exchanges = ExchangeOracle(policies, reasons, walk)
    expected = {
        **expect_development(worklist),
        **expect_styles(StyleOracle(worklist)),
        **expect_outcomes(outcomes),
        **expect_episodes(walk),
        **expect_costs(costs, developed),
        **expect_sales(sales),
        **expect_handling(handling, addresses),
        **expect_conditions(conditions),
        **expect_policies(policies),
        **expect_replays(policies, conditions),
        **expect_exchanges(exchanges, OfferOracle(exchanges, fit)),
        **expect_what_if(WhatIfOracle(exchanges, conditions, costs)),
        **expect_grading(GradingOracle(handling, policies, sales)),
        **expect_repeats(RepeatOracle(outcomes, list(costs.list_episodes()))),
        **expect_returns(returns),
        **expect_reasons(reasons),
        **expect_readings(ReadingOracle(reasons)),
        **expect_fit(fit),
        # Weights of strata are kept in whole millionths.
        "rpt_before_return": Expectation(
            BeforeOracle(fit).frame(), ["kind_code", "group_code", "outcome_code"], 1e-5
        ),
        "rpt_product_action_evidence": Expectation(
            ActionOracle(worklist).frame_evidence(), ["action_id", "style_id", "week_number"]
        ),
        **expect_ledgers(core, costs),
        **expect_facts(facts),
        **expect_money(developed),
    }
    targets = TargetOracle(core, CashOracle(core, developed), gather_frames(expected))
    expected["rpt_targets"] = Expectation(
        targets.frame(),
        ["metric_name", "period_text"],
        choose=lambda mart: mart[~mart["metric_name"].isin(ESTIMATED)],
    )
    return expected


def gather_frames(expected: dict[str, Expectation]) -> dict[str, pd.DataFrame]:
    """What is expected of each mart, the parts of one together."""
    found: dict[str, list[pd.DataFrame]] = {}
    for name, expectation in expected.items():
        mart, _, basis = name.partition(" ")
        said = {"date_basis_code": basis} if basis else {}
        found.setdefault(mart, []).append(expectation.frame.assign(**said))
    return {mart: pd.concat(frames, ignore_index=True) for mart, frames in found.items()}


def expect_money(developed: Development) -> dict[str, Expectation]:
    """What is still to be paid: shares and rates are kept in whole millionths."""
    days = judge_days(developed)
    return {
        "rpt_refund_liability": Expectation(
            frame_liabilities(days),
            ["as_of_date", "channel_name", "category_name"],
            1e-5,
            # Of what was delivered longer than a year ago nothing is estimated.
            choose=lambda mart: mart[mart["costed_share"].notna()],
        ),
        # A day sums up to 56 parts, each kept in hundredths of a yen.
        "rpt_cash_forecast": Expectation(
            frame_forecasts(days), ["as_of_date", "method_code", "payout_date"], 56 * 0.005
        ),
    }


def expect_development(oracle: WorklistOracle) -> dict[str, Expectation]:
    # Base rates and exposures are stored in whole millionths before they are multiplied.
    return {
        "rpt_lag_curves": Expectation(
            oracle.developed.frame_curves(),
            ["category_name", "channel_name", "is_after_policy_change", "age_days"],
            1.1e-6,
        ),
        "rpt_sku_development": Expectation(oracle.frame_skus(), ["sku", "channel_name"]),
        "rpt_category_development": Expectation(
            oracle.frame_categories(), ["as_of_date", "category_name", "channel_name"]
        ),
        "rpt_style_development_weeks": Expectation(
            oracle.frame_weeks(), ["style_id", "week_start_date"], 1e-6
        ),
        "rpt_rate_evidence": Expectation(oracle.frame_evidence(), ["level_code", "group_id"], 1e-6),
        "rpt_worklist": Expectation(
            oracle.frame_worklist(), ["level_code", "style_id", "sku"], 1e-6
        ),
    }


def expect_styles(oracle: StyleOracle) -> dict[str, Expectation]:
    # Parts of a week and of a size are kept in whole millionths.
    return {
        "rpt_style_size_development": Expectation(
            oracle.frame_sizes(), ["style_id", "size_label", "colour_name"], 1e-5
        ),
        "rpt_style_weeks": Expectation(oracle.frame_weeks(), ["style_id", "week_start_date"], 1e-5),
    }


def expect_outcomes(oracle: OutcomeOracle) -> dict[str, Expectation]:
    return {
        "rpt_resolution_days": Expectation(
            oracle.frame_resolution_days(), ["calendar_date", "channel_name"]
        ),
        "rpt_style_exchanges": Expectation(
            oracle.frame_style_exchanges(), ["style_id", "exchange_kind_code", "size_step_count"]
        ),
        "rpt_exchange_days": Expectation(
            oracle.frame_exchange_days(), ["channel_name", "exchange_kind_code", "calendar_date"]
        ),
    }


def expect_episodes(walk: Walk) -> dict[str, Expectation]:
    return {
        "fct_episodes": Expectation(pd.DataFrame(walk.list_episodes()), ["episode_id"]),
        "rpt_episode_months": Expectation(frame_episode_months(walk), list(MONTH_KEYS)),
        "rpt_kept_orders": Expectation(
            frame_kept_orders(walk), ["channel_name", "cohort_month_date"]
        ),
    }


def expect_costs(costs: Costs, developed: Development) -> dict[str, Expectation]:
    reports = CostReports(costs, developed)
    keys = ["sku", "channel_name", "cohort_month_date"]
    return {
        "fct_contributions": Expectation(costs.frame_contributions(), ["episode_id"]),
        "rpt_contribution": Expectation(reports.frame_contribution(), keys, 1e-6),
        "rpt_return_costs": Expectation(reports.frame_return_costs(), keys),
    }


def expect_sales(oracle: SalesOracle) -> dict[str, Expectation]:
    return {
        "rpt_sell_through": Expectation(oracle.frame_sell_through(), ["style_id", "season_name"]),
        "rpt_style_stock": Expectation(oracle.frame_style_stock(), ["style_id", "size_label"]),
        "rpt_stock_asleep": Expectation(
            oracle.frame_stock_asleep(), ["style_id", "grade_code", "age_code"]
        ),
        "rpt_enquiries": Expectation(oracle.frame_enquiries(), ["topic_code", "week_start_date"]),
        "rpt_enquiry_weeks": Expectation(oracle.frame_enquiry_weeks(), ["week_start_date"]),
        "rpt_return_grades": Expectation(
            oracle.frame_grades(), ["style_id", "grade_code", "received_date"]
        ),
        "rpt_inventory_turnover": Expectation(
            TurnoverOracle(oracle).frame(), ["style_id", "month_start_date"]
        ),
    }


def expect_returns(oracle: ReturnOracle) -> dict[str, Expectation]:
    days = ["sku", "channel_name", "calendar_date"]
    categories = ["category_name", "channel_name", "calendar_date"]
    return {
        "fct_order_lines": Expectation(
            pd.DataFrame(oracle.core.list_order_lines()), ["order_line_id"]
        ),
        "rpt_sku_returns": Expectation(oracle.frame_skus(), ["sku", "channel_name"]),
        "rpt_style_returns": Expectation(oracle.frame_styles(), ["style_id", "channel_name"]),
        "rpt_sku_return_days cohort": Expectation(
            oracle.frame_cohort_days(), days, choose=choose_basis("cohort")
        ),
        "rpt_sku_return_days event": Expectation(
            oracle.frame_sku_days(), days, choose=choose_basis("event")
        ),
        "rpt_category_return_days": Expectation(
            oracle.frame_categories(), categories, choose=choose_basis("cohort")
        ),
        "rpt_style_return_weeks": Expectation(
            oracle.frame_weeks(), ["style_id", "channel_name", "week_start_date"]
        ),
        "rpt_style_sizes": Expectation(
            oracle.frame_sizes(), ["style_id", "size_label", "colour_name"]
        ),
        "rpt_bracketing": Expectation(oracle.frame_bracketing(), ["style_id"]),
        "rpt_return_bridge": Expectation(oracle.frame_bridge(), ["bridge_step_code"]),
        "rpt_refund_days": Expectation(
            oracle.frame_refund_days(), ["calendar_date", "method_code"]
        ),
    }


def expect_reasons(oracle: ReasonOracle) -> dict[str, Expectation]:
    return {
        "fct_return_reasons": Expectation(
            oracle.frame_facts(), ["return_line_id", "reason_source_code"]
        ),
        # What is expected, and its variance, are kept in whole millionths.
        "rpt_sku_reasons": Expectation(
            oracle.frame_skus(), ["sku", *KEYS, "month_start_date"], 1e-5
        ),
        "rpt_style_reason_weeks": Expectation(
            oracle.frame_style_weeks(), ["style_id", *KEYS, "week_start_date"], 1e-5
        ),
        "rpt_category_reason_weeks": Expectation(
            oracle.frame_category_weeks(), [*ATTRIBUTES, *KEYS[1:], "week_start_date"], 1e-5
        ),
        "rpt_reason_totals": Expectation(oracle.frame_totals(), [*KEYS[:3], "month_start_date"]),
        "rpt_expectation_gaps": Expectation(
            oracle.frame_gaps(),
            ["style_id", "campaign_code", "page_version_code", "channel_name", "cohort_month_date"],
        ),
        "rpt_style_reasons": Expectation(
            oracle.frame_style_reasons(), ["style_id", "reason_code", "reason_system"]
        ),
    }


def expect_readings(oracle: ReadingOracle) -> dict[str, Expectation]:
    return {
        "fct_return_reason_readings": Expectation(
            oracle.frame_facts(), ["return_line_id", "reason_code"]
        ),
        "rpt_reason_disagreements": Expectation(oracle.frame_disagreements(), list(DISAGREEMENT)),
        "rpt_reason_quotes": Expectation(
            oracle.frame_quotes(), ["style_id", "reason_code", "quote_number"]
        ),
        "rpt_reason_shares": Expectation(oracle.frame_shares(), list(SHARE_KEYS), 1e-5),
    }


def expect_fit(oracle: FitOracle) -> dict[str, Expectation]:
    # Probabilities are kept in whole millionths.
    return {
        "fct_fit_evidence": Expectation(oracle.frame_facts(), ["order_line_id"], 1e-5),
        "rpt_fit_evidence": Expectation(oracle.frame_evidence(), ["style_id", "size_label"], 1e-5),
        "fct_fit_outcomes": Expectation(oracle.frame_outcomes(), ["order_line_id"]),
        "rpt_fit_zones": Expectation(oracle.frame_zones(), ["style_id", "zone_code"], 1e-5),
        "rpt_fit_measurements": Expectation(
            frame_measurements(oracle.developed),
            ["style_id", "measure_code", "size_label"],
            1e-6,
        ),
        "rpt_size_charts": Expectation(
            frame_charts(oracle.developed), ["style_id", "measure_code", "size_label"], 1e-6
        ),
        "rpt_fit_chart_differences": Expectation(
            frame_differences(oracle.developed),
            ["style_id", "measure_code", "size_label", "chart_size_label"],
            1e-6,
        ),
        "rpt_fit_lot_evidence": Expectation(frame_lots(oracle), ["style_id", "lot_id"], 1e-5),
        "rpt_fit_segment_evidence": Expectation(
            frame_segments(oracle),
            ["style_id", "dimension_code", "segment_kind_code", "segment_label"],
            1e-5,
        ),
    }


def expect_ledgers(core: Recomputation, costs: Costs) -> dict[str, Expectation]:
    return {
        "rpt_bank_reconciliation": Expectation(BankOracle(core).frame(), ["reconciliation_id"]),
        "rpt_ad_costs": Expectation(
            frame_ad_costs(core, list(costs.list_episodes())), ["campaign_code", "month_start_date"]
        ),
    }


def expect_repeats(oracle: RepeatOracle) -> dict[str, Expectation]:
    return {
        "dim_customers": Expectation(oracle.frame_customers(), ["customer_id"]),
        "rpt_repeat_purchases": Expectation(
            oracle.frame(), ["outcome_code", "speed_code", "window_days"]
        ),
    }


def expect_facts(oracle: FactOracle) -> dict[str, Expectation]:
    return {
        "fct_return_lines": Expectation(oracle.frame_return_lines(), ["return_line_id"]),
        "fct_refunds": Expectation(oracle.frame_refunds(), ["refund_id"]),
        "fct_exchanges": Expectation(oracle.frame_exchanges(), ["exchange_id"]),
        "fct_return_outcomes": Expectation(
            oracle.frame_outcomes(),
            ["return_line_id"],
            choose=lambda mart: mart[mart["return_type_code"].notna()],
        ),
        "fct_episode_legs": Expectation(oracle.frame_legs(), ["order_line_id"]),
        "rpt_request_days": Expectation(
            oracle.frame_request_days(), ["style_id", "channel_name", "event_date"]
        ),
    }


def expect_conditions(oracle: ConditionOracle) -> dict[str, Expectation]:
    return {
        "rpt_leak_parts": Expectation(oracle.frame_parts(), ["part_code"]),
        "rpt_refund_rails": Expectation(
            oracle.frame_rails(), ["method_code", "span_code", "month_start_date"]
        ),
        # Alarms come from the estimates, which mart_agreement judges.
        "rpt_condition_figures": Expectation(
            oracle.frame_figures(),
            ["figure_code"],
            1e-8,
            choose=lambda mart: mart[mart["figure_code"] != "acted_on"],
        ),
    }


def expect_handling(handling: HandlingOracle, addresses: AddressOracle) -> dict[str, Expectation]:
    gaps = ["metric_name", "part_code", "missing_name"]
    return {
        "rpt_waiting_days": Expectation(
            handling.frame_waiting_days(),
            ["stage_code", "channel_name", "began_month_date", "waited_days"],
        ),
        "rpt_return_recoveries": Expectation(
            handling.frame_recoveries(),
            ["style_id", "channel_name", "grade_code", "received_date"],
        ),
        "rpt_request_decisions": Expectation(
            handling.frame_decisions(), ["style_id", "channel_name", "event_date"]
        ),
        "rpt_address_checks": Expectation(addresses.frame(), ["channel_name", "ordered_date"]),
        "rpt_address_lanes": Expectation(
            addresses.frame_lanes(), ["lane_code", "defect_code", "shipped_date"]
        ),
        "rpt_metric_gaps": Expectation(
            pd.DataFrame([*handling.list_gaps(), *addresses.list_gaps()], columns=gaps), gaps
        ),
    }


def expect_policies(oracle: PolicyOracle) -> dict[str, Expectation]:
    rules = read_shipped_rules()
    return {
        "fct_return_decisions": Expectation(oracle.frame_decisions(rules), ["return_line_id"]),
        "rpt_return_decisions": Expectation(oracle.frame_months(rules), [*GROUPED, "month_date"]),
    }


def expect_replays(policies: PolicyOracle, conditions: ConditionOracle) -> dict[str, Expectation]:
    months = (conditions.first, AS_OF, conditions.months)
    oracle = ReplayOracle(policies, months=months, drafts=draft_rules())
    return {
        "rpt_policy_replays": Expectation(
            oracle.frame_replays(), ["draft_name", "now_effect_code", "new_effect_code"]
        ),
        "rpt_policy_replay_groups": Expectation(
            oracle.frame_groups(), ["draft_name", "group_kind_code", "group_code"]
        ),
    }


def expect_exchanges(exchanges: ExchangeOracle, offers: OfferOracle) -> dict[str, Expectation]:
    return {
        "fct_offer_variants": Expectation(offers.frame_variants(), ["sku"]),
        "fct_offer_kinds": Expectation(offers.frame_kinds(), ["offer_kind_code"]),
        "fct_exchange_offers": Expectation(offers.frame_offers(), ["return_line_id", "offer_rank"]),
        "rpt_open_requests": Expectation(offers.frame_requests(), ["return_line_id"]),
        "rpt_exchange_funnel": Expectation(
            exchanges.frame_funnel(), ["month_date", "band_from_amount", "reason_group_code"]
        ),
        "rpt_exchange_break_even": Expectation(
            exchanges.frame_break_even(), ["scope_code", "band_from_amount"]
        ),
    }


def expect_what_if(oracle: WhatIfOracle) -> dict[str, Expectation]:
    return {
        "rpt_what_if_baseline": Expectation(oracle.frame_baseline(), ["month_count"]),
        "rpt_what_if_window_days": Expectation(oracle.frame_days(), ["counted_days"]),
    }


def expect_grading(oracle: GradingOracle) -> dict[str, Expectation]:
    return {
        "rpt_grading_queue": Expectation(oracle.frame_queue(), ["return_line_id"]),
        "rpt_grading_conformance": Expectation(
            oracle.frame_conformance(), ["grade_code", "month_date"]
        ),
        "rpt_graders": Expectation(oracle.frame_graders(), ["grader_number"], 1e-6),
        "rpt_resolution_hours": Expectation(
            oracle.frame_hours(), ["week_start_date", "waited_hours"]
        ),
        "rpt_waiting_steps": Expectation(oracle.frame_steps(), ["week_start_date", "is_shelved"]),
    }
