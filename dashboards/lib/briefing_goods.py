"""Sentences about goods: alarms, fixes, verdicts, and what there is to say without them.

A sentence that its numbers do not bear out is none: fewer than 30, or an interval that includes
"no difference".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboards.lib import markup
from dashboards.lib import words_briefing as words
from dashboards.lib.alarm_promise import write_promise
from dashboards.lib.briefing_facts import Early, Fix, StyleAlarm, Verdict
from dashboards.lib.briefing_scribe import LIST_PAGE, STYLE_PAGE, Scribe
from dashboards.lib.glyphs import draw_development, draw_part
from dashboards.lib.measures import SMALL_N
from dashboards.lib.tables import Link, Sentence

if TYPE_CHECKING:
    from markupsafe import Markup

CLOSED_SHARE: Final = 0.95  # developed: what follows is small, the sentence stands in the past


def write_alarm(scribe: Scribe, fact: StyleAlarm) -> Sentence | None:
    """Write that a style comes back more than expected."""
    if fact.n < SMALL_N or fact.low <= fact.expected or fact.amount <= 0:
        return None
    language, n = scribe.language, fact.n
    rate = language.rate(fact.final, n=n)
    drawn = scribe.say(
        words.ALARM_GLYPH, observed=language.rate_figure(fact.observed, n=n), rate=rate
    )
    return Sentence(
        text=_word_alarm(scribe, fact),
        proof=scribe.say(
            words.ALARM_PROOF,
            rate=rate,
            interval=language.interval(fact.low, fact.high, n=n),
            category=fact.category,
            expected=language.rate(fact.expected, n=n),
            n=language.sample(n, developed_share=fact.developed_share),
        ),
        link=Link(STYLE_PAGE, fact.style_id),
        drawing=draw_development(
            (fact.observed, fact.final, fact.low, fact.high),
            tick=fact.expected,
            is_red=True,
            label=drawn,
        ),
        drawn=drawn,
        tag=scribe.say(words.ACT),
    )


def write_fix(scribe: Scribe, fact: Fix) -> Sentence | None:
    """Write whether an action worked."""
    if fact.n < SMALL_N:
        return None
    works = fact.low > 0
    name = markup.shorten(fact.name)
    text = scribe.fill(words.FIX_NONE, style=name, action=fact.action)
    if works:
        points = markup.strong(f"{fact.points:.1f}")
        text = scribe.fill(words.FIX, style=name, action=fact.action, points=points)
    low, high = (scribe.language.difference(value).split(" ")[0] for value in (fact.low, fact.high))
    top = max(abs(fact.low), abs(fact.high), 1e-9)
    drawn = scribe.say(words.FIX_GLYPH)
    middle = (fact.points + top, fact.points + top, fact.low + top, fact.high + top)
    return Sentence(
        text=text,
        proof=scribe.say(words.FIX_PROOF, low=low, high=high, n=scribe.language.count(fact.n)),
        link=Link(STYLE_PAGE, fact.style_id),
        drawing=draw_development(middle, tick=top, is_red=False, label=drawn),
        drawn=drawn,
    )


def write_verdict(scribe: Scribe, fact: Verdict) -> Sentence | None:
    """Write that a style is judged otherwise than before."""
    if fact.n < SMALL_N:
        return None
    share = scribe.language.rate(fact.certainty, n=0)
    drawn = scribe.say(words.VERDICT_GLYPH, share=share)
    return Sentence(
        text=scribe.fill(
            words.VERDICT,
            style=markup.shorten(fact.name),
            old=fact.old,
            new=markup.strong(fact.new),
        ),
        proof=scribe.say(words.VERDICT_PROOF, share=share, n=scribe.language.count(fact.n)),
        link=Link(STYLE_PAGE, fact.style_id),
        drawing=draw_part(fact.certainty, label=drawn),
        drawn=drawn,
    )


def write_quiet(scribe: Scribe, style_count: int, *, false_share: float) -> Sentence:
    """Write that no style needs a decision."""
    drawn = scribe.say(words.QUIET_GLYPH)
    return Sentence(
        text=scribe.say(words.QUIET, n=scribe.language.count(style_count)),
        proof=write_promise(false_share, language=scribe.language),
        link=Link(LIST_PAGE),
        drawing=draw_part(0.0, label=drawn),
        drawn=drawn,
    )


def write_early(scribe: Scribe, fact: Early) -> Sentence:
    """Write that a season cannot be ranked yet."""
    share = scribe.language.rate(fact.developed_share, n=0)
    drawn = scribe.say(words.EARLY_GLYPH, share=share)
    day = scribe.language.day(fact.day, today=scribe.today)
    return Sentence(
        text=scribe.fill(words.EARLY, season=fact.season, share=markup.strong(share), day=day),
        proof=scribe.say(words.EARLY_PROOF),
        link=Link(LIST_PAGE),
        drawing=draw_part(fact.developed_share, label=drawn),
        drawn=drawn,
    )


def _word_alarm(scribe: Scribe, fact: StyleAlarm) -> Markup:
    name, money = markup.shorten(fact.name), scribe.strong_money(fact.amount)
    if fact.part:
        fit = scribe.say(words.TIGHT if fact.is_tight else words.LOOSE)
        return scribe.fill(words.ALARM_PART, style=name, part=fact.part, fit=fit, money=money)
    is_past = fact.developed_share >= CLOSED_SHARE
    times = f"{fact.final / fact.expected:.1f}" if fact.expected else scribe.language.missing
    text = scribe.fill(
        words.ALARM_PAST if is_past else words.ALARM, style=name, times=times, money=money
    )
    if not fact.reason:
        return text
    reason = scribe.fill(words.ALARM_REASON, reason=fact.reason)
    return markup.join([text, reason], language=scribe.language)
