"""The parts of "Will it arrive?": answer, caption, sections, and what cannot be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import lanes, lanes_tables, markup
from dashboards.lib import words_frame as common
from dashboards.lib import words_lanes as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.lanes import Lanes
from dashboards.lib.tables import Panel

if TYPE_CHECKING:
    from markupsafe import Markup

NEEDED: Final = ("postal_code", "prefecture", "city", "address_line_1")


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.OPERATIONS), frame.say(words.BASIS)]


def build_answer(frame: Frame, found: Lanes) -> Markup:
    """Write the answer from the counts; a clause with 0, or of what is not known, is left out."""
    total, asked = found.parcel_count, found.count(lanes.ASK)
    if not total:
        return markup.fill("")
    n = markup.strong(frame.language.count(total))
    if total == 1:
        sentence = frame.fill(words.ANSWER_ONE[bool(asked)], n=n)
    elif not asked:
        sentence = frame.fill(words.ANSWER_ALL, n=n)
    else:
        share = lanes_tables.write_share(frame, total - asked, of=total)
        told = {"n": n, "share": markup.strong(share)}
        count = markup.strong(frame.language.count(asked))
        sentence = frame.fill(words.ANSWER, **told, asked=count)
    return markup.join([sentence, *_write_leak(frame, found)], language=frame.language)


def _write_leak(frame: Frame, found: Lanes) -> list[Markup]:
    leak = found.leak
    if not leak.is_told:
        return []
    message = words.LEAK if leak.is_all_measured else words.LEAK_AT_LEAST
    money = markup.strong(frame.money(sum(leak.amounts)))
    return [frame.fill(message if leak.is_whole else words.LEAK_TOTAL, money=money)]


def build_caption(frame: Frame, found: Lanes) -> str:
    """Say which parcels these are, and which were not checked."""
    if not found.parcel_count:
        return ""
    parts = [frame.say(words.CAPTION_UNDATED)]
    if found.first is not None and found.last is not None:
        period = frame.language.period(found.first, found.last, today=frame.today)
        parts = [frame.say(words.CAPTION, period=period)]
    if found.abroad_count:
        parts.append(frame.say(words.ABROAD, n=frame.language.count(found.abroad_count)))
    return ("" if frame.language.code == "ja" else " ").join(parts)


def show_lanes(frame: Frame, found: Lanes) -> None:
    """Show the lanes with staff looks and bring-backs; or why there are none."""
    if not found.parcel_count:
        _show_nothing(frame, found)
        return
    caption = frame.say(words.LANES_CAPTION) if found.has_events else ""
    show_section(_write_lanes_heading(frame, found), caption=caption)
    markup.show_table(lanes_tables.build_lanes(frame, found))


def _write_lanes_heading(frame: Frame, found: Lanes) -> str:
    if not found.has_events:
        return frame.say(words.LANES_HEADING)
    column = "brought_back_parcel_count"
    back = int(found.total[column])
    if not back:
        return frame.say(words.NONE_BACK)
    count = frame.language.count
    seen = back - found.count(lanes.SHIP, column)
    return frame.say(words.SEEN, back=count(back), seen=count(seen))


def show_parts(frame: Frame, found: Lanes) -> None:
    """Show what is wrong beside what became of it and what it costs."""
    if not found.parcel_count:
        return
    wide, narrow = st.columns([1.35, 1], gap="large")
    with wide:
        _show_defects(frame, found)
    with narrow:
        if found.leak.is_told:
            _show_money(frame, found)
        if found.has_looks and found.orders["defect_order_count"]:
            _show_orders(frame, found)


def _show_defects(frame: Frame, found: Lanes) -> None:
    count = frame.language.count
    if found.defects.empty:
        show_section(frame.say(words.DEFECTS))
        text = frame.say(words.NO_DEFECTS, n=count(found.parcel_count))
        markup.show_panel(Panel("empty", frame.say(words.NO_DEFECTS_TITLE), text))
        return
    top = lanes_tables.name_defect(frame, str(found.defects["defect_code"].iloc[0]))
    n = count(found.defects[lanes.PARCELS].sum())
    show_section(
        frame.say(words.DEFECTS_TOP, defect=top), caption=frame.say(words.DEFECTS_CAPTION, n=n)
    )
    markup.show_table(lanes_tables.build_defects(frame, found))


def _show_money(frame: Frame, found: Lanes) -> None:
    is_yen = frame.shop.currency.code == "JPY"
    show_section(frame.say(words.MADE_OF if is_yen else words.MADE_OF_MONEY))
    markup.show_table(lanes_tables.build_money(frame, found))
    source = frame.say(words.SOURCE_TOTAL)
    if found.leak.is_whole:
        source = frame.say(words.SOURCE[min(found.leak.month_count, 2)], n=found.leak.month_count)
    markup.show_paragraph(source, kind="note")


def _show_orders(frame: Frame, found: Lanes) -> None:
    count, orders = frame.language.count, found.orders
    n, defects = (count(orders[name]) for name in ("checked_order_count", "defect_order_count"))
    caption = frame.say(words.ORDERS_CAPTION, n=n, defects=defects)
    show_section(frame.say(words.ORDERS), caption=caption)
    markup.show_table(lanes_tables.build_orders(frame, found))
    if found.has_events:
        passed, missed = (
            count(orders[name]) for name in ("passed_order_count", "missed_order_count")
        )
        text = frame.say(words.MISSED, passed=passed, missed=missed)
        markup.show_paragraph(text, kind="note")


def show_unmeasured(frame: Frame, found: Lanes) -> None:
    """Name what cannot be measured, and the file that would tell."""
    if not found.parcel_count:
        return
    looks, events = markup.code(lanes.LOOKS), markup.code(lanes.EVENTS)
    count = frame.language.count
    notes = []
    if not found.has_looks:
        notes.append(frame.fill(words.NO_LOOKS, file=looks))
    if not found.has_events:
        notes.append(frame.fill(words.NO_EVENTS, file=events))
    for message, name, column in (
        (words.UNCOSTED, "uncosted_parcel_count", "cost"),
        (words.UNKNOWN_CAUSE, "unknown_cause_parcel_count", "cause"),
    ):
        if found.has_events and found.total[name]:
            given = {"file": events, "column": markup.code(column)}
            notes.append(frame.fill(message, n=count(found.total[name]), **given))
    notes.append(frame.fill(words.NO_CHANGES))
    show_section(frame.say(words.UNMEASURED))
    markup.show_notes(notes)


def _show_nothing(frame: Frame, found: Lanes) -> None:
    comma = "、" if frame.language.code == "ja" else ", "
    columns = markup.fill(comma).join(markup.code(name) for name in NEEDED)
    text = frame.fill(words.NONE, file=markup.code(lanes.SHIPMENTS), columns=columns)
    if found.abroad_count:
        abroad = frame.fill(words.NONE_ABROAD, n=frame.language.count(found.abroad_count))
        text = markup.join([abroad, text], language=frame.language)
    markup.show_panel(Panel("hatched", frame.say(words.NONE_TITLE), text))
