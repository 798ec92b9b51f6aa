"""The tables of "Where does it wait?": the queue, second looks, and movements by grade."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards.lib import waiting
from dashboards.lib import words_waiting as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import draw_wait
from dashboards.lib.frame import Frame
from dashboards.lib.measures import SMALL_N
from dashboards.lib.measures_money import Share
from dashboards.lib.money_charts import write_amount
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Link, Row, Table

STYLE_PAGE = "one_style"


def build_queue(frame: Frame, rows: pd.DataFrame, *, longest: float) -> Table:
    """Build a page of the queue.

    Parameters
    ----------
    frame : Frame
    rows : DataFrame
        Of the mart, in the order shown.
    longest : float
        Hours of the longest bar of the whole list.
    """
    say = frame.say
    unit = frame.language.money_unit(
        float(rows["idle_cost_amount"].fillna(0).max()), frame.shop.currency
    )
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.RETURN)),
            Column(say(words.WAITED_HEAD), say(words.HOURS), align="right"),
            Column(say(words.LIMIT_KEY), is_wide_only=True),
            Column(say(words.GOODS), is_wide_only=True),
            Column(say(words.GRADE), is_wide_only=True),
            Column(say(words.STAGE), is_wide_only=True),
            Column(say(words.LOSS), unit.label, align="right", is_wide_only=True),
            Column(say(words.NEXT)),
        ),
        rows=tuple(
            _build_row(frame, row, longest=longest, unit=unit) for row in list_records(rows)
        ),
    )


def _build_row(frame: Frame, row: dict[str, Any], *, longest: float, unit: MoneyUnit) -> Row:
    waited, is_late = row["waited_hours"], bool(row["is_past_24h"])
    has_moment, is_graded = not is_missing(waited), not pd.isna(row["grade_code"])
    bar = {"limit": waiting.LIMIT, "longest": longest, "is_red": is_late}
    link = None if pd.isna(row["style_id"]) else Link(STYLE_PAGE, str(row["style_id"]))
    hours = frame.language.count(waited) if has_moment else frame.language.missing
    cells = (
        Cell(text=str(row["return_line_id"]), link=link),
        Cell(text=hours, is_red=is_late),
        Cell(drawing=draw_wait(waited, **bar) if has_moment else None),
        Cell(text=name_goods(frame, row)),
        Cell(text=row["grade_code"] if is_graded else frame.say(words.NOT_GRADED)),
        Cell(text=frame.say(words.STAGE_NAMES[row["waiting_code"]])),
        Cell(text=_write_idle(frame, row["idle_cost_amount"], unit=unit)),
        Cell(text=str(row[f"message_{frame.language.code}"])),
    )
    return Row(cells)


def name_goods(frame: Frame, row: dict[str, Any]) -> str:
    """Name what came back: style, size and colour, and how many where several."""
    parts = [row["style_name"], row["size_label"], row["colour_name"]]
    named = [str(part) for part in parts if not pd.isna(part)]
    if not named and not pd.isna(row["sku"]):
        named = [str(row["sku"])]
    if row["received_count"] > 1:
        named.append(frame.say(words.PIECES, n=frame.language.count(row["received_count"])))
    return " · ".join(named) or frame.language.missing


def _write_idle(frame: Frame, amount: float, *, unit: MoneyUnit) -> str:
    return frame.language.missing if is_missing(amount) else write_amount(frame, amount, unit=unit)


def build_agreements(frame: Frame, pairs: list[dict[str, Any]]) -> Table:
    """Build the table of the pairs of grades on which two people differ."""
    return Table(
        name=frame.say(words.TWICE_TABLE),
        columns=(
            Column(frame.say(words.TWICE_PAIR)),
            Column(frame.say(words.CASES), align="right"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(text=f"{pair['first_grade_code']} → {pair['second_grade_code']}"),
                    Cell(text=frame.language.count(pair["graded_twice_count"])),
                )
            )
            for pair in pairs
        ),
    )


def build_conformance(frame: Frame, shares: list[tuple[str, Share]]) -> Table:
    """Build the table of what went where its rule says, by grade."""
    say = frame.say
    rows = []
    for grade, share in shares:
        is_total, is_small = grade == waiting.ALL, share.n < SMALL_N
        rate = frame.language.rate_figure(share.rate, n=share.n)
        interval = frame.language.interval(share.low, share.high, n=share.n)
        rows.append(
            Row(
                (
                    Cell(text=say(words.TOTAL) if is_total else grade),
                    Cell(text=frame.language.count(share.n)),
                    Cell(text=frame.language.missing if is_small else rate, is_strong=True),
                    Cell(text=interval if share.n else frame.language.missing),
                ),
                is_muted=is_small,
                is_total=is_total,
            )
        )
    return Table(
        name=say(words.CONFORMANCE_TABLE),
        columns=(
            Column(say(words.GRADE)),
            Column(say(words.KNOWN), say(words.UNITS), align="right"),
            Column(say(words.SHARE), say(words.PERCENT), align="right"),
            Column(say(words.INTERVAL), say(words.PERCENT), align="right"),
        ),
        rows=tuple(rows),
    )
