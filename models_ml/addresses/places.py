"""What can be named in an address: prefectures, cities, towns and their codes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from models_ml.addresses.folding import fold
from models_ml.addresses.postal_table import (
    OFFICE,
    TOWN,
    WHOLE_CITY,
    CityRows,
    CleanRow,
)

MANY_BLOCKS: Final = 50  # 丁目 that a town has at most: Sapporo and Obihiro count beyond 40
# Many towns have 丁目 that the table does not say; those called 町 mostly number their lots.
FEW_BLOCKS: Final = 5
_WARD: Final = re.compile(r"(.+市)(.+区)")
_DISTRICT: Final = re.compile(r"(.{1,5}?郡)(.{1,6}[町村])")


@dataclass(slots=True, eq=False)
class Town:
    """A town of a city, under every code that it has.

    Attributes
    ----------
    key : str
        Folded name.
    name : str
        As Japan Post spells it.
    codes : tuple of (str, str)
        Code and what the table says in brackets of the part that it is for.
    most_blocks : int
        Up to which a number alone may be a 丁目 and no lot.
    has_longer : bool
        Whether the name of another town of the city begins with this one.
    """

    key: str
    name: str
    codes: tuple[tuple[str, str], ...]
    most_blocks: int
    has_longer: bool = False


@dataclass(slots=True, eq=False)
class Towns:
    """The towns of one city.

    Attributes
    ----------
    by_key : dict of str to Town
    longest : int
        Characters of the longest key.
    by_code : dict of str to tuple of Place
        What a code may mean in this city.
    whole_codes : list of str
        Codes for what has none of its own.
    """

    by_key: dict[str, Town]
    longest: int
    by_code: dict[str, tuple[Place, ...]]
    whole_codes: list[str]

    def find(self, text: str, place: int) -> Town | None:
        """Find the longest town whose name stands at ``place``."""
        by_key = self.by_key
        for end in range(min(place + self.longest, len(text)), place, -1):
            town = by_key.get(text[place:end])
            if town is not None:
                return town
        return None


@dataclass(slots=True, eq=False)
class City:
    """A city, ward or village.

    Attributes
    ----------
    prefecture, name : str
        As Japan Post spells them.
    prefecture_key, key : str
        Folded.
    base, ward : str
        Folded name of a designated city and of its ward; empty where it has none.
    short : str
        Folded name without the district (郡); empty where it has none.
    is_kyoto : bool
        Whether streets are written before the town.
    """

    prefecture: str
    name: str
    prefecture_key: str
    key: str
    base: str
    ward: str
    short: str
    is_kyoto: bool
    rows: CityRows | None
    loaded: Towns | None = field(default=None, repr=False)

    @property
    def towns(self) -> Towns:
        """The towns, read when they are first asked for."""
        if self.loaded is None:
            self.loaded = read_towns(self)
            self.rows = None  # read, and as large as what was read of it
        return self.loaded


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One thing that a postal code means.

    Attributes
    ----------
    city : City
    town : Town, optional
        None where the code is for the whole city, or its town is not known.
    kind : str
        Of ``postal_table``.
    """

    city: City
    town: Town | None
    kind: str


def read_city(rows: CityRows) -> City:
    """Name a city in all the ways that people write it; its towns wait."""
    key = fold(rows.name)
    ward, district = _WARD.fullmatch(key), _DISTRICT.fullmatch(key)
    return City(
        prefecture=rows.prefecture,
        name=rows.name,
        prefecture_key=fold(rows.prefecture),
        key=key,
        base=ward[1] if ward else "",
        ward=ward[2] if ward else "",
        short=district[2] if district else "",
        is_kyoto=key.startswith("京都市"),
        rows=rows,
    )


def read_towns(city: City) -> Towns:
    """Read the towns of a city, and hang the codes of buildings and offices on them."""
    by_key: dict[str, Town] = {}
    attached: list[CleanRow] = []
    whole: list[str] = []
    for row in city.rows.iterate_rows() if city.rows else ():
        if row.kind == WHOLE_CITY:
            whole.append(row.code)
        elif row.kind == TOWN:
            key = fold(row.town)
            town = by_key.get(key)
            if town is None:
                blocks = 0 if city.is_kyoto or key.endswith("町") else FEW_BLOCKS
                name = key if key == row.town else row.town  # one text where they are equal
                town = by_key[key] = Town(key, name, (), blocks)
            town.codes = (*town.codes, (row.code, row.note))
            if row.has_chome:
                town.most_blocks = MANY_BLOCKS
        else:
            attached.append(row)
    by_key.pop("", None)
    for key in by_key:
        for end in range(1, len(key)):
            shorter = by_key.get(key[:end])
            if shorter is not None:
                shorter.has_longer = True
    towns = Towns(by_key, max(map(len, by_key), default=0), {}, whole)
    towns.by_code = _index_codes(city, towns, attached)
    return towns


def _index_codes(
    city: City, towns: Towns, attached: list[CleanRow]
) -> dict[str, tuple[Place, ...]]:
    found: defaultdict[str, dict[tuple[str, Town | None], None]] = defaultdict(dict)
    for town in towns.by_key.values():
        for code, _ in town.codes:
            found[code][TOWN, town] = None
    for code in towns.whole_codes:
        found[code][WHOLE_CITY, None] = None
    for row in attached:
        key = fold(row.town)
        town_of_row = towns.find(key, 0)
        if row.has_chome and town_of_row is not None and town_of_row.key == key:
            town_of_row.most_blocks = MANY_BLOCKS
        if town_of_row is not None or row.kind == OFFICE:
            found[row.code][row.kind, town_of_row] = None
    return {
        code: tuple(Place(city, town, kind) for kind, town in kinds)
        for code, kinds in found.items()
    }
