"""Where the measurements of a style step unevenly from size to size, in centimetres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dashboards.lib import markup, serving
from dashboards.lib import words_measurements as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import list_records

MART: Final = "rpt_fit_measurements"


def write_steps(frame: Frame, style_id: str) -> list[str]:
    """Write each step of a style that is out of line, the furthest first; often there is none."""
    rows = serving.read_mart(MART, where={"style_id": style_id, "is_irregular": True})
    ordered = sorted(
        list_records(rows),
        key=lambda row: (-abs(row["step_difference_cm"]), row["measure_code"], row["size_order"]),
    )
    return [_write_step(frame, row) for row in ordered]


def show_steps(frame: Frame, style_id: str) -> None:
    """Show the steps that are out of line; nothing where none is, or nothing is measured."""
    steps = write_steps(frame, style_id)
    if not steps:
        return
    show_section(frame.say(words.HEADING), caption=frame.say(words.CAPTION))
    for step in steps:
        markup.show_paragraph(step, kind="note")


def _write_step(frame: Frame, row: Mapping[str, Any]) -> str:
    name = frame.say(words.MEASURES[row["measure_code"]])
    return frame.say(
        words.STEP,
        measure=name[:1].upper() + name[1:],
        first=row["from_size_label"],
        last=row["size_label"],
        step=f"{row['step_cm']:.2f}",
        usual=f"{row['usual_step_cm']:.2f}",
        difference=f"{row['step_difference_cm']:+.2f}".replace("-", "−"),
        category=f"{row['category_step_cm']:.2f}",
    )
