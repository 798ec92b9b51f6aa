"""Whom a style does not fit: the section of a page or a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboards.lib import markup, serving
from dashboards.lib import words_segments as words
from dashboards.lib.drawings import draw_interval
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Panel, Row, Table
from dashboards.lib.voice import Voice

MART: Final = "rpt_fit_segments"
NAMED: Final = "named"
_LAST: Final = 10_000  # place of what has no order: after what has one


@dataclass(frozen=True)
class Section:
    """What is said of the customers of a style.

    Attributes
    ----------
    heading, caption : str
    table : Table
    """

    heading: str
    caption: str
    table: Table


def build_section(frame: Frame, style_id: str) -> Section | None:
    """Build the section of a style; None where no group of its customers can be told apart.

    Of the attributes of customers the one is shown of which most can be said.
    """
    its = choose_rows(list_records(serving.read_mart(MART, where={"style_id": style_id})))
    if not its:
        return None
    return Section(write_heading(frame, its), write_caption(frame, its), _build_table(frame, its))


def choose_rows(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Choose the attribute of customers of which most can be said; its values in their order."""
    if not rows:
        return []
    dimension = max(rows, key=_say_most)["dimension_code"]
    return sorted((row for row in rows if row["dimension_code"] == dimension), key=_place)


def write_heading(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> str:
    """Write whom the style fails, or that no group stands out."""
    found = [row for row in rows if not is_missing(row["finding_code"])]
    return write_finding(voice, found) if found else voice.say(words.NOT_FOUND)


def write_caption(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> str:
    """Write what the rates are of, and which groups are merged."""
    return voice.say(words.CAPTION, dimension=name_dimension(voice, rows))


def name_dimension(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> str:
    """Name the attribute of customers that the rows are of."""
    return voice.say(words.DIMENSIONS[rows[0]["dimension_code"]])


def name_customers(voice: Voice, row: Mapping[str, Any]) -> str:
    """Name the customers of a row."""
    kind = str(row["segment_kind_code"])
    return str(row["segment_label"]) if kind == NAMED else voice.say(words.KINDS[kind])


def write_row(voice: Voice, row: Mapping[str, Any]) -> str:
    """Say a row in words, for those who cannot see its drawing."""
    language, n = voice.language, int(row["delivered_count"])
    rate, low, high = (float(row[f"{name}_rate"]) for name in ("size", "low", "high"))
    return voice.say(
        words.ROW_LABEL,
        who=name_customers(voice, row),
        rate=language.rate(rate, n=n),
        low=language.rate(low, n=n),
        high=language.rate(high, n=n),
    )


def show_segments(frame: Frame, style_id: str) -> None:
    """Show whom a style does not fit, or which file would say so."""
    section = build_section(frame, style_id)
    if section is None:
        text = frame.fill(words.NONE, entity=markup.code("customers"))
        markup.show_panel(Panel("hatched", frame.say(words.NONE_TITLE), text))
        return
    show_section(section.heading, caption=section.caption)
    markup.show_table(section.table)


def read_findings(frame: Frame, styles: Sequence[str]) -> dict[str, str]:
    """Read in words whom each of some styles does not fit; only those that fail somebody alone."""
    if not styles:
        return {}
    where = {"style_id": tuple(styles), "finding_code": tuple(words.FOUND)}
    by_style: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(list_records(serving.read_mart(MART, where=where)), key=_place):
        by_style.setdefault(str(row["style_id"]), []).append(row)
    return {style: write_finding(frame, rows) for style, rows in by_style.items()}


def write_finding(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> str:
    """Write for whom a style is too small or too large; of several, what is said first."""
    first = rows[0]
    its = [
        str(row["segment_label"])
        for row in rows
        if all(row[name] == first[name] for name in ("dimension_code", "finding_code"))
    ]
    who = voice.say(
        words.WHO,
        dimension=voice.say(words.DIMENSIONS[first["dimension_code"]]),
        values=voice.say(words.BETWEEN).join(its),
    )
    return voice.say(words.FOUND[first["finding_code"]], who=who)


def _say_most(row: Mapping[str, Any]) -> tuple[bool, float, str]:
    chance = max(float(row["small_probability"]), float(row["large_probability"]))
    return not is_missing(row["finding_code"]), chance, str(row["dimension_code"])


def _place(row: Mapping[str, Any]) -> tuple[str, float, str]:
    rank = row["rank_number"]
    is_last = is_missing(rank)
    return (
        str(row["dimension_code"]),
        _LAST + (row["segment_kind_code"] != NAMED) if is_last else float(rank),
        str(row["segment_label"]),
    )


def _build_table(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> Table:
    name = name_dimension(frame, rows)
    top = max(float(row["high_rate"]) for row in rows)
    return Table(
        name=frame.say(words.TABLE),
        columns=(
            Column(name[:1].upper() + name[1:]),
            Column(frame.say(words.INTERVAL)),
            Column(frame.say(words.RATE), "%", align="right"),
            Column("n", align="right"),
        ),
        rows=tuple(_build_row(frame, row, top=top) for row in rows),
    )


def _build_row(frame: Frame, row: Mapping[str, Any], *, top: float) -> Row:
    language, n = frame.language, int(row["delivered_count"])
    is_found = not is_missing(row["finding_code"])
    rate, low, high = (float(row[f"{name}_rate"]) for name in ("size", "low", "high"))
    label = write_row(frame, row)
    drawing = draw_interval(
        rate, low, high, tick=None, top=top, is_muted=not is_found, label=label, final=rate
    )
    return Row(
        (
            Cell(text=name_customers(frame, row), is_strong=is_found),
            Cell(drawing=drawing),
            Cell(text=language.rate_figure(rate, n=n), is_strong=is_found),
            Cell(text=language.count(n)),
        )
    )
