"""Read dates and timestamps in the spellings of real exports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo

from orchestration.landing.clock_times import ClockTime, parse_clock_time
from orchestration.landing.refusals import Parsed, Refused, fold_number

DateOrder = Literal["ymd", "dmy", "mdy"]
EpochUnit = Literal["seconds", "milliseconds"]

# 1 January 1990 and older is what systems write for "no date" (reliability.md, section 3).
FIRST_DATE: Final = date(1990, 1, 2)
DAYS_AHEAD: Final = 400  # days after the load; farther ahead is a typing error
_SHEET_DAY_ZERO: Final = date(1899, 12, 30)  # Excel's 1900 system, with its missing leap day
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERA_LETTERS: Final = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_MONTH: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_SEPARATOR: Final = r"\s*(?P<separator>[-/.])\s*"
_DATES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "ymd",
        re.compile(
            rf"(?P<y>\d{{4}}){_SEPARATOR}(?P<m>\d{{1,2}})\s*(?P=separator)\s*(?P<d>\d{{1,2}})(?!\d)"
        ),
    ),
    ("ymd", re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")),
    (
        "era",
        re.compile(
            r"(?P<era>令和|平成|昭和|大正|明治|[RHSTM])\s*(?P<y>\d{1,2}|元)\s*(?:年|[-/.])"
            r"\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)\s*日?"
        ),
    ),
    ("ymd", re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=$|[T\s]|\d{4}(?:\d{2})?$)")),
    (
        "named",
        re.compile(rf"(?P<d>\d{{1,2}})[-\s](?P<m>{_MONTH})\.?[-\s,]+(?P<y>\d{{4}})", re.IGNORECASE),
    ),
    (
        "named",
        re.compile(rf"(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})", re.IGNORECASE),
    ),
    (
        "declared",
        re.compile(
            rf"(?P<a>\d{{1,2}}){_SEPARATOR}(?P<b>\d{{1,2}})\s*(?P=separator)\s*(?P<y>\d{{4}})(?!\d)"
        ),
    ),
)
_WEEKDAY: Final = re.compile(
    r"\s*(?:\((?:[日月火水木金土](?:曜日?)?|mon|tue|wed|thu|fri|sat|sun)\)|[日月火水木金土]曜日?)",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_SHEET_DAY: Final = re.compile(r"(\d{5})(\.\d+)?")
_NUMBER: Final = re.compile(r"\d{1,16}(?:\.\d+)?")
_REFUSALS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("date_without_year", re.compile(r"\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}\s*日?(?:\s.*|[(].*)?")),
    ("date_two_digit_year", re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,2}(?:[T\s].*)?")),
    ("epoch_not_declared", re.compile(r"\d{10}(?:\.\d+)?|\d{13}")),
)
_SECONDS_PER_DAY: Final = 86_400


@dataclass(frozen=True)
class DateRules:
    """What decides how a date is read.

    Attributes
    ----------
    time_zone : ZoneInfo
        Zone of timestamps that name none.
    latest : date
        Last plausible day, in ``time_zone``.
    order : {"ymd", "dmy", "mdy"}
        How ``01/05/2026`` is meant; ``"ymd"`` refuses it.
    epoch : {"seconds", "milliseconds"} or None
        Whether the column holds epoch numbers, and in which unit.
    """

    time_zone: ZoneInfo
    latest: date
    order: DateOrder = "ymd"
    epoch: EpochUnit | None = None


def parse_timestamp(text: str, *, rules: DateRules) -> Parsed:
    """Read a timestamp into UTC text; a date alone is its midnight in the rules' zone.

    A local time that a change of clocks skips or repeats is read with the offset before the change.

    Parameters
    ----------
    text : str
    rules : DateRules

    Returns
    -------
    str or Refused
        ``YYYY-MM-DD HH:MM:SS`` in UTC; or ``date_not_read``, ``date_without_year``,
        ``date_two_digit_year``, ``date_order_not_declared``, ``date_does_not_exist``,
        ``time_does_not_exist``, ``epoch_not_declared``, ``date_too_early``, ``date_too_late``.

    Examples
    --------
    >>> rules = DateRules(ZoneInfo("Asia/Tokyo"), latest=date(2027, 1, 1))
    >>> parse_timestamp("2026年1月5日(月) 午後3時05分", rules=rules)
    '2026-01-05 06:05:00'
    >>> parse_timestamp("令和8年1月5日 25:30", rules=rules)
    '2026-01-05 16:30:00'
    >>> parse_timestamp("01/05/2026", rules=rules).rule
    'date_order_not_declared'
    """
    moment = _parse_moment(text, rules=rules)
    if isinstance(moment, Refused):
        return moment
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def parse_date(text: str, *, rules: DateRules) -> Parsed:
    """Read a day; a timestamp is brought to its day in the rules' zone.

    Returns
    -------
    str or Refused
        ``YYYY-MM-DD``; rules as in ``parse_timestamp``.

    Examples
    --------
    >>> parse_date("2026/1/5", rules=DateRules(ZoneInfo("Asia/Tokyo"), latest=date(2027, 1, 1)))
    '2026-01-05'
    """
    moment = _parse_moment(text, rules=rules)
    if isinstance(moment, Refused):
        return moment
    return f"{moment.astimezone(rules.time_zone):%Y-%m-%d}"


def _parse_moment(text: str, *, rules: DateRules) -> datetime | Refused:
    folded = fold_number(text)
    if rules.epoch is not None:
        moment = _parse_epoch(folded, unit=rules.epoch)
    elif match := _SHEET_DAY.fullmatch(folded):
        moment = _parse_sheet_day(match, zone=rules.time_zone)
    else:
        moment = _parse_written(folded, rules=rules)
    if isinstance(moment, Refused):
        return moment
    day = moment.astimezone(rules.time_zone).date()
    if day < FIRST_DATE:
        return Refused("date_too_early", {"limit": FIRST_DATE.isoformat()})
    if day > rules.latest:
        return Refused("date_too_late", {"limit": rules.latest.isoformat()})
    return moment


def _parse_written(folded: str, *, rules: DateRules) -> datetime | Refused:
    folded = _WEEKDAY_BEFORE.sub("", folded, count=1) if folded[:1].isalpha() else folded
    for kind, pattern in _DATES:
        match = pattern.match(folded)
        if match is None:
            continue
        rest = folded[match.end() :]
        clock = parse_clock_time(_WEEKDAY.sub("", rest, count=1))
        if clock is None:
            continue
        if kind == "declared" and rules.order == "ymd":
            return Refused("date_order_not_declared")
        day = _build_date(match, kind=kind, order=rules.order)
        if day is None:
            return Refused("date_does_not_exist")
        return clock if isinstance(clock, Refused) else _join(day, clock, zone=rules.time_zone)
    for rule, pattern in _REFUSALS:
        if pattern.fullmatch(folded):
            return Refused(rule)
    return Refused("date_not_read")


def _build_date(match: re.Match[str], *, kind: str, order: DateOrder) -> date | None:
    if kind == "era":
        era = _ERA_LETTERS.get(match["era"], match["era"])
        year = _ERAS[era] + (1 if match["y"] == "元" else int(match["y"]))
    else:
        year = int(match["y"])
    if kind == "declared":
        first, second = int(match["a"]), int(match["b"])
        month, day = (second, first) if order == "dmy" else (first, second)
    elif kind == "named":
        month, day = _MONTHS.index(match["m"][:3].lower()) + 1, int(match["d"])
    else:
        month, day = int(match["m"]), int(match["d"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _join(day: date, clock: ClockTime, *, zone: tzinfo) -> datetime | Refused:
    try:
        return datetime.combine(day, time(), tzinfo=clock.zone or zone) + clock.since_midnight
    except OverflowError:
        return Refused("date_too_late", {"limit": date.max.isoformat()})


def _parse_sheet_day(match: re.Match[str], *, zone: tzinfo) -> datetime:
    day = _SHEET_DAY_ZERO + timedelta(days=int(match[1]))
    seconds = round(float(match[2] or 0) * _SECONDS_PER_DAY)
    return datetime.combine(day, time(), tzinfo=zone) + timedelta(seconds=seconds)


def _parse_epoch(folded: str, *, unit: EpochUnit) -> datetime | Refused:
    if not _NUMBER.fullmatch(folded):
        return Refused("date_not_read")
    seconds = float(folded) / (1 if unit == "seconds" else 1000)
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC)
    except (OverflowError, ValueError, OSError):
        return Refused("date_does_not_exist")
