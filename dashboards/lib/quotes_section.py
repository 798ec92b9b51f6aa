"""The section of customers' words, on every page that has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboards.lib import markup
from dashboards.lib import words_quotes as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.quotes import NOTHING, Quote, has_readings, read_quotes
from dashboards.lib.reason_drawings import Piece, QuoteCard
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.tables import Panel
from dashboards.lib.voice import Voice


def show_quotes(
    frame: Frame,
    *,
    styles: Sequence[str] | None,
    reasons: Sequence[str],
    most: int,
    names: Mapping[str, str],
) -> None:
    """Show what customers wrote, or that nothing was read.

    Parameters
    ----------
    frame : Frame
    styles : sequence of str or None
        None: all.
    reasons : sequence of str
        Codes, the most wanted first.
    most : int
        Quotes at most.
    names : mapping of str to str
        What styles are called, where the page is about several; else empty.
    """
    if not has_readings():
        text = frame.fill(
            words.NONE,
            entity=markup.code("return_requests"),
            text=markup.code("reason_text"),
        )
        markup.show_panel(Panel("hatched", frame.say(words.NONE_TITLE), text))
        return
    quotes = read_quotes(styles=styles, reasons=reasons, most=most)
    if not quotes:
        title = frame.say(words.NONE_HERE_TITLE)
        markup.show_panel(Panel("empty", title, frame.say(words.NONE_HERE)))
        return
    show_section(frame.say(words.HEADING), caption=frame.say(words.CAPTION))
    cards = [build_card(frame, quote, names=names) for quote in quotes]
    markup.show_quotes(cards, name=frame.say(words.LIST))


def build_card(frame: Frame, quote: Quote, *, names: Mapping[str, str]) -> QuoteCard:
    """Build one quote: the words, of what they are, and what was read in them."""
    style = ""
    if names:
        name = names.get(quote.style_id, quote.style_id)
        style = name if name == quote.style_id else f"{markup.shorten(name)} {quote.style_id}"
    parts = [style, quote.size, *describe_reading(frame, quote)]
    if quote.count > 1:
        parts.append(frame.say(words.TIMES, n=frame.language.count(quote.count)))
    return QuoteCard(
        pieces=name_masks(frame, quote.pieces),
        about=" · ".join(part for part in parts if part),
        tag=frame.say(words.FOR_A_PERSON) if quote.is_escalated else "",
    )


def name_masks(voice: Voice, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Say in words what was hidden before a text was stored."""
    return tuple(
        replace(piece, text=voice.say(words.MASKS[piece.text.strip("[]")]))
        if piece.kind == "masked"
        else piece
        for piece in pieces
    )


def describe_reading(frame: Frame, quote: Quote) -> list[str]:
    """Name the reasons with their probabilities, and what is in doubt."""
    labels = read_reason_names(frame.language)
    zones = "・".join(
        words.ZONES[zone].pick(frame.language) for zone in quote.zones if zone in words.ZONES
    )
    said = [(code, share) for code, share in quote.codes if code != NOTHING]
    if not said:
        return [frame.say(words.NOTHING if quote.is_decided else words.UNREADABLE)]
    named = []
    for number, (code, share) in enumerate(said):
        part = f"（{zones}）" if frame.language.code == "ja" else f" ({zones})"
        named.append(f"{labels.name(code)}{part if zones and not number else ''} {share:.2f}")
    if not quote.is_decided and not quote.is_escalated:
        named.append(frame.say(words.UNSURE))
    return named
