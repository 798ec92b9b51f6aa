"""What the morning stands on: reads alarms, rates, money, late and missing files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.briefing_facts import Cash, Early, Facts, Late, Stale, StyleAlarm
from dashboards.lib.language import Language
from dashboards.lib.money import Money, read_money
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.shop import Shop
from dashboards.lib.trust import find_arrivals
from dashboards.lib.weeks import find_monday

MARTS: Final = (
    "rpt_worklist",
    "rpt_category_development",
    "rpt_exchange_days",
    "rpt_episode_months",
    "rpt_refund_days",
    "rpt_outstanding_refunds",
    "rpt_entities",
)
CHANGED_WEEKS: Final = 8  # how long a change is called one
SHOWN_CHANGES: Final = 8
YEAR: Final = timedelta(days=365)
NEAR: Final = timedelta(days=15)  # half the distance of two past as-of days
RANKABLE: Final = 0.3  # developed: from here on a style is ranked (metrics.md)


@dataclass(frozen=True)
class Development:
    """The return rate that the year's deliveries are expected to end with.

    Attributes
    ----------
    rate : float
        Expected returned ÷ delivered units; NaN where nothing was delivered.
    n : int
    developed_share : float
    before : float or None
        What the year before ended with.
    """

    rate: float
    n: int
    developed_share: float
    before: float | None


@dataclass(frozen=True)
class Morning:
    """Everything that the page shows.

    Attributes
    ----------
    facts : Facts
    money : Money
    development : Development or None
    changes : DataFrame
        Rows of ``rpt_worklist`` in alarm, or changed in the last weeks.
    counts : mapping of str to int
        Rows of the worklist by level.
    missing : list of str
        Entities that never arrived.
    """

    facts: Facts
    money: Money
    development: Development | None
    changes: pd.DataFrame
    counts: Mapping[str, int]
    missing: Sequence[str]


def read_morning(*, shop: Shop, today: date, language: Language) -> Morning:
    """Read the marts of the page.

    Parameters
    ----------
    shop : Shop
    today : date
        The shop's day on the clock.
    language : Language
        Names reasons.
    """
    money = read_money(shop=shop)
    worklist = _read_worklist()
    entities = serving.read_mart("rpt_entities")
    levels = serving.read_mart("rpt_worklist", columns=["level_code"])["level_code"]
    counts = {str(level): int(count) for level, count in levels.value_counts().items()}
    amount, count = money.late
    facts = Facts(
        today=today,
        style_count=counts.get("style", 0),
        false_share=shop.false_share,
        alarms=_list_alarms(worklist, language=language),
        cash=build_cash(money, as_of=shop.as_of),
        late=Late(count, amount, money.outstanding) if count else None,
        outstanding=None if money.ages is None else money.outstanding,
        early=find_early(worklist, as_of=shop.as_of),
        stale=_find_stale(shop, today=today),
    )
    return Morning(
        facts=facts,
        money=money,
        development=_read_development(as_of=shop.as_of),
        changes=find_changes(worklist, as_of=shop.as_of),
        counts=counts,
        missing=sorted(entities.loc[~entities["is_landed"], "entity_name"]),
    )


def _read_worklist() -> pd.DataFrame:
    """Read the styles, and of the SKUs, which are many, those in alarm: changes are of styles."""
    styles = serving.read_mart("rpt_worklist", where={"level_code": "style"})
    skus = serving.read_mart("rpt_worklist", where={"level_code": "sku", "is_alarm": True})
    return pd.concat([styles, skus], ignore_index=True)


def build_cash(money: Money, *, as_of: date) -> Cash | None:
    """Build the cash of the running week where it is forecast, else of the last seven days."""
    if money.last_days is None:
        return None
    weeks = money.weeks["amount"].dropna()
    past = tuple(float(amount) for amount in weeks)
    paid = money.last_days
    running = pd.Timestamp(find_monday(as_of + timedelta(days=1)))
    coming = money.fan[money.fan["week_start_date"] == running]
    if coming.empty:
        return Cash(paid.amount, paid.before, paid.count, weeks=past)
    week = list_records(coming)[0]
    before = money.weeks.set_index("week_start_date")["last_amount"].get(running)
    ahead = tuple(float(amount) for amount in money.fan["forecast"])
    return Cash(
        amount=round(week["forecast"]),
        before=None if before is None or is_missing(before) else round(before),
        n=paid.count,
        low=round(week["low"]),
        high=round(week["high"]),
        weeks=(*past, *ahead),
        ahead=len(ahead),
    )


def find_changes(worklist: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Find what is in alarm or changed of late; a SKU only where its style is not among them.

    Returns
    -------
    DataFrame
        Alarms first, then in the order of the worklist.
    """
    first = pd.Timestamp(as_of - timedelta(weeks=CHANGED_WEEKS))
    since = pd.to_datetime(worklist["since_date"])
    found = worklist[worklist["is_alarm"] | (since >= first)]
    styles = found[found["level_code"] == "style"]
    skus = found[(found["level_code"] == "sku") & ~found["style_id"].isin(styles["style_id"])]
    return pd.concat([styles, skus]).sort_values(
        ["is_alarm", "likely_excess_amount", "style_id", "sku"],
        ascending=[False, False, True, True],
        kind="stable",
    )


def find_early(worklist: pd.DataFrame, *, as_of: date) -> Early | None:
    """Find the newest season whose goods are mostly too young to rank."""
    styles = worklist[(worklist["level_code"] == "style") & worklist["season_name"].notna()]
    weighted = styles.assign(developed=styles["developed_share"] * styles["delivered_count"])
    seasons = weighted.groupby("season_name")[["developed", "delivered_count"]].sum()
    shares = (seasons["developed"] / seasons["delivered_count"].where(lambda n: n > 0)).dropna()
    young = shares[shares < RANKABLE]
    if young.empty:
        return None
    curves = serving.read_mart("rpt_lag_curves", columns=["age_days", "developed_share"])
    typical = curves.groupby("age_days")["developed_share"].median()
    ready = typical[typical >= RANKABLE]
    if ready.empty:
        return None
    season = str(young.sort_values(kind="stable").index[0])
    return Early(season, float(young.min()), as_of + timedelta(days=int(ready.index.min())))


def name_row(row: Mapping[str, Any]) -> str:
    """Name a row of the worklist: the style, and the SKU where it is one.

    Examples
    --------
    >>> name_row({"style_id": "7712", "style_name": "Loafer", "sku": None})
    'Loafer 7712'
    >>> name_row({"style_id": "7712", "style_name": "7712", "sku": "7712-24"})
    '7712-24'
    """
    name, style = str(row["style_name"] or row["style_id"]), str(row["style_id"])
    key = row["sku"] if isinstance(row["sku"], str) else style
    return key if name == style else f"{name} {key}"


def _list_alarms(worklist: pd.DataFrame, *, language: Language) -> tuple[StyleAlarm, ...]:
    labels = serving.read_mart("rpt_reason_labels").drop_duplicates("reason_code", keep="last")
    words = labels.set_index("reason_code")[f"label_{language.code}_text"]
    alarms = worklist[worklist["is_alarm"]]
    in_alarm = set(alarms.loc[alarms["level_code"] == "style", "style_id"])
    return tuple(
        StyleAlarm(
            style_id=str(row["style_id"]),
            name=name_row(row),
            category=str(row["category_name"] or ""),
            reason=str(words.get(row["main_reason_code"], "") or ""),
            amount=int(row["excess_amount"]),
            n=int(row["delivered_count"]),
            observed=row["observed_rate"],
            final=row["developed_rate"],
            low=row["low"],
            high=row["high"],
            expected=row["expected_rate"],
            developed_share=row["developed_share"],
            certainty=row["alarm_probability"],
        )
        for row in list_records(alarms)
        if row["level_code"] == "style" or row["style_id"] not in in_alarm
    )


def _read_development(*, as_of: date) -> Development | None:
    names = ["delivered_count", "developed_exposure", "expected_returns", "settled_returned_count"]
    rows = serving.read_mart("rpt_category_development")
    current = rows[rows["is_current"]][names].astype(float).sum()
    n = current["delivered_count"]
    if not n:
        return None
    settled = rows[rows["is_settled"]].groupby("as_of_date")[names].sum().astype(float)
    distance = (pd.to_datetime(settled.index) - pd.Timestamp(as_of - YEAR)).map(abs)
    near = settled[distance <= pd.Timedelta(NEAR)]
    before = near.iloc[-1] if len(near) else None
    return Development(
        rate=current["expected_returns"] / n,
        n=int(n),
        developed_share=current["developed_exposure"] / n,
        before=None
        if before is None
        else float(before["settled_returned_count"] / before["delivered_count"]),
    )


def _find_stale(shop: Shop, *, today: date) -> Stale | None:
    """Find the usual file that did not come; a synthetic shop gets none and is never late."""
    files = serving.read_mart("rpt_files")
    arrivals = (
        {} if shop.is_synthetic else find_arrivals(files, time_zone=shop.time_zone, today=today)
    )
    days = sorted({day for arrival in arrivals.values() for day in arrival.days})
    waited = measures.count_days_late(days, today=today) if days else 0
    late = {name: arrival for name, arrival in arrivals.items() if arrival.late_days}
    if not waited or not late:
        return None
    # The file up to whose last arrival the numbers stand.
    name = max(sorted(late), key=lambda each: (late[each].days[-1], len(late[each].days)))
    return Stale(waited, name, late[name].days[-1])
