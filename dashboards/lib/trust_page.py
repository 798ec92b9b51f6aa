"""The parts of "Can we trust these numbers?": answer, caption, and each section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import exports, markup, paging, trust_tables
from dashboards.lib import words_frame as common
from dashboards.lib import words_trust as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.language import Words
from dashboards.lib.trust import SHOWN_FILES, SHOWN_KINDS, Trust, group_problems
from dashboards.lib.words_codes import name_entity

if TYPE_CHECKING:
    from markupsafe import Markup

MARTS: Final = ("rpt_files", "rpt_entities", "rpt_quarantined_rows", "rpt_return_bridge")
SHORT_SHA: Final = 12  # digits of a sha256 that people compare


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and what is judged."""
    return [frame.say(common.TRUST), frame.say(words.BASIS)]


def build_answer(frame: Frame, trust: Trust) -> Markup:
    """Write the answer from the counts; a clause with 0 is left out."""
    language, totals = frame.language, trust.totals
    if trust.files.empty:
        return frame.fill(words.ANSWER_NOTHING)
    day = language.day(frame.shop.loaded_at.date(), today=frame.today)
    count = markup.strong(language.count(len(trust.files)))
    noun = language.counter("file", count=len(trust.files))
    sentences = [frame.fill(words.ANSWER_FILES, n=count, noun=noun, day=day)]
    for message, found in (
        (words.ANSWER_REFUSED, len(trust.refused)),
        (words.ANSWER_LATE, len(trust.late)),
    ):
        if found:
            sentences.append(
                frame.fill(message, n=markup.strong(language.count(found), is_red=True))
            )
    rows = language.units_in_words(totals["rows_in_count"], of="row")
    held = totals["rows_quarantined_count"]
    message = words.ANSWER_ROWS if held else words.ANSWER_NONE_HELD
    sentences.append(frame.fill(message, rows=rows, held=markup.strong(language.count(held))))
    return markup.join(sentences, language=language)


def build_caption(frame: Frame, trust: Trust) -> str:
    """Say that the rows add up, and how the checks of the build ended."""
    if trust.files.empty:
        return ""
    language = frame.language
    if trust.unbalanced:
        balance = frame.say(words.CAPTION_OFF, n=language.units(trust.unbalanced, of="file"))
    else:
        erased = trust.totals["rows_erased_count"]
        balance = frame.say(words.CAPTION, erased=frame.say(words.CAPTION_ERASED) if erased else "")
    blank = "" if language.code == "ja" else " "
    return f"{balance}{blank}{_write_checks(frame)}"


def show_entities(frame: Frame, trust: Trust) -> None:
    """Show what arrived, what never did, and what to mind about the counting."""
    if (trust.entities["file_count"] > 0).any():
        show_section(frame.say(words.ARRIVED))
        markup.show_table(trust_tables.build_entities(frame, trust))
    missing = trust.entities.loc[trust.entities["file_count"] == 0, "entity_name"]
    if len(missing):
        separator = "、" if frame.language.code == "ja" else ", "
        names = separator.join(name_entity(name, language=frame.language) for name in missing)
        markup.show_paragraph(frame.say(words.NOT_LANDED, names=names), kind="note")
    notes = _build_notes(frame)
    if notes:
        show_section(frame.say(words.NOTES_HEADING))
        markup.show_notes(notes)


def show_problems(frame: Frame, trust: Trust) -> None:
    """Show what was held back, kind by kind, and offer every row."""
    language, problems = frame.language, trust.problems
    if problems.empty and trust.files.empty:
        return
    if problems.empty:
        rows = language.units(trust.totals["rows_in_count"], of="row")
        caption = frame.say(words.HELD_NONE_CAPTION, rows=rows)
        show_section(frame.say(words.HELD_NONE), caption=caption)
        return
    held = language.units(trust.totals["rows_quarantined_count"], of="row")
    show_section(frame.say(words.HELD, n=held), caption=frame.say(words.HELD_CAPTION))
    kinds = group_problems(problems, language_code=language.code)
    markup.show_table(trust_tables.build_problems(frame, kinds[:SHOWN_KINDS]))
    if len(kinds) > SHOWN_KINDS:
        more = language.units(len(kinds) - SHOWN_KINDS, of="kind")
        markup.show_paragraph(frame.say(words.HELD_MORE, n=more), kind="note")
    exports.show_export(
        frame.say(words.HELD_EXPORT, n=language.units(len(problems), of="case")),
        build=lambda: problems,
        name=f"rpt_quarantined_rows-{frame.shop.as_of}",
    )


def show_bridge(frame: Frame, trust: Trust) -> None:
    """Show that two ways of counting returns agree to the unit."""
    if trust.bridge.empty:
        return
    steps = trust.bridge.set_index("bridge_step_code")["returned_count"]
    off = int(steps.get("difference", 0))
    language = frame.language
    heading = frame.say(
        words.BRIDGE_OFF if off else words.BRIDGE,
        n=language.units(abs(off) if off else steps.get("total_event", 0), of="piece"),
    )
    show_section(heading, caption=frame.say(words.BRIDGE_CAPTION))
    markup.show_table(trust_tables.build_bridge(frame, trust.bridge))


def show_undecided(frame: Frame, trust: Trust) -> None:
    """Show keys with two contents and no date, where there are any."""
    if trust.undecided.empty:
        return
    keys = frame.language.units(len(trust.undecided), of="key")
    show_section(frame.say(words.UNDECIDED, n=keys), caption=frame.say(words.UNDECIDED_CAPTION))
    markup.show_table(trust_tables.build_undecided(frame, trust.undecided[:SHOWN_KINDS]))


def show_files(frame: Frame, trust: Trust) -> None:
    """Show single files, refused ones first."""
    if trust.files.empty:
        return
    show_section(frame.say(words.FILES), caption=frame.say(words.FILES_CAPTION))
    rows = len(trust.files)
    number = paging.find_page("files", about=frame.publication.version, rows=rows, size=SHOWN_FILES)
    start = (number - 1) * SHOWN_FILES
    markup.show_table(trust_tables.build_files(frame, trust.files[start : start + SHOWN_FILES]))
    with st.container(key="k_foot", horizontal=True, vertical_alignment="center"):
        version = frame.fill(
            words.VERSION,
            version=markup.code(frame.publication.version),
            models=frame.language.count(frame.publication.model_count),
            sha=markup.code(frame.publication.sha256[:SHORT_SHA]),
        )
        markup.show_paragraph(version, kind="note")
        paging.show_pages("files", rows=rows, size=SHOWN_FILES)


def _write_checks(frame: Frame) -> str:
    found, count = frame.publication, frame.language.count
    total = found.passed_count + found.warned_count + found.failed_count
    message: Words = words.CHECKS_ALL
    if found.failed_count:
        message = words.CHECKS_FAILED
    elif found.warned_count:
        message = words.CHECKS_WARNED
    if not total:
        return ""
    return frame.say(
        message,
        n=count(total),
        passed=count(found.passed_count),
        warned=count(found.warned_count),
        failed=count(found.failed_count),
    )


def _build_notes(frame: Frame) -> list[str]:
    notes = []
    for column, note in words.NOTES.items():
        found = frame.shop.counts.get(column, 0)
        if found:
            unit = words.NOTE_UNITS.get(column, "return_line")
            notes.append(frame.say(note, n=frame.language.units(found, of=unit)))
    return notes
