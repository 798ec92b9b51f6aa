"""The tables of "Was it decided without us?": by what the rules say, and by rule."""

from __future__ import annotations

from typing import Any

from dashboards.lib import measures
from dashboards.lib import words_decisions as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.decisions import Tally, View
from dashboards.lib.drawings import Interval, draw_interval
from dashboards.lib.frame import Frame
from dashboards.lib.language import Words
from dashboards.lib.measures_money import Share, compute_share
from dashboards.lib.money_charts import write_amount
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table


def build_effects(frame: Frame, effects: list[tuple[str, Tally]], *, unit: MoneyUnit) -> Table:
    """Build the table of what the rules approve, refuse and hand to a person."""
    say = frame.say
    total = sum(one.n for _, one in effects)
    rows = []
    for effect, one in effects:
        share = compute_share(one.n, total)
        rows.append(
            Row(
                (
                    Cell(say(words.EFFECTS[effect]), is_strong=True),
                    Cell(frame.language.count(one.n)),
                    Cell(drawing=draw_share(frame, share, label=words.EFFECT_LABEL)),
                    write_share(frame, share),
                    Cell(write_amount(frame, one.net, unit=unit)),
                ),
                is_muted=total < measures.SMALL_N,
            )
        )
    return Table(
        name=say(words.EFFECT),
        columns=(
            Column(say(words.EFFECT)),
            Column(say(words.REQUEST_COUNT), align="right"),
            Column(say(words.SHARE), is_label_hidden=True, is_wide_only=True),
            Column(say(words.SHARE), align="right"),
            Column(say(words.AMOUNT), unit.label, align="right"),
        ),
        rows=tuple(rows),
    )


def build_rules(frame: Frame, view: View, rules: list[tuple[dict[str, Any], Tally]]) -> Table:
    """Build the table of the rules; who decided is left out where nobody says."""
    largest = float(max(one.net for _, one in rules))
    unit = frame.language.money_unit(largest, frame.shop.currency)
    text = f"message_{frame.language.code}_text"
    messages = {
        (rule["policy_id"], rule["policy_version"], rule["rule_id"]): rule[text]
        for rule in list_records(view.rules)
    }
    versions = {one["policy_version"] for one, _ in rules if not is_missing(one["rule_id"])}
    has_versions = len(versions) > 1
    rows = []
    for rule, one in rules:
        cells = [
            _write_rule(frame, rule, messages=messages, has_versions=has_versions),
            Cell(frame.language.count(one.n)),
            Cell(write_amount(frame, one.net, unit=unit)),
        ]
        people = [] if view.missing else _write_people(frame, one)
        rows.append(Row((*cells, *people), is_muted=one.is_small))
    return Table(
        name=frame.say(words.RULE),
        columns=tuple(_list_columns(frame, unit=unit, has_people=not view.missing)),
        rows=tuple(rows),
    )


def _list_columns(frame: Frame, *, unit: MoneyUnit, has_people: bool) -> list[Column]:
    say = frame.say
    columns = [
        Column(say(words.RULE)),
        Column(say(words.REQUEST_COUNT), align="right"),
        Column(say(words.AMOUNT), unit.label, align="right", is_wide_only=True),
    ]
    if not has_people:
        return columns
    return [
        *columns,
        Column(say(words.AUTOMATED_SHARE), is_label_hidden=True, is_wide_only=True),
        Column(say(words.AUTOMATED_SHARE), align="right"),
        Column(say(words.EXCEPTIONS), align="right"),
        Column(say(words.MINUTES_SHORT), align="right", is_wide_only=True),
    ]


def name_rule(frame: Frame, rule: dict[str, Any]) -> str:
    """Name a rule as the shop's table does, or say why none decides."""
    if is_missing(rule["rule_id"]):
        return frame.say(words.CAUSES[rule["cause_code"]])
    return str(rule["rule_id"])


def write_minutes(one: Tally) -> str:
    """Write the minutes per request that a person saw."""
    return f"{one.minutes_each:.1f}"


def write_share(frame: Frame, share: Share) -> Cell:
    """Write a share with its interval; of few requests the interval alone."""
    if not share.n:
        return Cell(frame.language.missing)
    interval = frame.language.interval(share.low, share.high, n=share.n)
    if share.n < measures.SMALL_N:
        return Cell(interval)
    return Cell(frame.language.rate_figure(share.rate, n=share.n), sub=interval)


def draw_share(frame: Frame, share: Share, *, label: Words) -> Interval | None:
    """Draw a share on an axis to one."""
    if not share.n:
        return None
    return draw_interval(
        share.rate,
        share.low,
        share.high,
        tick=None,
        top=1.0,
        is_muted=share.n < measures.SMALL_N,
        label=frame.say(
            label,
            rate=frame.language.rate(share.rate, n=share.n),
            interval=frame.language.interval(share.low, share.high, n=share.n),
            n=frame.language.sample(share.n),
        ),
    )


def _write_rule(
    frame: Frame,
    rule: dict[str, Any],
    *,
    messages: dict[tuple[Any, Any, Any], str],
    has_versions: bool,
) -> Cell:
    effect, name = frame.say(words.EFFECTS[rule["effect_code"]]), name_rule(frame, rule)
    if is_missing(rule["rule_id"]):
        return Cell(name, sub=effect)
    if has_versions:
        name = frame.say(words.RULE_VERSION, rule=name, version=rule["policy_version"])
    message = messages.get((rule["policy_id"], rule["policy_version"], rule["rule_id"]), name)
    return Cell(message, sub=frame.say(words.RULE_SUB, effect=effect, rule=name))


def _write_people(frame: Frame, one: Tally) -> list[Cell]:
    language, excepted = frame.language, one.excepted
    minutes = language.missing if one.minutes_each is None else write_minutes(one)
    return [
        Cell(drawing=draw_share(frame, one.automated, label=words.SHARE_LABEL)),
        write_share(frame, one.automated),
        Cell(
            language.count(one.exceptions),
            sub=f"{language.interval(excepted.low, excepted.high, n=excepted.n)}%",
            is_strong=one.exceptions > 0,
        ),
        Cell(minutes, sub=language.sample(one.timed) if one.timed else ""),
    ]
