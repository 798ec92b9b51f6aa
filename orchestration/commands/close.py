"""``kaeru close``: a month is closed for good."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from orchestration.commands.desk import JsonFlag, LanguageFlag, ShopFlag, open_desk
from orchestration.commands.run import fail_with_outcome
from orchestration.wording import Words

CLOSED: Final = Words(
    ja="{month} を締めました: 返金負債 {refund_liability:,}、返金支払額 {refund_cash_out:,}。"
    "この数字はもう変わりません。",
    en="Closed {month}: refund liability {refund_liability:,}, refunds paid out "
    "{refund_cash_out:,}. These figures never change again.",
)


def close(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="YYYY-MM. 締める月。")],
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Write a month's liability, asset and cash-out down for good, and publish them."""
    with open_desk(shop, language) as desk:
        from orchestration.closing import close_month
        from orchestration.pipeline import run_shop

        closing = close_month(desk.shop, month)
        say = desk.tell if is_json else desk.answer
        say(CLOSED, month=closing.month, **closing.amounts)
        outcome = run_shop(desk.shop, progress=desk.tell)
        if is_json:
            published = outcome.publication.to_document() if outcome.publication else None
            desk.answer_json(
                {"month": month, "amounts": dict(closing.amounts), "published": published}
            )
        fail_with_outcome(desk, outcome)
