"""Hand-written rows about money and alarms. Each figure is worked out beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

Rows = dict[str, list[dict[str, Any]]]

AS_OF = date(2024, 11, 24)
CLOSED_AT = datetime(2024, 11, 5, 0, 30, tzinfo=UTC).replace(tzinfo=None)  # 9:30 in the shop

# (day, yen, refunds, leaves as cash). November so far: 500,000 + 680,000 = 1,180,000; a year
# before to the same day 150,000 + 850,000 = 1,000,000: 18 % more. The last 7 days (18 to 24)
# 680,000 from 60; 364 days before (20 to 26 November 2023) 850,000: 20 % less.
PAYOUTS = [
    (date(2023, 10, 2), 200_000, 20, True),
    (date(2023, 11, 1), 150_000, 15, True),
    (date(2023, 11, 22), 850_000, 80, True),
    (date(2024, 11, 1), 500_000, 40, True),
    (date(2024, 11, 5), 99_999, 9, False),  # credit: no cash
    (date(2024, 11, 20), 680_000, 60, True),
]
# 7.92 + 14.16 - 11.80 - 1.69 + 0.35 = 8.94 million: grew by 1.02 million.
ROLL = {
    "opening": 7_920_000,
    "new_sales": 14_160_000,
    "refunds": -11_800_000,
    "releases": -1_690_000,
    "re_estimates": 350_000,
    "late_data": 0,
    "closing": 8_940_000,
}
# 740,000 + 150,000 + 60,000 = 950,000 in 55 cases; older than 14 days 210,000 in 5.
AGES = [("0-1", 740_000, 50), ("15-30", 150_000, 3), ("31+", 60_000, 2)]
LANDED = ("refunds", "exchanges", "return_receipts")


def list_money() -> Rows:
    """List the marts that the money page and the morning read."""
    return {
        "rpt_refund_days": [
            {
                "calendar_date": day,
                "method_code": "original_payment" if is_cash else "credit",
                "refund_amount": amount,
                "refund_count": n,
                "is_outside_cash": is_cash,
            }
            for day, amount, n, is_cash in PAYOUTS
        ],
        "rpt_refund_liability": [
            # 8,000,000 + 940,000 = 8,940,000; an older day does not count.
            _build_liability("靴", 8_000_000, AS_OF),
            _build_liability("ワンピース", 940_000, AS_OF),
            _build_liability("靴", 7_920_000, date(2024, 10, 31)),
        ],
        "rpt_roll_forward": [
            {"month": "2024-11", "step": step, "amount": amount} for step, amount in ROLL.items()
        ],
        "rpt_outstanding_refunds": [
            *(_build_age(age, amount, n, AS_OF) for age, amount, n in AGES),
            _build_age("31+", 9_999_999, 99, date(2024, 10, 31)),
        ],
        "rpt_episode_months": _list_episodes(),
        "rpt_exchange_days": [
            # 312 of 1,000 in November; October is another month.
            {
                "calendar_date": date(2024, 11, 10),
                "channel_name": "自社",
                "exchange_kind_code": "none",
                "exchanged_line_count": 312,
                "resolved_line_count": 1_000,
            },
            {
                "calendar_date": date(2024, 10, 31),
                "channel_name": "自社",
                "exchange_kind_code": "none",
                "exchanged_line_count": 9,
                "resolved_line_count": 9,
            },
        ],
        "rpt_closings": [
            {"month": "2024-10", "metric": metric, "amount": amount, "closed_at": CLOSED_AT}
            for metric, amount in (
                ("refund_cash_out", 1_000_000),
                ("refund_liability", 7_920_000),
                ("return_asset", 3_000_000),
            )
        ],
        "rpt_targets": [
            {
                "metric_name": name,
                "owner_name": owner,
                "period_text": "2024-11",
                "measure_state_code": state,
                "missing_name": missing,
                "target_value": value,
                "measured_value": measured,
                "is_current_month": True,
            }
            for name, value, measured, state, missing, owner in (
                ("refund_cash_out", 1_100_000.0, 1_180_000.0, "measured", None, "経理"),
                ("exchange_rate", 0.35, 0.312, "measured", None, None),
                ("policy_automation", 0.9, None, "not_measurable", "return_requests", None),
                ("happiness", 3.0, None, "unknown_metric", None, None),
            )
        ],
        "rpt_metrics": [
            {"metric_name": name, "unit_code": unit, "label_ja_text": ja, "label_en_text": en}
            for name, unit, ja, en in (
                ("refund_cash_out", "yen", "返金の支出", "Refund cash-out"),
                ("exchange_rate", "share", "交換率", "Exchange rate"),
                ("policy_automation", "share", "自動の割合", "Policy automation"),
            )
        ],
        "rpt_bank_reconciliation": [
            {"reconciliation_id": f"refund:{n}", "reconciliation_state_code": state}
            for n, state in enumerate(("matched", "matched", "refund_only", "outside_bank_file"))
        ],
        **_list_alarms(),
    }


def list_landed() -> list[dict[str, Any]]:
    """List the entities that these marts need."""
    return [
        {"entity_name": name, "file_count": 1, "rows_in_count": 10, "is_landed": True}
        for name in LANDED
    ]


def build_work(level: str, style: str, *, sku: str | None = None, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_worklist``."""
    return {
        "level_code": level,
        "style_id": style,
        "sku": sku,
        "style_name": "ローファー",
        "category_name": "靴",
        "season_name": "24AW",
        "main_reason_code": "FIT.SMALL",
        "excess_amount": 4_270_000,
        "likely_excess_amount": 4_100_000,
        "delivered_count": 9_840,
        "observed_rate": 0.151,
        "developed_rate": 0.243,
        "low": 0.232,
        "high": 0.254,
        "expected_rate": 0.121,
        "developed_share": 0.62,
        "alarm_probability": 0.99,
        "is_alarm": True,
        "is_rankable": True,
        "as_of_date": AS_OF,
        **facts,
    }


def _list_alarms() -> Rows:
    return {
        "rpt_worklist": [
            build_work("style", "7712", since_date=date(2024, 10, 21)),
            # Its SKU is in alarm too, but the style already says so.
            build_work("sku", "7712", sku="7712-25.0-黒", delivered_count=900),
            # Fewer than 30: no sentence.
            build_work("style", "7720", style_name="新色", delivered_count=20, is_alarm=False),
        ],
        "rpt_reason_labels": [
            {
                "reason_code": "FIT.SMALL",
                "label_ja_text": "小さい・きつい",
                "label_en_text": "Too small",
            }
        ],
        # 1,480 of 10,000 expected, 9,500 of them developed; a year before 1,390 of 10,000 came.
        "rpt_category_development": [
            {
                "category_name": "靴",
                "channel_name": "自社",
                "delivered_count": 10_000,
                "developed_exposure": 9_500.0,
                "expected_returns": 1_480.0,
                "is_current": True,
                "as_of_date": AS_OF,
            },
            {
                "category_name": "靴",
                "channel_name": "自社",
                "delivered_count": 10_000,
                "settled_returned_count": 1_390,
                "is_settled": True,
                "as_of_date": date(2023, 11, 30),
            },
        ],
    }


def _list_episodes() -> list[dict[str, Any]]:
    """September is developed: 33.0 % gross, 21.7 % durable; October only in part."""
    base = {"category_name": "靴", "channel_name": "自社"}
    returned = {**base, "is_returned": True, "resolved_net_amount": 1_000_000}
    return [
        {
            **returned,
            "cohort_month_date": date(2024, 9, 1),
            "episode_count": 200,
            "developed_episode_count": 200,
            "retained_gross_amount": 330_000,
            "developed_delivered_net_amount": 1_000_000,
            "developed_retained_durable_amount": 217_000,
        },
        {
            **returned,
            "cohort_month_date": date(2024, 10, 1),
            "episode_count": 100,
            "developed_episode_count": 38,
            "retained_gross_amount": 400_000,
            "developed_delivered_net_amount": 300_000,
            "developed_retained_durable_amount": 30_000,
        },
        # Nothing came back: no part of what was retained.
        {
            **base,
            "cohort_month_date": date(2024, 9, 1),
            "episode_count": 900,
            "developed_episode_count": 900,
            "developed_delivered_net_amount": 9_000_000,
            "developed_retained_durable_amount": 9_000_000,
        },
    ]


def _build_liability(category: str, amount: int, day: date) -> dict[str, Any]:
    return {
        "channel_name": "自社",
        "category_name": category,
        "refund_liability_amount": amount,
        "is_current": day == AS_OF,
        "as_of_date": day,
    }


def _build_age(age: str, amount: int, n: int, day: date) -> dict[str, Any]:
    return {
        "debt_state_code": "unpaid",
        "age_class_code": age,
        "outstanding_amount": amount,
        "outstanding_count": n,
        "is_current": day == AS_OF,
        "as_of_date": day,
    }
