"""The parts of "Did the fix work?": answer, caption, list, and the states without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboards.lib import actions, exports, filters, markup, paging
from dashboards.lib import words_actions as words
from dashboards.lib import words_frame as common
from dashboards.lib import words_returns as returned
from dashboards.lib.actions import View
from dashboards.lib.actions_table import build_table
from dashboards.lib.frame import Frame, open_page, show_clear_filters
from dashboards.lib.records import list_records
from dashboards.lib.tables import Link, Panel

if TYPE_CHECKING:
    from markupsafe import Markup

ROWS: Final = 10
TEN: Final = 10
# Between clauses, before the last one, and behind it; Japanese clauses end by themselves.
JOINTS: Final = {"ja": ("", "", ""), "en": (", ", " and ", ".")}
NEEDED: Final = ("action_id", "style_id", "action", "effective_from")


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.PRODUCT), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer from the counts; a clause with 0 is left out."""
    total = len(view.kept)
    if not total:
        return markup.fill("")
    given = [(name, view.counts.get(name, 0)) for name in actions.VERDICTS]
    given = [(name, n) for name, n in given if n or name == actions.WORKED]
    clauses = [
        _write_clause(frame, name, n, following=given[place + 1 :])
        for place, (name, n) in enumerate(given)
    ]
    comma, last, stop = JOINTS[frame.language.code]
    rest = markup.fill(comma).join(clauses[:-1])
    rest = (rest + markup.fill(last) if rest else rest) + clauses[-1]
    return frame.fill(
        words.ANSWER[min(total, 2)],
        n=markup.strong(frame.language.count(total)),
        rest=rest + markup.fill(stop),
    )


def _write_clause(
    frame: Frame, name: str, count: int, *, following: list[tuple[str, int]]
) -> Markup:
    is_going_on = bool(following) and following[0][0] == actions.TOO_EARLY
    message = words.CLAUSES[name][0 if count == 1 else 1]
    if is_going_on and name in words.CLAUSES_GOING_ON and frame.language.code == "ja":
        message = words.CLAUSES_GOING_ON[name]
    return frame.fill(message, n=_count(frame, count))


def _count(frame: Frame, count: int) -> Markup:
    counted = words.COUNTED[TEN if count >= TEN else 1]
    return frame.fill(counted, n=markup.strong(frame.language.count(count)))


def build_caption(frame: Frame, view: View) -> str:
    """Write what is compared, and the promise of the verdicts."""
    return "" if view.kept.empty else frame.say(words.CAPTION)


def show_list(frame: Frame, view: View) -> None:
    """Show one page of the table, the pages and the export; or why there is none."""
    if view.rows.empty:
        _show_nothing(frame, view)
        return
    number = paging.find_page("actions", about=view.verdict, rows=len(view.rows), size=ROWS)
    first = (number - 1) * ROWS
    page = list_records(view.rows.iloc[first : first + ROWS])
    clicked = markup.show_linked_table(build_table(frame, page), key="k_actions")
    with st.container(key="k_foot", horizontal=True, vertical_alignment="center"):
        foot = _write_foot(frame, view, first=first + 1, last=first + len(page))
        markup.show_paragraph(foot, kind="note")
        exports.show_export(
            frame.say(returned.EXPORT),
            build=lambda: view.rows.assign(date_basis_code="cohort"),
            name=f"rpt_product_actions-{frame.shop.as_of}",
        )
        paging.show_pages("actions", rows=len(view.rows), size=ROWS)
    if isinstance(clicked, Link):
        open_page(frame, clicked)


def _write_foot(frame: Frame, view: View, *, first: int, last: int) -> Markup:
    count = frame.language.count
    parts = [frame.fill(words.FOOT, n=count(len(view.rows)), first=count(first), last=count(last))]
    worked = view.rows[view.rows["verdict_code"] == actions.WORKED]
    if len(worked):
        saved = worked[["saved_amount", "saved_low_amount", "saved_high_amount"]].sum()
        parts.append(
            frame.fill(
                words.SAVED[min(len(worked), 2)],
                n=frame.say(words.COUNTED[TEN if len(worked) >= TEN else 1], n=count(len(worked))),
                saved=frame.money(saved["saved_amount"]),
                low=frame.money(saved["saved_low_amount"]),
                high=frame.money(saved["saved_high_amount"]),
            )
        )
    parts.append(frame.fill(words.NOT_NO))
    if (view.rows["cause_code"] == "no_date").any():
        given = {"effective": markup.code("effective_from"), "closed": markup.code("closed_on")}
        parts += [markup.fill(" "), frame.fill(words.NO_DATE, **given)]
    return markup.fill("").join(parts)


def _show_nothing(frame: Frame, view: View) -> None:
    file = markup.code(actions.ENTITY)
    if view.shop_row_count:
        total = frame.language.count(view.shop_row_count)
        text = frame.say(words.NO_ROWS, total=total)
        markup.show_panel(Panel("empty", frame.say(words.NO_ROWS_TITLE), text))
        if filters.read_filters().is_any or view.verdict != actions.ALL:
            show_clear_filters(frame)
    elif actions.is_landed():
        day = frame.language.day(frame.shop.as_of, today=frame.today)
        empty = frame.fill(words.EMPTY_FILE, file=file, day=day)
        markup.show_panel(Panel("empty", frame.say(words.EMPTY_FILE_TITLE), empty))
    else:
        columns: Any = markup.fill(", ").join(markup.code(name) for name in NEEDED)
        missing = frame.fill(words.NO_FILE, file=file, columns=columns)
        markup.show_panel(Panel("hatched", frame.say(words.NO_FILE_TITLE), missing))
