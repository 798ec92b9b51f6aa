"""Sentences about money and the back yard: refunds of a week, and what waits.

A sentence that its numbers do not bear out is none: fewer than 30, or an interval that includes
"no difference".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.lib import markup
from dashboards.lib import words_briefing as words
from dashboards.lib.briefing_facts import Cash, Late, Waiting
from dashboards.lib.briefing_scribe import MONEY_PAGE, Scribe
from dashboards.lib.drawings import GLYPH_WIDTH
from dashboards.lib.glyphs import draw_part
from dashboards.lib.measures import SMALL_N
from dashboards.lib.records import is_missing
from dashboards.lib.sparklines import draw_spark
from dashboards.lib.tables import Link, Sentence

if TYPE_CHECKING:
    from markupsafe import Markup


def write_cash(scribe: Scribe, fact: Cash) -> Sentence | None:
    """Write that more or less leaves than a year before; None where that is not sure."""
    if not fact.before or fact.n < SMALL_N or round(abs(fact.amount / fact.before - 1), 2) == 0:
        return None
    if fact.low is not None and fact.high is not None and fact.low <= fact.before <= fact.high:
        return None
    is_ahead = fact.low is not None
    text = scribe.fill(
        words.CASH if is_ahead else words.CASH_PAST,
        money=scribe.strong_money(fact.amount),
        change=f"{round(abs(fact.amount / fact.before - 1) * 100)}%",
        direction=scribe.say(words.MORE if fact.amount > fact.before else words.LESS),
    )
    before, n = scribe.money(fact.before), scribe.language.count(fact.n)
    proof = scribe.say(words.CASH_PROOF_PAST, before=before, n=n)
    if fact.low is not None and fact.high is not None:
        low, high = scribe.money(fact.low), scribe.money(fact.high)
        proof = scribe.say(words.CASH_PROOF, low=low, high=high, before=before)
    return _draw_cash(scribe, fact, text=text, proof=proof)


def write_paid(scribe: Scribe, fact: Cash) -> Sentence:
    """Write what left, or will leave, without a comparison."""
    if fact.low is not None and fact.high is not None:
        text = scribe.fill(words.CASH_AHEAD, money=scribe.strong_money(fact.amount))
        low, high = scribe.money(fact.low), scribe.money(fact.high)
        proof = scribe.say(words.CASH_PROOF_AHEAD, low=low, high=high)
        if fact.before is not None:
            before = scribe.money(fact.before)
            proof = scribe.say(words.CASH_PROOF, low=low, high=high, before=before)
        return _draw_cash(scribe, fact, text=text, proof=proof)
    text = scribe.fill(words.CASH_PLAIN, money=scribe.strong_money(fact.amount))
    message = words.CASH_PROOF_ALONE
    if fact.before is not None:
        message = words.CASH_PROOF_FEW if fact.n < SMALL_N else words.CASH_PROOF_PAST
    values = {"before": scribe.money(fact.before or 0), "n": scribe.language.count(fact.n)}
    return _draw_cash(scribe, fact, text=text, proof=scribe.say(message, **values))


def write_waiting(scribe: Scribe, fact: Waiting) -> Sentence | None:
    """Write how many returns are past 24 hours."""
    if not fact.count or fact.n < SMALL_N or fact.low <= fact.threshold <= fact.high:
        return None
    language = scribe.language
    n = markup.strong(scribe.say(words.WAITING_COUNT, n=language.count(fact.count)))
    text = scribe.fill(words.WAITING, n=n)
    if fact.grade_a_count:
        text = scribe.fill(words.WAITING_SHELF, n=n, a=language.count(fact.grade_a_count))
    rate, threshold = (
        language.rate(fact.rate, n=fact.n),
        language.rate(fact.threshold, n=0),
    )
    drawn = scribe.say(words.WAITING_GLYPH, rate=rate, threshold=threshold)
    return Sentence(
        text=text,
        proof=scribe.say(
            words.WAITING_PROOF,
            rate=rate,
            interval=language.interval(fact.low, fact.high, n=fact.n),
            n=language.count(fact.n),
            threshold=threshold,
        ),
        link=Link(MONEY_PAGE),
        drawing=draw_part(fact.rate, label=drawn, is_red=True),
        drawn=drawn,
        tag=scribe.say(words.ACT),
    )


def write_late(scribe: Scribe, fact: Late) -> Sentence | None:
    """Write how many accepted refunds wait for more than two weeks."""
    if not fact.count:
        return None
    cases = scribe.language.units(fact.count, of="case")
    share = fact.amount / fact.total if fact.total else 1.0
    drawn = scribe.say(words.LATE_GLYPH, share=scribe.language.rate(share, n=0))
    return Sentence(
        text=scribe.fill(
            words.LATE, n=markup.strong(cases), money=scribe.strong_money(fact.amount)
        ),
        proof=scribe.say(words.LATE_PROOF, total=scribe.money(fact.total)),
        link=Link(MONEY_PAGE),
        drawing=draw_part(share, label=drawn, is_red=True),
        drawn=drawn,
        tag=scribe.say(words.ACT),
    )


def write_in_time(scribe: Scribe, total: int) -> Sentence:
    """Write that nothing waits too long."""
    drawn = scribe.say(words.LATE_GLYPH, share=scribe.language.rate(0.0, n=0))
    return Sentence(
        text=scribe.say(words.LATE_NONE),
        proof=scribe.say(words.LATE_NONE_PROOF, total=scribe.money(total)),
        link=Link(MONEY_PAGE),
        drawing=draw_part(0.0, label=drawn),
        drawn=drawn,
    )


def _draw_cash(scribe: Scribe, fact: Cash, *, text: Markup, proof: str) -> Sentence:
    drawn = scribe.say(words.CASH_GLYPH_AHEAD if fact.ahead else words.CASH_GLYPH)
    drawing = draw_spark(
        fact.weeks,
        undeveloped=fact.ahead,
        top=max((week for week in fact.weeks if not is_missing(week)), default=0.0),
        is_muted=False,
        label=drawn,
        width=GLYPH_WIDTH,
    )
    return Sentence(text, proof, Link(MONEY_PAGE), drawing, drawn)
