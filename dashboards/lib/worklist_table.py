"""The rows of the list, in words: what is shown, and what is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.lib import words_notes, worklist_notes
from dashboards.lib import words_returns as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import Bar, Interval, draw_bar, draw_interval
from dashboards.lib.frame import Frame
from dashboards.lib.language import Words
from dashboards.lib.reason_names import ReasonNames
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.shop import to_day
from dashboards.lib.sparklines import Spark, draw_spark
from dashboards.lib.tables import Align, Cell, Column, Edit, Link, Row, Table, Tag
from dashboards.lib.weeks import UNDEVELOPED_WEEKS
from dashboards.lib.worklist import Weeks, Worklist, has_line, read_whole_rows

STYLE_PAGE: Final = "one_style"
TAG_KINDS: Final = {"alarm": "red", "changed": "change"}


@dataclass(frozen=True)
class Sheet:
    """What the rows of a page share.

    Attributes
    ----------
    frame : Frame
    key : str
        Column that names a row.
    reasons : ReasonNames
    weeks : mapping of str to Weeks
        By style; empty where the list is by SKU.
    unit : MoneyUnit
    largest_amount, largest_rate, largest_week : float
        Ends of the bars, of the glyphs and of the sparklines.
    has_reasons, has_tags : bool
        Columns that hold something.
    """

    frame: Frame
    key: str
    reasons: ReasonNames
    weeks: Mapping[str, Weeks]
    unit: MoneyUnit
    largest_amount: float
    largest_rate: float
    largest_week: float
    has_reasons: bool
    has_tags: bool


def build_worklist_table(
    frame: Frame,
    worklist: Worklist,
    *,
    page: pd.DataFrame,
    weeks: Mapping[str, Weeks],
    reasons: ReasonNames,
    sort: str,
) -> Table:
    """Build the table of one page of the list.

    Parameters
    ----------
    frame : Frame
    worklist : Worklist
    page : DataFrame
        The rows to show.
    weeks : mapping of str to Weeks
        From ``read_weekly_rates``; empty: no such column.
    reasons : ReasonNames
    sort : str
    """
    sheet = _open_sheet(frame, worklist, page=page, weeks=weeks, reasons=reasons)
    return Table(
        name=frame.say(words.TABLE),
        columns=_build_columns(sheet, sort=sort),
        rows=tuple(_build_row(sheet, row) for row in list_records(page)),
    )


def build_export(worklist: Worklist, *, frame: Frame) -> pd.DataFrame:
    """Build the export: every row and column, with n, interval, basis and as-of."""
    rows = read_whole_rows(worklist.rows, grain=worklist.grain)
    return rows.drop(columns=["is_small", "is_beyond"]).assign(
        interval="credible_95",
        date_basis_code="cohort",
        currency_code=frame.shop.currency.code,
        tax_code=frame.shop.tax_code,
    )


def _open_sheet(
    frame: Frame,
    worklist: Worklist,
    *,
    page: pd.DataFrame,
    weeks: Mapping[str, Weeks],
    reasons: ReasonNames,
) -> Sheet:
    judged = page[~page["is_small"]]
    rates = (judged if len(judged) else page)[
        ["observed_rate", "developed_rate", "high", "expected_rate"]
    ]
    drawn = [
        rate
        for each in weeks.values()
        for rate in (*each.rates, *each.before)
        if not is_missing(rate)
    ]
    largest = float(worklist.rows["excess_amount"].fillna(0).abs().max())
    return Sheet(
        frame=frame,
        key=worklist.key,
        reasons=reasons,
        weeks=weeks,
        unit=frame.language.money_unit(largest, frame.shop.currency),
        largest_amount=float(page["excess_amount"].fillna(0).max()),
        largest_rate=float(rates.max().max()) or 1.0,
        largest_week=max(drawn, default=0.0) or 1.0,
        has_reasons=bool(page["main_reason_code"].notna().any()),
        has_tags=bool(page["is_small"].any() or (page["standing"] != "").any()),
    )


def _build_columns(sheet: Sheet, *, sort: str) -> tuple[Column, ...]:
    say = sheet.frame.say

    def head(
        label: str, sub: str = "", *, by: str = "", align: Align = "left", is_wide: bool = True
    ) -> Column:
        is_sorted = by != "" and by == sort
        return Column(label, sub, align, is_wide_only=is_wide, sort=by, is_sorted=is_sorted)

    first = words.STYLE if sheet.key == "style_id" else words.SKU
    columns = [
        head(say(first), by="name", is_wide=False),
        head(say(words.EXCESS), sheet.unit.label, by="yen", align="right", is_wide=False),
        Column(say(words.BAR), is_label_hidden=True, is_wide_only=True),
        head(say(words.RATE), say(words.RATE_KEY)),
        head("%", say(words.INTERVAL), by="rate", align="right", is_wide=False),
    ]
    if sheet.weeks:
        has_before = any(has_line(each.before) for each in sheet.weeks.values())
        columns.append(head(say(words.WEEKS), say(words.WEEKS_BEFORE) if has_before else ""))
    if sheet.has_reasons:
        columns.append(head(say(words.MAIN_REASON)))
    columns.append(head("n", say(words.DEVELOPED), by="n", align="right"))
    if sheet.has_tags:
        columns.append(head(say(words.STATE)))
    return tuple(columns)


def _build_row(sheet: Sheet, row: Mapping[str, Any]) -> Row:
    is_small = bool(row["is_small"])
    tags = _build_tags(sheet, row)
    cells = [
        _build_name(sheet, row, tags=tags),
        Cell(sheet.frame.language.missing if is_small else _write_amount(sheet, row)),
        Cell() if is_small else Cell(drawing=_draw_excess(sheet, row)),
        Cell(drawing=_draw_rate(sheet, row)),
        _build_rate(sheet, row),
    ]
    if sheet.weeks:
        spark = _draw_weeks(sheet, row)
        cells.append(Cell("" if spark else sheet.frame.language.missing, drawing=spark))
    if sheet.has_reasons:
        cells.append(_build_reason(sheet, row))
    count = sheet.frame.language.count(row["delivered_count"])
    cells.append(Cell(count, sub=f"{100 * row['developed_share']:.0f}%"))
    if sheet.has_tags:
        cells.append(Cell(tags=tags, sub=_write_since(sheet, row)))
    return Row(cells=tuple(cells), is_muted=is_small)


def _build_name(sheet: Sheet, row: Mapping[str, Any], *, tags: tuple[Tag, ...]) -> Cell:
    """Name a row and who works on it; on a phone the tags stand behind the name."""
    name, number = str(row["style_name"]), str(row[sheet.key])
    facts = [row["category_name"], row["season_name"]]
    title = name if name == number else f"{name} {number}"
    note = worklist_notes.describe_note(row, language=sheet.frame.language)
    return Cell(
        title,
        sub=" · ".join(str(fact) for fact in facts if isinstance(fact, str) and fact),
        link=Link(STYLE_PAGE, str(row["style_id"])),
        tags=tags,
        edit=Edit(
            key=number,
            text=note or sheet.frame.say(words_notes.NO_OWNER),
            label=sheet.frame.say(words_notes.EDIT_LABEL, name=title, note=note),
        ),
    )


def _build_tags(sheet: Sheet, row: Mapping[str, Any]) -> tuple[Tag, ...]:
    standing = str(row["standing"])
    if standing in words.TAGS:
        text = sheet.frame.say(words.TAGS[standing])
        return (Tag(text, TAG_KINDS.get(standing, "plain")),)  # type: ignore[arg-type]
    return (Tag(sheet.frame.say(words.TAG_FEW)),) if row["is_small"] else ()


def _write_since(sheet: Sheet, row: Mapping[str, Any]) -> str:
    day = to_day(row["since_date"])
    if day is None or row["is_small"]:
        return ""
    written = sheet.frame.language.day_in_table(day, today=sheet.frame.today)
    return sheet.frame.say(words.SINCE, day=written)


def _write_amount(sheet: Sheet, row: Mapping[str, Any]) -> str:
    value = sheet.frame.shop.currency.to_major(row["excess_amount"]) / sheet.unit.size
    written = f"{value:,.{sheet.unit.decimals}f}"
    return (
        written.replace("-", "")
        if float(written.replace(",", "")) == 0
        else written.replace("-", "−")
    )


def _build_rate(sheet: Sheet, row: Mapping[str, Any]) -> Cell:
    """Write the rate as seen and as expected; rows that cannot be judged show the range only."""
    language, n = sheet.frame.language, row["delivered_count"]
    seen = language.rate_figure(row["observed_rate"], n=n)
    interval = language.interval(row["low"], row["high"], n=n)
    if row["is_small"]:
        return Cell(f"{seen} → {interval}", sub=sheet.frame.say(words.RANGE_ONLY))
    final = language.rate_figure(row["developed_rate"], n=n)
    return Cell(final, before=f"{seen} → ", sub=interval, is_strong=True)


def _draw_excess(sheet: Sheet, row: Mapping[str, Any]) -> Bar:
    return draw_bar(
        row["excess_amount"], largest=sheet.largest_amount, is_red=bool(row["is_alarm"])
    )


def _draw_rate(sheet: Sheet, row: Mapping[str, Any]) -> Interval | None:
    language, n = sheet.frame.language, row["delivered_count"]
    label = sheet.frame.say(
        words.GLYPH_LABEL,
        seen=language.rate(row["observed_rate"], n=n),
        final=language.rate(row["developed_rate"], n=n),
        interval=language.interval(row["low"], row["high"], n=n),
        expected=language.rate(row["expected_rate"], n=n),
    )
    return draw_interval(
        row["observed_rate"],
        row["low"],
        row["high"],
        tick=row["expected_rate"],
        top=sheet.largest_rate,
        is_muted=bool(row["is_small"]),
        label=label,
        final=row["developed_rate"],
        is_red=bool(row["is_alarm"]),
    )


def _draw_weeks(sheet: Sheet, row: Mapping[str, Any]) -> Spark | None:
    """Draw the weeks of a style; nothing where fewer than two of them can be shown."""
    weeks = sheet.weeks[row["style_id"]]
    if not has_line(weeks.rates):
        return None
    label = _say_weeks(sheet, words.SPARK_LABEL, rates=weeks.rates)
    if has_line(weeks.before):
        label += _say_weeks(sheet, words.SPARK_BEFORE, rates=weeks.before)
    return draw_spark(
        weeks.rates,
        before=weeks.before,
        undeveloped=UNDEVELOPED_WEEKS,
        top=sheet.largest_week,
        is_muted=bool(row["is_small"]),
        label=label,
    )


def _say_weeks(sheet: Sheet, message: Words, *, rates: Sequence[float]) -> str:
    seen = [rate for rate in rates if not is_missing(rate)]
    first, last = (sheet.frame.language.rate(rate, n=0) for rate in (seen[0], seen[-1]))
    return sheet.frame.say(message, first=first, last=last)


def _build_reason(sheet: Sheet, row: Mapping[str, Any]) -> Cell:
    code = row["main_reason_code"]
    if not isinstance(code, str) or row["is_small"]:
        return Cell(sheet.frame.language.missing)
    return Cell(sheet.reasons.name(code))
