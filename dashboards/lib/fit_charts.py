"""The garments of a style against its size chart, in centimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from dashboards.lib import markup, serving, words_measurements
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_size_charts as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import list_records
from dashboards.lib.tables import Cell, Column, Panel, Row, Table

if TYPE_CHECKING:
    from dashboards.lib.voice import Voice

MART: Final = "rpt_fit_chart_differences"
ENTITY: Final = "size_charts"
COMPARED, UNKNOWN_LABEL = "compared", "unknown_label"
SIDES: Final = frozenset({"runs_small", "runs_large"})

Rows = list[Mapping[str, Any]]


def read_charts(styles: Sequence[str]) -> dict[str, Rows]:
    """Read what styles measure against their charts: what the verdict says and is furthest first.

    Parameters
    ----------
    styles : sequence of str

    Returns
    -------
    dict of str to list of mapping
        Rows of ``rpt_fit_chart_differences`` by style; none where nothing is measured.
    """
    rows = list_records(serving.read_mart(MART, where={"style_id": tuple(styles)}))
    ordered = sorted(rows, key=_place)
    return {style: [row for row in ordered if row["style_id"] == style] for style in styles}


def write_short(voice: Voice, rows: Rows, *, verdict: str) -> str:
    """Write one sentence for paper; empty where nothing was compared or there is nothing to say.

    Parameters
    ----------
    voice : Voice
    rows : list of mapping
        From ``read_charts``.
    verdict : str
        Code of the verdict: garments that are as promised are worth a word where it runs small or
        large.
    """
    compared = _choose(rows, state=COMPARED)
    if not compared:
        return ""
    first = compared[0]
    if not first["is_beyond_tolerance"]:
        text = voice.say(words.SHORT_KEPT, tolerance=_write_tolerance(compared))
        return text if verdict in SIDES else ""
    is_against = first["agreement_code"] == "disagrees"
    return voice.say(
        words.SHORT_AGAINST if is_against else words.SHORT_OFF,
        measure=_name_measure(voice, str(first["measure_code"])),
        size=first["size_label"],
        difference=_write_difference(first),
        measured=_write_cm(first["measured_cm"]),
        chart=_write_cm(first["chart_cm"]),
    )


def show_charts(frame: Frame, style_id: str) -> None:
    """Show the garments of a style against its chart; nothing where nothing is measured."""
    rows = read_charts([style_id])[style_id]
    if not rows:
        return
    compared = _choose(rows, state=COMPARED)
    if not compared:
        text = frame.fill(words.NO_CHART, entity=markup.code(ENTITY))
        markup.show_panel(Panel("hatched", frame.say(words.NO_CHART_TITLE), text))
        return
    first = compared[0]
    show_section(
        frame.say(words.HEADING_OFF if first["is_beyond_tolerance"] else words.HEADING_KEPT),
        caption=frame.say(words.CAPTION, tolerance=_write_tolerance(compared)),
    )
    markup.show_table(_build_table(frame, rows))
    if first["agreement_code"] in words.AGREEMENTS:
        text = frame.say(words.AGREEMENTS[first["agreement_code"]])
        markup.show_paragraph(text, kind="note")
    unread = {str(row["chart_size_label"]) for row in _choose(rows, state=UNKNOWN_LABEL)}
    if unread:
        labels = frame.say(page_words.BETWEEN).join(sorted(unread))
        markup.show_paragraph(frame.say(words.UNKNOWN, labels=labels), kind="note")


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Order rows: those that were compared first, then what the verdict says, then the furthest."""
    is_compared = row["state_code"] == COMPARED
    tolerances = abs(row["difference_cm"]) / row["tolerance_cm"] if is_compared else 0.0
    size = row["size_order"] if row["state_code"] != UNKNOWN_LABEL else 0
    return (
        not is_compared,
        not row["is_beyond_tolerance"],
        row["agreement_code"] != "agrees",
        -tolerances,
        row["measure_code"],
        size,
        str(row["size_label"]),
        str(row["chart_size_label"]),
    )


def _choose(rows: Rows, *, state: str) -> Rows:
    return [row for row in rows if row["state_code"] == state]


def _name_measure(voice: Voice, code: str) -> str:
    name = voice.say(words_measurements.MEASURES[code])
    return name[:1].upper() + name[1:]


def _write_cm(value: float) -> str:
    """Write centimetres: a tenth, and the hundredth where there is one."""
    return f"{value:.2f}".removesuffix("0")


def _write_difference(row: Mapping[str, Any]) -> str:
    value = row["difference_cm"]
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{_write_cm(abs(value))}"


def _write_tolerance(rows: Rows) -> str:
    return " / ".join(_write_cm(one) for one in sorted({row["tolerance_cm"] for row in rows}))


def _build_table(frame: Frame, rows: Rows) -> Table:
    garments = [row for row in rows if row["state_code"] != UNKNOWN_LABEL]
    measures = [
        code
        for code in words_measurements.MEASURES
        if any(row["measure_code"] == code for row in garments)
    ]
    sizes = sorted({(int(row["size_order"]), str(row["size_label"])) for row in garments})
    found = {(str(row["size_label"]), row["measure_code"]): row for row in garments}
    return Table(
        name=frame.say(words.TABLE),
        columns=(
            Column(frame.say(words.SIZE)),
            *(Column(_name_measure(frame, code), "cm", align="right") for code in measures),
        ),
        rows=tuple(
            Row(
                (
                    Cell(label),
                    *(_build_cell(frame, found.get((label, code))) for code in measures),
                )
            )
            for _, label in sizes
        ),
    )


def _build_cell(frame: Frame, row: Mapping[str, Any] | None) -> Cell:
    if row is None or row["state_code"] != COMPARED:
        return Cell(words.NOTHING)
    measured, chart = _write_cm(row["measured_cm"]), _write_cm(row["chart_cm"])
    return Cell(
        _write_difference(row),
        sub=frame.say(words.PAIR, measured=measured, chart=chart),
        is_strong=bool(row["is_beyond_tolerance"]),
    )
