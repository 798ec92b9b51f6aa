"""Where the measurements of a style step unevenly from size to size, in centimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from dashboards.lib import markup, serving
from dashboards.lib import words_measurements as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import list_records

if TYPE_CHECKING:
    from dashboards.lib.language import Words
    from dashboards.lib.voice import Voice

MART: Final = "rpt_fit_measurements"


def read_steps(styles: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Read the steps of styles that are out of line, the furthest first; often there is none."""
    rows = serving.read_mart(MART, where={"style_id": tuple(styles), "is_irregular": True})
    ordered = sorted(
        list_records(rows),
        key=lambda row: (-abs(row["step_difference_cm"]), row["measure_code"], row["size_order"]),
    )
    return {style: [row for row in ordered if row["style_id"] == style] for style in styles}


def show_steps(frame: Frame, style_id: str) -> None:
    """Show the steps that are out of line; nothing where none is, or nothing is measured."""
    steps = read_steps([style_id])[style_id]
    if not steps:
        return
    show_section(frame.say(words.HEADING), caption=frame.say(words.CAPTION))
    for step in steps:
        markup.show_paragraph(write_step(frame, step), kind="note")


def write_step(voice: Voice, row: Mapping[str, Any]) -> str:
    """Write a step in centimetres, beside the style's others and the category's."""
    return _write(voice, row, words.STEP)


def write_short_step(voice: Voice, row: Mapping[str, Any]) -> str:
    """Write a step in centimetres beside the style's others, for one line on paper."""
    return _write(voice, row, words.SHORT_STEP)


def _write(voice: Voice, row: Mapping[str, Any], message: Words) -> str:
    name = voice.say(words.MEASURES[row["measure_code"]])
    return voice.say(
        message,
        measure=name[:1].upper() + name[1:],
        first=row["from_size_label"],
        last=row["size_label"],
        step=f"{row['step_cm']:.2f}",
        usual=f"{row['usual_step_cm']:.2f}",
        difference=f"{row['step_difference_cm']:+.2f}".replace("-", "−"),
        category=f"{row['category_step_cm']:.2f}",
    )
