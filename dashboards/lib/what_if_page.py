"""The parts of "What if?": answer, now and then, the waterfall, and the numbers behind it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboards.lib import address, charts, markup, what_if, what_if_charts, what_if_controls
from dashboards.lib import words_frame as common
from dashboards.lib import words_what_if as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Panel
from dashboards.lib.theme import paint
from dashboards.lib.what_if import Baseline, Choices, Plan, Step
from dashboards.lib.what_if_figures import write_both, write_difference, write_interval
from dashboards.lib.what_if_levers import compute_plan, find_break_even
from dashboards.lib.what_if_table import build_own

if TYPE_CHECKING:
    from markupsafe import Markup

TENTH: Final = 10
PLACES: Final = ("start", "end", "low", "high")


def build_eyebrow(frame: Frame, base: Baseline) -> list[str]:
    """Name the department, the basis, and the draft where it has a name."""
    months = base.get("month_count")
    is_whole = bool(base.row.get("is_whole_months"))
    basis = frame.say(words.BASIS, months=int(months)) if is_whole else frame.say(words.BASIS_ONE)
    return [frame.say(common.EXECUTIVES), basis, address.read_choice("draft", default="")]


def show_levers(frame: Frame, base: Baseline) -> None:
    """Show the controls beside what they would do."""
    if not base.is_known:
        _show_nothing(frame, base)
        return
    choices = what_if_controls.read_choices(frame, base)
    plan = compute_plan(base, choices)
    left, right = st.columns([1, 2.5], gap="large")
    with left, st.container(key="k_levers"):
        what_if_controls.show_controls(frame, base, choices)
        if plan.steps:
            table = build_own(frame, base)
            with st.expander(frame.say(words.OWN, n=len(table.rows))):
                markup.show_table(table)
    with right:
        with st.container(key="k_outcome"):
            _show_answer(frame, base, plan=plan, choices=choices)
        if not plan.steps:
            markup.show_heading(frame.say(words.OWN_HEADING))
            markup.show_table(build_own(frame, base))
        _show_bars(frame, plan)
        _show_steps(frame, base, plan=plan, choices=choices)


def _show_answer(frame: Frame, base: Baseline, *, plan: Plan, choices: Choices) -> None:
    strong, direction = markup.strong, plan.direction
    if direction in ("falls", "rises"):
        now, then = write_both(frame, plan.now, plan.now + plan.change)
        told = {"then": strong(then), "change": strong(frame.money(abs(plan.change)))}
        message = words.FALLS if direction == "falls" else words.RISES
        answer = frame.fill(message, now=now, **told)
    elif direction == "unknown":
        ends = write_interval(frame, *plan.interval, is_signed=True)
        answer = frame.fill(words.UNKNOWN, interval=strong(ends))
    else:
        message = words.SAME_ASKED if plan.steps else words.SAME
        answer = frame.fill(message, now=strong(frame.money(plan.now)))
    markup.show_paragraph(answer, kind="answer")
    markup.show_paragraph(_write_proof(frame, base, plan=plan, choices=choices), kind="note")


def _write_proof(frame: Frame, base: Baseline, *, plan: Plan, choices: Choices) -> Markup:
    low, high = sorted(map(abs, plan.interval))
    row = base.row
    sentences = [
        frame.fill(
            words.PROOF[plan.direction],
            interval=write_interval(frame, low, high),
            n=frame.language.count(base.get("return_line_count")),
            period=frame.language.period(
                pd.Timestamp(row["first_date"]).date(),
                pd.Timestamp(row["last_date"]).date(),
                today=frame.today,
            ),
        )
    ]
    if any(step.is_small for step in plan.known):
        sentences.append(frame.fill(words.FEW))
    if choices.bonus and not is_missing(base.get("saving_each_amount")):
        sentences.append(_write_break_even(frame, base, choices.bonus))
    return markup.join(sentences, language=frame.language)


def _write_break_even(frame: Frame, base: Baseline, bonus: float) -> Markup:
    """Say from which share of exchanges on a bonus pays."""
    needed, n = find_break_even(base, bonus), base.get("request_line_count")
    money = frame.money(bonus)
    if math.isinf(needed):
        saved = frame.money(base.get("saving_each_amount"))
        return frame.fill(words.NEVER_PAYS, bonus=money, saved=saved)
    now = frame.language.rate(base.get("exchange_share"), n=n)
    return frame.fill(words.PAYS, bonus=money, now=now, then=frame.language.rate(needed, n=n))


def _scale(frame: Frame, amount: float, unit: MoneyUnit) -> float:
    return frame.shop.currency.to_major(amount) / unit.size


def _show_bars(frame: Frame, plan: Plan) -> None:
    """Show what returns cost now and then; nothing while nothing is changed."""
    if plan.direction == "same":
        return
    unit = frame.language.money_unit(plan.now, frame.shop.currency)
    then = plan.now + plan.change
    texts = dict(zip(("now", "then"), write_both(frame, plan.now, then), strict=True))
    ends = [plan.now + end for end in plan.interval]
    rows = [
        {"code": "now", "amount": plan.now, "low": math.nan, "high": math.nan, "colour": "ink"},
        {"code": "then", "amount": then, "low": ends[0], "high": ends[1], "colour": "accent"},
    ]
    bars = pd.DataFrame(
        {
            "label": frame.say(words.BARS[str(row["code"])]),
            "text": texts[str(row["code"])],
            "colour": paint(str(row["colour"])),
            **{name: _scale(frame, float(row[name]), unit) for name in ("amount", "low", "high")},
        }
        for row in rows
    )
    charts.show_chart(
        what_if_charts.build_bars(bars), words=frame.say(words.BARS_WORDS, **texts), height=76
    )


def _show_steps(frame: Frame, base: Baseline, *, plan: Plan, choices: Choices) -> None:
    """Show what each change does, and what is still asked."""
    if plan.known:
        steps = what_if.lay_waterfall(plan)
        largest = float(steps[list(PLACES)].abs().max().max())
        unit = frame.language.money_unit(largest / TENTH, frame.shop.currency)
        caption = frame.say(words.CHART_CAPTION, unit=unit.label)
        if steps["is_small"].any():
            caption += frame.say(words.CHART_SMALL)
        heading = write_heading(frame, plan)
        show_section(heading, caption=caption)
        laid = steps.assign(
            label=[write_step(frame, base, choices, code) for code in steps["code"]],
            text=[
                write_difference(frame, row["end"] - row["start"], unit=unit)
                if row["is_measured"]
                else frame.say(words.NOT_MEASURABLE)
                for row in list_records(steps)
            ],
            **{name: [_scale(frame, place, unit) for place in steps[name]] for name in PLACES},
        )
        parts = ("、" if frame.language.code == "ja" else ", ").join(
            f"{row['label']} {row['text']}" for row in list_records(laid)
        )
        charts.show_chart(
            what_if_charts.build_waterfall(laid, now=frame.say(words.NOW)),
            words=f"{heading} {parts}",
            height=what_if_charts.ROW * len(laid) + 40,
        )
    _show_notes(frame, base, plan=plan, choices=choices)


def _show_notes(frame: Frame, base: Baseline, *, plan: Plan, choices: Choices) -> None:
    """Say what is asked, what is missing, and what the records cannot say."""
    waiting = [step for step in plan.steps if step.missing]
    notes = [_write_missing(frame, base, choices, step) for step in waiting]
    if waiting:
        notes.append(frame.fill(words.NOT_IN_TOTAL))
    codes = {step.code for step in plan.known}
    if "window" in codes:
        notes.append(frame.fill(words.EARLIER))
    if codes & {"bonus", "freight"} and choices.share is None:
        notes.append(frame.fill(words.ANSWERS_OF_CUSTOMERS))
    if notes:
        markup.show_paragraph(markup.join(notes, language=frame.language), kind="note")


def _write_missing(frame: Frame, base: Baseline, choices: Choices, step: Step) -> Markup:
    name = write_step(frame, base, choices, step.code)
    if step.missing in words.ASKED:
        return frame.fill(words.ASKED[step.missing], step=name)
    return frame.fill(words.LACKS, step=name, file=markup.code(step.missing))


def write_step(frame: Frame, base: Baseline, choices: Choices, code: str) -> str:
    """Name a change with its values."""
    told: dict[str, object] = {}
    n = base.get("request_line_count")
    if code == "exchange" and choices.share is not None:
        told["now"] = frame.language.rate(base.get("exchange_share"), n=n)
        told["then"] = f"{100 * choices.share:.0f}%"
    elif code == "bonus" and choices.bonus is not None:
        told["then"] = frame.money(choices.bonus)
    elif code == "window":
        told["then"] = frame.say(words.DAYS, n=choices.window)
    return frame.say(words.STEPS[code], **told)


def write_heading(frame: Frame, plan: Plan) -> str:
    """Say which change matters most, and how much of a window's gain lost sales take."""
    if not any(step.amount for step in plan.known):
        return frame.say(words.NOTHING_CHANGES)
    decided = [step for step in plan.known if step.is_decided]
    if not decided:
        return frame.say(words.NOTHING_DECIDED)
    first = max(decided, key=lambda step: abs(step.amount))
    lever = frame.say(words.LEVERS[first.code])
    heading = frame.say(words.HELPS if first.amount < 0 else words.HURTS, lever=lever)
    by_code = {step.code: step.amount for step in plan.known}
    gain, lost = -by_code.get("window", 0.0), by_code.get("lost_sales", 0.0)
    if gain > 0 and 0 < lost <= gain:
        blank = "" if frame.language.code == "ja" else " "
        heading += blank + frame.say(words.EATEN, share=f"{100 * lost / gain:.0f}%")
    return heading


def _show_nothing(frame: Frame, base: Baseline) -> None:
    """Say what is missing, or that there was nothing to lose."""
    missing = base.row.get("missing_name") or ("" if base.row else "orders")
    if not isinstance(missing, str) or not missing:
        row = base.row
        if not row["is_whole_months"]:
            panel = Panel("hatched", frame.say(words.NOTHING_TITLE), frame.say(words.TOO_EARLY))
            markup.show_panel(panel)
            return
        ends = [pd.Timestamp(row[name]).date() for name in ("first_date", "last_date")]
        period = frame.language.period(*ends, today=frame.today)
        text = frame.say(words.EMPTY, period=period)
        markup.show_panel(Panel("empty", frame.say(words.EMPTY_TITLE), text))
        return
    message = words.NO_COSTS if missing.startswith("products") else words.NOTHING
    text = frame.fill(message, file=markup.code(missing))
    markup.show_panel(Panel("hatched", frame.say(words.NOTHING_TITLE), text))
