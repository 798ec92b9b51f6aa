"""What can be said of an address, and what is done about it."""

from __future__ import annotations

from typing import Final

SHIP, CORRECT, ASK, NOT_CHECKED = "ship", "correct", "ask", "not_checked"
LANES: Final = (SHIP, CORRECT, ASK, NOT_CHECKED)

PREFECTURE_MISSING: Final = "prefecture_missing"
PREFECTURE_MISMATCH: Final = "prefecture_mismatch"
WARD_MISSING: Final = "ward_missing"
CITY_MISSING: Final = "city_missing"
CITY_MISMATCH: Final = "city_mismatch"
CITY_UNKNOWN: Final = "city_unknown"
POSTAL_MISSING: Final = "postal_missing"
POSTAL_FORMAT: Final = "postal_format"
POSTAL_UNKNOWN: Final = "postal_unknown"
POSTAL_MISMATCH: Final = "postal_mismatch"
POSTAL_GENERIC: Final = "postal_generic"
POSTAL_OFFICE: Final = "postal_office"
TOWN_MISSING: Final = "town_missing"
TOWN_TYPO: Final = "town_typo"
TOWN_UNLISTED: Final = "town_unlisted"
TOWN_UNKNOWN: Final = "town_unknown"
BANCHI_MISSING: Final = "banchi_missing"
BANCHI_SUSPECTED: Final = "banchi_suspected"
ROOM_SUSPECTED: Final = "room_suspected"

INFORMATIVE: Final = frozenset({PREFECTURE_MISSING, POSTAL_OFFICE, ROOM_SUSPECTED})
CORRECTABLE: Final = frozenset(
    {
        *(PREFECTURE_MISMATCH, WARD_MISSING, CITY_MISSING, CITY_MISMATCH),
        *(POSTAL_MISSING, POSTAL_FORMAT, POSTAL_UNKNOWN, POSTAL_MISMATCH, POSTAL_GENERIC),
        *(TOWN_MISSING, TOWN_TYPO, TOWN_UNLISTED),
    }
)
ASKED: Final = frozenset({TOWN_UNKNOWN, CITY_UNKNOWN, BANCHI_MISSING, BANCHI_SUSPECTED})
CODES: Final = INFORMATIVE | CORRECTABLE | ASKED
