"""The section "What was offered before the money?": steps, what it kept, what can be offered."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboards.lib import exports, markup, offers, offers_tables
from dashboards.lib import words_offers as words
from dashboards.lib.decisions import View
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.offers import Offers
from dashboards.lib.tables import Panel

REQUESTS: Final = "return_requests"
STOCK: Final = "inventory_snapshots"
OFFERED: Final = ("exchange_offered_at", "offered_sku")
SUBSIDY: Final = "exchanges.subsidy"


def show_offers(frame: Frame, view: View) -> None:
    """Show the section; nothing where nobody asked for anything."""
    if not view.whole.n:
        return
    found = offers.read_offers(view.first, view.last)
    if not found.n or found.whole is None:
        return
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        _show_steps(frame, view, found)
    with right:
        _show_savings(frame, found)
    _show_lift(frame, found)
    _show_open(frame, found)


def _show_steps(frame: Frame, view: View, found: Offers) -> None:
    period = frame.language.period(view.first, view.last, today=frame.today)
    show_section(frame.say(words.HEADING), caption=frame.say(words.CAPTION, period=period))
    markup.show_table(offers_tables.build_steps(frame, found))
    if not found.has_stock:
        markup.show_paragraph(frame.fill(words.NO_STOCK, file=markup.code(STOCK)), kind="note")
    if found.counts["offered"] is None:
        columns = markup.fill(", ").join(map(markup.code, OFFERED))
        text = frame.fill(words.NO_OFFERS, file=markup.code(REQUESTS), columns=columns)
        markup.show_paragraph(text, kind="note")


def _show_savings(frame: Frame, found: Offers) -> None:
    each = found.saved_each
    if each is None:
        heading = frame.say(words.SAVING_NONE)
    else:
        message = words.SAVING if each >= 0 else words.SAVING_LOST
        heading = frame.say(message, money=frame.money(abs(each)))
    n = frame.language.count(found.saved_count)
    show_section(heading, caption=frame.say(words.SAVING_CAPTION, n=n))
    if not found.bands or found.whole is None:
        return
    subsidy = frame.money(found.whole["subsidy_amount"])
    markup.show_table(offers_tables.build_bands(frame, found))
    text = frame.fill(words.NEEDED_NOTE, money=subsidy, setting=markup.code(SUBSIDY))
    markup.show_paragraph(text, kind="note")


def _show_lift(frame: Frame, found: Offers) -> None:
    whole = found.whole
    if whole is None:
        return
    if whole["lift_state_code"] != "measured":
        text = frame.fill(
            words.NO_LIFT, file=markup.code(REQUESTS), column=markup.code("is_holdout")
        )
        markup.show_panel(Panel("hatched", frame.say(words.NO_LIFT_TITLE), text))
        return
    points = {
        name: frame.language.difference(100 * whole[column])
        for name, column in (
            ("lift", "lift_share"),
            ("low", "low_lift_share"),
            ("high", "high_lift_share"),
        )
    }
    held = frame.language.count(whole["holdout_line_count"])
    markup.show_paragraph(frame.say(words.LIFT, held=held, **points), kind="note")


def _show_open(frame: Frame, found: Offers) -> None:
    ready, count = found.in_stock, frame.language.count
    n, waiting = len(ready), count(len(found.requests))
    heading = frame.say(words.OPEN[min(n, 2)], n=count(n)) if n else frame.say(words.OPEN[0])
    if not n:
        _show_nothing(frame, found, heading=heading)
        return
    show_section(heading, caption=frame.say(words.OPEN_CAPTION, n=waiting))
    markup.show_table(offers_tables.build_requests(frame, found))
    if n > offers_tables.ROWS:
        more = count(n - offers_tables.ROWS)
        markup.show_paragraph(frame.say(words.MORE, n=more), kind="note")
    exports.show_export(
        frame.say(words.EXPORT),
        build=lambda: found.requests,
        name=f"rpt_open_requests-{frame.shop.as_of}",
    )


def _show_nothing(frame: Frame, found: Offers, *, heading: str) -> None:
    is_unknown = (found.requests["offer_reason_code"] == "stock_unknown").any()
    if found.requests.empty:
        text = frame.fill(words.OPEN_ZERO)
    elif is_unknown:
        waiting, file = frame.language.count(len(found.requests)), markup.code(STOCK)
        text = frame.fill(words.OPEN_STOCK, n=waiting, file=file)
    else:
        text = frame.fill(words.OPEN_NONE, n=frame.language.count(len(found.requests)))
    markup.show_panel(Panel("hatched" if is_unknown else "empty", heading, text))
