"""Sections of "Why does it come back?": chosen against read, and what the inspection confirms."""

from __future__ import annotations

from dashboards.lib import markup
from dashboards.lib import words_why as words
from dashboards.lib.drawings import draw_interval
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.reason_courses import compute_share
from dashboards.lib.reason_drawings import CountMatrix, MatrixCell
from dashboards.lib.reason_matrix import (
    UNREAD,
    Contradiction,
    Matrix,
    find_contradiction,
    find_shade,
    is_same,
)
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.tables import Cell, Column, Panel, Row, Table
from dashboards.lib.why import View


def show_matrix(frame: Frame, matrix: Matrix, *, view: View) -> None:
    """Show what customers chose against what they wrote."""
    month = frame.language.month(view.first, today=frame.today)
    if not matrix.is_read:
        text = frame.fill(
            words.UNREAD,
            month=month,
            entity=markup.code("return_requests"),
            text=markup.code("reason_text"),
        )
        markup.show_panel(Panel("hatched", frame.say(words.UNREAD_TITLE), text))
        return
    if matrix.counts.empty:
        text = frame.fill(
            words.UNSTATED,
            entity=markup.code("return_requests"),
            code=markup.code("reason_code"),
        )
        markup.show_panel(Panel("hatched", frame.say(words.UNSTATED_TITLE), text))
        return
    agreement, found = matrix.agreement, find_contradiction(matrix)
    heading = frame.say(words.MATRIX_FEW if agreement.is_small else words.MATRIX_AGREES)
    if found is not None:
        share = frame.language.rate(found.share.rate, n=0)
        family = frame.say(words.FAMILIES[found.family])
        heading = frame.say(words.MATRIX_CONTRADICTS, family=family, share=share)
    caption = frame.say(
        words.MATRIX_CAPTION,
        month=month,
        n=frame.language.units(float(matrix.counts.to_numpy().sum()), of="piece"),
        same=frame.language.rate(agreement.rate, n=agreement.n),
    )
    show_section(heading, caption=caption)
    markup.show_matrix(build_counts(frame, matrix, found=found))
    if found is not None:
        spoken = frame.say(
            words.MATRIX_SPOKEN,
            n=frame.language.units(found.share.n, of="piece"),
            share=frame.language.rate(found.share.rate, n=found.share.n),
            interval=frame.language.interval(found.share.low, found.share.high, n=found.share.n),
        )
        markup.show_paragraph(spoken, kind="note")


def build_counts(frame: Frame, matrix: Matrix, *, found: Contradiction | None) -> CountMatrix:
    """Build the matrix: counts, shaded by their share of the row."""
    columns = [str(column) for column in matrix.counts.columns]
    rows = []
    for family in matrix.counts.index:
        row = matrix.counts.loc[family]
        total = float(row.sum())
        cells = tuple(
            MatrixCell(
                value=frame.language.count(row[column]),
                shade=0
                if column == UNREAD or not row[column]
                else find_shade(row[column], total=total),
                is_same=is_same(str(family), column),
                is_spoken=found is not None and family == found.family and column in found.others,
            )
            for column in columns
        )
        rows.append((frame.say(words.FAMILIES[str(family)]), cells, frame.language.count(total)))
    return CountMatrix(
        name=frame.say(words.MATRIX_TABLE),
        corner=frame.say(words.MATRIX_CORNER),
        total=frame.say(words.MATRIX_TOTAL),
        heads=tuple(frame.say(words.FAMILIES[column]) for column in columns),
        rows=tuple(rows),
    )


def show_confirmed(frame: Frame, matrix: Matrix) -> None:
    """Show how often the inspection saw what the customer said."""
    if not matrix.is_inspected:
        text = frame.fill(
            words.UNINSPECTED,
            entity=markup.code("return_receipts"),
            code=markup.code("inspected_reason_code"),
        )
        markup.show_panel(Panel("hatched", frame.say(words.UNINSPECTED_TITLE), text))
        return
    n = sum(one.share.n for one in matrix.confirmed)
    together = compute_share(sum(one.share.units for one in matrix.confirmed), n=n)
    share = frame.language.rate(together.rate, n=0)
    heading = frame.say(words.CONFIRMED, share=share)
    if together.is_small:
        heading = frame.say(words.CONFIRMED_FEW)
    source = "classified" if matrix.is_read else "stated"
    caption = frame.say(
        words.CONFIRMED_CAPTION,
        source=frame.say(words.SOURCES[source]),
        n=frame.language.units(n, of="piece"),
    )
    show_section(heading, caption=caption)
    if matrix.confirmed:
        markup.show_table(_build_confirmed(frame, matrix))


def _build_confirmed(frame: Frame, matrix: Matrix) -> Table:
    names, language = read_reason_names(frame.language), frame.language
    rows = []
    for one in matrix.confirmed:
        share, name = one.share, names.name(one.code)
        rate = language.rate(share.rate, n=share.n)
        interval = language.interval(share.low, share.high, n=share.n)
        label = frame.say(
            words.GLYPH_LABEL,
            name=name,
            share=rate,
            interval=interval,
            n=language.count(share.n),
        )
        drawing = draw_interval(
            share.rate,
            share.low,
            share.high,
            tick=None,
            top=1.0,
            is_muted=share.is_small,
            label=label,
        )
        value = interval + "%" if share.is_small else rate
        cells = (
            Cell(name),
            Cell(drawing=drawing),
            Cell(value, sub=language.sample(share.n), is_strong=not share.is_small),
        )
        rows.append(Row(cells, is_muted=share.is_small))
    return Table(
        name=frame.say(words.CONFIRMED_TABLE),
        columns=(
            Column(frame.say(words.REASON)),
            Column(frame.say(words.GLYPH), is_wide_only=True),
            Column(frame.say(words.CONFIRMED_RATE), align="right"),
        ),
        rows=tuple(rows),
    )
