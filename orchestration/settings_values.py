"""What may stand in ``kaeru.toml``, and what stands there when nothing is said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from orchestration.folder import SETTINGS_FILE
from orchestration.settings_judging import (
    build_refusal,
    parse_currency,
    parse_days,
    parse_flag,
    parse_language,
    parse_name,
    parse_pattern,
    parse_positive_days,
    parse_tax,
    parse_time_of_day,
    parse_zone,
    refuse_unknown,
)
from orchestration.wording import Language, Words, WrongUseError

Tax = Literal["included", "excluded"]

TABLES: Final = ("sources", "alerts", "alarms", "costs", "exchanges", "fit")
SOURCE_KEYS: Final = ("lead_time_days", "has_deliveries")
# Bounds of [costs], yen in minor units; defaults: dbt_project/seeds/cost_parameters.csv.
YEN: Final = (0.0, 1_000_000.0)
SHARE: Final = (0.0, 1.0)
MINUTES: Final = (0.0, 600.0)
TIMES: Final = (0.0, 20.0)
DAYS: Final = (0.0, 365.0)
COST_BOUNDS: Final = {
    "outbound_freight": YEN,
    "inbound_freight": YEN,
    "inspection_minutes": MINUTES,
    "repack": YEN,
    "service_minutes": MINUTES,
    "hourly_wage": YEN,
    "value_loss_a": SHARE,
    "value_loss_b": SHARE,
    "value_loss_c": SHARE,
    "value_loss_x": SHARE,
    "value_loss_ungraded": SHARE,
    "price_decay": SHARE,
    "outlet_price": SHARE,
    "sale_chance": SHARE,
    "settle_minutes": MINUTES,
    "shelf_minutes": MINUTES,
    "recoverable_share": SHARE,
    "recovery_cost": YEN,
    "address_check_minutes": MINUTES,
    "bring_back_freights": TIMES,
    "redelivery": YEN,
    "contact_minutes": MINUTES,
    "decision_minutes": MINUTES,
    "transfer_fee": YEN,
    "psp_refund_fee": YEN,
    "refund_entry_minutes": MINUTES,
    "second_check_minutes": MINUTES,
    "digital_payout_fee": YEN,
    "transfer_wait_days": DAYS,
    "disposal": YEN,
}
# Bounds of [exchanges]; defaults: dbt_project/seeds/exchange_parameters.csv.
EXCHANGE_BOUNDS: Final = {
    "safety_stock": (0.0, 1_000_000.0),
    "answer_days": (0.0, 365.0),
    "prior_offers": (1.0, 1_000_000.0),
    "prior_units": (1.0, 1_000_000.0),
    "refund_fee": YEN,
    "refund_minutes": MINUTES,
    "subsidy": YEN,
}
# Bounds of [fit]; defaults: int_settings_defaulted_to_size_charts.
FIT_BOUNDS: Final = {
    "chart_tolerance_cm": (0.1, 10.0),
    "shoe_tolerance_cm": (0.05, 2.0),
}
# Lowest and highest value of the settings in [alarms].
ALARM_BOUNDS: Final = {
    "ratio": (1.0, 10.0),
    "false_share": (0.001, 0.5),
    "minimum_units": (0.0, 1_000_000.0),
}

NO_TOML: Final = Words(
    ja="{file} が TOML として読めません: {error}。その行を直してください。",
    en="{file} is no valid TOML: {error}. Mend that line.",
)
MISSING: Final = Words(
    ja="{file} に {key} がありません。書き足してください。",
    en="{file} lacks {key}. Add it.",
)


@dataclass(frozen=True)
class SourceSettings:
    """What a shop says about one of its source systems; None means not said.

    Attributes
    ----------
    lead_time_days : int or None
        Days from shipping (or ordering) to delivery where no delivery is recorded.
    has_deliveries : bool or None
        Whether the source records deliveries.
    """

    lead_time_days: int | None = None
    has_deliveries: bool | None = None


@dataclass(frozen=True)
class AlarmSettings:
    """When a style or SKU is called bad.

    Attributes
    ----------
    ratio : float
        Above this many times its expected rate, in [1, 10].
    false_share : float
        Accepted share of false alarms, in (0, 0.5].
    minimum_units : float
        Units that must have had the time to come back, in [0, 1,000,000].
    """

    ratio: float = 1.5
    false_share: float = 0.10
    minimum_units: float = 5.0


@dataclass(frozen=True)
class ShopSettings:
    """The contents of ``kaeru.toml``; the defaults are those of a Japanese shop.

    Attributes
    ----------
    name : str
    time_zone : str
        IANA name.
    currency : str
        ISO 4217 code.
    language : {"ja", "en"}
    return_window_days : int
        In [0, 3650].
    tax : {"included", "excluded"}
        What unit prices say.
    lead_time_days : int
        In [0, 3650]; for sources that say nothing else.
    is_synthetic : bool
    address_days : int
        Days after landing at which addresses are purged, in [1, 3650].
    asleep_days : int
        Days after arrival from which a return that nobody shelved lies asleep, in [1, 3650].
    daily_run_at : str
        HH:MM in the shop's time zone: when ``kaeru schedule`` runs by itself.
    sources : mapping of source system to SourceSettings
    alarms : AlarmSettings
    costs : mapping of str to float
        What the shop says of ``COST_BOUNDS``; the rest keeps its default.
    exchanges : mapping of str to float
        The same of ``EXCHANGE_BOUNDS``.
    fit : mapping of str to float
        The same of ``FIT_BOUNDS``.
    alert_webhook : str or None
        Address that hears of a failed run.
    """

    name: str
    time_zone: str = "Asia/Tokyo"
    currency: str = "JPY"
    language: Language = "ja"
    return_window_days: int = 30
    tax: Tax = "included"
    lead_time_days: int = 2
    is_synthetic: bool = False
    address_days: int = 90
    asleep_days: int = 14
    daily_run_at: str = "05:30"
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    alarms: AlarmSettings = field(default_factory=AlarmSettings)
    costs: Mapping[str, float] = field(default_factory=dict)
    exchanges: Mapping[str, float] = field(default_factory=dict)
    fit: Mapping[str, float] = field(default_factory=dict)
    alert_webhook: str | None = None


def parse_settings_file(text: str, *, alert_webhook: str | None = None) -> ShopSettings:
    """Read and judge the text of a ``kaeru.toml``.

    Parameters
    ----------
    text : str
    alert_webhook : str, optional
        Replaces the file's own.

    Returns
    -------
    ShopSettings

    Raises
    ------
    WrongUseError
        If the text is no TOML, a key is unknown, the name is missing, or a value is out of its
        range.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongUseError(NO_TOML, file=SETTINGS_FILE, error=error) from None
    for key in found:
        refuse_unknown(key, known=(*PARSERS, *TABLES))
    if "name" not in found:
        raise WrongUseError(MISSING, key="name", file=SETTINGS_FILE)
    alerts = _take_table(found, "alerts", known=("webhook",))
    alarms = _take_numbers(found, "alarms", bounds=ALARM_BOUNDS)
    costs = _take_numbers(found, "costs", bounds=COST_BOUNDS)
    exchanges = _take_numbers(found, "exchanges", bounds=EXCHANGE_BOUNDS)
    fit = _take_numbers(found, "fit", bounds=FIT_BOUNDS)
    sources = _take_table(found, "sources", known=())
    webhook = alert_webhook or alerts.get("webhook")
    if webhook is not None:
        parse_pattern("alerts.webhook", webhook, r"https?://\S+", "https://…")
    values: dict[str, Any] = {key: PARSERS[key](key, value) for key, value in found.items()}
    return ShopSettings(
        sources={name: _parse_source(name, table) for name, table in sources.items()},
        alarms=AlarmSettings(**alarms),
        costs=costs,
        exchanges=exchanges,
        fit=fit,
        alert_webhook=webhook,
        **values,
    )


def _take_table(found: dict[str, Any], name: str, *, known: tuple[str, ...]) -> dict[str, Any]:
    table = found.pop(name, {})
    if not isinstance(table, dict):
        raise build_refusal(name, table, f"[{name}]")
    for key in table if known else ():
        refuse_unknown(f"{name}.{key}", known=tuple(f"{name}.{k}" for k in known))
    return table


def _take_numbers(
    found: dict[str, Any], name: str, *, bounds: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """Take a table of numbers, each within its bounds."""
    numbers = {}
    for key, value in _take_table(found, name, known=tuple(bounds)).items():
        low, high = bounds[key]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not low <= value <= high:
            raise build_refusal(f"{name}.{key}", value, f"{low:g} … {high:g}")
        numbers[key] = float(value)
    return numbers


def _parse_source(name: str, table: object) -> SourceSettings:
    if not isinstance(table, dict):
        raise build_refusal(f"sources.{name}", table, f"[sources.{name}]")
    where = f"sources.{name}"
    for key in table:
        refuse_unknown(f"{where}.{key}", known=tuple(f"{where}.{k}" for k in SOURCE_KEYS))
    days, deliveries = (table.get(key) for key in SOURCE_KEYS)
    return SourceSettings(
        lead_time_days=None if days is None else parse_days(f"{where}.lead_time_days", days),
        has_deliveries=(
            None if deliveries is None else parse_flag(f"{where}.has_deliveries", deliveries)
        ),
    )


PARSERS: Final = {
    "name": parse_name,
    "time_zone": parse_zone,
    "currency": parse_currency,
    "language": parse_language,
    "return_window_days": parse_days,
    "tax": parse_tax,
    "lead_time_days": parse_days,
    "is_synthetic": parse_flag,
    "address_days": parse_positive_days,
    "asleep_days": parse_positive_days,
    "daily_run_at": parse_time_of_day,
}
