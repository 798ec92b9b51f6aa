"""The judgement of single values of ``kaeru.toml``: each is taken as it is, or refused."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from typing import Final, cast

from orchestration.folder import SETTINGS_FILE
from orchestration.wording import Words, WrongUseError

MAX_DAYS: Final = 3650

UNKNOWN_KEY: Final = Words(
    ja="{file} の {key} は知らない項目です。{nearest} のことですか。",
    en="{file} has an unknown key, {key}. Did you mean {nearest}?",
)
OUT_OF_RANGE: Final = Words(
    ja="{file} の {key} = {value!r} は使えません。使える値: {expected}。",
    en="{file}: {key} = {value!r} cannot be used. Expected: {expected}.",
)


def build_refusal(key: str, value: object, expected: str) -> WrongUseError:
    """Build the refusal of a value that cannot be used."""
    return WrongUseError(OUT_OF_RANGE, key=key, value=value, expected=expected, file=SETTINGS_FILE)


def refuse_unknown(key: str, *, known: tuple[str, ...]) -> None:
    """Refuse a key that is not known, and name the nearest one that is."""
    if key not in known:
        nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
        raise WrongUseError(UNKNOWN_KEY, key=key, nearest=nearest, file=SETTINGS_FILE)


def parse_pattern(key: str, value: object, pattern: str, expected: str) -> str:
    """Take a text that matches a pattern whole."""
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise build_refusal(key, value, expected)
    return value


def parse_name(key: str, value: object) -> str:
    """Take a name: one line, not blank."""
    return parse_pattern(key, value, r"[^\n\r]*[^\s][^\n\r]*", "「…」 / a name")


def parse_zone(key: str, value: object) -> str:
    """Take the IANA name of a time zone."""
    if not isinstance(value, str) or value not in zoneinfo.available_timezones():
        raise build_refusal(key, value, "Asia/Tokyo, Europe/Berlin, …")
    return value


def parse_currency(key: str, value: object) -> str:
    """Take an ISO 4217 code."""
    return parse_pattern(key, value, "[A-Z]{3}", "JPY, EUR, …")


def parse_language(key: str, value: object) -> str:
    """Take ja or en."""
    return parse_pattern(key, value, "ja|en", "ja | en")


def parse_tax(key: str, value: object) -> str:
    """Take what unit prices say of tax."""
    return parse_pattern(key, value, "included|excluded", "included | excluded")


def parse_time_of_day(key: str, value: object) -> str:
    """Take HH:MM."""
    return parse_pattern(key, value, r"([01]\d|2[0-3]):[0-5]\d", "05:30, …")


def parse_days(key: str, value: object) -> int:
    """Take a number of days from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_DAYS:
        raise build_refusal(key, value, f"0 … {MAX_DAYS}")
    return value


def parse_positive_days(key: str, value: object) -> int:
    """Take a number of days from 1 on."""
    if parse_days(key, value) == 0:
        raise build_refusal(key, value, f"1 … {MAX_DAYS}")
    return cast("int", value)


def parse_flag(key: str, value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise build_refusal(key, value, "true | false")
    return value
