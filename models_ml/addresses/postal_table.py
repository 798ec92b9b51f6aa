"""Rows of Japan Post → the table that is searched: one block of towns per city."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from models_ml.addresses.folding import fold

TOWN, WHOLE_CITY, BUILDING, OFFICE = "t", "c", "b", "o"
CODE_DIGITS: Final = 7
PREFIX_DIGITS: Final = 3
_FIELD, _ROW, _END = "\x1f", "\x1e", "end"
# Traps of the published table; each was met in the data.
_ALL_OF_CITY: Final = re.compile(r"以下に掲載がない場合|の次に.*番地.*場合")
_FLOOR: Final = re.compile(r"(?:高層棟)?[0-9]+階|地階・階層不明")
_RANGE_OF_LAND: Final = re.compile(r"第?[0-9０-９]+(?:地割.*|[ 　]*)$")


class PostalRow(NamedTuple):
    """One row of the postal table as it is published.

    Attributes
    ----------
    code : str
        Seven digits.
    prefecture, city, town : str
    note : str
        What stands in brackets behind the town.
    has_chome : bool
        Whether 丁目 are counted in the town, as far as the row shows.
    is_office : bool
        Whether the code belongs to one company or box.
    """

    code: str
    prefecture: str
    city: str
    town: str
    note: str
    has_chome: bool
    is_office: bool


class CleanRow(NamedTuple):
    """One town, or whole city, with one of its codes."""

    code: str
    town: str
    note: str
    has_chome: bool
    kind: str


@dataclass(frozen=True)
class CityRows:
    """The rows of one city, still as text.

    Attributes
    ----------
    prefecture, name : str
    block : str
        Of ``iterate_rows``.
    """

    prefecture: str
    name: str
    block: str

    def iterate_rows(self) -> Iterator[CleanRow]:
        """Read the block."""
        for line in self.block.split(_ROW):
            code, town, note, chome, kind = line.split(_FIELD)
            yield CleanRow(code, town, note, chome == "1", kind)


@dataclass(frozen=True)
class PostalTable:
    """Everything that is known of places, cheap to read and not yet searched.

    Attributes
    ----------
    data_month : str
        Like ``2026-10``.
    cities : tuple of CityRows
    codes : dict of str to str
        By the first three digits: ``code:city:city`` and so on, cities by their place in
        ``cities``, separated by commas.
    """

    data_month: str
    cities: tuple[CityRows, ...]
    codes: dict[str, str]


def build_table(rows: Iterable[PostalRow], *, data_month: str) -> PostalTable:
    """Clean the rows and put them by city.

    Parameters
    ----------
    rows : iterable of PostalRow
    data_month : str

    Returns
    -------
    PostalTable
    """
    by_city: defaultdict[tuple[str, str], dict[CleanRow, None]] = defaultdict(dict)
    for row in rows:
        by_city[row.prefecture, row.city] |= dict.fromkeys(_clean_row(row))
    cities, by_prefix = [], defaultdict[str, defaultdict[str, set[int]]](lambda: defaultdict(set))
    for place, ((prefecture, city), found) in enumerate(sorted(by_city.items())):
        lines = [_FIELD.join([*row[:3], str(int(row.has_chome)), row.kind]) for row in found]
        cities.append(CityRows(prefecture, city, _ROW.join(lines)))
        for code in {line[:CODE_DIGITS] for line in lines}:
            by_prefix[code[:PREFIX_DIGITS]][code].add(place)
    codes = {
        prefix: ",".join(
            ":".join([code, *map(str, sorted(places))]) for code, places in sorted(known.items())
        )
        for prefix, known in sorted(by_prefix.items())
    }
    return PostalTable(data_month, tuple(cities), codes)


def write_table(table: PostalTable) -> str:
    """Write a table as text, to be kept beside the program."""
    lines = [table.data_month, str(len(table.cities))]
    lines += ["\t".join([one.prefecture, one.name, one.block]) for one in table.cities]
    lines += [f"{prefix}\t{known}" for prefix, known in table.codes.items()]
    return "\n".join([*lines, _END])


def parse_table(text: str) -> PostalTable:
    """Read what ``write_table`` wrote.

    Raises
    ------
    ValueError
        If it is cut or something else.
    """
    data_month, count, *lines, end = text.split("\n")
    if end != _END:
        raise ValueError(f"a postal table ends with {end[:20]!r}, expected {_END!r}: it was cut")
    cities = [CityRows(*line.split("\t")) for line in lines[: int(count)]]
    codes = dict(line.split("\t") for line in lines[int(count) :])
    return PostalTable(data_month, tuple(cities), codes)


def _clean_row(row: PostalRow) -> Iterator[CleanRow]:
    if row.is_office:
        yield CleanRow(row.code, row.town, "", row.has_chome, OFFICE)
    elif not row.town or _is_whole_city(row):
        yield CleanRow(row.code, "", "", has_chome=False, kind=WHOLE_CITY)
    elif _FLOOR.fullmatch(row.note):
        yield CleanRow(row.code, row.town, "", has_chome=False, kind=BUILDING)
    else:
        for town in _split_town(row):
            yield CleanRow(row.code, town, row.note, row.has_chome, TOWN)


def _is_whole_city(row: PostalRow) -> bool:
    # A town 一円 exists, but "<city>一円" means all of it.
    own_name = row.city.rpartition("郡")[2]
    return bool(
        _ALL_OF_CITY.search(row.town)
        or _ALL_OF_CITY.search(row.note)
        or row.town == f"{own_name}一円"
    )


def _split_town(row: PostalRow) -> Iterator[str]:
    if "地割" in row.town + row.note:
        # Ranges were cut in the middle of a number: only the name before the numbers is sound.
        parts = [_RANGE_OF_LAND.sub("", part) for part in re.split("[、〜]", row.town)]
        yield from dict.fromkeys(part for part in parts if part and not fold(part).isdigit())
    elif row.town == "甲、乙":
        # Land of the whole town; the name that people write stands in the brackets.
        yield from (row.note,) if row.note != "その他" else ("甲", "乙")
    else:
        yield from row.town.split("、")
