"""The tables of "Before the return": enquiries, groups that are alike, and customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dashboards.lib import measures
from dashboards.lib import words_before_return as words
from dashboards.lib.before_return import BeforeReturn, Topic
from dashboards.lib.currency import round_half_up
from dashboards.lib.frame import Frame
from dashboards.lib.language import Words
from dashboards.lib.records import is_missing
from dashboards.lib.tables import Cell, Column, Row, Table

MINUS: Final = "−"


def build_topics(frame: Frame, found: BeforeReturn) -> Table:
    """Build the table of enquiries by topic, all of them last."""
    say = frame.say
    return Table(
        name=say(words.TOPIC),
        columns=(
            Column(say(words.TOPIC)),
            Column(say(words.NOW), say(words.PER_ORDERS), align="right"),
            Column(say(words.BEFORE), align="right"),
            Column(say(words.CHANGE), align="right"),
        ),
        rows=tuple(_build_topic(frame, topic) for topic in found.topics),
    )


def _build_topic(frame: Frame, topic: Topic) -> Row:
    is_small = topic.orders < measures.SMALL_N
    now, before = None if is_small else topic.now, topic.before
    change = None if now is None or before is None else now - before
    cases = frame.say(words.CASES, n=frame.language.count(topic.contacts))
    return Row(
        (
            Cell(frame.say(words.TOPICS[topic.code])),
            Cell(write_figure(frame, now), sub=cases, is_strong=True),
            Cell(write_figure(frame, before)),
            Cell(write_difference(frame, change)),
        ),
        is_muted=is_small,
        is_total=not topic.code,
    )


def build_comparison(
    frame: Frame, rows: Sequence[dict[str, Any]], *, these: Words, others: Words
) -> Table:
    """Build the table of groups that are held against others that are alike."""
    say = frame.say
    return Table(
        name=f"{say(words.OUTCOME)} · {say(others)}",
        columns=(
            Column(say(words.OUTCOME), is_roomy=True),
            Column(say(these), align="right"),
            Column(say(others), align="right"),
            Column(say(words.DIFFERENCE), say(words.INTERVAL), align="right"),
        ),
        rows=tuple(_build_compared(frame, row) for row in rows),
    )


def _build_compared(frame: Frame, row: dict[str, Any]) -> Row:
    matched = int(row["matched_count"])
    is_small = matched < measures.SMALL_N
    figures = {
        name: None if is_small or is_missing(row[f"{name}_share"]) else 100 * row[f"{name}_share"]
        for name in ("matched", "other", "difference", "low_difference", "high_difference")
    }
    code = row["group_code"]
    ends = [write_difference(frame, figures[f"{end}_difference"]) for end in ("low", "high")]
    return Row(
        (
            Cell(
                frame.say(words.OUTCOMES[row["outcome_code"]]),
                sub=frame.say(words.GROUPS[code]) if code in words.GROUPS else "",
            ),
            Cell(write_figure(frame, figures["matched"]), sub=frame.language.sample(matched)),
            Cell(write_figure(frame, figures["other"])),
            Cell(
                write_difference(frame, figures["difference"]),
                sub="" if is_small else _join_ends(frame, ends),
                is_strong=True,
            ),
        ),
        is_muted=is_small,
    )


def _join_ends(frame: Frame, ends: Sequence[str]) -> str:
    return ("〜" if frame.language.code == "ja" else " to ").join(ends)


def build_repeats(frame: Frame, found: BeforeReturn) -> Table:
    """Build the table of who bought again after a bring-back."""
    say = frame.say
    return Table(
        name=say(words.WINDOW),
        columns=(
            Column(say(words.WINDOW)),
            Column(say(words.CUSTOMERS), align="right"),
            Column(say(words.AGAIN), "%", align="right"),
            Column(say(words.OTHERS_AGAIN), "%", align="right"),
        ),
        rows=tuple(_build_repeat(frame, row) for row in found.repeats),
    )


def _build_repeat(frame: Frame, row: dict[str, Any]) -> Row:
    """Both shares are of the customers who have others that are alike."""
    matched = int(row["matched_count"])
    is_small = matched < measures.SMALL_N
    shares = [float("nan")] * 2
    if not is_small:
        shares = [
            row[column] / matched for column in ("matched_customer_again_count", "matched_again")
        ]
    own, others = (frame.language.rate_figure(share, n=matched) for share in shares)
    return Row(
        (
            Cell(frame.say(words.DAYS, n=frame.language.count(row["window_days"]))),
            Cell(frame.language.count(row["customer_count"])),
            Cell(own, is_strong=True),
            Cell(others),
        ),
        is_muted=is_small,
    )


def write_figure(frame: Frame, figure: float | None) -> str:
    """Write a figure per 100, one decimal."""
    return frame.language.missing if figure is None else f"{round_half_up(figure, digits=1):.1f}"


def write_difference(frame: Frame, figure: float | None) -> str:
    """Write a difference of figures per 100 with its sign."""
    if figure is None:
        return frame.language.missing
    rounded = round_half_up(figure, digits=1)
    return f"{'+' if rounded > 0 else MINUS if rounded < 0 else ''}{abs(rounded):.1f}"
