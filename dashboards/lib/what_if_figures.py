"""How "What if?" writes amounts: two that must be told apart, intervals, differences."""

from __future__ import annotations

from dashboards.lib.currency import MoneyUnit, round_for_sentence, round_half_up
from dashboards.lib.frame import Frame
from dashboards.lib.money_charts import write_amount


def write_both(frame: Frame, now: float, then: float) -> tuple[str, str]:
    """Write two amounts of a sentence; where both would read the same, a digit finer."""
    told = frame.money(now), frame.money(then)
    if told[0] != told[1]:
        return told
    unit = frame.language.money_unit(now, frame.shop.currency)
    digits = unit.decimals or int(unit.size > 1)
    values = [frame.shop.currency.to_major(amount) / unit.size for amount in (now, then)]
    first, second = (f"{round_half_up(one, digits=digits):,.{digits}f}" for one in values)
    return _set_unit(frame, first, unit), _set_unit(frame, second, unit)


def write_difference(frame: Frame, amount: float, *, unit: MoneyUnit) -> str:
    """Write a difference with its sign, in the unit of its chart."""
    return write_amount(frame, round_for_sentence(amount), unit=unit, is_signed=True)


def write_interval(frame: Frame, low: float, high: float, *, is_signed: bool = False) -> str:
    """Write both ends of an interval, its unit once."""
    unit = frame.language.money_unit(max(abs(low), abs(high)), frame.shop.currency)
    ends = [
        write_amount(frame, round_for_sentence(end), unit=unit, is_signed=is_signed)
        for end in (low, high)
    ]
    if is_signed and frame.language.code == "en":
        return " to ".join(_put_sign_first(_set_unit(frame, end, unit)) for end in ends)
    return _set_unit(frame, ("〜" if frame.language.code == "ja" else "–").join(ends), unit)


def _put_sign_first(text: str) -> str:
    """Put the sign of a difference before that of the currency.

    Examples
    --------
    >>> _put_sign_first("¥−38K"), _put_sign_first("¥0K")
    ('−¥38K', '¥0K')
    """
    for sign in ("−", "+"):
        if sign in text:
            return sign + text.replace(sign, "", 1)
    return text


def _set_unit(frame: Frame, figure: str, unit: MoneyUnit) -> str:
    """Put the unit where the language has it."""
    sign = frame.shop.currency.sign.strip()
    if frame.language.code == "ja":
        return f"{figure}{unit.label}"
    return f"{sign}{figure}{unit.label.removeprefix(sign)}"
