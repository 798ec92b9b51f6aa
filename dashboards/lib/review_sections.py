"""The right side of "How should this be read?": why this text, how far, people beside the model."""

from __future__ import annotations

import math

from dashboards.lib import markup, measures
from dashboards.lib import words_review as words
from dashboards.lib.drawings import draw_interval
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.glyphs import draw_part
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.review import KINDS, Sitting
from dashboards.lib.review_desk import Agreed, Asked
from dashboards.lib.tables import Cell, Column, Panel, Row, Table

MOST_NAMED = 2


def show_why(frame: Frame, asked: Asked) -> None:
    """Say why a person is asked about this text."""
    names = read_reason_names(frame.language)
    # The least sure first: those nearest to one half.
    doubted = sorted(asked.codes, key=lambda pair: abs(pair[1] - 0.5))[:MOST_NAMED]
    said = [
        frame.say(words.CODE_AT, name=names.name(code), share=f"{share:.2f}")
        for code, share in doubted
    ]
    markup.show_heading(frame.say(words.WHY_HEADING))
    text = frame.say(
        words.WHY_TEXT[asked.why],
        codes=frame.say(words.AND).join(said) or frame.say(words.CODES_NONE),
        money=frame.money(asked.amount),
    )
    markup.show_paragraph(text, kind="note")


def show_progress(frame: Frame, sitting: Sitting) -> None:
    """Show how many texts of each kind are read."""
    counts = {why: sitting.count_kind(why) for why in KINDS}
    rows = []
    for why, (done, total) in counts.items():
        if total:
            kind = frame.say(words.WHY[why])
            label = frame.say(words.BAR_LABEL, kind=kind, n=total, done=done)
            cells = (
                Cell(kind),
                Cell(drawing=draw_part(done / total, label=label)),
                Cell(f"{done} / {total}"),
            )
            rows.append(Row(cells))
    markup.show_heading(frame.say(words.TODAY, n=frame.language.count(sitting.total)))
    columns = (
        Column(frame.say(words.KIND)),
        Column(frame.say(words.BAR), is_label_hidden=True),
        Column(frame.say(words.READ), align="right"),
    )
    name = frame.say(words.TODAY, n=frame.language.count(sitting.total))
    markup.show_table(Table(name=name, columns=columns, rows=tuple(rows)))
    markup.show_paragraph(frame.say(words.TODAY_NOTE), kind="note")


def show_people(frame: Frame, sitting: Sitting) -> None:
    """Show how far people agree with each other, and the reading with them."""
    found = {"people": sitting.people.people, "reading": sitting.people.reading}
    rows = [_build_agreed(frame, who, agreed) for who, agreed in found.items() if agreed]
    if not rows:
        text = frame.fill(words.PEOPLE_NONE, command=markup.code("kaeru reasons retrain"))
        markup.show_panel(Panel("hatched", frame.say(words.PEOPLE_NONE_TITLE), text))
        return
    heading = frame.say(words.PEOPLE_ONE)
    if found["people"] is not None:
        differ = frame.language.rate(1 - found["people"].f1, n=found["people"].n)
        heading = frame.say(words.PEOPLE, share=differ)
    show_section(heading, caption=frame.say(words.PEOPLE_CAPTION))
    columns = (
        Column(frame.say(words.BETWEEN)),
        Column(frame.say(words.F1_GLYPH), is_label_hidden=True),
        Column(frame.say(words.F1), align="right"),
    )
    name = frame.say(words.PEOPLE_TABLE)
    markup.show_table(Table(name=name, columns=columns, rows=tuple(rows)))


def _build_agreed(frame: Frame, who: str, agreed: Agreed) -> Row:
    name, value = frame.say(words.PEOPLE_ROWS[who]), f"{agreed.f1:.2f}"
    interval = ""
    if not math.isnan(agreed.low):
        interval = frame.say(words.BETWEEN_ENDS, low=f"{agreed.low:.2f}", high=f"{agreed.high:.2f}")
    drawing = draw_interval(
        agreed.f1,
        agreed.low,
        agreed.high,
        tick=None,
        top=1.0,
        is_muted=agreed.n < measures.SMALL_N,
        label=frame.say(
            words.F1_LABEL,
            name=name,
            value=value,
            interval=interval,
            n=frame.language.count(agreed.n),
        ),
    )
    return Row(
        (
            Cell(name, sub=frame.language.sample(agreed.n)),
            Cell(drawing=drawing, sub=interval),
            Cell(value, is_strong=True),
        )
    )
