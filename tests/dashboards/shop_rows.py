"""Hand-written rows of small shops. Each row says why it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.dashboards import (
    action_rows,
    before_rows,
    decision_rows,
    fit_rows,
    lane_rows,
    money_rows,
    offer_rows,
    reason_rows,
    replay_rows,
    waiting_rows,
    what_if_rows,
    yard_rows,
)

Rows = dict[str, list[dict[str, Any]]]

AS_OF = date(2024, 11, 24)  # a Sunday: the running week begins on 18 November


def utc(*parts: int) -> datetime:
    """Return a moment as marts hold it: UTC, without saying so."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]


NEWEST_LOAD = utc(2024, 11, 24, 20, 10)  # 25 November, 5:10 in the shop

EMPTY: Rows = {
    "rpt_shop": [
        {
            "shop_name": "empty",
            "language_code": "ja",
            "currency_code": "JPY",
            "time_zone_name": "Asia/Tokyo",
            "tax_code": "included",
            "is_synthetic": False,
            "alarm_ratio": 1.5,
            "alarm_false_share": 0.1,
        }
    ]
}


def build_style(style_id: str, channel: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_style_returns``."""
    return {"style_id": style_id, "channel_name": channel, "as_of_date": AS_OF, **facts}


STYLES = [
    # Two channels of one style: 300 delivered, 60 back (20.0 %), 600,000 yen back.
    build_style(
        "7712",
        "自社",
        style_name="ローファー",
        category_name="靴",
        season_name="24AW",
        brand_name="かえる",
        sku_count=6,
        delivered_count=200,
        delivered_net_amount=2_000_000,
        requested_count=52,
        returned_count=50,
        returned_net_amount=500_000,
        in_transit_count=4,
    ),
    build_style(
        "7712",
        "モール",
        style_name="ローファー",
        category_name="靴",
        season_name="24AW",
        brand_name="かえる",
        sku_count=6,
        delivered_count=100,
        delivered_net_amount=1_000_000,
        requested_count=12,
        returned_count=10,
        returned_net_amount=100_000,
    ),
    # Another category and season: 12 of 100.
    build_style(
        "3021",
        "自社",
        style_name="ニットワンピース",
        category_name="ワンピース",
        season_name="24SS",
        brand_name="くつした",
        sku_count=1,
        delivered_count=100,
        delivered_net_amount=800_000,
        requested_count=12,
        returned_count=12,
        returned_net_amount=96_000,
    ),
    # Fewer than 30 delivered: grey, unranked.
    build_style(
        "7720",
        "自社",
        style_name="ローファー（新色）",
        category_name="靴",
        season_name="24AW",
        brand_name="かえる",
        sku_count=1,
        delivered_count=24,
        delivered_net_amount=240_000,
        requested_count=1,
        returned_count=1,
        returned_net_amount=10_000,
    ),
    # More came back than was delivered: bought before the files begin.
    build_style(
        "0042",
        "自社",
        style_name="0042",
        sku_count=1,
        delivered_count=40,
        delivered_net_amount=200_000,
        requested_count=44,
        returned_count=44,
        returned_net_amount=220_000,
        is_over_returned=True,
    ),
    # On the way only: nothing to show a rate of.
    build_style("9999", "自社", style_name="予約品", category_name="靴", in_transit_count=5),
]


def build_row(style_id: str, sku: str | None = None, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_worklist``, ranked and quiet unless said otherwise."""
    return {
        "level_code": "sku" if sku else "style",
        "style_id": style_id,
        "sku": sku,
        "returned_count": 0,
        "observed_rate": 0.1,
        "developed_rate": 0.1,
        "low": 0.05,
        "high": 0.15,
        "expected_rate": 0.1,
        "developed_share": 1.0,
        "is_alarm": False,
        "is_rankable": True,
        "as_of_date": AS_OF,
        "likely_excess_amount": facts.get("excess_amount"),
        **facts,
    }


SHOES = {"category_name": "靴", "season_name": "24AW", "brand_name": "かえる"}
WORKLIST = [
    # An alarm that somebody works on: 60 of 300 seen, 24.3 % in the end, 10 % expected.
    build_row(
        "7712",
        style_name="ローファー",
        **SHOES,
        main_reason_code="FIT.SMALL",
        owner="森",
        state="working",
        note_text="木型を見る",
        excess_count=30,
        excess_amount=300_000,
        delivered_count=300,
        returned_count=60,
        observed_rate=0.2,
        developed_rate=0.243,
        low=0.2,
        high=0.29,
        developed_share=0.62,
        is_alarm=True,
        since_date=date(2024, 11, 4),
    ),
    # Another category and season, changed, but its interval holds the expected rate.
    build_row(
        "3021",
        style_name="ニットワンピース",
        category_name="ワンピース",
        season_name="24SS",
        brand_name="くつした",
        excess_amount=16_000,
        delivered_count=100,
        returned_count=12,
        observed_rate=0.12,
        developed_rate=0.12,
        since_date=date(2024, 10, 28),
    ),
    # No attributes, to watch: the whole interval lies above expectation, without an alarm.
    build_row(
        "0042",
        style_name="0042",
        excess_amount=120_000,
        delivered_count=40,
        returned_count=30,
        observed_rate=0.75,
        developed_rate=0.75,
        low=0.6,
        high=0.86,
    ),
    # Fewer than 30 delivered: grey, range only, unranked, however many yen.
    build_row(
        "7720",
        style_name="ローファー（新色）",
        **SHOES,
        excess_amount=400_000,
        delivered_count=24,
        returned_count=9,
        low=0.2,
        high=0.4,
    ),
    # Too early: 12 % developed.
    build_row(
        "8001",
        style_name="長靴",
        **SHOES,
        excess_amount=-20_000,
        delivered_count=60,
        returned_count=1,
        developed_share=0.12,
        is_rankable=False,
    ),
    # Its SKUs: one alarm with few deliveries, one row that is as expected.
    build_row(
        "7712",
        "7712-25.0-黒",
        style_name="ローファー",
        **SHOES,
        excess_amount=200_000,
        delivered_count=28,
        returned_count=15,
        low=0.3,
        high=0.6,
        is_alarm=True,
    ),
    build_row(
        "7712",
        "7712-23.0-黒",
        style_name="ローファー",
        **SHOES,
        excess_amount=-1_000,
        delivered_count=60,
        returned_count=4,
    ),
]
# Beyond expectation: 7712 (alarm) and 0042 (watch); 300,000 + 120,000 yen.
ANSWER_N, ANSWER_JA, ANSWER_EN = "2", "42万円", "¥420K"
WEEKS_OF_7712 = [
    # (Monday, delivered, returned, developed, delivered and returned a year before): 20 / 60,
    # 12 / 60, 9 / 36, too little. A year before 6 / 40, 4 / 40, nothing, 6 / 40.
    (date(2024, 10, 21), 60, 20, 60.0, 40, 6),
    (date(2024, 10, 28), 60, 12, 60.0, 40, 4),
    (date(2024, 11, 11), 60, 9, 36.0, 0, 0),
    (date(2024, 11, 18), 60, 0, 4.9, 40, 6),
]
SIZES_OF_7712 = [
    # (size, place, colour, delivered, returned): 300 and 60 again.
    ("23.0", 1, "黒", 60, 4),
    ("24.0", 2, "黒", 60, 8),
    ("25.0", 3, "黒", 60, 22),
    ("23.0", 1, "茶", 60, 5),
    ("24.0", 2, "茶", 40, 6),
    ("25.0", 3, "茶", 20, 15),  # n < 30: grey, n only
]
REASONS_OF_7712 = [
    # (code, system, state, returned, of them in bracketed pairs): 36 + 9 + 9 + 6 = 60 without
    # the pairs; 36 / 60 = 60 %.
    ("FIT.SMALL", "taxonomy", "coded", 40, 4),
    ("LOOK.COLOR", "taxonomy", "coded", 9, 0),
    ("NONE", "taxonomy", "none", 9, 0),
    ("2", "rakuten", "unmapped", 6, 0),  # a code of another system stays a code
]
INSPECTED_OF_7712 = [
    # Of 25 that were looked at and said something, 20 were too small: 80 %.
    ("FIT.SMALL", "taxonomy", "coded", 20, 0),
    ("QUAL.DEFECT", "taxonomy", "coded", 5, 0),
    ("NONE", "taxonomy", "none", 35, 0),
]
EXCHANGES_OF_7712 = [
    # 40 of 50 moves between sizes go up.
    ("size_up", 1, 40),
    ("size_down", -1, 10),
    ("colour", None, 15),
]


def list_filled() -> Rows:
    """List the rows of a shop in which every part of every page has something to show."""
    return {
        **money_rows.list_money(),
        **reason_rows.list_reasons(),
        "rpt_shop": [
            {
                **EMPTY["rpt_shop"][0],
                "shop_name": "filled",
                "is_synthetic": True,
                "order_line_count": 500,
                "delivered_count": 464,
                "delivered_unknown_day_count": 7,
                "unmatched_return_line_count": 3,
                "as_of_date": AS_OF,
                "first_delivered_date": date(2024, 10, 21),
                "last_delivered_date": AS_OF,
                "newest_load_at": NEWEST_LOAD,
            }
        ],
        **fit_rows.list_fit(),
        **action_rows.list_actions(),
        **lane_rows.list_lanes(),
        **decision_rows.list_decisions(),
        **offer_rows.list_offers(),
        **replay_rows.list_replays(),
        **waiting_rows.list_waiting(),
        **before_rows.list_before(),
        **yard_rows.list_yard(),
        **what_if_rows.list_what_if(),
        "rpt_style_returns": STYLES,
        "rpt_worklist": WORKLIST,
        "rpt_style_weeks": [
            {
                "style_id": "7712",
                "week_start_date": monday,
                "delivered_count": n,
                "returned_count": back,
                "developed_exposure": developed,
                "further_returns": (n - developed) * 0.1,
                "expected_returns": n * 0.1,
                "year_ago_delivered_count": before_n,
                "year_ago_returned_count": before,
            }
            for monday, n, back, developed, before_n, before in WEEKS_OF_7712
        ],
        "rpt_sku_returns": _list_skus(),
        "rpt_sku_return_days": _list_sku_days(),
        "rpt_style_size_development": [
            {
                "style_id": "7712",
                "size_label": size,
                "size_order": place,
                "colour_name": colour,
                "delivered_count": n,
                "returned_count": back,
                "developed_exposure": float(n),
            }
            for size, place, colour, n, back in SIZES_OF_7712
        ],
        "rpt_style_reason_weeks": [
            {
                "style_id": "7712",
                "reason_source_code": source,
                "date_basis_code": "cohort",
                "reason_code": code,
                "reason_system": system,
                "reason_state_code": state,
                "returned_count": n,
                "size_bracketed_returned_count": pairs,
            }
            for source, reasons in (("stated", REASONS_OF_7712), ("inspected", INSPECTED_OF_7712))
            for code, system, state, n, pairs in reasons
        ]
        + reason_rows.list_weeks(),
        # Half of what will come back has come after 10 days, all of it after 20.
        "rpt_lag_curves": [
            {
                "category_name": "靴",
                "channel_name": "自社",
                "age_days": age,
                "developed_share": min(age / 20, 1.0),
                "is_after_policy_change": False,
                "is_tail_seen": True,
            }
            for age in range(121)
        ],
        "rpt_sku_development": [
            {
                "sku": "7712-25.0-黒",
                "style_id": "7712",
                "channel_name": "自社",
                "delivered_count": 300,
            }
        ],
        "rpt_style_exchanges": [
            {
                "style_id": "7712",
                "exchange_kind_code": kind,
                "size_step_count": steps,
                "exchange_count": n,
            }
            for kind, steps, n in EXCHANGES_OF_7712
        ],
        "rpt_style_stock": [
            {
                "style_id": "7712",
                "size_label": size,
                "size_order": place,
                "on_hand_count": n + 2,
                "available_count": n,
                "oldest_snapshot_date": AS_OF,
                "newest_snapshot_date": AS_OF,
            }
            for size, place, n in (("23.0", 1, 62), ("24.0", 2, 0))  # 25.0 is in no snapshot
        ],
        "rpt_contribution": [
            {"style_id": "7712", "contribution_amount": 900_000, "return_cost_amount": 60_000},
            {"style_id": "7712", "contribution_amount": 330_000, "return_cost_amount": 20_000},
        ],
        # 28 of 280 orders hold two sizes: 10 %.
        "rpt_bracketing": [
            {"style_id": "7712", "order_style_pair_count": 280, "size_bracketed_pair_count": 28}
        ],
        **_list_trust(),
    }


def list_morning() -> Rows:
    """List the rows of the filled shop with the worklist that the morning's sentences speak of."""
    return {**list_filled(), **money_rows.list_money()}


def list_tiny() -> Rows:
    """List the rows of a shop with one delivery, nothing back and no attributes."""
    filled = list_filled()
    shop = {
        **filled["rpt_shop"][0],
        "shop_name": "tiny",
        "is_synthetic": False,
        "delivered_count": 1,
    }
    one = {"delivered_count": 1, "delivered_net_amount": 900}
    return {
        "rpt_shop": [shop],
        **decision_rows.list_few(),
        **offer_rows.list_few_offers(),
        **replay_rows.list_few(),
        **yard_rows.list_unmeasured(),
        **what_if_rows.list_unmeasured_what_if(),
        "rpt_style_returns": [build_style("1", "unknown", style_name="1", sku_count=1, **one)],
        "rpt_worklist": [
            build_row("1", style_name="1", delivered_count=1, low=0.01, high=0.4),
            build_row("1", "1", style_name="1", delivered_count=1, low=0.01, high=0.4),
        ],
        "rpt_sku_returns": [
            {"sku": "1", "channel_name": "unknown", "style_id": "1", "style_name": "1", **one}
        ],
        "rpt_style_size_development": [
            {
                "style_id": "1",
                "size_label": "unknown",
                "colour_name": "unknown",
                "delivered_count": 1,
            }
        ],
        "rpt_files": filled["rpt_files"][:1],
        "rpt_entities": filled["rpt_entities"][:1],
    }


def _list_skus() -> list[dict[str, Any]]:
    return [
        {
            "sku": f"7712-{size}-{colour}",
            "channel_name": "自社",
            "style_id": "7712",
            "style_name": "ローファー",
            "category_name": "靴",
            "season_name": "24AW",
            "brand_name": "かえる",
            "size_label": size,
            "colour_name": colour,
            "size_order": place,
            "delivered_count": n,
            "delivered_net_amount": n * 10_000,
            "returned_count": back,
            "returned_net_amount": back * 10_000,
        }
        for size, place, colour, n, back in SIZES_OF_7712
    ]


def _list_sku_days() -> list[dict[str, Any]]:
    """One SKU: 30 delivered in the last twelve weeks (6 back), 30 before (16 back)."""
    base = {"sku": "7712-25.0-黒", "channel_name": "自社", "date_basis_code": "cohort"}
    return [
        {
            **base,
            "calendar_date": date(2024, 11, 20),
            "delivered_count": 30,
            "returned_count": 6,
            "returned_net_amount": 60_000,
        },
        {
            **base,
            "calendar_date": date(2024, 3, 4),
            "delivered_count": 30,
            "returned_count": 16,
            "returned_net_amount": 160_000,
        },
    ]


def _list_trust() -> Rows:
    files = [
        # Daily arrivals; 1,000 rows each, one held back in the newest.
        *(_build_file(n, "orders", day, held=int(day == 24)) for n, day in enumerate((22, 23, 24))),
        # The usual daily file has not come since the 20th.
        *(_build_file(n + 3, "contacts", day) for n, day in enumerate((18, 19, 20))),
        {
            "load_number": 7,
            "file_name": "請求書.pdf",
            "state_code": "refused",
            "message_ja_text": "表ではありません",
            "message_en_text": "Not a table",
            "landed_at": utc(2024, 11, 24, 20, 9),
        },
    ]
    return {
        "rpt_files": files,
        "rpt_entities": [
            {
                "entity_name": "orders",
                "file_count": 3,
                "rows_in_count": 3_000,
                "rows_loaded_count": 2_999,
                "rows_quarantined_count": 1,
                "is_landed": True,
                "last_event_date": AS_OF,
                "last_landed_at": utc(2024, 11, 24, 20, 10),
            },
            {
                "entity_name": "contacts",
                "file_count": 3,
                "rows_in_count": 3_000,
                "rows_loaded_count": 3_000,
                "is_landed": True,
                "last_landed_at": utc(2024, 11, 20, 20, 10),
            },
            {"entity_name": "inventory_snapshots"},  # never arrived
            *money_rows.list_landed(),
            *lane_rows.list_landed(),
        ],
        "rpt_quarantined_rows": [
            {
                "problem_number": 1,
                "load_number": 3,
                "file_name": "orders-20241124.csv",
                "line_number": 588,
                "entity_name": "orders",
                "column_name": "ordered_at",
                "value_text": "2024-02-30",
                "rule_code": "date_does_not_exist",
                "message_ja_text": "588行目 「ordered_at」の列：その日付はありません",
                "message_en_text": "line 588, column “ordered_at”: The date does not exist",
                "way_out_ja_text": "日付を直してください",
                "way_out_en_text": "Correct the date",
            }
        ],
        "rpt_return_bridge": [
            {
                "bridge_step_code": code,
                "step_number": number,
                "returned_count": n,
                "returned_net_amount": n * 1_000,
            }
            for number, (code, n) in enumerate(
                [
                    ("cohort_dated", 110),
                    ("cohort_unknown_day", 7),
                    ("not_delivered", 0),
                    ("unmatched", 3),
                    ("total_cohort", 120),
                    ("event_dated", 118),
                    ("event_unknown_day", 2),
                    ("total_event", 120),
                    ("difference", 0),
                ],
                start=1,
            )
        ],
        "rpt_undecided_keys": [
            {
                "entity_name": "products",
                "key_text": "7712-23.0-黒",
                "kept_file_name": "products-2.csv",
                "kept_line_number": 12,
                "other_file_name": "products-1.csv",
                "other_line_number": 12,
            }
        ],
    }


def _build_file(number: int, entity: str, day: int, *, held: int = 0) -> dict[str, Any]:
    return {
        "load_number": number,
        "file_name": f"{entity}-202411{day}.csv",
        "sha256": f"{number:064d}",
        "source_system": "canonical",
        "entity_name": entity,
        "state_code": "loaded_with_quarantine" if held else "loaded",
        "rows_in_count": 1_000,
        "rows_loaded_count": 1_000 - held,
        "rows_quarantined_count": held,
        "landed_at": utc(2024, 11, day, 20, 10),
    }
