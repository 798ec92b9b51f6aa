"""What shops keep beside their sales: the bank's file, advertising, targets."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.warehouse.drawn import Draw
from tests.warehouse.landed_facts import to_day
from tests.warehouse.landed_shop import PROJECT

LAST_DAY = datetime(2026, 10, 31)
CAMPAIGNS = ("spring", "autumn", "never-ordered")
PERIODS = ("2025-11", "2026-08", "2026-09", "2026-10", "2026-11", "2026", "2025-Q4")
# Every metric of the catalogue, and a name that it does not have.
CATALOGUE = PROJECT / "seeds" / "metric_catalogue.csv"
TARGETS = (
    *(line.partition(",")[0] for line in CATALOGUE.read_text("utf-8").splitlines()[1:]),
    "visits",
)


def draw_bank_rows(draw: Draw) -> None:
    """Add what the bank booked for the refunds of one order.

    It books some a few days later, some twice, some not at all or with another amount; it names a
    refund by its number, its return line, its order, something else or nothing.

    Parameters
    ----------
    draw : Draw
        Holds the order with its refunds.
    """
    refunds = draw.rows.get("refunds", [])
    order_id = draw.rows["orders"][0]["order_id"]
    # Equal amounts of one order are what a bank's file tells apart worst.
    amount = str(draw.whole(1, 3000)) if draw.chance(0.5) else None
    method = "bank_transfer" if draw.chance(0.5) else None
    for refund in refunds:
        refund |= {"amount": amount or refund["amount"], "method": method or refund["method"]}
        if draw.chance(0.3):
            refund["order_id"] = order_id
    habit = draw.whole(0, 3)
    for refund in refunds:
        day = to_day(refund.get("paid_at"))
        if day is None or draw.chance(0.2):
            continue
        for _ in range(2 if draw.chance(0.1) else 1):
            names = [refund["refund_id"], refund.get("return_line_id"), order_id, None, "strange"]
            place = habit if draw.chance(0.7) else draw.whole(0, 4)
            booked = int(refund["amount"]) + (draw.whole(-9, 9) if draw.chance(0.1) else 0)
            draw.add(
                "bank_payouts",
                payout_id=f"{order_id}-b{len(draw.rows.get('bank_payouts', ()))}",
                paid_on=f"{day + timedelta(days=draw.whole(0, 3) if draw.chance(0.6) else 0)}",
                amount=str(booked),
                reference=names[place],
            )


def draw_plans(draw: Draw) -> None:
    """Add ad costs of campaigns, some after the as-of day, and targets for measures and months."""
    for campaign in CAMPAIGNS:
        for back in (-1, 0, 30, 31, 95, 130, 320, 440):
            if draw.chance(0.3):
                draw.add(
                    "ad_costs",
                    date=f"{LAST_DAY - timedelta(days=back):%Y-%m-%d}",
                    campaign_code=campaign,
                    amount=str(draw.whole(0, 9000)),
                )
    for metric in TARGETS:
        for period in PERIODS:
            if draw.chance(0.5):
                draw.add(
                    "targets",
                    metric=metric,
                    period=period,
                    value=str(draw.whole(0, 100) / 100),
                    owner=["a", None][draw.whole(0, 1)],
                )
