"""The rows of the list, in words: what is shown, and what is exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.lib import words_returns as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import Interval, Spark, draw_bar, draw_interval, draw_spark
from dashboards.lib.frame import Frame
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Align, Cell, Column, Link, Row, Table, Tag
from dashboards.lib.weeks import UNDEVELOPED_WEEKS
from dashboards.lib.words_codes import name_reason
from dashboards.lib.worklist import Worklist

STYLE_PAGE: Final = "one_style"
LEAST_WEEK: Final = 5  # deliveries of a week that a sparkline may show


@dataclass(frozen=True)
class Scales:
    """What the rows of a page share.

    Attributes
    ----------
    unit : MoneyUnit
    largest_amount, largest_rate, largest_week : float
        Ends of the bars, of the intervals and of the sparklines.
    has_category, has_reasons, has_tags : bool
        Columns that hold something.
    """

    unit: MoneyUnit
    largest_amount: float
    largest_rate: float
    largest_week: float
    has_category: bool
    has_reasons: bool
    has_tags: bool


def build_worklist_table(
    frame: Frame,
    worklist: Worklist,
    *,
    page: pd.DataFrame,
    weeks: Mapping[str, pd.DataFrame],
    reasons: Mapping[str, tuple[str, str, float]],
    sort: str,
) -> Table:
    """Build the table of one page of the list.

    Parameters
    ----------
    frame : Frame
    worklist : Worklist
    page : DataFrame
        The rows to show.
    weeks : mapping of str to DataFrame
        Key of a row to its weeks, from ``spread_over_weeks``.
    reasons : mapping of str to (code, system, share)
        By style.
    sort : str
    """
    scales = _find_scales(frame, worklist, page=page, weeks=weeks, reasons=reasons)
    rows = tuple(
        _build_row(frame, worklist, row=row, weeks=weeks, reasons=reasons, scales=scales)
        for row in list_records(page)
    )
    return Table(
        name=frame.say(words.TABLE),
        columns=_build_columns(frame, worklist, scales=scales, sort=sort),
        rows=rows,
    )


def build_export(worklist: Worklist, *, frame: Frame) -> pd.DataFrame:
    """Build the export: every row and column, with n, interval, basis and as-of."""
    return worklist.rows.drop(columns=["is_small", "is_over"]).assign(
        interval="wilson_95",
        date_basis_code="cohort",
        as_of_date=frame.shop.as_of,
        currency_code=frame.shop.currency.code,
        tax_code=frame.shop.tax_code,
    )


def _find_scales(
    frame: Frame,
    worklist: Worklist,
    *,
    page: pd.DataFrame,
    weeks: Mapping[str, pd.DataFrame],
    reasons: Mapping[str, Any],
) -> Scales:
    ranked = page[~page["is_small"]]
    rates = ranked if len(ranked) else page
    largest = float(worklist.rows["returned_net_amount"].max())
    week_rates = [_find_drawn_rates(week).max() for week in weeks.values()]
    top = max([rate for rate in week_rates if not is_missing(rate)], default=0.0)
    return Scales(
        unit=frame.language.money_unit(largest, frame.shop.currency),
        largest_amount=float(page["returned_net_amount"].max()),
        largest_rate=float(max(rates["high_rate"].max(), rates["category_rate"].max())) or 1.0,
        largest_week=float(top) or 1.0,
        has_category=bool(page["category_rate"].notna().any()),
        has_reasons=bool(reasons),
        has_tags=bool((page["is_small"] | page["is_over"]).any()),
    )


def _build_columns(
    frame: Frame, worklist: Worklist, *, scales: Scales, sort: str
) -> tuple[Column, ...]:
    first = words.STYLE if worklist.grain.key == "style_id" else words.SKU

    def head(
        label: str, sub: str = "", *, by: str = "", align: Align = "left", is_wide: bool = True
    ) -> Column:
        is_sorted = by != "" and by == sort
        return Column(label, sub, align, is_wide_only=is_wide, sort=by, is_sorted=is_sorted)

    key = words.RATE_KEY if scales.has_category else words.RATE_KEY_ALONE
    columns = [
        head(frame.say(first), by="name", is_wide=False),
        head(frame.say(words.RETURNED), scales.unit.label, by="yen", align="right", is_wide=False),
        Column(frame.say(words.BAR), is_label_hidden=True, is_wide_only=True),
        head(frame.say(words.RATE), frame.say(key)),
        head("%", frame.say(words.INTERVAL), by="rate", align="right", is_wide=False),
        head(frame.say(words.WEEKS)),
    ]
    if scales.has_reasons:
        columns.append(head(frame.say(words.MAIN_REASON)))
    columns.append(head("n", frame.say(words.COUNT_BACK), by="n", align="right"))
    if scales.has_tags:
        columns.append(head(frame.say(words.STATE)))
    return tuple(columns)


def _build_row(
    frame: Frame,
    worklist: Worklist,
    *,
    row: Mapping[str, Any],
    weeks: Mapping[str, pd.DataFrame],
    reasons: Mapping[str, tuple[str, str, float]],
    scales: Scales,
) -> Row:
    is_small = bool(row["is_small"])
    tags = _build_tags(frame, row)
    cells = [
        _build_name(row, worklist=worklist, tags=tags),
        Cell(_write_amount(frame, row, unit=scales.unit)),
        Cell(
            drawing=draw_bar(
                row["returned_net_amount"], largest=scales.largest_amount, is_muted=is_small
            )
        ),
        Cell(drawing=_draw_rate(frame, row, top=scales.largest_rate)),
        _build_rate(frame, row),
        Cell(
            drawing=_draw_weeks(
                frame, weeks[row[worklist.grain.key]], top=scales.largest_week, is_muted=is_small
            )
        ),
    ]
    if scales.has_reasons:
        cells.append(_build_reason(frame, reasons.get(row["style_id"]), is_small=is_small))
    count = frame.language.count
    cells.append(Cell(count(row["delivered_count"]), sub=count(row["returned_count"])))
    if scales.has_tags:
        cells.append(Cell(tags=tags))
    return Row(cells=tuple(cells), is_muted=is_small)


def _build_name(row: Mapping[str, Any], *, worklist: Worklist, tags: tuple[Tag, ...]) -> Cell:
    """Name a row; on a phone the tags stand behind the name."""
    is_style = worklist.grain.key == "style_id"
    name, number = str(row["style_name"]), str(row[worklist.grain.key])
    details = ["size_label", "colour_name"] if not is_style else []
    facts = [row.get(column) for column in ("category_name", "season_name", *details)]
    return Cell(
        name if name == number else f"{name} {number}",
        sub=" · ".join(str(fact) for fact in facts if isinstance(fact, str) and fact),
        link=Link(STYLE_PAGE, str(row["style_id"])),
        tags=tags,
    )


def _build_tags(frame: Frame, row: Mapping[str, Any]) -> tuple[Tag, ...]:
    tags = []
    if row["delivered_count"] == 0:
        tags.append(Tag(frame.say(words.TAG_NONE_DELIVERED)))
    elif row["is_small"]:
        tags.append(Tag(frame.say(words.TAG_FEW)))
    if row["is_over"] and row["delivered_count"] > 0:
        tags.append(Tag(frame.say(words.TAG_OVER)))
    return tuple(tags)


def _write_amount(frame: Frame, row: Mapping[str, Any], *, unit: MoneyUnit) -> str:
    value = frame.shop.currency.to_major(row["returned_net_amount"]) / unit.size
    return f"{value:,.{unit.decimals}f}"


def _build_rate(frame: Frame, row: Mapping[str, Any]) -> Cell:
    """Write the rate; few deliveries show the range only, over-returned rows no range."""
    n = row["delivered_count"]
    if n == 0:
        return Cell(frame.language.missing)
    interval = frame.language.interval(row["low_rate"], row["high_rate"], n=n)
    if row["is_small"]:
        return Cell(interval, sub=frame.say(words.RANGE_ONLY))
    rate = frame.language.rate_figure(row["returned_rate"], n=n)
    return Cell(rate, sub="" if row["is_over"] else interval, is_strong=True)


def _draw_rate(frame: Frame, row: Mapping[str, Any], *, top: float) -> Interval | None:
    n, tick = row["delivered_count"], row["category_rate"]
    label = frame.say(
        words.INTERVAL_LABEL,
        rate=frame.language.rate(row["returned_rate"], n=n),
        interval=frame.language.interval(row["low_rate"], row["high_rate"], n=n),
    )
    if not is_missing(tick):
        label += frame.say(words.CATEGORY_LABEL, rate=frame.language.rate(tick, n=1000))
    return draw_interval(
        row["returned_rate"],
        row["low_rate"],
        row["high_rate"],
        tick=tick,
        top=top,
        is_muted=bool(row["is_small"]),
        label=label,
    )


def _draw_weeks(frame: Frame, weeks: pd.DataFrame, *, top: float, is_muted: bool) -> Spark:
    rates = _find_drawn_rates(weeks)
    seen = weeks[rates.notna()]
    label = frame.say(words.SPARK_NONE)
    if len(seen):
        first, last = seen.iloc[0], seen.iloc[-1]
        label = frame.say(
            words.SPARK_LABEL,
            first=frame.language.rate(first["returned_rate"], n=first["delivered_count"]),
            last=frame.language.rate(last["returned_rate"], n=last["delivered_count"]),
        )
    return draw_spark(
        rates.tolist(),
        undeveloped=UNDEVELOPED_WEEKS,
        top=top,
        is_muted=is_muted,
        label=label,
    )


def _find_drawn_rates(weeks: pd.DataFrame) -> pd.Series[float]:
    """Return the rates that a sparkline may show; weeks with very few deliveries are gaps."""
    return weeks["returned_rate"].where(weeks["delivered_count"] >= LEAST_WEEK)


def _build_reason(frame: Frame, reason: tuple[str, str, float] | None, *, is_small: bool) -> Cell:
    if reason is None or is_small:
        return Cell(frame.language.missing)
    code, system, share = reason
    return Cell(
        name_reason(code, system=system, language=frame.language),
        note=frame.language.rate(share, n=0),
    )
