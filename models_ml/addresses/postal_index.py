"""The searched form of the postal table: what a code means, what a name may be."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from models_ml.addresses.places import City, Place, read_city
from models_ml.addresses.postal_table import CODE_DIGITS, PREFIX_DIGITS, PostalTable

FULL, WITHOUT_DISTRICT, WITHOUT_WARD, WITHOUT_CITY = "full", "short", "base", "ward"
_SHORTEST_PREFECTURE: Final = 3


class Named(NamedTuple):
    """A way in which a city is named.

    Attributes
    ----------
    city : City
    form : str
        Whole, without 郡, a designated city without its ward, a ward without its city.
    """

    city: City
    form: str


class PostalIndex:
    """Search a postal table; towns and codes are read when they are first met.

    Parameters
    ----------
    table : PostalTable
    """

    def __init__(self, table: PostalTable) -> None:
        self.data_month = table.data_month
        self.cities: tuple[City, ...] = tuple(map(read_city, table.cities))
        self._codes = table.codes
        self._met: dict[str, tuple[Place, ...]] = {}
        self.prefectures = {city.prefecture_key: city.prefecture for city in self.cities}
        self._short_prefectures = {
            key[:-1]: key for key in self.prefectures if len(key) >= _SHORTEST_PREFECTURE
        }
        self._names = self._name_cities()
        self._longest_name = max(map(len, self._names))

    def find_places(self, code: str) -> tuple[Place, ...]:
        """Find everything that a code of seven digits means; nothing where it is unknown."""
        found = self._met.get(code)
        if found is None:
            found = self._read_places(code)
            if found:  # unknown codes have no end, and a server runs for long
                self._met[code] = found
        return found

    def find_prefecture(self, text: str) -> str:
        """Find the folded prefecture that a folded text begins with, or nothing."""
        for end in (3, 4):
            if text[:end] in self.prefectures:
                return text[:end]
        return ""

    def find_short_prefecture(self, text: str) -> tuple[str, int]:
        """Find a prefecture whose 都, 府 or 県 is left out, and how long it is in the text."""
        for end in (3, 2):
            key = self._short_prefectures.get(text[:end])
            if key and self.find_cities(text, end):
                return key, end
        return "", 0

    def find_cities(self, text: str, place: int) -> list[Named]:
        """Find the cities whose longest name stands at ``place`` of a folded text."""
        for end in range(min(place + self._longest_name, len(text)), place + 1, -1):
            found = self._names.get(text[place:end])
            if found is not None:
                return found
        return []

    def measure_name(self, named: Named) -> int:
        """Count the characters of the name in its form."""
        city, form = named
        return len(
            {FULL: city.key, WITHOUT_DISTRICT: city.short, WITHOUT_WARD: city.base}.get(
                form, city.ward
            )
        )

    def _name_cities(self) -> dict[str, list[Named]]:
        names: defaultdict[str, list[Named]] = defaultdict(list)
        for city in self.cities:
            names[city.key].append(Named(city, FULL))
            if city.short:
                names[city.short].append(Named(city, WITHOUT_DISTRICT))
            if city.base:
                names[city.base].append(Named(city, WITHOUT_WARD))
                names[city.ward].append(Named(city, WITHOUT_CITY))
        return dict(names)

    def _read_places(self, code: str) -> tuple[Place, ...]:
        known = f",{self._codes.get(code[:PREFIX_DIGITS], '')},"
        start = known.find(f",{code}:") + 1
        if not start or len(code) != CODE_DIGITS:
            return ()
        cities = known[start : known.index(",", start)].split(":")[1:]
        return tuple(
            place for city in cities for place in self.cities[int(city)].towns.by_code.get(code, ())
        )
