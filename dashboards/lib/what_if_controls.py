"""The controls of "What if?": what can be changed, kept in the address; "now" leaves it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboards.lib import address, markup
from dashboards.lib import words_what_if as words
from dashboards.lib.frame import Frame
from dashboards.lib.records import is_missing
from dashboards.lib.what_if import Baseline, Choices
from dashboards.lib.yard import read_own

NAME, FEE, LOST = "draft", "fee", "lost"
SHARE, BONUS, WINDOW, FREIGHT, RAIL = "exchanges", "bonus", "days", "freight", "rail"
DEFAULTS: Final = {
    **{SHARE: "", BONUS: "", WINDOW: "", FREIGHT: "shop", RAIL: "bank"},
    **{FEE: "", LOST: "", NAME: ""},
}
HIGHEST: Final = 60  # percent of exchanges that are offered at least
MORE: Final = 20  # points above today's share
BONUSES: Final = 20  # steps of the bonus
STEP: Final = {0: 100, 2: 1}  # of the bonus in whole units, by the digits of the currency


def read_choices(frame: Frame, base: Baseline) -> Choices:
    """Read what is chosen; what is not offered, such as from an old link, changes nothing."""
    share, bonus = _read(SHARE, list_shares(base)), _read(BONUS, list_bonuses(frame, base))
    window = _read(WINDOW, list_windows(base))
    typed = read_own({key: address.read_choice(key, default="") for key in (FEE, LOST)})
    scale = 10**frame.shop.currency.exponent
    fee = typed[FEE] * scale if FEE in typed else base.get("digital_fee_amount")
    lost = typed.get(LOST)
    return Choices(
        share=None if share is None else share / 100,
        bonus=None if bonus is None else bonus * scale,
        window=window,
        is_freight_theirs=address.read_choice(FREIGHT, default="shop") == "customer",
        is_digital=address.read_choice(RAIL, default="bank") == "digital",
        fee=None if is_missing(fee) else fee,
        lost_sales=None if lost is None or lost > 100 else lost / 100,  # noqa: PLR2004 - percent
    )


def _read(key: str, options: Sequence[str]) -> int | None:
    chosen = address.read_choice(key, default="")
    return int(chosen) if chosen and chosen in options else None


def list_shares(base: Baseline) -> list[str]:
    """List the shares that can be chosen in whole percent; today's, empty, in its own place.

    Examples
    --------
    >>> list_shares(Baseline({"exchange_share": 0.502}))[49:53]
    ['49', '50', '', '51']
    """
    now = base.get("exchange_share")
    if is_missing(now):
        return []
    top = min(100, max(HIGHEST, math.ceil(100 * now) + MORE))
    return _place_now(range(top + 1), now=100 * now)


def list_bonuses(frame: Frame, base: Baseline) -> list[str]:
    """List the bonuses that can be chosen, in whole units of the currency."""
    currency, given = frame.shop.currency, base.per_exchange("bonus_amount")
    step = STEP.get(currency.exponent, 1)
    now = 0.0 if is_missing(given) else currency.to_major(given)
    return _place_now(range(0, step * (BONUSES + 1), step), now=now)


def list_windows(base: Baseline) -> list[str]:
    """List the windows that can be chosen: shorter ones, and today's at the end.

    Examples
    --------
    >>> list_windows(Baseline({"longest_window_days": 3})), list_windows(Baseline({}))
    (['1', '2', ''], [])
    """
    longest = base.get("longest_window_days")
    return [] if is_missing(longest) else [*map(str, range(1, int(longest))), ""]


def _place_now(values: Sequence[int], *, now: float) -> list[str]:
    """Put today's value, empty, where it belongs; a whole one stands for itself.

    Examples
    --------
    >>> _place_now(range(3), now=0.0), _place_now(range(3), now=5.0)
    (['', '1', '2'], ['0', '1', '2', ''])
    """
    lower = [str(value) for value in values if value < now]
    return [*lower, "", *(str(value) for value in values if value > now)]


def show_controls(frame: Frame, base: Baseline, choices: Choices) -> None:
    """Show what can be changed, each with what it is now."""
    say, unit = frame.say, frame.language.money_unit(0, frame.shop.currency).label
    markup.show_heading(say(words.CHANGE))
    n = base.get("request_line_count")
    if list_shares(base):
        now = frame.language.rate(base.get("exchange_share"), n=n)
        names = {one: f"{one}%" if one else now for one in list_shares(base)}
        _show_slider(SHARE, label=say(words.SHARE, now=now), names=names)
    now = write_bonus(frame, base)
    scale = 10**frame.shop.currency.exponent
    bonuses = list_bonuses(frame, base)
    names = {one: frame.money(int(one) * scale) if one else now for one in bonuses}
    _show_slider(BONUS, label=say(words.BONUS, now=now), names=names)
    _show_window(frame, base)
    payers = {code: say(name) for code, name in words.FREIGHT_PAYERS.items()}
    _show_segments(FREIGHT, label=say(words.FREIGHT), names=payers)
    rails = {code: say(name) for code, name in words.RAILS.items()}
    _show_segments(RAIL, label=say(words.RAIL), names=rails)
    _show_number(
        frame, FEE, label=say(words.FEE, unit=unit), asked=say(words.FEE_ASKED), told=choices.fee
    )
    st.text_input(say(words.NAME), key=NAME, max_chars=40, placeholder=say(words.NAME_EXAMPLE))
    markup.show_paragraph(say(words.NAME_NOTE), kind="note")


def _show_window(frame: Frame, base: Baseline) -> None:
    """Show the window, and the question that only the reader can answer."""
    windows, say = list_windows(base), frame.say
    if not windows:
        markup.show_paragraph(say(words.NO_WINDOW), kind="note")
        return
    now = write_window(frame, base)
    names = {one: say(words.DAYS, n=one) if one else now for one in windows}
    _show_slider(WINDOW, label=say(words.WINDOW, now=now), names=names)
    _show_number(frame, LOST, label=say(words.LOST), asked=say(words.LOST_ASKED), told=None)


def write_window(frame: Frame, base: Baseline) -> str:
    """Write the windows of today's rules."""
    first, last = (base.get(f"{name}_window_days") for name in ("shortest", "longest"))
    if first == last:
        return frame.say(words.DAYS, n=int(last))
    return frame.say(words.DAYS_RANGE, first=int(first), last=int(last))


def write_bonus(frame: Frame, base: Baseline) -> str:
    """Write what everyone who exchanges is given today, on average."""
    given = base.per_exchange("bonus_amount")
    return frame.money(0 if is_missing(given) else given)


def _show_slider(key: str, *, label: str, names: Mapping[str, str]) -> None:
    address.keep_valid(key, options=list(names), default="")
    st.select_slider(label, options=list(names), format_func=names.__getitem__, key=key)


def _show_segments(key: str, *, label: str, names: Mapping[str, str]) -> None:
    address.keep_valid(key, options=list(names), default=DEFAULTS[key])
    st.segmented_control(
        label, options=list(names), required=True, format_func=names.__getitem__, key=key
    )


def _show_number(frame: Frame, key: str, *, label: str, asked: str, told: float | None) -> None:
    """Show a field without a default; what the shop has told already stands in it, pale."""
    shown = "" if told is None else f"{frame.shop.currency.to_major(told):g}"
    st.text_input(label, key=key, placeholder=shown)
    text = str(st.session_state.get(key) or "")
    if text and not read_own({key: text}):
        asked = frame.say(words.NO_NUMBER)
    markup.show_paragraph(asked, kind="note")
