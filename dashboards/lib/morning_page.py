"""The parts of "This morning": sentences, the usual numbers, changes, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboards.lib import markup, money_page, morning
from dashboards.lib import words_morning as words
from dashboards.lib.briefing import build_briefing
from dashboards.lib.frame import Frame, open_page, show_section
from dashboards.lib.measures import SMALL_N
from dashboards.lib.morning import Morning
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.style_strip import split_unit
from dashboards.lib.tables import Cell, Column, Figure, Link, Row, Table, Tag
from dashboards.lib.words_codes import name_entity


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the day, with its year."""
    return [frame.language.day(frame.today, today=date.min, has_weekday=True)]


def show_briefing(frame: Frame, found: Morning) -> None:
    """Show the three sentences; a click leads to the evidence."""
    sentences = build_briefing(found.facts, frame.language, currency=frame.shop.currency)
    clicked = markup.show_briefing(sentences, name=frame.say(words.BRIEFING), key="k_briefing")
    if clicked is not None:
        open_page(frame, clicked)


def show_usual(frame: Frame, found: Morning) -> None:
    """Show the five numbers that are read every day."""
    show_section(frame.say(words.USUAL))
    figures = [
        _build_rate(frame, found),
        money_page.build_exchange(frame, found.money),
        money_page.build_durable(frame, found.money),
        _build_refunds(frame, found),
        money_page.build_outstanding(frame, found.money),
    ]
    markup.show_strip(figures, name=frame.say(words.USUAL))


def show_changes(frame: Frame, found: Morning) -> None:
    """Show what is in alarm or changed of late, each leading to its style."""
    weeks = morning.CHANGED_WEEKS
    if found.changes.empty:
        show_section(frame.say(words.CHANGED))
        count = frame.language.count
        note = frame.say(
            words.CHANGED_NONE,
            styles=count(found.counts.get("style", 0)),
            skus=count(found.counts.get("sku", 0)),
            weeks=weeks,
        )
        markup.show_paragraph(note, kind="note")
        return
    show_section(frame.say(words.CHANGED), caption=frame.say(words.CHANGED_CAPTION, weeks=weeks))
    shown = found.changes[: morning.SHOWN_CHANGES]
    clicked = markup.show_linked_table(_build_changes(frame, shown), key="k_changes")
    if len(found.changes) > len(shown):
        more = frame.language.count(len(found.changes) - len(shown))
        markup.show_paragraph(frame.say(words.CHANGED_MORE, n=more), kind="note")
    if isinstance(clicked, Link):
        open_page(frame, clicked)


def show_unmeasured(frame: Frame, found: Morning) -> None:
    """Show which measures wait for which file."""
    show_section(frame.say(words.UNMEASURED))
    if not found.missing:
        markup.show_paragraph(frame.say(words.UNMEASURED_NONE), kind="note")
        return
    table = Table(
        name=frame.say(words.UNMEASURED),
        columns=(
            Column(frame.say(words.MEASURE)),
            Column(frame.say(words.FILE)),
            Column(frame.say(words.NEXT), is_wide_only=True),
        ),
        rows=tuple(_build_missing(frame, entity) for entity in found.missing),
    )
    markup.show_table(table)


def _build_rate(frame: Frame, found: Morning) -> Figure:
    development, language = found.development, frame.language
    label = frame.say(words.RATE)
    if development is None:
        return Figure(label, language.missing, note=frame.say(words.MISSING))
    note = language.sample(development.n, developed_share=development.developed_share)
    if development.before is not None:
        before = language.rate(development.before, n=development.n)
        note = frame.say(words.RATE_BEFORE, rate=before, n=note)
    return Figure(label, language.rate_figure(development.rate, n=development.n), "%", note)


def _build_refunds(frame: Frame, found: Morning) -> Figure:
    label, paid = frame.say(words.REFUNDS), found.money.last_days
    if paid is None:
        return Figure(label, frame.language.missing, note=frame.say(words.MISSING))
    n = frame.language.count(paid.count)
    note = frame.say(words.REFUNDS_ALONE, n=n)
    if paid.before is not None:
        note = frame.say(words.REFUNDS_BEFORE, money=frame.money(paid.before), n=n)
    return Figure(label, *split_unit(frame.money(paid.amount)), note)


def _build_changes(frame: Frame, rows: pd.DataFrame) -> Table:
    return Table(
        name=frame.say(words.CHANGED),
        columns=(
            Column(frame.say(words.STYLE)),
            Column(frame.say(words.KIND)),
            Column(frame.say(words.WHAT)),
        ),
        rows=tuple(_build_change(frame, row) for row in list_records(rows)),
    )


def _build_change(frame: Frame, row: Mapping[str, Any]) -> Row:
    language, n = frame.language, int(row["delivered_count"])
    move = frame.say(
        words.RATE_MOVE,
        rate=language.rate(row["developed_rate"], n=n),
        expected=language.rate(row["expected_rate"], n=n),
    )
    since = ""
    if not is_missing(row["since_date"]):
        day = pd.Timestamp(row["since_date"]).date()
        since = frame.say(words.SINCE, day=language.day(day, today=frame.shop.as_of))
    kind = words.ALARM if row["is_alarm"] else words.CHANGE
    tag = Tag(frame.say(kind), "red" if row["is_alarm"] else "plain")
    notes = [frame.money(row["excess_amount"]), language.sample(n), since]
    name = Cell(morning.name_row(row), link=Link("one_style", str(row["style_id"])))
    what = Cell(move, sub=" · ".join(note for note in notes if note))
    return Row((name, Cell(tags=(tag,)), what), is_muted=n < SMALL_N)


def _build_missing(frame: Frame, entity: str) -> Row:
    measure = words.MEASURES.get(entity)
    following = words.NEXTS.get(entity, words.NEXT_ARRIVES)
    return Row(
        (
            Cell(frame.say(measure) if measure else name_entity(entity, language=frame.language)),
            Cell(entity, is_code=True),
            Cell(frame.say(following)),
        )
    )
