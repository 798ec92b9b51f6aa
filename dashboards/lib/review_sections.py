"""The right side of "How should this be read?": why this text, how far, people beside the model."""

from __future__ import annotations

from dashboards.lib import markup
from dashboards.lib import words_review as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.glyphs import draw_part
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.review import KINDS, Sitting
from dashboards.lib.review_desk import Asked
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
    people = sitting.people
    if people.people is None and people.reading is None:
        text = frame.fill(words.PEOPLE_NONE, command=markup.code("kaeru reasons retrain"))
        markup.show_panel(Panel("hatched", frame.say(words.PEOPLE_NONE_TITLE), text))
        return
    heading = frame.say(words.PEOPLE_ONE)
    if people.people is not None:
        differ = frame.language.rate(1 - people.people, n=people.pairs)
        heading = frame.say(words.PEOPLE, share=differ)
    show_section(heading, caption=frame.say(words.PEOPLE_CAPTION))
    found = (("people", people.people, people.pairs), ("reading", people.reading, people.judged))
    markup.show_table(
        Table(
            name=frame.say(words.PEOPLE_TABLE),
            columns=(
                Column(frame.say(words.BETWEEN)),
                Column(frame.say(words.F1), align="right"),
            ),
            rows=tuple(
                Row(
                    (
                        Cell(frame.say(words.PEOPLE_ROWS[who]), sub=frame.language.sample(n)),
                        Cell(f"{value:.2f}", is_strong=True),
                    )
                )
                for who, value, n in found
                if value is not None
            ),
        )
    )
