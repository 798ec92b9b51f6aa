"""The parts of "Was it decided without us?": answer, strip, effects, months, and the states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboards.lib import charts, decisions, markup, measures
from dashboards.lib import words_decisions as words
from dashboards.lib import words_frame as common
from dashboards.lib.decision_charts import build_months
from dashboards.lib.decisions import Tally, View
from dashboards.lib.decisions_table import build_effects, build_rules, name_rule, write_minutes
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures_money import Share, compute_share
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.style_strip import split_unit
from dashboards.lib.tables import Figure, Panel

if TYPE_CHECKING:
    from markupsafe import Markup

COMMAND: Final = "kaeru replay policies/draft.csv"
HEIGHT: Final = 200


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.OPERATIONS), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer; what is not recorded is said to be unknown."""
    whole = view.whole
    if not whole.n:
        return markup.fill("")
    message = words.ANSWER_UNKNOWN if view.missing else words.ANSWER
    number = markup.strong(frame.language.count(whole.n))
    share = whole.automated
    parts = [
        frame.fill(
            message[min(view.month_count, 2)],
            months=view.month_count,
            n=frame.fill(words.REQUESTS[min(whole.n, 2)], n=number),
            rate=markup.strong(_write_rates(frame, share)["shown"]),
        )
    ]
    if not view.missing:
        exceptions = markup.strong(frame.language.count(whole.exceptions))
        parts.append(frame.fill(words.ANSWER_EXCEPTIONS[min(whole.exceptions, 2)], n=exceptions))
    if not view.missing and whole.minutes_each is not None:
        minutes = markup.strong(write_minutes(whole))
        parts.append(frame.fill(words.ANSWER_MINUTES, minutes=minutes))
    return markup.join(parts, language=frame.language)


def build_caption(frame: Frame, view: View) -> str:
    """Write the period, and what an exception is."""
    if not view.whole.n:
        return ""
    period = frame.language.period(view.first, view.last, today=frame.today)
    return frame.say(words.CAPTION, period=period)


def show_state(frame: Frame, view: View) -> None:
    """Show what cannot be said and which file or column is missing; else the strip."""
    file = markup.code(decisions.ENTITY)
    columns = markup.fill(", ").join(map(markup.code, view.missing or decisions.NEEDED))
    if view.whole.n and view.missing:
        text = frame.fill(words.NO_DECIDERS, columns=columns)
        markup.show_panel(Panel("hatched", frame.say(words.NO_DECIDERS_TITLE), text))
    elif view.whole.n:
        _show_strip(frame, view.whole)
    elif view.is_landed:
        text = frame.fill(words.NO_REQUESTS, file=file)
        markup.show_panel(Panel("empty", frame.say(words.NO_REQUESTS_TITLE), text))
    else:
        text = frame.fill(words.NO_FILE, file=file, columns=columns)
        markup.show_panel(Panel("hatched", frame.say(words.NO_FILE_TITLE), text))


def show_evidence(frame: Frame, view: View) -> None:
    """Show the effects beside the months, then the rules, then what is left out."""
    if not view.whole.n:
        return
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        _show_effects(frame, view)
    with right:
        if not view.missing:
            _show_months(frame, view)
    _show_rules(frame, view)


def show_try(frame: Frame) -> None:
    """Say how another table is tried."""
    markup.show_paragraph(frame.fill(words.TRY, command=markup.code(COMMAND)), kind="note")


def _show_strip(frame: Frame, whole: Tally) -> None:
    seen = compute_share(whole.staff, whole.automated.n)
    figures = [
        Figure(
            frame.say(words.AUTOMATED),
            *split_unit(_write_rates(frame, whole.automated)["shown"]),
            frame.say(words.RANGE, **_write_rates(frame, whole.automated)),
        ),
        Figure(
            frame.say(words.EXCEPTIONS),
            frame.language.count(whole.exceptions),
            frame.say(words.CASE_UNIT),
            frame.say(
                words.EXCEPTIONS_NOTE,
                money=frame.money(whole.exception_net),
                **_write_rates(frame, whole.excepted),
            ),
        ),
        Figure(
            frame.say(words.SEEN),
            frame.language.count(whole.staff),
            frame.say(words.CASE_UNIT),
            frame.say(words.SEEN_NOTE, **_write_rates(frame, seen)),
        ),
        _build_minutes(frame, whole),
    ]
    markup.show_strip(figures, name=frame.say(words.STRIP))


def _build_minutes(frame: Frame, whole: Tally) -> Figure:
    label = frame.say(words.MINUTES)
    if not whole.timed:
        note = frame.say(words.MISSING_COLUMN, column="review_minutes")
        return Figure(label, frame.language.missing, note=note)
    unit, sample = frame.say(words.MINUTE_UNIT), frame.language.sample(whole.timed)
    return Figure(label, write_minutes(whole), unit, sample)


def _write_rates(frame: Frame, share: Share) -> dict[str, str]:
    """Write a share, its interval and n; of few requests the interval is shown for the share."""
    rate = frame.language.rate(share.rate, n=share.n)
    interval = frame.language.interval(share.low, share.high, n=share.n)
    return {
        "rate": rate,
        "shown": f"{interval}%" if 0 < share.n < measures.SMALL_N else rate,
        "interval": interval,
        "n": frame.language.sample(share.n),
    }


def _show_effects(frame: Frame, view: View) -> None:
    effects = decisions.list_effects(view)
    rates = {
        effect: frame.language.rate(one.n / view.whole.n, n=view.whole.n) for effect, one in effects
    }
    is_small = view.whole.n < measures.SMALL_N
    largest = float(max(one.net for _, one in effects))
    unit = frame.language.money_unit(largest, frame.shop.currency)
    show_section(
        frame.say(words.EFFECT if is_small else words.EFFECTS_HEADING, **rates),
        caption=frame.say(words.EFFECTS_CAPTION, unit=unit.label),
    )
    markup.show_table(build_effects(frame, effects, unit=unit))
    show_try(frame)


def _show_months(frame: Frame, view: View) -> None:
    months = decisions.lay_months(view)
    show_section(frame.say(words.MONTHS_HEADING), caption=frame.say(words.MONTHS_CAPTION))
    newest = list_records(months[months["request_count"] > 0].tail(1))
    language = frame.language
    told = [
        frame.say(
            words.MONTHS_WORDS,
            month=language.month(one["month_date"].date(), today=frame.shop.as_of),
            n=frame.say(words.REQUESTS[min(one["request_count"], 2)], n=one["request_count"]),
            rate=language.rate(one["rate"], n=one["request_count"]),
            interval=language.interval(one["low_rate"], one["high_rate"], n=one["request_count"]),
        )
        for one in newest
    ]
    judged = [one for one in newest if not one["is_small"]]
    label = "".join(language.rate(one["rate"], n=one["request_count"]) for one in judged)
    chart = build_months(months, label=label, language_code=language.code)
    charts.show_chart(chart, words="".join(told), height=HEIGHT)


def _show_rules(frame: Frame, view: View) -> None:
    rules = decisions.list_rules(view)
    most, whole = max(rules, key=lambda pair: pair[1].exceptions), view.whole
    message = words.RULES_HEADING if whole.exceptions else words.RULES_NONE
    heading = frame.fill(
        words.RULES_UNKNOWN if view.missing else message,
        n=frame.language.count(whole.exceptions),
        most=frame.language.count(most[1].exceptions),
        rule=_set_rule(frame, most[0]),
    )
    show_section(heading, caption=frame.say(words.RULES_CAPTION))
    markup.show_table(build_rules(frame, view, rules))
    _show_left_out(frame, view, whole)


def _set_rule(frame: Frame, rule: dict[str, Any]) -> str:
    """Set the name of a rule, which is the shop's; why none decides is said in our words."""
    name = name_rule(frame, rule)
    return name if is_missing(rule["rule_id"]) else markup.code(name)


def _show_left_out(frame: Frame, view: View, whole: Tally) -> None:
    count = frame.language.count
    others = whole.otherwise - whole.exceptions
    idle = [markup.code(rule) for rule in decisions.list_idle_rules(view)]
    unattributed = 0 if view.missing else whole.unattributed
    notes = [
        (others, frame.fill(words.OTHERWISE, n=count(others))),
        (unattributed, frame.fill(words.UNATTRIBUTED, n=count(unattributed))),
        (view.undated, frame.fill(words.UNDATED, n=count(view.undated))),
        (idle, frame.fill(words.IDLE, rules=markup.fill(" · ").join(idle))),
    ]
    for is_so, note in notes:
        if is_so:
            markup.show_paragraph(note, kind="note")
