"""The levers of "What if?": what each change does to the loss of a month. Pure."""

from __future__ import annotations

import math

from dashboards.lib.records import is_missing
from dashboards.lib.what_if import SMALL, Baseline, Choices, Plan, Step


def compute_plan(base: Baseline, choices: Choices) -> Plan:
    """Compute what the changes do, each to what the others leave.

    A refused request cannot be exchanged, and what is exchanged is not refunded: exchanges are
    counted of the requests that a window leaves, refunds of what both leave.
    """
    window = _shorten_window(base, choices)
    rest = 1.0
    if window and not any(step.missing for step in window):
        refused = base.find_refused(choices.window or 0)
        count = refused["refused_line_count"] if refused else 0
        rest -= count / base.get("request_line_count")
    steps = [
        *_exchange_more(base, choices, rest=rest),
        *_charge_exchanges(base, choices, rest=rest),
        *window,
        *_change_rail(base, choices, rest=rest),
    ]
    return Plan(base.per_month("loss_amount"), steps)


def _exchange_more(base: Baseline, choices: Choices, *, rest: float) -> list[Step]:
    """Count one more exchange as what exchanges saved so far."""
    if choices.share is None:
        return []
    saved = base.get("saving_each_amount")
    is_told = not is_missing(base.get("low_saving_each_amount"))
    if not is_told or not base.get("request_line_count"):
        return [Step("exchange", missing="exchanges")]
    requests = base.per_month("request_line_count") * rest
    more = choices.share - base.get("exchange_share")
    return [
        Step(
            "exchange",
            -requests * more * saved,
            {
                "share": _at_ends(base, "exchange_share", each=requests * saved),
                "saving": _at_ends(base, "saving_each_amount", each=-requests * more),
            },
            is_small=_is_small(base, "saving_line_count", "request_line_count"),
        )
    ]


def _charge_exchanges(base: Baseline, choices: Choices, *, rest: float) -> list[Step]:
    """Give the bonus to everyone who exchanges, and take the freight from them."""
    wanted = {}
    if choices.bonus is not None:
        given = base.per_exchange("bonus_amount")
        wanted["bonus"] = choices.bonus - (0.0 if is_missing(given) else given)
    if choices.is_freight_theirs:
        wanted["freight"] = -base.per_exchange("replacement_freight_amount")
    share = base.get("exchange_share") if choices.share is None else choices.share
    requests = base.per_month("request_line_count") * rest
    steps = []
    for code, each in wanted.items():
        if is_missing(each) or is_missing(share):
            steps.append(Step(code, missing="exchanges"))
            continue
        amount = requests * share * each
        # A share that the reader names has no doubt; today's has.
        ends = _at_ends(base, "exchange_share", each=requests * each)
        spread = {"share": ends} if choices.share is None else {}
        steps.append(Step(code, amount, spread, is_small=_is_small(base, "request_line_count")))
    return steps


def _shorten_window(base: Baseline, choices: Choices) -> list[Step]:
    """Refuse what came later; the sales that this costs are the reader's to say."""
    if choices.window is None:
        return []
    if choices.lost_sales is None:
        return [Step("window", missing="lost_sales")]
    sold = base.per_month("contribution_amount")
    refused = base.find_refused(choices.window)
    avoided = refused["avoidable_amount"] if refused else 0.0
    if is_missing(sold) or is_missing(avoided):
        return [Step("window", missing="products.unit_cost")]
    amount = -avoided / base.get("month_count")
    spread: dict[str, tuple[float, float]] = {}
    if refused:
        share = refused["refused_line_count"] / base.get("request_line_count")
        ends = (refused["low_refused_share"], refused["high_refused_share"])
        spread = {"window": (amount * (ends[0] / share - 1), amount * (ends[1] / share - 1))}
    return [
        Step("window", amount, spread, is_small=_is_small(base, "request_line_count")),
        Step("lost_sales", sold * choices.lost_sales),
    ]


def _change_rail(base: Baseline, choices: Choices, *, rest: float) -> list[Step]:
    """Pay what is entered by hand digitally, for the fee of the contract alone."""
    if not choices.is_digital:
        return []
    if choices.fee is None:
        return [Step("rail", missing="fee")]
    cost, count = base.per_month("hand_cost_amount"), base.per_month("hand_refund_count")
    if is_missing(cost) or not base.get("refund_count"):
        return [Step("rail", missing="refunds")]
    share = base.get("exchange_share")
    if choices.share is not None and share < 1:
        rest *= (1 - choices.share) / (1 - share)
    amount = (count * choices.fee - cost) * rest
    seen = base.get("hand_refund_count") / base.get("refund_count")
    spread: dict[str, tuple[float, float]] = {}
    if seen:
        ends = (base.get("low_hand_share"), base.get("high_hand_share"))
        spread = {"hand": (amount * (ends[0] / seen - 1), amount * (ends[1] / seen - 1))}
    return [Step("rail", amount, spread, is_small=_is_small(base, "refund_count"))]


def _at_ends(base: Baseline, name: str, *, each: float) -> tuple[float, float]:
    """Compute what moves when a figure is at the low and at the high end of its interval."""
    value = base.get(name)
    return each * (base.get(f"low_{name}") - value), each * (base.get(f"high_{name}") - value)


def _is_small(base: Baseline, *counts: str) -> bool:
    return any(base.get(name) < SMALL for name in counts)


def find_break_even(base: Baseline, bonus: float) -> float:
    """Find the share of exchanges from which on a bonus pays; infinite where it never does.

    Examples
    --------
    >>> base = Baseline({"exchange_share": 0.3, "saving_each_amount": 4000})
    >>> round(find_break_even(base, 1000.0), 3), find_break_even(base, 4000.0)
    (0.4, inf)
    """
    given, saved = base.per_exchange("bonus_amount"), base.get("saving_each_amount")
    more = bonus - (0.0 if is_missing(given) else given)
    if is_missing(saved) or more >= saved:
        return math.inf
    needed = base.get("exchange_share") / (1 - more / saved)
    return needed if needed <= 1 else math.inf
