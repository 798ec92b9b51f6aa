"""Which sizes a style would have sold had each customer kept what fits: for the next order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboards.lib import markup, serving
from dashboards.lib import words_size_curve as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import list_records
from dashboards.lib.tables import Cell, Column, Panel, Row, Table

MART: Final = "rpt_size_curves"
OUTCOMES: Final = "rpt_fit_outcomes"
MEASURED, NO_ORDER = "measured", "no_order"
LEAST_SIZES: Final = 2  # one size has nothing to be split
LEAST_POINTS: Final = 0.05  # a smaller difference would be written as none


def show_size_curve(frame: Frame, style_id: str) -> None:
    """Show how the sizes of a style should be split; nothing for a style of one size."""
    rows = list_records(serving.read_mart(MART, where={"style_id": style_id}))
    if len(rows) < LEAST_SIZES:
        return
    measured = [row for row in rows if row["basis_code"] == MEASURED]
    if not measured:
        _show_none(frame, style_id, basis=str(rows[0]["basis_code"]))
        return
    ordered = sorted(measured, key=lambda row: (row["rank_number"], str(row["size_label"])))
    show_section(_write_heading(frame, ordered), caption=frame.say(words.CAPTION))
    markup.show_table(_build_table(frame, ordered))


def _show_none(frame: Frame, style_id: str, *, basis: str) -> None:
    if basis == NO_ORDER:
        text = frame.fill(words.NO_ORDER, column=markup.code("size_order"))
    else:
        rows = list_records(serving.read_mart(OUTCOMES, where={"style_id": style_id}))
        missing = {
            side: max((int(row[f"missing_{side}_count"]) for row in rows), default=0)
            for side in ("small", "large")
        }
        text = frame.fill(
            words.FEW, **{side: frame.language.count(n) for side, n in missing.items()}
        )
    markup.show_panel(Panel("hatched", frame.say(words.NONE_TITLE), text))


def _find_points(row: Mapping[str, Any]) -> float:
    return 100 * (float(row["net_share"]) - float(row["sold_share"]))


def _write_heading(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> str:
    most = max(rows, key=_find_points)
    points = _find_points(most)
    if points < LEAST_POINTS:
        return frame.say(words.HEADING_SAME)
    written = frame.language.difference(points).removeprefix("+")
    return frame.say(words.HEADING, size=most["size_label"], points=written)


def _build_table(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> Table:
    say = frame.say
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.SIZE)),
            Column(say(words.SOLD), "%", align="right"),
            Column(say(words.NET), "%", align="right"),
            Column(say(words.DIFFERENCE), say(words.UNIT), align="right"),
            Column("n", align="right"),
        ),
        rows=tuple(_build_row(frame, row) for row in rows),
    )


def _build_row(frame: Frame, row: Mapping[str, Any]) -> Row:
    language, n = frame.language, int(row["sold_count"])
    points = frame.language.difference(_find_points(row)).split()[0]
    return Row(
        (
            Cell(text=str(row["size_label"])),
            Cell(text=language.rate_figure(row["sold_share"], n=1e6)),
            Cell(text=language.rate_figure(row["net_share"], n=1e6), is_strong=True),
            Cell(text=points),
            Cell(text=language.count(n)),
        )
    )
