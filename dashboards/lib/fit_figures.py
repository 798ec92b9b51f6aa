"""How figures of fit are written, on pages and on paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dashboards.lib import words_quotes as quoted
from dashboards.lib.counting import EXACT_FROM
from dashboards.lib.language import Language
from dashboards.lib.voice import Voice

MOST_SURE: Final = 0.999  # what is learned from a shop is never certain


def name_style(row: Mapping[str, Any]) -> str:
    """Name a style with its number, once where the name holds it."""
    name, style = str(row["style_name"]), str(row["style_id"])
    return name if style in name else f"{name} {style}"


def write_chance(language: Language, probability: float) -> str:
    """Write how probable a verdict is; never as certain.

    Examples
    --------
    >>> from dashboards.lib.language import find_language
    >>> write_chance(find_language("ja"), 0.97), write_chance(find_language("en"), 0.99999)
    ('97.0%', '99.9%')
    """
    return language.rate(min(probability, MOST_SURE), n=EXACT_FROM)


def round_about(count: float) -> float:
    """Round a count of deliveries to two digits: it is about so many."""
    return float(f"{count:.1e}")


def name_zone(voice: Voice, zone: object) -> str:
    """Name a part of the garment or the shoe."""
    return voice.say(quoted.ZONES[str(zone)]) if str(zone) in quoted.ZONES else str(zone)


def write_price(voice: Voice, amount: float) -> str:
    """Write a list price in full: a price is not rounded.

    Parameters
    ----------
    voice : Voice
    amount : float
        Minor units of the shop's currency.
    """
    currency = voice.shop.currency
    figure = f"{currency.to_major(amount):,.{currency.exponent}f}"
    if voice.language.code == "ja" and currency.code == "JPY":
        return f"{figure}円"
    return f"{currency.sign}{figure}"
