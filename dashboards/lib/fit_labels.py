"""Size labels that cannot be read: where each stands, and what it means for the verdict."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboards.lib import exports, markup, serving
from dashboards.lib import words_fit_changes as words
from dashboards.lib.fit_figures import name_style
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table

MART: Final = "rpt_fit_unknown_labels"
SHOWN: Final = 8  # rows; the rest is in the export


def show_labels(frame: Frame) -> None:
    """List the labels, where there are any."""
    rows = serving.read_mart(MART)
    if rows.empty:
        return
    heading = frame.say(words.LABELS, n=frame.language.units(len(rows), of="sku"))
    caption = frame.fill(words.LABELS_CAPTION, column=markup.code("size_order"))
    show_section(heading, caption=caption)
    markup.show_table(build_table(frame, rows[:SHOWN], name=heading))
    if len(rows) > SHOWN:
        more = frame.language.units(len(rows) - SHOWN, of="sku")
        markup.show_paragraph(frame.say(words.LABELS_MORE, n=more), kind="note")
    exports.show_export(
        frame.say(words.LABELS_EXPORT),
        build=lambda: rows,
        name=f"{MART}-{frame.shop.as_of}",
    )


def build_table(frame: Frame, rows: pd.DataFrame, *, name: str) -> Table:
    """Build the table of labels."""
    return Table(
        name=name,
        columns=(
            Column(frame.say(words.LABELS_STYLE)),
            Column(frame.say(words.LABELS_SKU), is_wide_only=True),
            Column(frame.say(words.LABELS_LABEL)),
            Column(frame.say(words.LABELS_PLACE)),
            Column(frame.say(words.LABELS_EFFECT), is_wide_only=True),
        ),
        rows=tuple(_build_row(frame, row) for row in list_records(rows)),
    )


def _build_row(frame: Frame, row: dict[str, Any]) -> Row:
    line = row["line_number"]
    is_placed = not is_missing(row["file_name"]) and not is_missing(line)
    effect = words.LABELS_BLOCKING if row["is_blocking"] else words.LABELS_HARMLESS
    return Row(
        (
            Cell(name_style(row)),
            Cell(str(row["sku"]), is_code=True),
            Cell(str(row["size_label"]), is_strong=True),
            Cell(
                str(row["file_name"]) if is_placed else frame.language.missing,
                is_code=is_placed,
                sub=frame.say(words.LABELS_LINE, line=int(line)) if is_placed else "",
            ),
            Cell(frame.say(effect)),
        )
    )
