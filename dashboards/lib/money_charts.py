"""The evidence of "Where does the money go?": four charts, each with its heading and state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboards.lib import charts, charts_money, markup, measures_money
from dashboards.lib import words_money as words
from dashboards.lib.currency import MoneyUnit, round_half_up
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures_money import FAN
from dashboards.lib.money import FORECAST, Money, Roll
from dashboards.lib.records import list_records
from dashboards.lib.tables import Panel

if TYPE_CHECKING:
    from dashboards.lib.language import Words

CASH_FILES: Final = ("refunds",)
FORECAST_FILES: Final = ("orders", "delivery_events", "return_receipts", "refunds")
RETAINED_FILES: Final = ("exchanges", "refunds")
ROLL_FILES: Final = ("delivery_events", "return_receipts", "refunds")
AGES_FILES: Final = ("return_receipts", "refunds")
MINUS: Final = "−"
LEAST_CHANGE: Final = 0.01  # of two sums that a heading calls different


def show_cash(frame: Frame, money: Money) -> None:
    """Show what leaves week by week, last year, and what is to come."""
    weeks = money.weeks
    if money.month is None:
        _show_missing(frame, words.CASH_NONE_TITLE, words.CASH_NONE, files=CASH_FILES)
        return
    if weeks["amount"].isna().all() and not money.has_forecast:
        title, text = frame.say(words.CASH_EMPTY_TITLE), frame.say(words.CASH_EMPTY)
        markup.show_panel(Panel("empty", title, text))
        return
    largest = max(weeks[["amount", "last_amount"]].max().max(), money.fan["high"].max() or 0)
    unit = frame.language.money_unit(float(largest), frame.shop.currency)
    heading = _write_cash_heading(frame, money)
    parts = [frame.say(words.CASH_CAPTION, unit=unit.label)]
    if money.has_forecast:
        parts.append(frame.say(words.CASH_FAN))
    show_section(heading, caption=_join(frame, parts))
    labels = {"now": frame.say(words.NOW), "before": frame.say(words.LAST_YEAR)}
    labels["peak"] = _write_peak(frame, money, unit=unit)
    chart = charts_money.build_cash(
        _scale(frame, weeks, names=("amount", "last_amount"), unit=unit),
        _scale(frame, money.fan, names=FAN, unit=unit),
        labels=labels,
        language_code=frame.language.code,
    )
    charts.show_chart(chart, words=_write_cash_words(frame, weeks, heading=heading))
    if not money.has_forecast:
        text = frame.fill(
            words.FORECAST, mart=markup.code(FORECAST), files=_name_files(frame, FORECAST_FILES)
        )
        markup.show_panel(Panel("hatched", frame.say(words.FORECAST_TITLE), text))


def show_retained(frame: Frame, money: Money) -> None:
    """Show what looks retained beside what lasts, month by month."""
    retained = money.retained[money.retained["gross"].notna()]
    if retained.empty:
        _show_missing(frame, words.RETAINED_NONE_TITLE, words.RETAINED_NONE, files=RETAINED_FILES)
        return
    heading = _write_retained_heading(frame, money)
    show_section(heading, caption=frame.say(words.RETAINED_CAPTION))
    language = frame.language
    rows = retained.assign(
        label=[language.month(day.date(), today=frame.shop.as_of) for day in retained["month"]],
        low=retained[["gross", "durable"]].min(axis=1),
        high=retained[["gross", "durable"]].max(axis=1),
    )
    rows = rows.assign(
        low_text=[
            language.rate_figure(r, n=n) for r, n in zip(rows["low"], rows["n"], strict=True)
        ],
        high_text=[
            language.rate_figure(r, n=n) for r, n in zip(rows["high"], rows["n"], strict=True)
        ],
    )
    newest = list_records(rows.tail(1))[0]
    charts.show_chart(
        charts_money.build_retained(rows.drop(columns="month")),
        words=frame.say(
            words.RETAINED_WORDS,
            heading=heading,
            month=newest["label"],
            durable=language.rate(newest["durable"], n=newest["n"]),
            gross=language.rate(newest["gross"], n=newest["n"]),
        ),
        height=charts_money.ROW * len(rows) + 8,
    )
    early = rows.loc[~rows["is_judged"], "label"].tolist()
    if early:
        months = ("、" if language.code == "ja" else ", ").join(early)
        markup.show_paragraph(frame.say(words.RETAINED_NOTE, months=months), kind="note")


def show_roll(frame: Frame, money: Money) -> None:
    """Show how the refund liability went from one month's end to the next."""
    roll = money.roll
    if roll is None:
        _show_missing(frame, words.ROLL_NONE_TITLE, words.ROLL_NONE, files=ROLL_FILES)
        return
    unit = frame.language.money_unit(float(roll.steps["high"].max()), frame.shop.currency)
    heading = _write_roll_heading(frame, roll)
    caption = frame.say(
        words.ROLL_CAPTION,
        first=_name_day(frame, roll.first),
        last=_name_day(frame, roll.last),
        unit=unit.label,
        difference=frame.money(roll.difference),
        state=frame.say(words.CLOSED if roll.is_closed else words.NOT_CLOSED),
    )
    show_section(heading, caption=caption)
    days = {"first": _name_day(frame, roll.first), "last": _name_day(frame, roll.last)}
    steps = _scale(frame, roll.steps, names=("low", "high"), unit=unit)
    steps = steps.assign(
        label=[frame.say(words.STEPS[step], **days) for step in steps["step"]],
        text=[
            write_amount(frame, row["amount"], unit=unit, is_signed=row["kind"] != "total")
            for row in list_records(steps)
        ],
    )
    charts.show_chart(
        charts_money.build_waterfall(steps), words=f"{heading}. {caption}", height=270
    )


def show_ages(frame: Frame, money: Money) -> None:
    """Show how long accepted refunds have waited."""
    ages = money.ages
    if ages is None:
        _show_missing(frame, words.AGES_NONE_TITLE, words.AGES_NONE, files=AGES_FILES)
        return
    language = frame.language
    unit = language.money_unit(float(ages["amount"].max()), frame.shop.currency)
    late = money.late[1]
    heading = (
        frame.say(words.AGES_LATE, n=language.units(late, of="case"))
        if late
        else frame.say(words.AGES_FINE)
    )
    show_section(heading, caption=frame.say(words.AGES_CAPTION, unit=unit.label))
    bars = _scale(frame, ages, names=("amount",), unit=unit).assign(
        label=[frame.say(words.AGES[age]) for age in ages["age"]],
        text=[
            f"{write_amount(frame, row['amount'], unit=unit)} · "
            f"{language.units(row['count'], of='case')}"
            for row in list_records(ages)
        ],
    )
    cases = language.units(int(ages["count"].sum()), of="case")
    charts.show_chart(
        charts_money.build_ages(bars),
        words=frame.say(
            words.AGES_WORDS, heading=heading, money=frame.money(money.outstanding), n=cases
        ),
        height=charts_money.ROW * len(bars) + 8,
    )
    if money.bank:
        agreed = money.bank.get("matched", 0)
        expected = sum(n for state, n in money.bank.items() if state != "outside_bank_file")
        note = frame.say(
            words.BANK,
            n=language.units(expected, of="case"),
            matched=language.count(agreed),
        )
        markup.show_paragraph(note, kind="note")


def write_amount(frame: Frame, amount: float, *, unit: MoneyUnit, is_signed: bool = False) -> str:
    """Write an amount in a unit, with its sign where it is a move."""
    value = frame.shop.currency.to_major(amount) / unit.size
    figure = f"{round_half_up(abs(value), digits=unit.decimals):,.{unit.decimals}f}"
    sign = MINUS if value < 0 else "+" if is_signed and value > 0 else ""
    return f"{sign}{figure}"


def _scale(
    frame: Frame, rows: pd.DataFrame, *, names: Sequence[str], unit: MoneyUnit
) -> pd.DataFrame:
    """Bring amounts into the unit of an axis."""
    scaled = {
        name: frame.shop.currency.to_major(1) * rows[name].astype(float) / unit.size
        for name in names
    }
    return rows.assign(**scaled)


def _write_cash_heading(frame: Frame, money: Money) -> str:
    weeks, language = money.weeks, frame.language
    if money.has_forecast:
        peak = measures_money.find_peak(weeks, money.fan)
        if peak is None:
            return frame.say(words.CASH_LEVEL)
        day = pd.Timestamp(peak["week_start_date"]).date()
        return frame.say(words.CASH_PEAK, day=language.day(day, today=frame.today))
    known = weeks[weeks["amount"].notna() & weeks["last_amount"].notna()]
    now, before = known["amount"].sum(), known["last_amount"].sum()
    if len(known) and before and abs(now / before - 1) >= LEAST_CHANGE:
        direction = words.CASH_MORE if now > before else words.CASH_LESS
        return frame.say(
            words.CASH_CHANGE,
            weeks=len(known),
            change=f"{round(abs(now / before - 1) * 100)}%",
            direction=frame.say(direction),
        )
    seen = weeks["amount"].dropna()
    return frame.say(words.CASH_PLAIN, weeks=len(seen), money=frame.money(seen.sum()))


def _write_peak(frame: Frame, money: Money, *, unit: MoneyUnit) -> str:
    peak = measures_money.find_peak(money.weeks, money.fan)
    if peak is None:
        return ""
    value, low, high = (
        write_amount(frame, peak[name], unit=unit) for name in ("forecast", "low", "high")
    )
    mark = "〜" if frame.language.code == "ja" else "–"
    return frame.say(words.PEAK, value=value, interval=f"{low}{mark}{high}")


def _write_cash_words(frame: Frame, weeks: pd.DataFrame, *, heading: str) -> str:
    seen = weeks["amount"].dropna()
    return frame.say(
        words.CASH_WORDS,
        heading=heading,
        weeks=len(seen),
        low=frame.money(seen.min() if len(seen) else 0),
        high=frame.money(seen.max() if len(seen) else 0),
    )


def _write_retained_heading(frame: Frame, money: Money) -> str:
    judged = money.judged
    if judged.empty:
        return frame.say(words.RETAINED_EARLY)
    lost = 1 - judged["durable"].mean() / judged["gross"].mean()
    if lost < LEAST_CHANGE:
        return frame.say(words.RETAINED_LASTS)
    return frame.say(words.RETAINED, share=f"{round(lost * 100)}%")


def _write_roll_heading(frame: Frame, roll: Roll) -> str:
    if not roll.change:
        return frame.say(words.ROLL_SAME)
    message: Words = words.ROLL_UP if roll.change > 0 else words.ROLL_DOWN
    return frame.say(message, money=frame.money(abs(roll.change)))


def _write_rates(frame: Frame, rates: pd.Series, *, n: pd.Series) -> list[str]:
    return [frame.language.rate_figure(r, n=k) for r, k in zip(rates, n, strict=True)]


def _name_day(frame: Frame, day: object) -> str:
    return frame.language.day_in_table(pd.Timestamp(day).date(), today=frame.shop.as_of)  # type: ignore[arg-type]


def _name_files(frame: Frame, files: Sequence[str]) -> object:
    return markup.join([markup.code(name) for name in files], language=frame.language)


def _show_missing(frame: Frame, title: Words, text: Words, *, files: Sequence[str]) -> None:
    filled = frame.fill(text, files=_name_files(frame, files))
    markup.show_panel(Panel("hatched", frame.say(title), filled))


def _join(frame: Frame, sentences: Sequence[str]) -> str:
    return ("" if frame.language.code == "ja" else " ").join(sentences)
