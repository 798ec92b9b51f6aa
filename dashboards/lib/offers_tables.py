"""The tables of "What was offered before the money?": steps, bands of prices, open requests."""

from __future__ import annotations

from typing import Any

from dashboards.lib import measures, offers
from dashboards.lib import words_offers as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import draw_bar
from dashboards.lib.frame import Frame
from dashboards.lib.money_charts import write_amount
from dashboards.lib.offers import Offers
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table

ROWS = 10  # open requests; the rest is in the export


def build_steps(frame: Frame, found: Offers) -> Table:
    """Build the table of the steps from the request to what was kept."""
    say = frame.say
    largest = float(max(amount or 0 for amount in found.amounts.values()))
    unit = frame.language.money_unit(largest, frame.shop.currency)
    return Table(
        name=say(words.STEP),
        columns=(
            Column(say(words.STEP)),
            Column(say(words.COUNT), align="right"),
            Column(say(words.COUNT), is_label_hidden=True, is_wide_only=True),
            Column(say(words.SHARE), "%", align="right"),
            Column(say(words.AMOUNT), unit.label, align="right", is_wide_only=True),
        ),
        rows=tuple(_build_step(frame, found, step, unit=unit) for step in offers.STEPS),
    )


def _build_step(frame: Frame, found: Offers, step: str, *, unit: MoneyUnit) -> Row:
    name = Cell(frame.say(words.STEPS[step]), sub=_write_about(frame, found, step))
    count, amount = found.counts[step], found.amounts[step]
    if count is None or amount is None or (step == "eligible" and not found.has_stock):
        missing = frame.language.missing
        return Row((name, Cell(missing), Cell(), Cell(missing), Cell(missing)), is_muted=True)
    return Row(
        (
            name,
            Cell(frame.language.count(count), is_strong=True),
            Cell(drawing=draw_bar(count, largest=found.n, is_muted=step == "requested")),
            Cell(_write_rate(frame, count / found.n, n=found.n)),
            Cell(write_amount(frame, amount, unit=unit)),
        ),
        is_muted=found.n < measures.SMALL_N,
    )


def _write_rate(frame: Frame, rate: float, *, n: int) -> str:
    """Write a rate; of few requests none."""
    is_small = n < measures.SMALL_N
    return frame.language.missing if is_small else frame.language.rate_figure(rate, n=n)


def _write_about(frame: Frame, found: Offers, step: str) -> str:
    count, counts = frame.language.count, found.counts
    if step == "eligible" and found.has_stock and counts["stock_unknown"]:
        return frame.say(words.ABOUT_UNKNOWN, n=count(counts["stock_unknown"]))
    if step == "offered" and counts["accepted"] is not None:
        return frame.say(words.ABOUT_ACCEPTED, n=count(counts["accepted"]))
    if step == "offered" or (step == "eligible" and not found.has_stock):
        return frame.say(words.NOT_TOLD)
    if step == "kept" and counts["shipped"]:
        told = {"young": "young", "back": "sent_back", "lost": "unfollowed"}
        return frame.say(
            words.ABOUT_YOUNG, **{name: count(counts[key] or 0) for name, key in told.items()}
        )
    return ""


def build_bands(frame: Frame, found: Offers) -> Table:
    """Build the table of what an exchange keeps, and what a subsidy has to bring, by price."""
    say = frame.say
    unit = frame.language.money_unit(0, frame.shop.currency)
    starts = [int(one["band_from_amount"]) for one in found.bands]
    return Table(
        name=say(words.BAND),
        columns=(
            Column(say(words.BAND)),
            Column(say(words.EXCHANGED), "%", align="right"),
            Column(say(words.EACH), unit.label, align="right"),
            Column(say(words.NEEDED), say(words.POINTS), align="right"),
        ),
        rows=tuple(
            _build_band(frame, one, end=end, unit=unit)
            for one, end in zip(found.bands, [*starts[1:], None], strict=True)
        ),
    )


def _build_band(frame: Frame, one: dict[str, Any], *, end: int | None, unit: MoneyUnit) -> Row:
    low, n = frame.money(one["band_from_amount"]), int(one["request_line_count"])
    name = (
        frame.say(words.BAND_FROM, low=low)
        if end is None
        else frame.say(words.BAND_BETWEEN, low=low, high=frame.money(end))
    )
    is_settled = one["break_even_state_code"] != "no_exchange"
    each, missing = one["saving_each_amount"], frame.language.missing
    share = one["exchange_share"] if n else float("nan")
    is_small = bool(one["saving_line_count"] < measures.SMALL_N)
    return Row(
        (
            Cell(name),
            Cell(_write_rate(frame, share, n=n), sub=frame.language.sample(n)),
            Cell(
                write_amount(frame, each, unit=unit) if is_settled else missing,
                sub=frame.language.sample(one["saving_line_count"]) if is_settled else "",
            ),
            Cell(_write_needed(frame, one), is_strong=not is_small),
        ),
        is_muted=is_small,
    )


def _write_needed(frame: Frame, one: dict[str, Any]) -> str:
    if one["break_even_state_code"] == "measured":
        return f"+{one['break_even_share'] * 100:.1f}"
    is_never = one["break_even_state_code"] == "never"
    return frame.say(words.NEVER if is_never else words.TOO_EARLY)


def build_requests(frame: Frame, found: Offers) -> Table:
    """Build the table of the open requests on which an exchange can be offered."""
    rows = list_records(found.in_stock.head(ROWS))
    unit, say = frame.language.money_unit(0, frame.shop.currency), frame.say
    return Table(
        name=say(words.OFFER),
        columns=(
            Column(say(words.REQUEST), is_wide_only=True),
            Column(say(words.GOODS)),
            Column(say(words.OFFER), is_roomy=True),
            Column(say(words.AVAILABLE), align="right"),
            Column(say(words.KEEPS), unit.label, align="right"),
        ),
        rows=tuple(_build_request(frame, row, unit=unit) for row in rows),
    )


def _build_request(frame: Frame, row: dict[str, Any], *, unit: MoneyUnit) -> Row:
    day, (amount, is_expected) = row["event_date"], offers.pick_amount(row)
    is_known = not is_missing(amount)
    when = "" if is_missing(day) else frame.language.day_in_table(day.date(), today=frame.today)
    return Row(
        (
            Cell(str(row["return_line_id"]), sub=when, is_code=True),
            Cell(_name_variant(row, ""), sub=str(row["style_name"])),
            Cell(
                _name_variant(row, "offered_"),
                sub=frame.say(words.WHY[row["offer_reason_code"]]),
                is_strong=True,
            ),
            Cell(frame.language.count(row["available_count"])),
            Cell(
                write_amount(frame, amount, unit=unit) if is_known else frame.language.missing,
                sub="" if is_expected or not is_known else frame.say(words.KEEPS_IF_TAKEN),
            ),
        )
    )


def _name_variant(row: dict[str, Any], prefix: str) -> str:
    parts = [row[f"{prefix}{name}"] for name in ("size_label", "colour_name")]
    known = [str(part) for part in parts if not is_missing(part)]
    return " · ".join(known) or str(row["offered_sku" if prefix else "sku"])
