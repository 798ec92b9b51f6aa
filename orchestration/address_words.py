"""What an address check is called, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from models_ml.addresses.checking import AddressCheck
from orchestration.wording import Words

LANES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "ship": Words(ja="そのまま出荷", en="Ship"),
        "correct": Words(ja="直して出荷", en="Correct and ship"),
        "ask": Words(ja="お客さまに聞く", en="Ask the customer"),
        "not_checked": Words(ja="調べない（海外の住所）", en="Not checked (abroad)"),
    }
)
CODES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "prefecture_missing": Words(ja="都道府県がない", en="no prefecture"),
        "prefecture_mismatch": Words(ja="都道府県が違う", en="another prefecture"),
        "ward_missing": Words(ja="区が抜けている", en="the ward is missing"),
        "city_missing": Words(ja="市区町村が抜けている", en="the city is missing"),
        "city_mismatch": Words(ja="市区町村が違う", en="another city"),
        "city_unknown": Words(ja="市区町村が分からない", en="unknown city"),
        "postal_missing": Words(ja="郵便番号がない", en="no postal code"),
        "postal_format": Words(ja="郵便番号の桁", en="the postal code's digits"),
        "postal_unknown": Words(ja="郵便番号が表にない", en="unknown postal code"),
        "postal_mismatch": Words(
            ja="郵便番号が町と合わない", en="the postal code is another town's"
        ),
        "postal_generic": Words(
            ja="市区町村全体の郵便番号", en="the postal code of the whole city"
        ),
        "postal_office": Words(ja="事業所の郵便番号", en="the postal code of an office"),
        "town_missing": Words(ja="町が抜けている", en="the town is missing"),
        "town_typo": Words(ja="町の書き方のゆれ", en="the town is spelt differently"),
        "town_unlisted": Words(ja="町が表にない", en="the town is not in the table"),
        "town_unknown": Words(ja="町が見つからない", en="unknown town"),
        "banchi_missing": Words(ja="番地がない", en="no lot number"),
        "banchi_suspected": Words(ja="番地が足りなさそう", en="the lot number seems to be cut"),
        "room_suspected": Words(ja="部屋番号がなさそう", en="the room number seems to be missing"),
    }
)


def describe_check(check: AddressCheck, *, row: int) -> dict[str, Any]:
    """Say a check as the record of its row."""
    return {"row": row} | {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(check).items()
    }
