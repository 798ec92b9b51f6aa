"""What customers wrote, with the words that decided: redacted texts, cut to what matters."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.questions import Condition
from dashboards.lib.reason_drawings import Piece
from dashboards.lib.records import list_records

MART: Final = "rpt_reason_quotes"
LONGEST: Final = 160  # characters of a text that is quoted
LEAD: Final = 40  # of them before the first deciding word
NOTHING: Final = "NONE"
MASK: Final = re.compile(r"\[(mail|card|phone|postcode|address|name)\]")  # of the redaction
LEAST: Final = 0.05  # probability below which a reason is not named beside a quote

Span = tuple[int, int]


@dataclass(frozen=True)
class Quote:
    """One text, with what was read in it.

    Attributes
    ----------
    style_id, size : str
    pieces : tuple of Piece
        The text, cut where its kind changes.
    codes : tuple of (str, float)
        Reasons with their probabilities, the one it is quoted for first.
    zones : tuple of str
    count : int
        Return lines with the same words.
    is_decided, is_escalated : bool
    """

    style_id: str
    size: str
    pieces: tuple[Piece, ...]
    codes: tuple[tuple[str, float], ...]
    zones: tuple[str, ...]
    count: int
    is_decided: bool
    is_escalated: bool


def has_readings() -> bool:
    """Say whether any text of the shop was read."""
    return len(serving.read_totals(MART, by=["is_decided"])) > 0


def read_quotes(*, styles: Sequence[str] | None, reasons: Sequence[str], most: int) -> list[Quote]:
    """Read quotes of some styles: those a person must see, then of each reason in turn.

    Parameters
    ----------
    styles : sequence of str or None
        None: all.
    reasons : sequence of str
        Codes, the most wanted first; ``NOTHING`` for texts in which nothing was read.
    most : int
        Quotes at most.
    """
    where: dict[str, Condition] = {"is_shop_quote": True}
    if styles is not None:
        where = {"style_id": styles}
    return choose_quotes(serving.read_mart(MART, where=where), reasons=reasons, most=most)


def choose_quotes(
    rows: pd.DataFrame, *, reasons: Sequence[str], most: int, longest: int = LONGEST
) -> list[Quote]:
    """Choose quotes: what wants a person first, then the reasons by turns, the newest first.

    Parameters
    ----------
    rows : DataFrame
        Of ``rpt_reason_quotes``.
    reasons, most
        As in ``read_quotes``.
    longest : int, default LONGEST
        Characters of a quote.
    """
    place = {code: number for number, code in enumerate(reasons)}
    wanted = rows[rows["reason_code"].isin(place) | rows["is_escalated"]]
    wanted = wanted.assign(
        place=wanted["reason_code"].map(place).fillna(len(place)),
        is_sure=wanted["is_decided"] | (wanted["reason_code"] == NOTHING),
    ).sort_values(
        ["is_escalated", "is_sure", "event_date", "style_id", "quote_number"],
        ascending=[False, False, False, True, True],
        kind="stable",
    )
    wanted = wanted.assign(turn=wanted.groupby("reason_code").cumcount())
    wanted = wanted.sort_values(["is_escalated", "turn", "place"], ascending=[False, True, True])
    distinct = wanted.drop_duplicates("quote_text")[:most]
    return [build_quote(row, rows=rows, longest=longest) for row in list_records(distinct)]


def build_quote(row: dict[str, Any], *, rows: pd.DataFrame, longest: int = LONGEST) -> Quote:
    """Build one quote; a second reason of the same text is marked in its own way."""
    same = list_records(
        rows[
            (rows["return_line_id"] == row["return_line_id"])
            & (rows["reason_code"] != row["reason_code"])
        ]
    )
    text = str(row["quote_text"])
    spans = [("first", span) for span in parse_spans(row["evidence_spans_text"])]
    spans += [("second", span) for one in same for span in parse_spans(one["evidence_spans_text"])]
    spans += [("danger", span) for span in parse_spans(row["danger_spans_text"])]
    named = [(str(row["reason_code"]), row["reason_probability"])]
    named += sorted(
        ((str(one["reason_code"]), one["reason_probability"]) for one in same),
        key=lambda pair: -pair[1],
    )
    zones = row["zones_text"] if isinstance(row["zones_text"], str) else ""
    return Quote(
        style_id=str(row["style_id"]),
        size=row["size_label"] if isinstance(row["size_label"], str) else "",
        pieces=cut_text(text, spans=spans, longest=longest),
        codes=tuple(
            (code, float(share)) for code, share in named if share is not None and share >= LEAST
        ),
        zones=tuple(zone for zone in zones.split(",") if zone),
        count=int(row["return_line_count"]),
        is_decided=bool(row["is_decided"]),
        is_escalated=bool(row["is_escalated"]),
    )


def parse_spans(text: object) -> list[Span]:
    """Read the places of words; what is no list of pairs names none.

    Examples
    --------
    >>> parse_spans("[[0, 3], [5, 9]]"), parse_spans(None), parse_spans("[[9, 2]]")
    ([(0, 3), (5, 9)], [], [])
    """
    if not isinstance(text, str):
        return []
    return [(int(start), int(end)) for start, end in json.loads(text) if 0 <= start < end]


def cut_text(
    text: str, *, spans: Sequence[tuple[str, Span]], longest: int = LONGEST
) -> tuple[Piece, ...]:
    """Cut a text into pieces of one kind; the first kind that claims a character has it.

    Parameters
    ----------
    text : str
        As the spans count it.
    spans : sequence of (kind, span)
        In the order of their claims.
    longest : int, default LONGEST
        Characters that are kept, around the first deciding word.

    Returns
    -------
    tuple of Piece

    Examples
    --------
    >>> [(one.text, one.kind) for one in cut_text("丈が短い。", spans=[("first", (0, 4))])]
    [('丈が短い', 'first'), ('。', '')]
    """
    kinds = [""] * len(text)
    masks = [("masked", found.span()) for found in MASK.finditer(text)]
    for kind, (start, end) in (*masks, *spans):
        for at in range(start, min(end, len(text))):
            kinds[at] = kinds[at] or kind
    begin = 0
    if len(text) > longest:
        first = min((start for _, (start, end) in spans if start < min(end, len(text))), default=0)
        begin = max(0, min(first - LEAD, len(text) - longest))
    end = min(len(text), begin + longest)
    pieces = [Piece("…")] if begin else []
    at = begin
    while at < end:
        stop = at
        while stop < end and kinds[stop] == kinds[at]:
            stop += 1
            if kinds[at] == "masked" and text[stop - 1] == "]":  # two may touch
                break
        pieces.append(Piece(text[at:stop], kinds[at]))
        at = stop
    return (*pieces, Piece("…")) if end < len(text) else tuple(pieces)
