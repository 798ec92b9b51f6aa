"""The parts of "What comes back?": answer, caption, list, and the states without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboards.lib import (
    alarm_promise,
    exports,
    filters,
    markup,
    paging,
    worklist,
    worklist_notes,
    worklist_table,
)
from dashboards.lib import words_frame as common
from dashboards.lib import words_returns as words
from dashboards.lib.filters import Filters
from dashboards.lib.frame import Frame, open_page, show_clear_filters
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.records import list_records
from dashboards.lib.tables import Edit, Link, Panel
from dashboards.lib.worklist import Weeks, Worklist

if TYPE_CHECKING:
    from markupsafe import Markup

ROWS: Final = 15  # rows of a page
SORT_KEY: Final = "sort"
MARTS: Final = ("rpt_worklist", "rpt_style_weeks", "rpt_reason_labels")


@dataclass(frozen=True)
class View:
    """What the reader asked for and what came.

    Attributes
    ----------
    filters : Filters
    worklist : Worklist
    sort : str
    """

    filters: Filters
    worklist: Worklist
    sort: str


def read_view(chosen: Filters) -> View:
    """Read the list for the filters and the sorting in the URL."""
    wanted = str(st.query_params.get(SORT_KEY, "yen"))
    sort = wanted if wanted in worklist.SORTS else "yen"
    return View(chosen, worklist.read_worklist(chosen, sort=sort), sort)


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.MERCHANDISING), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer from the numbers; nothing where nothing was delivered."""
    kept, beyond = view.worklist.kept, view.worklist.beyond
    count = frame.language.count
    if kept.empty:
        return markup.fill("")
    if not kept["is_rankable"].any():
        exposure = (kept["developed_share"] * kept["delivered_count"]).sum()
        share = frame.language.rate(exposure / kept["delivered_count"].sum(), n=0)
        return frame.fill(
            words.ANSWER_EARLY,
            n=count(len(kept)),
            things=_name_things(frame, view),
            share=markup.strong(share),
        )
    if beyond.empty:
        return frame.fill(
            words.ANSWER_QUIET,
            n=count(len(kept)),
            things=_name_things(frame, view),
            zero=markup.strong("0"),
        )
    come = words.SKUS_COME if view.filters.grain == "sku" else words.STYLES_COME
    return frame.fill(
        words.ANSWER,
        n=markup.strong(count(len(beyond))),
        things=frame.say(come[min(len(beyond), 2)]),
        money=markup.strong(frame.money(float(beyond["excess_amount"].sum()))),
    )


def build_caption(frame: Frame, view: View) -> str:
    """Write the period, the order and the promise of the alarms."""
    if view.worklist.kept.empty:
        return ""
    return frame.say(
        words.CAPTION,
        period=_write_period(frame),
        order=frame.say(words.ORDERS[view.sort]),
        promise=alarm_promise.write_promise(frame.shop.false_share, language=frame.language),
        compared=_write_comparison(frame, view),
    )


def write_alarms(frame: Frame) -> dict[str, str]:
    """Write the alarms as the shop has set them, for the words on how the list is made."""
    share = alarm_promise.write_share(frame.shop.false_share)
    return {"ratio": f"{frame.shop.alarm_ratio:g}", "share": share}


def show_list(frame: Frame, view: View) -> None:
    """Show one page of the list, the pages and the export."""
    rows = view.worklist.rows
    number = paging.find_page("list", about=(view.filters, view.sort), rows=len(rows), size=ROWS)
    page = worklist.read_whole_rows(
        rows.iloc[(number - 1) * ROWS : number * ROWS], grain=view.filters.grain
    )
    table = worklist_table.build_worklist_table(
        frame,
        view.worklist,
        page=page,
        weeks=_read_weeks(frame, view, page=page),
        reasons=read_reason_names(frame.language),
        sort=view.sort,
    )
    worklist_notes.show_saved(frame)
    clicked = markup.show_linked_table(table, key="k_worklist")
    _show_foot(frame, view, first=(number - 1) * ROWS + 1, last=min(number * ROWS, len(rows)))
    if isinstance(clicked, Link):
        open_page(frame, clicked)
    elif isinstance(clicked, Edit):
        row = list_records(page[page[view.worklist.key] == clicked.key])[0]
        worklist_notes.open_dialog(frame, row, name=f"{row['style_name']} {clicked.key}")
    elif clicked:
        st.query_params[SORT_KEY] = clicked
        st.rerun()


def show_empty(frame: Frame, view: View) -> None:
    """Say what was looked at where there is nothing to list."""
    if not view.worklist.shop_row_count:
        title = frame.say(words.NO_DATA_TITLE)
        text = frame.fill(words.NO_DATA, lines=markup.code("order_lines"))
    else:
        title = frame.say(words.NO_ROWS_TITLE)
        text = frame.fill(
            words.NO_ROWS,
            filters=filters.describe(view.filters, language=frame.language),
            total=frame.language.count(view.worklist.shop_row_count),
            things=_name_things(frame, view),
        )
    markup.show_panel(Panel(kind="empty", title=title, text=text))
    if view.filters.is_any:
        show_clear_filters(frame)


def _show_foot(frame: Frame, view: View, *, first: int, last: int) -> None:
    rows = view.worklist.rows
    note = frame.say(
        words.SHOWING,
        total=frame.language.count(len(rows)),
        things=_name_things(frame, view),
        first=first,
        last=last,
    )
    if rows["is_small"].any():
        note += " " * (frame.language.code == "en") + frame.say(
            words.SMALL_NOTE, things=_name_things(frame, view)
        )
    with st.container(key="k_foot", horizontal=True, vertical_alignment="center"):
        markup.show_paragraph(note, kind="note")
        exports.show_export(
            frame.say(words.EXPORT),
            build=lambda: worklist_table.build_export(view.worklist, frame=frame),
            name=f"rpt_worklist-{view.filters.grain}-{frame.shop.as_of}",
        )
        paging.show_pages("list", rows=len(rows), size=ROWS)


def _write_comparison(frame: Frame, view: View) -> str:
    """Write the rate beside that of the same weeks of the year before, where both can be said."""
    styles = view.worklist.kept["style_id"].unique().tolist()
    found = worklist.compare_with_year_ago(styles, shop=frame.shop)
    if found is None:
        return ""
    language = frame.language
    return frame.say(
        words.COMPARED,
        rate=language.rate(found.rate, n=found.n),
        n=language.count(found.n),
        before=language.rate(found.before, n=found.before_n),
        before_n=language.count(found.before_n),
    )


def _read_weeks(frame: Frame, view: View, *, page: pd.DataFrame) -> dict[str, Weeks]:
    """Read the weeks of the styles of a page; nothing where none has a line to show."""
    if view.filters.grain != "style":  # weeks of single SKUs hold too few
        return {}
    rates = worklist.read_weekly_rates(page["style_id"].tolist(), shop=frame.shop)
    has_line = any(worklist.has_line(each.rates) for each in rates.values())
    return rates if has_line else {}


def _write_period(frame: Frame) -> str:
    first, last = frame.shop.first_delivered, frame.shop.last_delivered or frame.shop.as_of
    if first is None:
        return frame.say(words.PERIOD_UNKNOWN)
    return frame.language.period(first, last, today=frame.today)


def _name_things(frame: Frame, view: View) -> str:
    return frame.say(words.SKUS if view.filters.grain == "sku" else words.STYLES)
