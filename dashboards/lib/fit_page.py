"""The parts of "Which styles do not fit?": answer, caption, table, and the states without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboards.lib import (
    alarm_promise,
    exports,
    filters,
    fit,
    fit_changes,
    fit_segments,
    markup,
    paging,
)
from dashboards.lib import words_fit as words
from dashboards.lib import words_frame as common
from dashboards.lib import words_returns as returned
from dashboards.lib.fit import SizeOfStyle, View
from dashboards.lib.fit_drawings import Profile, draw_direction, draw_profile
from dashboards.lib.fit_figures import name_style, name_zone, round_about, write_chance
from dashboards.lib.frame import Frame, open_page, show_clear_filters
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Link, Panel, Row, Table
from dashboards.reports import sheets

if TYPE_CHECKING:
    from markupsafe import Markup

ROWS: Final = 15
STYLE_PAGE: Final = "one_style"


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.PRODUCT), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer from the counts; nothing where nothing was judged."""
    if view.kept.empty:
        return markup.fill("")
    count, counts = frame.language.count, view.counts
    open_count = counts.get(fit.OPEN, 0)
    rest = (
        frame.fill(words.ANSWER_REST, k=markup.strong(count(open_count)))
        if open_count
        else markup.fill("")
    )
    misfits = {verdict: counts.get(verdict, 0) for verdict in fit.MISFITS}
    total = sum(misfits.values())
    if not total:
        return frame.fill(
            words.ANSWER_NONE, n=count(len(view.kept)), zero=markup.strong("0"), rest=rest
        )
    parts = [frame.say(words.PARTS[name], n=count(n)) for name, n in misfits.items() if n]
    return frame.fill(
        words.ANSWER[min(total, 2)],
        n=markup.strong(count(total)),
        parts=frame.say(words.BETWEEN).join(parts),
        rest=rest,
    )


def build_caption(frame: Frame, view: View) -> str:
    """Write the promise of the verdicts and what is not counted."""
    if view.kept.empty:
        return ""
    return frame.say(words.CAPTION, share=alarm_promise.write_share(frame.shop.false_share))


def show_list(frame: Frame, view: View) -> None:
    """Show one page of the table, the pages and the export; or why there is none."""
    if view.rows.empty:
        _show_nothing(frame, view)
        return
    number = paging.find_page("fit", about=view.verdict, rows=len(view.rows), size=ROWS)
    page = list_records(view.rows.iloc[(number - 1) * ROWS : number * ROWS])
    clicked = markup.show_linked_table(build_table(frame, page), key="k_fit")
    with st.container(key="k_foot", horizontal=True, vertical_alignment="center"):
        markup.show_paragraph(frame.say(words.FOOT), kind="note")
        exports.show_export(
            frame.say(returned.EXPORT),
            build=lambda: view.rows.assign(interval="posterior", date_basis_code="cohort"),
            name=f"rpt_fit_verdicts-{frame.shop.as_of}",
        )
        sheets.show_sheets(frame, fit.list_flagged(view.kept), name="flagged")
        paging.show_pages("fit", rows=len(view.rows), size=ROWS)
    if isinstance(clicked, Link):
        open_page(frame, clicked)


def build_table(frame: Frame, page: list[dict[str, Any]]) -> Table:
    """Build the table of one page of the list."""
    say = frame.say
    styles = [row["style_id"] for row in page]
    sizes = fit.read_sizes(styles)
    failing, changes = fit_segments.read_findings(frame, styles), fit_changes.read_changes(styles)
    rates = [max(one.small_rate, one.large_rate) for some in sizes.values() for one in some]
    largest = max(rates, default=0.0)
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.STYLE)),
            Column(say(words.VERDICT)),
            Column(
                f"{say(words.DIRECTION_SMALL)} · {say(words.DIRECTION_LARGE)}", is_wide_only=True
            ),
            Column(say(words.SURE), "%", align="right"),
            Column(say(words.ZONE), is_wide_only=True),
            Column(say(words.PROFILE), say(words.PROFILE_KEY), is_wide_only=True),
            Column(say(words.DIAGNOSIS), is_wide_only=True),
            Column("n", align="right", is_wide_only=True),
        ),
        rows=tuple(
            _build_row(
                frame,
                row,
                profile=_draw_sizes(frame, sizes.get(row["style_id"], []), largest=largest),
                failing=failing.get(row["style_id"], ""),
                change=changes.get(row["style_id"]),
            )
            for row in page
        ),
    )


def _build_row(
    frame: Frame,
    row: dict[str, Any],
    *,
    profile: Profile | None,
    failing: str,
    change: fit_changes.Change | None,
) -> Row:
    language = frame.language
    verdict = str(row["verdict_code"])
    is_open = verdict == fit.OPEN
    n = row["delivered_count"]
    small, large = row["small_probability"], row["large_probability"]
    sure = max(small, large, row["swap_probability"]) if is_open else row["verdict_probability"]
    label = frame.say(
        words.DIRECTION_LABEL, small=language.rate(small, n=0), large=language.rate(large, n=0)
    )
    zone = row["zone_code"]
    has_zone = verdict in fit.MISFITS and not is_missing(zone)
    return Row(
        (
            Cell(
                text=name_style(row),
                sub="" if is_missing(row["category_name"]) else row["category_name"],
                link=Link(STYLE_PAGE, style=row["style_id"]),
            ),
            Cell(
                text=frame.say(words.VERDICTS[verdict]),
                sub=_write_state(frame, row, change=change),
                is_strong=not is_open,
            ),
            Cell(drawing=draw_direction(small, large, is_muted=is_open, label=label)),
            Cell(text=write_chance(language, sure).removesuffix("%")),
            Cell(text=name_zone(frame, zone) if has_zone else language.missing),
            Cell(drawing=profile),
            Cell(text=_write_diagnosis(frame, row), sub=failing),
            Cell(text=language.count(n)),
        ),
        is_muted=is_open,
    )


def _write_state(frame: Frame, row: dict[str, Any], *, change: fit_changes.Change | None) -> str:
    """Say how many deliveries are missing, and what was said before."""
    more, parts = row["more_deliveries_count"], [fit_changes.write_previous(frame, change)]
    if not is_missing(more):
        parts.insert(0, frame.say(words.MORE, n=frame.language.count(round_about(more))))
    return " · ".join(part for part in parts if part)


def _draw_sizes(frame: Frame, sizes: list[SizeOfStyle], *, largest: float) -> Profile | None:
    rate = frame.language.rate
    told = [
        frame.say(
            words.PROFILE_SIZE,
            size=one.label,
            small=rate(one.small_rate, n=0),
            large=rate(one.large_rate, n=0),
        )
        for one in sizes
    ]
    label = frame.say(words.PROFILE_LABEL, sizes=frame.say(words.BETWEEN).join(told))
    bars = [(one.small_rate, one.large_rate, one.decided) for one in sizes]
    return draw_profile(bars, largest=largest, label=label)


def _write_diagnosis(frame: Frame, row: dict[str, Any]) -> str:
    message = words.DIAGNOSES.get(row["diagnosis_code"])
    if message is None:
        return frame.language.missing
    return frame.say(
        message, first=row["from_size_label"], last=row["to_size_label"], lot=row["lot_id"]
    )


def _show_nothing(frame: Frame, view: View) -> None:
    if not view.shop_row_count:
        title = frame.say(words.NO_DATA_TITLE)
        text = frame.fill(
            words.NO_DATA,
            lines=markup.code("order_lines"),
            requests=markup.code("return_requests"),
        )
        markup.show_panel(Panel("empty", title, text))
        return
    total = frame.language.count(view.shop_row_count)
    title, text = frame.say(words.NO_ROWS_TITLE), frame.say(words.NO_ROWS, total=total)
    markup.show_panel(Panel("empty", title, text))
    if filters.read_filters().is_any or view.verdict != fit.ALL:
        show_clear_filters(frame)
