"""Read the time of day, and the zone, that stand behind a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from typing import Final

from orchestration.landing.refusals import Refused

_TIME: Final = re.compile(
    r"(?:T|\s)?\s*(?P<half>午前|午後)?\s*"
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"|(?P<jh>\d{1,2})時(?:\s*(?P<jm>\d{1,2})分(?:\s*(?P<js>\d{1,2})秒)?)?"
    r"|(?P<ch>\d{2})(?P<cm>\d{2})(?P<cs>\d{2})?)"
    r"\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>[Zz]|UTC|GMT|JST|[+-]\d{2}(?::?\d{2})?)?"
)
_ZONES: Final = {"Z": 0, "UTC": 0, "GMT": 0, "JST": 9}
_NOON: Final = 12  # hours
_LAST_MINUTE: Final = 59
_LAST_HOUR: Final = 29  # shops that close after midnight write 25:30 for 1:30 of the next day
_LAST_OFFSET_HOUR: Final = 14  # Kiribati: no zone lies farther from UTC


@dataclass(frozen=True)
class ClockTime:
    """A time of day.

    Attributes
    ----------
    since_midnight : timedelta
        From 0 to 29:59:59; 24 hours and more mean the next day.
    zone : tzinfo or None
        None where the text names none.
    """

    since_midnight: timedelta = timedelta()
    zone: tzinfo | None = None


def parse_clock_time(text: str) -> ClockTime | Refused | None:
    """Read what follows a date.

    Parameters
    ----------
    text : str
        NFKC-folded; may be empty, which is midnight.

    Returns
    -------
    ClockTime or Refused or None
        ``time_does_not_exist`` for 30:00 or 12:61; None where the text is no time at all.

    Examples
    --------
    >>> parse_clock_time(" 午後3時05分").since_midnight
    datetime.timedelta(seconds=54300)
    >>> parse_clock_time("T25:30").since_midnight
    datetime.timedelta(days=1, seconds=5400)
    """
    if not text.strip():
        return ClockTime()
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (
        int(match[f"{part}"] or match[f"j{part}"] or match[f"c{part}"] or 0) for part in "hms"
    )
    half = match["half"] or (match["ampm"] or "").upper().replace(".", "")
    if half:
        if hour > _NOON:
            return Refused("time_does_not_exist")
        hour = hour % _NOON + (_NOON if half in {"午後", "PM"} else 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE:
        return Refused("time_does_not_exist")
    zone = _parse_zone(match["zone"])
    if isinstance(zone, Refused):
        return zone
    return ClockTime(timedelta(hours=hour, minutes=minute, seconds=second), zone)


def _parse_zone(text: str | None) -> tzinfo | Refused | None:
    if text is None:
        return None
    if text.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[text.upper()]))
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > _LAST_OFFSET_HOUR or minutes > _LAST_MINUTE:
        return Refused("time_does_not_exist")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
