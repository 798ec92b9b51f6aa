"""One address → its lane, what is wrong with it, and the correction where only one fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models_ml.addresses import codes as said
from models_ml.addresses.confidence import rate_correction
from models_ml.addresses.correcting import apply_edits
from models_ml.addresses.folding import UNREADABLE, fold
from models_ml.addresses.judgement import Candidate, Judgement
from models_ml.addresses.judging import judge
from models_ml.addresses.lots import judge_lot, lacks_room
from models_ml.addresses.postal_index import PostalIndex
from models_ml.addresses.postal_table import OFFICE
from models_ml.addresses.postal_text import PostalText, read_postal, split_postal, write_like

RULES_VERSION: Final = 1  # raised with every change that may give an address another lane
MAX_CHARACTERS: Final = 200  # of an address; what is longer is no single one
MAX_CANDIDATES: Final = 5
JAPAN: Final = frozenset({"", "jp", "jpn", "japan", "日本", "日本国"})
_JAPANESE: Final = re.compile("[぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ]")
_LETTERS: Final = re.compile("[^\\W\\d_]")
_SECOND: Final = re.compile("〒|東京都|北海道|(?:京都|大阪)府|.{2,3}県.{1,6}[市郡]")


@dataclass(frozen=True, slots=True)
class AddressCheck:
    """What was found.

    Attributes
    ----------
    lane : str
        ``ship``, ``correct``, ``ask`` or ``not_checked``.
    codes : tuple of str
        What is wrong, or only noted.
    corrected_postal, corrected_address : str, optional
        Both whole, in lane ``correct`` only.
    confidence : float, optional
        How often such a correction is right; in lane ``correct`` only.
    candidates : tuple of str
        What it may mean: code, prefecture, city, town; in lane ``ask`` only.
    data_month : str
        Of the postal table.
    """

    lane: str
    codes: tuple[str, ...]
    corrected_postal: str | None
    corrected_address: str | None
    confidence: float | None
    candidates: tuple[str, ...]
    data_month: str


def check_address(
    index: PostalIndex, address: str, *, postal: str | None = None, country: str = ""
) -> AddressCheck:
    """Check an address.

    Parameters
    ----------
    index : PostalIndex
    address : str
        All parts in one text, as typed; a postal code may stand before it.
    postal : str, optional
        Where it stands in a field of its own.
    country : str, optional
        Name or code; Japan where none is said.

    Returns
    -------
    AddressCheck
        It never raises: what cannot be read is asked.
    """
    if postal is None or "〒" in address:
        own, address = split_postal(address)
        postal = postal or own
    if country and country.strip().casefold() not in JAPAN:
        return AddressCheck(said.NOT_CHECKED, (), None, None, None, (), index.data_month)
    typed = read_postal(postal)
    text = fold(address)
    month = index.data_month
    if UNREADABLE in text or len(text) > MAX_CHARACTERS:
        return AddressCheck(said.ASK, (said.BANCHI_SUSPECTED,), None, None, None, (), month)
    if not typed.fault:
        codes = find_sound(index, text, typed.code, original=address)
        if codes is not None:
            return AddressCheck(said.SHIP, codes, None, None, None, (), month)
    if not _JAPANESE.search(address) and _LETTERS.search(address):
        return AddressCheck(said.NOT_CHECKED, (), None, None, None, (), month)
    return _check_slowly(index, address, text=text, typed=typed, postal=postal)


def find_sound(
    index: PostalIndex, text: str, code: str, *, original: str
) -> tuple[str, ...] | None:
    """Find at first sight that nothing is wrong, as with most addresses.

    Parameters
    ----------
    index : PostalIndex
    text : str
        Folded address.
    code : str
        Seven digits.
    original : str

    Returns
    -------
    tuple of str, optional
        What is only noted; None where it takes a closer look.
    """
    for place in index.find_places(code):
        city, town = place.city, place.town
        if town is None or town.has_longer or city.is_kyoto:
            continue
        start = len(city.prefecture_key) if text.startswith(city.prefecture_key) else 0
        if not text.startswith(city.key, start):
            continue
        end = start + len(city.key)
        if not text.startswith(town.key, end):
            continue
        rest = text[end + len(town.key) :]
        if judge_lot(rest, most_blocks=town.most_blocks, original=original) or _SECOND.search(rest):
            return None
        noted = () if start else (said.PREFECTURE_MISSING,)
        if place.kind == OFFICE:
            noted = (*noted, said.POSTAL_OFFICE)
        return (*noted, said.ROOM_SUSPECTED) if lacks_room(rest) else noted
    return None


def _check_slowly(
    index: PostalIndex, address: str, *, text: str, typed: PostalText, postal: str | None
) -> AddressCheck:
    judgement = judge(index, text, typed)
    codes = list(dict.fromkeys([*judgement.codes, *_judge_rest(judgement, text, address)]))
    lane = _choose_lane(codes, is_certain=judgement.is_certain)
    corrected_postal = corrected_address = None
    if lane == said.CORRECT:
        corrected_address = apply_edits(address, judgement.edits)
        corrected_postal = write_like(judgement.code, postal) if judgement.code else postal
    candidates = [_name(one) for one in judgement.candidates[:MAX_CANDIDATES]]
    return AddressCheck(
        lane,
        tuple(codes),
        corrected_postal,
        corrected_address,
        rate_correction(codes) if lane == said.CORRECT else None,
        tuple(dict.fromkeys(candidates)) if lane == said.ASK else (),
        index.data_month,
    )


def _name(candidate: Candidate) -> str:
    city, town = candidate.city, candidate.town
    return " ".join([candidate.code, f"{city.prefecture}{city.name}{town.name if town else ''}"])


def _judge_rest(judgement: Judgement, text: str, address: str) -> list[str]:
    if judgement.rest < 0:
        return []
    rest = text[judgement.rest :]
    fault = judge_lot(rest, most_blocks=judgement.most_blocks, original=address)
    if fault:
        return [fault]
    if _SECOND.search(rest):
        return [said.BANCHI_SUSPECTED]
    return [said.ROOM_SUSPECTED] if lacks_room(rest) else []


def _choose_lane(codes: list[str], *, is_certain: bool) -> str:
    if said.ASKED.intersection(codes):
        return said.ASK
    if said.CORRECTABLE.intersection(codes):
        return said.CORRECT if is_certain else said.ASK
    return said.SHIP
