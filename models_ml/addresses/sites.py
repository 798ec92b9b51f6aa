"""Where an address says that it lies: every city and town that its beginning can be read as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models_ml.addresses.places import City, Place, Town
from models_ml.addresses.postal_index import PostalIndex

_STREET: Final = re.compile(r"[上下]ケ?ル|西入ル?|東入ル?|通|筋|入ル")  # Kyoto
_CITY_LIKE: Final = re.compile(r"[市区町村郡]")
LAND_MARKS: Final = "甲乙丙丁イロハニホヘトいろはにほと"  # as they are folded
LONGEST_CITY: Final = 13  # characters, with its district


@dataclass(frozen=True, slots=True)
class Site:
    """One reading of the beginning of an address.

    Attributes
    ----------
    city : City
    form : str
        Of ``postal_index``: how the city is named.
    start, end : int
        Of the city's name in the folded text.
    town : Town, optional
    town_start, town_end : int
        Of the town's name; both ``end`` where none is found.
    """

    city: City
    form: str
    start: int
    end: int
    town: Town | None
    town_start: int
    town_end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All readings of the beginning of an address.

    Attributes
    ----------
    prefecture : str
        Folded; empty where none is written.
    is_prefecture_whole : bool
        Whether 都, 府 or 県 is written too.
    start : int
        Where the city has to begin.
    sites : tuple of Site
        In the prefecture where any is, else anywhere.
    is_elsewhere : bool
        Whether the cities lie in no prefecture of that name.
    """

    prefecture: str
    is_prefecture_whole: bool
    start: int
    sites: tuple[Site, ...]
    is_elsewhere: bool


def read_sites(index: PostalIndex, text: str) -> Reading:
    """Read prefecture, city and town.

    Parameters
    ----------
    index : PostalIndex
    text : str
        Folded.

    Returns
    -------
    Reading
    """
    prefecture = index.find_prefecture(text)
    start, is_whole = len(prefecture), bool(prefecture)
    named = index.find_cities(text, start)
    if not named and not prefecture:
        prefecture, start = index.find_short_prefecture(text)
        named = index.find_cities(text, start)
    inside = [one for one in named if not prefecture or one.city.prefecture_key == prefecture]
    sites = []
    for one in inside or named:
        end = start + index.measure_name(one)
        town, town_start = find_town(one.city, text, end)
        town_end = town_start + (len(town.key) if town else 0)
        sites.append(Site(one.city, one.form, start, end, town, town_start, town_end))
    return Reading(prefecture, is_whole, start, tuple(sites), bool(named) and not inside)


def find_town(city: City, text: str, place: int) -> tuple[Town | None, int]:
    """Find the town, in Kyoto behind its streets, and where it begins."""
    if city.is_kyoto:
        for end in reversed(list(find_street_ends(text, place))):
            town = city.towns.find(text, end)
            if town is not None:
                return town, end
    return city.towns.find(text, place), place


def find_street_ends(text: str, place: int) -> Iterator[int]:
    """Find where a town may begin behind Kyoto's streets."""
    for found in _STREET.finditer(text, place):
        yield found.end()


def stands_at(place: Place, text: str, start: int) -> int:
    """Find where the town of a code stands at or behind ``start``; -1 where it does not."""
    if place.town is None:
        return -1
    key = place.town.key
    if text.startswith(key, start):
        return start
    if key[-1] in LAND_MARKS and text.startswith(key[:-1], start):
        # The mark of a part of the land stands before its number: 神拝字七反地甲217.
        return start if re.search(f"{key[-1]}[0-9]", text[start:]) else -1
    if place.city.is_kyoto:  # streets may come before it, and not all are told by a word
        return text.find(place.town.key, start)
    return -1


def find_city_ends(text: str, start: int) -> Iterator[int]:
    """Find where something that looks like a city's name may end, the longest first."""
    ends = [
        found.end()
        for found in _CITY_LIKE.finditer(text, start, start + LONGEST_CITY)
        if found.end() > start + 1
    ]
    yield from reversed(ends)
