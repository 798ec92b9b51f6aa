"""The parts of "What comes back?": answer, caption, list, and the states without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboards.lib import (
    exports,
    filters,
    markup,
    paging,
    weeks,
    worklist,
    worklist_table,
)
from dashboards.lib import words_frame as common
from dashboards.lib import words_returns as words
from dashboards.lib.filters import Filters
from dashboards.lib.frame import Frame, open_page, show_clear_filters
from dashboards.lib.tables import Link, Panel
from dashboards.lib.worklist import Worklist

if TYPE_CHECKING:
    from markupsafe import Markup

ROWS: Final = 15  # rows of a page
SORT_KEY: Final = "sort"
MARTS: Final = {
    "style": ("rpt_style_returns", "rpt_style_return_weeks", "rpt_style_reasons"),
    "sku": ("rpt_sku_returns", "rpt_sku_return_days"),
}


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


def read_view(frame: Frame, chosen: Filters) -> View:
    """Read the list for the filters and the sorting in the URL."""
    wanted = str(st.query_params.get(SORT_KEY, "yen"))
    sort = wanted if wanted in worklist.SORTS else "yen"
    return View(chosen, worklist.read_worklist(chosen, shop=frame.shop, sort=sort), sort)


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.MERCHANDISING), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer from the numbers; nothing where nothing was delivered."""
    total, language = view.worklist.total, frame.language
    delivered = total["delivered_count"]
    if not delivered and not total["returned_count"]:
        return markup.fill("")
    if not total["returned_count"]:
        return frame.fill(
            words.NOTHING_RETURNED,
            pieces=language.units(delivered, of="piece"),
            zero=markup.strong("0"),
        )
    answer = frame.fill(
        words.ANSWER,
        pieces=frame.say(words.PIECES),
        rate=markup.strong(language.rate(total["returned_rate"], n=delivered)),
        money=markup.strong(frame.money(total["returned_net_amount"])),
    )
    share = view.worklist.top_share
    if share is None:
        return answer
    top = frame.fill(
        words.ANSWER_TOP,
        share=language.rate(share, n=0),
        n=worklist.TOP,
        things=_name_things(frame, view),
    )
    return markup.join([answer, top], language=language)


def build_caption(frame: Frame, view: View) -> str:
    """Write the period, n, what is ranked and what is still coming back."""
    if view.worklist.rows.empty:
        return ""
    return frame.say(
        words.CAPTION,
        period=_write_period(frame, view.filters),
        n=_write_delivered(frame, view),
        order=frame.say(words.ORDERS[view.sort]),
        tax=frame.say(words.TAX.get(frame.shop.tax_code, words.TAX["included"])),
    )


def show_list(frame: Frame, view: View) -> None:
    """Show one page of the list, the pages and the export."""
    rows = view.worklist.rows
    number = paging.find_page("list", about=(view.filters, view.sort), rows=len(rows), size=ROWS)
    page = rows.iloc[(number - 1) * ROWS : number * ROWS]
    keys = page[view.worklist.grain.key].tolist()
    table = worklist_table.build_worklist_table(
        frame,
        view.worklist,
        page=page,
        weeks=_read_weeks(frame, view, keys=keys),
        reasons=worklist.read_main_reasons(keys) if view.filters.grain == "style" else {},
        sort=view.sort,
    )
    clicked = markup.show_linked_table(table, key="k_worklist")
    _show_foot(frame, view, first=(number - 1) * ROWS + 1, last=min(number * ROWS, len(rows)))
    if isinstance(clicked, Link):
        open_page(frame, clicked)
    elif clicked:
        st.query_params[SORT_KEY] = clicked
        st.rerun()


def show_empty(frame: Frame, view: View) -> None:
    """Say what was looked at where there is nothing to list."""
    chosen = filters.describe(view.filters, language=frame.language)
    named = chosen or frame.say(words.NO_FILTERS)
    if not view.worklist.shop_row_count:
        title = frame.say(words.NO_DATA_TITLE)
        text = frame.fill(words.NO_DATA, lines=markup.code("order_lines"))
    elif view.worklist.rows.empty:
        title = frame.say(words.NO_ROWS_TITLE)
        text = frame.fill(
            words.NO_ROWS,
            filters=named,
            total=frame.language.count(view.worklist.shop_row_count),
            things=_name_things(frame, view),
        )
    else:
        title = frame.say(words.EMPTY_TITLE)
        text = frame.fill(
            words.EMPTY,
            filters=named,
            period=_write_period(frame, view.filters),
            n=_write_delivered(frame, view),
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
            name=f"{view.worklist.grain.totals}-{frame.shop.as_of}",
        )
        paging.show_pages("list", rows=len(rows), size=ROWS)


def _read_weeks(frame: Frame, view: View, *, keys: list[str]) -> dict[str, pd.DataFrame]:
    grain = view.worklist.grain
    found = worklist.read_weeks(grain, keys=keys, filters=view.filters, shop=frame.shop)
    return {
        key: weeks.spread_over_weeks(
            found[found[grain.key] == key],
            as_of=frame.shop.as_of,
            points=weeks.SPARK_WEEKS,
        )
        for key in keys
    }


def _write_period(frame: Frame, chosen: Filters) -> str:
    first: date | None = frame.shop.first_delivered
    last = frame.shop.last_delivered or frame.shop.as_of
    if chosen.weeks:
        start = weeks.find_first_week(frame.shop.as_of, weeks=chosen.weeks)
        first = max(start, first) if first else start
    if first is None:
        return frame.say(words.PERIOD_UNKNOWN)
    return frame.language.period(first, last, today=frame.today)


def _write_delivered(frame: Frame, view: View) -> str:
    return frame.language.units(view.worklist.total["delivered_count"], of="piece")


def _name_things(frame: Frame, view: View) -> str:
    return frame.say(words.SKUS if view.filters.grain == "sku" else words.STYLES)
