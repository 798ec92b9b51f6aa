"""The parts of "Where does the money go?": answer, strip, and what stands below."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dashboards.lib import markup, money_charts
from dashboards.lib import words_frame as common
from dashboards.lib import words_money as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures_money import Sum
from dashboards.lib.money import Money
from dashboards.lib.records import list_records
from dashboards.lib.shop import to_local
from dashboards.lib.style_strip import split_unit
from dashboards.lib.tables import Cell, Column, Figure, Row, Table, Tag

if TYPE_CHECKING:
    from markupsafe import Markup

CLOSED_FIGURES: Final = (
    ("refund_cash_out", words.PAID),
    ("refund_liability", words.LIABILITY),
    ("return_asset", words.ASSET),
)


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.EXECUTIVES), frame.say(words.BASIS)]


def build_answer(frame: Frame, money: Money) -> Markup:
    """Write the answer from the numbers; a clause that is not known is left out."""
    if money.month is None:
        return markup.fill("")
    change = money.month.change
    has_change = change is not None and round(abs(change) * 100) > 0
    message = {
        (False, False): words.ANSWER,
        (True, False): words.ANSWER_CHANGE,
        (False, True): words.ANSWER_LIABILITY,
        (True, True): words.ANSWER_BOTH,
    }[has_change, money.liability is not None]
    return frame.fill(
        message,
        month=_name_month(frame, money.month),
        money=markup.strong(frame.money(money.month.amount)),
        change=markup.strong(write_change(change)),
        direction=frame.say(words.ANSWER_MORE if (change or 0) > 0 else words.ANSWER_LESS),
        liability=markup.strong(frame.money(money.liability or 0)),
    )


def build_caption(frame: Frame, money: Money) -> str:
    """Write the period, the tax, and what is no cash."""
    if money.month is None:
        return ""
    period = frame.language.period(money.month.first, money.month.last, today=frame.today)
    tax = words.TAX.get(frame.shop.tax_code, words.TAX["included"])
    return frame.say(words.CAPTION, period=period, tax=frame.say(tax))


def show_strip(frame: Frame, money: Money) -> None:
    """Show five numbers side by side; what cannot be measured says so."""
    figures = [
        _build_paid(frame, money),
        build_exchange(frame, money),
        *_build_retained(frame, money),
        build_outstanding(frame, money),
    ]
    markup.show_strip(figures, name=frame.say(words.STRIP))


def build_exchange(frame: Frame, money: Money) -> Figure:
    """Build the share of exchanges among what was resolved in the month."""
    share, language = money.exchange, frame.language
    if share is None or not share.n:
        return Figure(frame.say(words.EXCHANGE), language.missing, note=frame.say(words.MISSING))
    interval = language.interval(share.low, share.high, n=share.n)
    return Figure(
        frame.say(words.EXCHANGE),
        language.rate_figure(share.rate, n=share.n),
        "%",
        _add_target(
            frame,
            frame.say(words.RANGE, interval=interval, n=language.sample(share.n)),
            value=share.rate,
            target=money.targets.get("exchange_rate"),
        ),
    )


def build_outstanding(frame: Frame, money: Money) -> Figure:
    """Build what is accepted and unpaid; red where some of it waits for more than two weeks."""
    label = frame.say(words.OUTSTANDING)
    if money.ages is None:
        return Figure(label, frame.language.missing, note=frame.say(words.MISSING))
    amount, count = money.late
    note = frame.say(words.LATE, money=frame.money(amount)) if count else frame.say(words.NO_LATE)
    target = money.targets.get("outstanding_refunds")
    note = _add_money_target(frame, note, value=money.outstanding, target=target)
    return Figure(label, *split_unit(frame.money(money.outstanding)), note, is_red=count > 0)


def build_durable(frame: Frame, money: Money) -> Figure:
    """Build the durable share of the newest developed month."""
    return _build_retained(frame, money)[1]


def show_closings(frame: Frame, money: Money) -> None:
    """Show closed months as they were closed; how to close one where there is none."""
    if money.closings.empty:
        command = markup.code("kaeru close")
        markup.show_paragraph(frame.fill(words.CLOSINGS_NONE, command=command), kind="note")
        return
    rows = list_records(money.closings)
    known = [(name, head) for name, head in CLOSED_FIGURES if name in money.closings]
    largest = max(abs(float(row[name])) for row in rows for name, _ in known)
    unit = frame.language.money_unit(largest, frame.shop.currency)
    show_section(
        frame.say(words.CLOSINGS), caption=frame.say(words.CLOSINGS_CAPTION, unit=unit.label)
    )
    columns = (
        Column(frame.say(words.MONTH)),
        *(Column(frame.say(head), align="right") for _, head in known),
        Column(frame.say(words.CLOSED_AT), is_wide_only=True),
    )
    table = Table(
        name=frame.say(words.CLOSINGS),
        columns=columns,
        rows=tuple(
            Row(
                (
                    Cell(row["month"], tags=(Tag(frame.say(words.CLOSED_TAG)),)),
                    *(
                        Cell(money_charts.write_amount(frame, row[name], unit=unit))
                        for name, _ in known
                    ),
                    Cell(_write_moment(frame, row["closed_at"])),
                )
            )
            for row in rows
        ),
    )
    markup.show_table(table)


def write_change(change: float | None) -> str:
    """Write by how much something changed, in whole percent without its sign.

    Examples
    --------
    >>> write_change(-0.094), write_change(None)
    ('9%', '')
    """
    return "" if change is None else f"{round(abs(change) * 100)}%"


def _build_paid(frame: Frame, money: Money) -> Figure:
    label = frame.say(words.PAID)
    if money.month is None:
        return Figure(label, frame.language.missing, note=frame.say(words.MISSING))
    before = money.month.before
    note = (
        frame.say(words.NO_BEFORE)
        if before is None
        else frame.say(words.BEFORE, money=frame.money(before))
    )
    target = money.targets.get("refund_cash_out")
    note = _add_money_target(frame, note, value=money.month.amount, target=target)
    return Figure(label, *split_unit(frame.money(money.month.amount)), note)


def _build_retained(frame: Frame, money: Money) -> tuple[Figure, Figure]:
    """Build gross and durable of the newest month that may be judged."""
    language = frame.language
    labels = (frame.say(words.GROSS), frame.say(words.DURABLE))
    if money.judged.empty:
        missing = frame.say(words.MISSING)
        first, second = (Figure(label, language.missing, note=missing) for label in labels)
        return first, second
    row = list_records(money.judged.tail(1))[0]
    month = language.month(row["month"].date(), today=frame.shop.as_of)
    n = int(row["n"])
    gross_note = frame.say(words.GROSS_NOTE, month=month, n=language.sample(n))
    durable_note = frame.say(words.DURABLE_NOTE, month=month)
    targets = money.targets
    return (
        Figure(
            labels[0],
            language.rate_figure(row["gross"], n=n),
            "%",
            _add_target(
                frame,
                gross_note,
                value=row["gross"],
                target=targets.get("retained_revenue_gross"),
            ),
        ),
        Figure(
            labels[1],
            language.rate_figure(row["durable"], n=n),
            "%",
            _add_target(
                frame,
                durable_note,
                value=row["durable"],
                target=targets.get("retained_revenue_durable"),
            ),
        ),
    )


def _add_target(frame: Frame, note: str, *, value: float, target: float | None) -> str:
    """Add the target of a share and the points that are missing or above, where there is one."""
    if target is None:
        return note
    said = frame.say(words.TARGET, value=frame.language.rate(target, n=0))
    points = round((value - target) * 100, 1)
    if not points:
        return f"{note} · {said}"
    message = words.POINTS_ABOVE if points > 0 else words.POINTS_BELOW
    return f"{note} · {said}{frame.say(message, points=f'{abs(points):.1f}')}"


def _add_money_target(frame: Frame, note: str, *, value: int, target: float | None) -> str:
    """Add the target of an amount and how far it is away, where the shop set one."""
    if target is None:
        return note
    said = frame.say(words.TARGET, value=frame.money(target))
    if value == target:
        return f"{note} · {said}"
    message = words.MONEY_ABOVE if value > target else words.MONEY_BELOW
    return f"{note} · {said}{frame.say(message, money=frame.money(abs(value - target)))}"


def _name_month(frame: Frame, month: Sum) -> str:
    name = frame.language.month(month.first, today=frame.today)
    is_whole = (month.last + timedelta(days=1)).day == 1
    return name if is_whole else frame.say(words.SO_FAR, month=name)


def _write_moment(frame: Frame, value: object) -> str:
    moment = to_local(value, time_zone=frame.shop.time_zone)
    if moment is None:
        return frame.language.missing
    day = frame.language.day_in_table(moment.date(), today=frame.today)
    return f"{day} {frame.language.clock(moment)}"
