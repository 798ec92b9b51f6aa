"""The parts of "How should this be read?": the text, its reasons, the keys, and why it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import (
    address,
    filters,
    markup,
    quotes,
    quotes_section,
    review,
    serving,
    words_quotes,
)
from dashboards.lib import words_frame as common
from dashboards.lib import words_review as words
from dashboards.lib.frame import Frame
from dashboards.lib.quotes import MART
from dashboards.lib.reason_drawings import AskedText, CodeRow, draw_chance
from dashboards.lib.reason_names import ReasonNames, read_reason_names
from dashboards.lib.review import Draft, Sitting
from dashboards.lib.review_desk import NAME, Asked, DeskError
from dashboards.lib.tables import Panel

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboards.lib.language import Words

MARTS: Final = ("rpt_reason_quotes", "rpt_reason_labels")
LAST_DIGIT: Final = 9
MORE_FIELD: Final = "k_more_"  # begins the keys of the fields that keys open
ZONE_FIELD: Final = "k_zone_"
ZONE_KEY: Final = "z"
WHOLE: Final = 2_000  # characters of a text that are shown to be read


def read_reader() -> str:
    """Return the name of who reads; empty at first."""
    return address.read_choice(filters.READER, default="").strip()


def read_sitting(frame: Frame) -> Sitting | DeskError | None:
    """Open the sitting of who reads; None without a name or a text, an error with its reason."""
    reader = read_reader()
    if not NAME.fullmatch(reader) or not quotes.has_readings():
        return None
    try:
        with st.spinner(frame.say(words.ASKING)):
            return review.open_sitting(reader, version=frame.publication.version, shop=frame.shop)
    except DeskError as error:
        return error


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and what is read."""
    return [frame.say(common.READING), frame.say(words.BASIS)]


def build_answer(frame: Frame, found: Sitting | DeskError | None) -> Markup:
    """Write how much there is to read, how much is done, and how long the rest takes."""
    if not isinstance(found, Sitting):
        return markup.fill("")
    if found.asked is None:
        return frame.fill(words.ANSWER_NOTHING)
    minutes = "" if found.minutes is None else frame.say(words.MINUTES, n=found.minutes)
    return frame.fill(
        words.ANSWER,
        n=markup.strong(frame.language.count(found.total)),
        done=markup.strong(frame.language.count(found.done)),
        minutes=markup.keep_blank(minutes),
    )


def build_caption(frame: Frame, found: Sitting | DeskError | None) -> str:
    """Say the pace, and what becomes of an answer."""
    if not isinstance(found, Sitting):
        return ""
    seconds = found.before.seconds
    pace = "" if seconds is None else frame.say(words.PACE, seconds=f"{seconds:.0f}")
    return frame.say(words.CAPTION, pace=pace)


def show_state(frame: Frame, found: DeskError | None) -> None:
    """Show why there is nothing to read yet: no text, no name, or no answer."""
    if isinstance(found, DeskError):
        text = frame.fill(words.FAILED, said=str(found))
        markup.show_panel(Panel("empty", frame.say(words.FAILED_TITLE), text))
        st.button(frame.say(words.AGAIN), on_click=review.close_sitting, key="k_again")
    elif not quotes.has_readings():
        text = frame.fill(
            words_quotes.NONE,
            entity=markup.code("return_requests"),
            text=markup.code("reason_text"),
        )
        markup.show_panel(Panel("hatched", frame.say(words_quotes.NONE_TITLE), text))
    elif read_reader():
        title = frame.say(words.BAD_NAME_TITLE)
        markup.show_panel(Panel("empty", title, frame.say(words.BAD_NAME)))
    else:
        title = frame.say(words.WHO_TITLE)
        markup.show_panel(Panel("empty", title, frame.say(words.WHO)))


def show_nothing(frame: Frame, sitting: Sitting) -> None:
    """Say that nothing is left, and offer to ask again or to go back."""
    text = frame.say(words.NOTHING, name=sitting.annotator)
    markup.show_panel(Panel("empty", frame.say(words.NOTHING_TITLE), text))
    with st.container(horizontal=True):
        st.button(frame.say(words.AGAIN), on_click=review.close_sitting, key="k_again")
        _show_back(frame, sitting)


def show_text(frame: Frame, sitting: Sitting, asked: Asked) -> None:
    """Show one text with its deciding words, what was read in it, and the keys."""
    draft = sitting.open_draft(asked)
    order = [code for code, _ in asked.codes]
    ranked = sorted(asked.spans, key=lambda one: order.index(one[0]) if one[0] in order else 99)
    spans = [
        ("danger" if not code else "first" if code == order[0] else "second", span)
        for code, span in ranked
    ]
    pieces = quotes.cut_text(asked.text, spans=spans, longest=WHOLE)
    place = frame.say(words.PLACE, at=sitting.at + 1, n=len(sitting.queue))
    markup.show_asked(
        AskedText(
            tag=frame.say(words.WHY[asked.why]),
            is_red=asked.why == "escalated",
            about=" · ".join([place, *describe_return(asked)]),
            pieces=quotes_section.name_masks(frame, pieces),
        )
    )
    names = read_reason_names(frame.language)
    digit = find_digit(draft)
    _show_codes(frame, asked, draft, names=names)
    _show_facets(frame, asked, draft, names=names)
    markup.open_fields_by_key({ZONE_KEY: ZONE_FIELD} | ({digit: MORE_FIELD} if digit else {}))
    _show_keys(frame, sitting)


def find_digit(draft: Draft) -> str:
    """Find the key that looks for another reason: the digit after the reasons; none is left of 9.

    Examples
    --------
    >>> find_digit(Draft(["FIT.SMALL", "LOOK.COLOR"], set())), find_digit(Draft(["x"] * 9, set()))
    ('3', '')
    """
    return str(len(draft.codes) + 1) if len(draft.codes) < LAST_DIGIT else ""


def describe_return(asked: Asked) -> list[str]:
    """Name the newest return with these words, where the published version quotes it."""
    rows = serving.read_mart(MART, where={"quote_text": asked.text})
    if rows.empty:
        return []
    row = rows.iloc[0]
    named = serving.read_mart(
        "rpt_style_returns", where={"style_id": row["style_id"]}, columns=["style_name"]
    )
    style = str(row["style_id"])
    name = str(named["style_name"].iloc[0]) if len(named) else style
    parts = [style if name == style else f"{markup.shorten(name)} {style}"]
    if isinstance(row["size_label"], str):
        parts.append(row["size_label"])
    return parts


def _show_codes(frame: Frame, asked: Asked, draft: Draft, *, names: ReasonNames) -> None:
    markup.show_heading(frame.say(words.CODES_HEADING))
    shares = dict(asked.codes)
    caption = words.CODES_CAPTION if draft.codes else words.CODES_NOTHING
    markup.show_paragraph(frame.say(caption), kind="caption")
    for number, code in enumerate(draft.codes, start=1):
        is_on = code in draft.chosen
        name = names.name(code)
        key, bar = st.columns([1, 1.15], vertical_alignment="center")
        key.button(
            f"{'☑' if is_on else '☐'} {name}",
            key=f"k_code_{asked.text_hash[:12]}_{code}",
            on_click=review.toggle_code,
            args=(draft, code),
            shortcut=str(number) if number <= LAST_DIGIT else None,
            width="stretch",
        )
        share = shares.get(code, 0.0)
        figure = f"{share:.2f}"
        said = [asked.text[start:end] for found, (start, end) in asked.spans if found == code]
        with bar:
            markup.show_code_row(
                CodeRow(
                    chance=draw_chance(share, threshold=review.THRESHOLD),
                    share=figure if code in shares else frame.language.missing,
                    label=frame.say(words.ROW_LABEL, name=name, share=figure),
                    words=tuple(dict.fromkeys(said)),
                )
            )


def _show_facets(frame: Frame, asked: Asked, draft: Draft, *, names: ReasonNames) -> None:
    tag = asked.text_hash[:12]
    with st.container(key="k_facets", horizontal=True, vertical_alignment="bottom"):
        more, digit = f"{MORE_FIELD}{tag}", find_digit(draft)
        others = sorted(set(names.labels) - {*draft.codes, "NONE"}, key=names.name)
        st.selectbox(
            _name_field(frame, words.MORE, key=digit),
            options=others,
            index=None,
            format_func=names.name,
            placeholder=frame.say(words.MORE_EXAMPLE),
            key=more,
            on_change=review.add_code,
            args=(draft, more),
            width=260,
        )
        if not draft.chosen & set(review.SIZED):
            return
        for direction, key in (("small", "s"), ("large", "l")):
            mark = "◉" if draft.direction == direction else "○"
            st.button(
                f"{mark} {frame.say(words.DIRECTIONS[direction])}",
                key=f"k_way_{tag}_{direction}",
                on_click=review.toggle_direction,
                args=(draft, direction),
                shortcut=key,
            )
        zone = f"{ZONE_FIELD}{tag}"
        zones = ["", *words_quotes.ZONES]
        st.selectbox(
            _name_field(frame, words.ZONE, key=ZONE_KEY.upper()),
            options=zones,
            index=zones.index(draft.zone) if draft.zone in zones else 0,
            format_func=lambda code: _name_zone(frame, code),
            key=zone,
            on_change=review.keep_zone,
            args=(draft, zone),
            width=150,
        )


def _name_field(frame: Frame, name: Words, *, key: str) -> str:
    return frame.say(words.FIELD, name=frame.say(name), key=key) if key else frame.say(name)


def _name_zone(frame: Frame, zone: str) -> str:
    return frame.say(words_quotes.ZONES[zone]) if zone else frame.say(words.NO_ZONE)


def _show_keys(frame: Frame, sitting: Sitting) -> None:
    with st.container(key="k_keys", horizontal=True):
        for verdict, label, shortcut in (
            ("codes", words.DECIDE, "enter"),
            ("none", words.NONE, "0"),
            ("cannot_tell", words.CANNOT_TELL, "u"),
        ):
            st.button(
                frame.say(label),
                type="primary" if verdict == "codes" else "secondary",
                key=f"k_say_{verdict}",
                on_click=review.decide,
                args=(sitting, verdict),
                shortcut=shortcut,
            )
        _show_back(frame, sitting)
    problem = words.CHOOSE_FIRST if sitting.is_unchosen else words.KEYS
    if sitting.is_unsaved:
        problem = words.NOT_SAVED
    markup.show_paragraph(frame.say(problem), kind="note")


def _show_back(frame: Frame, sitting: Sitting) -> None:
    if sitting.at:
        st.button(
            frame.say(words.BACK),
            type="tertiary",
            key="k_back",
            on_click=review.go_back,
            args=(sitting,),
            shortcut="left",
        )
