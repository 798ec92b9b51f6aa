"""The parts of "Is our back yard earning?": answer, lamps, leak, costs, rails and what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboards.lib import markup, words_yard, yard, yard_tables
from dashboards.lib import words_frame as common
from dashboards.lib import words_yard as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing
from dashboards.lib.tables import Panel
from dashboards.lib.yard import Yard

if TYPE_CHECKING:
    from markupsafe import Markup

TRY: Final = "try_"  # before a cost's name: the key of its field, and its name in the address
TRIED: Final = {f"{TRY}{name}": "" for name in words_yard.COST_NAMES}
MOVE_FEE: Final = f"{TRY}{yard.PAYOUT_FEE}"
TOML: Final = "kaeru.toml"


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.EXECUTIVES), frame.say(words.BASIS)]


def build_answer(frame: Frame, found: Yard) -> Markup:
    """Write the answer; a state that no condition has is left out."""
    if not found.conditions:
        return markup.fill("")
    counts = [(state, found.count(state)) for state in yard.STATES if found.count(state)]
    clauses = [
        frame.fill(words.CLAUSES[state][n > 1], n=markup.strong(str(n))) for state, n in counts
    ]
    is_japanese = frame.language.code == "ja"
    # "測れません" ends a sentence by itself; a noun does not.
    ends_open = counts[-1][0] != "not_measurable"
    parts = [
        frame.fill(
            words.ANSWER_DONE if ends_open else words.ANSWER,
            clauses=_join_clauses(clauses, is_japanese=is_japanese),
        )
    ]
    if found.is_known:
        message = words.LEAK if found.is_whole else words.LEAK_SO_FAR
        parts.append(frame.fill(message, money=markup.strong(frame.money(found.total))))
    return markup.join(parts, language=frame.language)


def _join_clauses(clauses: list[Markup], *, is_japanese: bool) -> Markup:
    if is_japanese:
        return markup.fill("、").join(clauses)
    if len(clauses) == 1:
        return clauses[0]
    return markup.fill(
        "{first} and {last}", first=markup.fill(", ").join(clauses[:-1]), last=clauses[-1]
    )


def build_caption(frame: Frame, found: Yard) -> str:
    """Say what a pass asks for, and which months were judged."""
    if found.first is None or found.last is None or not found.conditions:
        return ""
    period = frame.language.period(found.first, found.last, today=frame.today)
    message = words.CAPTION if found.month_count > 1 else words.CAPTION_ONE
    return frame.say(message, period=period, months=found.month_count)


def show_conditions(frame: Frame, found: Yard) -> None:
    """Show the five lamps."""
    if found.conditions:
        unit = yard_tables.find_unit(frame, found)
        markup.show_table(yard_tables.build_conditions(frame, found, unit=unit))


def show_leak(frame: Frame, found: Yard) -> None:
    """Show the waterfall beside the costs that made it; what a reader tries rescales it."""
    if not found.is_known:
        _show_nothing(frame, found)
        return
    own = read_tried()
    changed = yard.compute_parts(found.parts, yard.change_costs(found.costs, own))
    parts = changed if own else found.parts
    wide, narrow = st.columns([1.45, 1], gap="large")
    with wide:
        _show_waterfall(frame, found, parts)
        if float(parts["month_amount"].sum()) != found.total:
            _show_tried(frame, found, float(parts["month_amount"].sum()))
        _show_unmeasured(frame, found)
    with narrow:
        _show_costs(frame, found, own)


def _show_waterfall(frame: Frame, found: Yard, parts: Any) -> None:  # noqa: ANN401 - a frame
    unit = yard_tables.find_unit(frame, found)
    largest = yard.find_largest(parts)
    if largest is None:
        show_section(frame.say(words.LEAK_NONE))
        return
    hole, share = largest
    heading = frame.say(
        words.LEAK_HEADING,
        share=f"{100 * share:.0f}%",
        hole=frame.say(words.HOLES[hole]),
    )
    show_section(heading, caption=frame.say(words.LEAK_CAPTION, unit=unit.label))
    markup.show_table(yard_tables.build_leak(frame, parts, unit=unit))


def _show_tried(frame: Frame, found: Yard, total: float) -> None:
    text = frame.fill(
        words.TRIED,
        money=markup.strong(frame.money(total)),
        change=write_change(frame, total - found.total),
    )
    markup.show_paragraph(text, kind="note")


def write_change(frame: Frame, amount: float) -> str:
    """Write a difference with its sign."""
    return f"+{frame.money(amount)}" if amount > 0 else frame.money(amount)


def _show_unmeasured(frame: Frame, found: Yard) -> None:
    rows = yard_tables.list_unmeasured(found)
    if not rows:
        return
    parts = [
        frame.fill(
            words.UNMEASURED_PART,
            part=frame.say(words.PARTS[row["part_code"]]),
            file=markup.code(row["missing_name"]),
        )
        for row in rows
    ]
    comma = markup.fill("、" if frame.language.code == "ja" else ", ")
    markup.show_paragraph(frame.fill(words.UNMEASURED, parts=comma.join(parts)), kind="note")


def _show_costs(frame: Frame, found: Yard, own: dict[str, float]) -> None:
    is_yen = frame.shop.currency.code == "JPY"
    caption = frame.fill(words.COSTS_CAPTION, file=markup.code(TOML), table=markup.code("[costs]"))
    show_section(frame.say(words.COSTS if is_yen else words.COSTS_MONEY), caption=caption)
    costs = yard.list_costs(found.costs)
    markup.show_table(yard_tables.build_costs(frame, costs, own))
    with st.expander(frame.say(words.TRY)):
        markup.show_paragraph(frame.say(words.TRY_CAPTION), kind="note")
        for cost in costs:
            _show_field(frame, cost)


def _show_field(frame: Frame, cost: dict[str, Any]) -> None:
    """Show the field in which a reader tries another value of a cost."""
    name = str(cost["parameter_name"])
    if name == yard.PAYOUT_FEE:  # asked for where refunds are moved to it
        return
    kind = yard_tables.find_cost_unit(name)
    unit = frame.language.money_unit(0, frame.shop.currency).label
    value = cost["parameter_value"]
    st.text_input(
        frame.say(words.TRY_UNIT[kind], name=frame.say(words.COST_NAMES[name]), unit=unit),
        placeholder="" if is_missing(value) else f"{value:g}",
        key=f"{TRY}{name}",
    )
    _say_no_number(frame, f"{TRY}{name}")


def _say_no_number(frame: Frame, key: str) -> None:
    text = str(st.session_state.get(key) or "")
    if text and not yard.read_own({key: text}):
        markup.show_paragraph(frame.say(words.NO_NUMBER), kind="note")


def read_tried() -> dict[str, float]:
    """Read the values that a reader tries, by cost."""
    texts = {key.removeprefix(TRY): str(st.session_state.get(key) or "") for key in TRIED}
    return yard.read_own(texts)


def show_rails(frame: Frame, found: Yard) -> None:
    """Show how refunds leave, and what moving those entered by hand would change."""
    if found.rails.empty:
        text = frame.fill(words.NO_REFUNDS, file=markup.code("refunds"))
        markup.show_panel(Panel("hatched", frame.say(words.NO_REFUNDS_TITLE), text))
        return
    show_section(
        frame.say(words.RAILS), caption=frame.say(words.RAILS_CAPTION, months=found.month_count)
    )
    markup.show_table(yard_tables.build_rails(frame, found))
    show_section(frame.say(words.MOVE))
    by_hand = found.by_hand
    if not by_hand.count or is_missing(by_hand.month_amount):
        markup.show_paragraph(frame.say(words.MOVE_NONE), kind="note")
        return
    left, right = st.columns([1, 2.2], gap="large", vertical_alignment="bottom")
    with left:
        unit = frame.language.money_unit(0, frame.shop.currency).label
        st.text_input(frame.say(words.MOVE_FEE, unit=unit), key=MOVE_FEE)
        _say_no_number(frame, MOVE_FEE)
    with right:
        markup.show_paragraph(_write_move(frame, found), kind="note")


def _write_move(frame: Frame, found: Yard) -> Markup:
    """Write what it costs now and then; without a fee, from which one on it pays."""
    rails, fee = found.by_hand, read_tried().get(yard.PAYOUT_FEE, found.payout_fee)
    count = frame.language.count(rails.count)
    now = frame.money(rails.month_amount)
    sentences = [
        frame.fill(
            words.MOVE_ASK, n=count, money=now, fee=markup.strong(frame.money(rails.break_even))
        )
    ]
    if fee is not None:
        change = rails.compute_change(fee)
        then = frame.money(rails.month_amount + change)
        told = {"now": now, "then": markup.strong(then), "change": write_change(frame, change)}
        sentences = [frame.fill(words.MOVE_ANSWER, fee=frame.money(fee), **told)]
    mine = found.rails[found.rails["method_code"] == "bank_transfer"]
    days = mine[["median_days", "p90_days"]].dropna()
    if len(days):
        median, p90 = (frame.language.count(days[name].iloc[0]) for name in days.columns)
        sentences.append(frame.fill(words.MOVE_DAYS, median=median, p90=p90))
    elif mine["assumed_days"].notna().any():
        assumed = frame.language.count(mine["assumed_days"].iloc[0])
        sentences.append(frame.fill(words.MOVE_DAYS_ASSUMED, n=assumed))
    return markup.join(sentences, language=frame.language)


def _show_nothing(frame: Frame, found: Yard) -> None:
    names = dict.fromkeys(row["missing_name"] for row in yard_tables.list_unmeasured(found))
    comma = markup.fill("、" if frame.language.code == "ja" else ", ")
    files = comma.join(markup.code(name) for name in names) if names else markup.code("orders")
    text = frame.fill(words.NOTHING, files=files)
    markup.show_panel(Panel("hatched", frame.say(words.NOTHING_TITLE), text))
