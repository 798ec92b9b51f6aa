"""A month is closed once, in order, and only when its data are whole."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestration.closing import (
    ALREADY_CLOSED,
    BAD_MONTH,
    OUT_OF_ORDER,
    close_month,
    find_month_end,
    sum_refunds,
)
from orchestration.publication import NOTHING_PUBLISHED
from orchestration.store import open_store
from orchestration.wording import KaeruError, WrongUseError
from tests.orchestration.small_shops import make_small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop whose September is closed."""
    shop = make_small_shop(tmp_path / "shop")
    with open_store(shop) as connection:
        connection.execute(
            "insert into landing.closings values ('2026-09', 'refund_liability', 800, ?)",
            [datetime(2026, 10, 2, 9, 30)],
        )
    return shop


def test_a_closed_month_is_not_closed_again(shop: Path) -> None:
    with pytest.raises(WrongUseError) as refused:
        close_month(shop, "2026-09")
    assert refused.value.words is ALREADY_CLOSED
    assert refused.value.exit_code == 2
    assert "2026-10-02 09:30" in refused.value.render("en")


@pytest.mark.parametrize("month", ["2026-08", "2026-11"])
def test_months_are_closed_in_order(shop: Path, month: str) -> None:
    with pytest.raises(WrongUseError) as refused:
        close_month(shop, month)
    assert refused.value.words is OUT_OF_ORDER
    assert "2026-10" in refused.value.render("ja")


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "2026-10-01", "October"])
def test_a_month_is_written_as_year_and_month(shop: Path, month: str) -> None:
    with pytest.raises(WrongUseError) as refused:
        close_month(shop, month)
    assert refused.value.words is BAD_MONTH


def test_without_published_figures_nothing_is_closed(shop: Path) -> None:
    with pytest.raises(KaeruError) as refused:
        close_month(shop, "2026-10")
    assert refused.value.words is NOTHING_PUBLISHED
    with open_store(shop, read_only=True) as connection:
        assert connection.table("landing.closings").fetchall()[0][:3] == (
            "2026-09",
            "refund_liability",
            800,
        )


def test_the_year_ends_in_december() -> None:
    assert find_month_end("2026-12") == date(2026, 12, 31)


def test_cash_out_is_the_months_and_refunds_to_date_are_all() -> None:
    def paid(day: str | None, amount: int, *, is_outside_cash: bool = True) -> dict[str, Any]:
        return {
            "calendar_date": day,
            "refund_amount": amount,
            "is_outside_cash": is_outside_cash,
        }

    days = (
        paid("2026-09-30", 1),
        paid("2026-10-01", 10),
        paid("2026-10-31", 100, is_outside_cash=False),
        paid("2026-11-01", 1000),
        paid(None, 10000),
    )
    assert sum_refunds(days, month="2026-10") == {"refund_cash_out": 10, "refunds_to_date": 111}
