"""The shop's own numbers that "What if?" computes with."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.lib import words_what_if as words
from dashboards.lib.frame import Frame
from dashboards.lib.records import is_missing
from dashboards.lib.tables import Cell, Column, Row, Table
from dashboards.lib.what_if import Baseline
from dashboards.lib.what_if_controls import write_bonus, write_window


def build_own(frame: Frame, base: Baseline) -> Table:
    """Build the table of the numbers, each with its interval and how many it rests on."""
    rows = tuple(
        Row(
            (
                Cell(text=frame.say(words.OWN_ROWS[code]), sub=sub),
                Cell(text=value),
            ),
            is_muted=value == frame.language.missing,
        )
        for code, value, sub in _list_numbers(frame, base)
    )
    return Table(
        name=frame.say(words.OWN_TABLE),
        columns=(
            Column(frame.say(words.OWN_NAME)),
            Column(frame.say(words.OWN_VALUE), align="right"),
        ),
        rows=rows,
    )


def _list_numbers(frame: Frame, base: Baseline) -> Iterator[tuple[str, str, str]]:
    """List code, value and what stands below the name."""
    count, missing = frame.language.count, frame.language.missing

    def money(amount: float) -> str:
        return missing if is_missing(amount) else frame.money(amount)

    n = base.get("request_line_count")
    yield "requests", count(base.per_month("request_line_count")), ""
    share = base.get("exchange_share")
    ends = [frame.language.rate(base.get(f"{end}_exchange_share"), n=n) for end in ("low", "high")]
    told = {"low": ends[0], "high": ends[1], "n": count(n)}
    yield (
        "share",
        frame.language.rate(share, n=n),
        "" if is_missing(share) else frame.say(words.INTERVAL, **told),
    )
    low, high = (base.get(f"{end}_saving_each_amount") for end in ("low", "high"))
    told = {"low": money(low), "high": money(high), "n": count(base.get("saving_line_count"))}
    yield (
        "saving",
        money(base.get("saving_each_amount")),
        "" if is_missing(low) else frame.say(words.INTERVAL, **told),
    )
    yield "bonus", write_bonus(frame, base), ""
    yield "freight", money(base.per_exchange("replacement_freight_amount")), ""
    is_open = is_missing(base.get("longest_window_days"))
    yield "window", missing if is_open else write_window(frame, base), ""
    hand = base.get("hand_refund_count")
    yield "hand", count(base.per_month("hand_refund_count")), ""
    yield "hand_cost", money(base.get("hand_cost_amount") / hand) if hand else missing, ""
    yield "contribution", money(base.per_month("contribution_amount")), ""
