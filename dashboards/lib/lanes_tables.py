"""The tables of "Will it arrive?": lanes, defects, orders and money."""

from __future__ import annotations

from typing import Any, Final

from dashboards.lib import lanes, words_yard
from dashboards.lib import words_lanes as words
from dashboards.lib.counting import EXACT_FROM
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import Bar, Interval, draw_bar, draw_interval
from dashboards.lib.frame import Frame
from dashboards.lib.lanes import Lanes
from dashboards.lib.money_charts import write_amount
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table

TENTH: Final = 0.1
FINE: Final = 0.01  # below it a rate from many is written with two digits
NEARLY_ALL: Final = 0.999  # a share that is not the whole is never written as 100 %


def build_lanes(frame: Frame, found: Lanes) -> Table:
    """Build the table of the lanes with their sum."""
    say = frame.say
    judged = found.lanes.loc[~found.lanes["is_small"], "high_rate"]
    top = float(judged.max()) if len(judged) else 1.0
    key = say(words.RATE_KEY, top=_write_end(top)) if found.has_events else ""
    drawn = list_records(found.lanes)
    most = max(row["looked_at_parcel_count"] for row in drawn)
    rows = [_build_lane(frame, found, row, top=top, most=most) for row in drawn]
    total = {"lane_code": "", **found.total}
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.LANE), is_roomy=True),
            Column(say(words.PARCELS), align="right"),
            Column(say(words.SHARE), align="right", is_wide_only=True),
            Column(say(words.LOOKED), say(words.CASES), align="right", is_wide_only=True),
            Column(say(words.LOOKED), is_label_hidden=True, is_wide_only=True),
            Column(say(words.RATE), key, is_wide_only=True),
            Column(say(words.PERCENT), align="right"),
            Column(say(words.INTERVAL), align="right", is_wide_only=True),
            Column(say(words.BACK), say(words.CASES), align="right"),
            Column(
                say(words.COST), find_unit(frame, found).label, align="right", is_wide_only=True
            ),
        ),
        rows=(*rows, _build_lane(frame, found, total, top=0.0, most=0)),
    )


def _build_lane(frame: Frame, found: Lanes, row: dict[str, Any], *, top: float, most: float) -> Row:
    count, lane = frame.language.count, row["lane_code"]
    parcels, looked = row[lanes.PARCELS], row["looked_at_parcel_count"]
    share = write_share(frame, parcels, of=found.parcel_count)
    looks = count(looked) if found.has_looks else frame.language.missing
    bar = draw_bar(looked, largest=most, is_muted=True) if found.has_looks and most else None
    glyph = _draw_rate(frame, row, top=top) if found.has_events and top else None
    name = frame.say(words.LANES[lane] if lane else words.TOTAL)
    about = frame.say(words.ABOUT[lane]) if lane else ""
    return Row(
        (
            Cell(text=name, sub=about, is_strong=True),
            Cell(text=count(parcels)),
            Cell(text=share),
            Cell(text=looks),
            Cell(drawing=bar),
            Cell(drawing=glyph),
            *_write_bring_backs(frame, found, row),
        ),
        is_muted=bool(row["is_small"]) and bool(lane),
        is_total=not lane,
    )


def _write_bring_backs(frame: Frame, found: Lanes, row: dict[str, Any]) -> tuple[Cell, ...]:
    if not found.has_events:
        return (Cell(text=frame.language.missing),) * 4
    back, uncosted = row["brought_back_parcel_count"], row["uncosted_parcel_count"]
    is_costed = back > uncosted or not back
    amount, unit = row["bring_back_cost_amount"], find_unit(frame, found)
    cost = write_amount(frame, amount, unit=unit) if is_costed else frame.language.missing
    return (
        write_rate(frame, row),
        Cell(text=write_interval(frame, row)),
        Cell(text=frame.language.count(back)),
        Cell(text=cost),
    )


def build_defects(frame: Frame, found: Lanes) -> Table:
    """Build the table of what is wrong, the most frequent first."""
    say, rows = frame.say, list_records(found.defects)
    most = max(row[lanes.PARCELS] for row in rows)
    return Table(
        name=say(words.DEFECTS_TABLE),
        columns=(
            Column(say(words.DEFECT), is_roomy=True),
            Column(say(words.LANE), is_wide_only=True),
            Column(say(words.PARCELS), align="right"),
            Column(say(words.PARCELS), is_label_hidden=True),
            Column(say(words.BACK), say(words.CASES), align="right"),
            Column(
                say(words.COST), find_unit(frame, found).label, align="right", is_wide_only=True
            ),
        ),
        rows=tuple(_build_defect(frame, found, row, most=most) for row in rows),
    )


def find_unit(frame: Frame, found: Lanes) -> MoneyUnit:
    """Find the unit in which the costs of this page are written."""
    amount = float(found.total["bring_back_cost_amount"])
    return frame.language.money_unit(amount, frame.shop.currency)


def name_defect(frame: Frame, code: str) -> str:
    """Name a defect; one that nobody has put into words keeps its code."""
    return frame.say(words.DEFECT_NAMES[code]) if code in words.DEFECT_NAMES else code


def _build_defect(frame: Frame, found: Lanes, row: dict[str, Any], *, most: float) -> Row:
    is_asked, code = row["lane_code"] == lanes.ASK, str(row["defect_code"])
    bar: Bar = draw_bar(row[lanes.PARCELS], largest=most, is_muted=not is_asked)
    _, _, back, cost = _write_bring_backs(frame, found, row)
    return Row(
        (
            Cell(text=name_defect(frame, code), is_code=code not in words.DEFECT_NAMES),
            Cell(text=frame.say(words.DONE[row["lane_code"]])),
            Cell(text=frame.language.count(row[lanes.PARCELS]), is_strong=is_asked),
            Cell(drawing=bar),
            back,
            cost,
        )
    )


def build_orders(frame: Frame, found: Lanes) -> Table:
    """Build the table of the orders with a defect, by what became of them."""
    orders = found.orders
    closed, still_open = (
        orders[name] for name in ("closed_without_staff_order_count", "open_order_count")
    )
    rest = orders["defect_order_count"] - closed - still_open
    parts = ((words.CLOSED, closed), (words.OPEN, still_open), (words.OTHER, rest))
    count = frame.language.count
    rows = [Row((Cell(text=frame.say(name)), Cell(text=count(n)))) for name, n in parts]
    total = (
        Cell(text=frame.say(words.TOTAL)),
        Cell(text=count(orders["defect_order_count"]), is_strong=True),
    )
    return Table(
        name=frame.say(words.ORDERS_TABLE),
        columns=(
            Column(frame.say(words.STATE)),
            Column(frame.say(words.ORDER_CASES), align="right"),
        ),
        rows=(*rows, Row(total, is_total=True)),
    )


def build_money(frame: Frame, found: Lanes) -> Table:
    """Build the table of what made the sum of the answer, and what is missing of it."""
    say, leak = frame.say, found.leak
    amounts = say(words.A_MONTH if leak.is_whole else words.SUM)
    needed = () if leak.is_all_measured else (Column(say(words.NEEDED)),)
    return Table(
        name=say(words.LEAKS),
        columns=(Column(say(words.LEAK_NAME)), Column(amounts, align="right"), *needed),
        rows=tuple(_build_part(frame, row, has_needed=bool(needed)) for row in leak.parts),
    )


def _build_part(frame: Frame, row: dict[str, Any], *, has_needed: bool) -> Row:
    name = Cell(frame.say(words_yard.PARTS[row["part_code"]]))
    if is_missing(row["month_amount"]):
        needed = Cell(str(row["missing_name"]), is_code=True)
        return Row((name, Cell(frame.language.missing), needed), is_muted=True)
    amount = Cell(frame.money(row["month_amount"]), is_strong=True)
    return Row((name, amount, *((Cell(),) if has_needed else ())))


def write_share(frame: Frame, part: float, *, of: float) -> str:
    """Write a share of the parcels; what is not the whole is never written as all of it."""
    share = part / of
    return frame.language.rate(share if part == of else min(share, NEARLY_ALL), n=of)


def write_rate(frame: Frame, row: dict[str, Any]) -> Cell:
    """Write a rate of bring-backs; from few parcels only its interval is told."""
    if is_missing(row["rate"]) or row["is_small"]:
        return Cell(text=frame.language.missing)
    return Cell(text=_write_figure(frame, row, row["rate"]), is_strong=True)


def write_interval(frame: Frame, row: dict[str, Any]) -> str:
    """Write the interval of a rate of bring-backs."""
    if is_missing(row["rate"]):
        return frame.language.missing
    low, high = (_write_figure(frame, row, row[name]) for name in ("low_rate", "high_rate"))
    return frame.say(words.INTERVAL_VALUE, low=low, high=high)


def _write_figure(frame: Frame, row: dict[str, Any], rate: float) -> str:
    """Write one of a row's rates, all with the digits that its rate needs."""
    if row["rate"] < FINE and row["known_count"] >= EXACT_FROM:
        return f"{100 * rate:.2f}"
    return frame.language.rate_figure(rate, n=row["known_count"])


def _write_end(top: float) -> str:
    """Write where an axis ends, in percent.

    Examples
    --------
    >>> _write_end(0.574), _write_end(0.0512), _write_end(0.0038)
    ('57', '5.1', '0.38')
    """
    digits = next((digits for digits, end in enumerate((TENTH, FINE)) if top >= end), 2)
    return f"{100 * top:.{digits}f}"


def _draw_rate(frame: Frame, row: dict[str, Any], *, top: float) -> Interval | None:
    figure = frame.language.missing if is_missing(row["rate"]) else write_rate(frame, row).text
    label = frame.say(words.RATE_LABEL, rate=figure, interval=write_interval(frame, row))
    ends = row["low_rate"], row["high_rate"]
    is_muted = bool(row["is_small"])
    return draw_interval(row["rate"], *ends, tick=None, top=top, is_muted=is_muted, label=label)
