"""The fault of an address in words, and how it is mended where only one way fits."""

from __future__ import annotations

from collections.abc import Sequence

from models_ml.addresses import codes as said
from models_ml.addresses.judgement import Candidate, Edit, Judgement, Question
from models_ml.addresses.lots import starts_with_lot
from models_ml.addresses.narrowing import narrow_codes
from models_ml.addresses.places import Place
from models_ml.addresses.postal_index import WITHOUT_CITY, WITHOUT_WARD
from models_ml.addresses.postal_table import OFFICE, WHOLE_CITY
from models_ml.addresses.sites import Reading, Site, find_city_ends, stands_at
from models_ml.addresses.spelling import find_variants, is_changed, is_near


def judge_agreed(sites: Sequence[Site], asked: Question) -> Judgement:
    """Judge an address whose code means the place that it names."""
    site = sites[0]
    judgement = _describe_name(site, asked.reading)
    judgement.is_certain = len(sites) == 1
    judgement.candidates = [Candidate(asked.postal.code, one.city, one.town) for one in sites]
    own = [one for one in asked.places if one.city is site.city]
    if own and all(one.kind == OFFICE for one in own):
        judgement.codes.append(said.POSTAL_OFFICE)
    if asked.postal.fault:  # what was guessed agrees with the place
        judgement.codes.append(asked.postal.fault)
        judgement.code = asked.postal.code
    return judgement


def judge_postal(sites: Sequence[Site], asked: Question) -> Judgement:
    """Judge an address whose place is known and whose code belongs to another, or is none."""
    site = sites[0]
    judgement = _describe_name(site, asked.reading)
    if asked.postal.fault:
        judgement.codes.append(asked.postal.fault)
    elif not asked.places:
        judgement.codes.append(said.POSTAL_UNKNOWN)
    elif any(one.kind == WHOLE_CITY and one.city is site.city for one in asked.places):
        judgement.codes.append(said.POSTAL_GENERIC)
    else:
        judgement.codes.append(said.POSTAL_MISMATCH)
    for one in sites:
        if one.town is not None:
            found = narrow_codes(
                one.town,
                rest=asked.text[one.town_end :],
                streets=asked.text[one.end : one.town_start],
            )
            judgement.candidates += [Candidate(code, one.city, one.town) for code in found]
    is_typo_as_likely = any(
        place.city is site.city
        and place.town is not None
        and is_changed(asked.text[site.end :], place.town)
        for place in asked.places
    )
    is_contradicted = asked.reading.is_elsewhere and bool(asked.places)
    judgement.is_certain = len(judgement.candidates) == 1 and not (
        is_typo_as_likely or is_contradicted
    )
    judgement.code = judgement.candidates[0].code if judgement.is_certain else ""
    return judgement


def judge_town(site: Site, asked: Question) -> Judgement:
    """Judge an address whose city is its code's, and whose town is in no table."""
    judgement = _describe_name(site, asked.reading)
    rest = asked.text[site.end :]
    own = {one.town: None for one in asked.places if one.city is site.city and one.town is not None}
    judgement.candidates = [Candidate(asked.postal.code, site.city, town) for town in own]
    if asked.postal.fault:
        judgement.codes.append(asked.postal.fault)
        judgement.code = asked.postal.code
    if not rest or starts_with_lot(rest):
        judgement.codes.append(said.TOWN_MISSING)
        judgement.is_certain = len(own) == 1
        for town in own:
            judgement.edits.append(Edit(site.end, site.end, town.name))
            judgement.most_blocks = town.most_blocks
        return judgement
    variants = find_variants(rest, own)
    if len(variants) == 1:
        town, length = variants[0]
        judgement.codes.append(said.TOWN_TYPO)
        judgement.edits.append(Edit(site.end, site.end + length, town.name))
        judgement.rest, judgement.most_blocks = site.end + length, town.most_blocks
        return judgement
    is_typo = any(is_near(rest, town) for town in own)
    judgement.codes.append(said.TOWN_TYPO if is_typo else said.TOWN_UNLISTED)
    judgement.is_certain = False
    return judgement


def judge_moved(site: Site, moved: Sequence[Place], asked: Question) -> Judgement:
    """Judge an address whose town and code agree, and whose city is another one."""
    place = moved[0]
    judgement = Judgement(
        candidates=[Candidate(asked.postal.code, one.city, one.town) for one in moved],
        is_certain=len({one.city.name for one in moved}) == 1,
        rest=site.end + len(place.town.key if place.town else ""),
        most_blocks=place.town.most_blocks if place.town else 0,
    )
    if asked.reading.prefecture and asked.reading.prefecture != place.city.prefecture_key:
        judgement.codes.append(said.PREFECTURE_MISMATCH)
        judgement.edits.append(Edit(0, asked.reading.start, place.city.prefecture))
    elif not asked.reading.is_prefecture_whole:
        judgement.codes.append(said.PREFECTURE_MISSING)
    if place.city.key != site.city.key:
        judgement.codes.append(said.CITY_MISMATCH)
        judgement.edits.append(Edit(site.start, site.end, place.city.name))
    if asked.postal.fault:
        judgement.codes.append(asked.postal.fault)
        judgement.code = asked.postal.code
    return judgement


def judge_unknown_town(site: Site, asked: Question) -> Judgement:
    """Judge an address whose city is no code's and has no such town."""
    judgement = _describe_name(site, asked.reading)
    judgement.codes.append(said.TOWN_UNKNOWN)
    judgement.is_certain = False
    if asked.postal.fault or not asked.places:
        judgement.codes.append(asked.postal.fault or said.POSTAL_UNKNOWN)
    else:
        judgement.codes.append(said.CITY_MISMATCH)
    for one in asked.reading.sites[:1]:
        for town, _ in find_variants(asked.text[one.end :], one.city.towns.by_key.values()):
            judgement.candidates += [Candidate(code, one.city, town) for code, _ in town.codes]
    judgement.candidates += [
        Candidate(asked.postal.code, one.city, one.town) for one in asked.places
    ]
    return judgement


def judge_unnamed(asked: Question) -> Judgement:
    """Judge an address that begins with no city of the table."""
    judgement = Judgement()
    start = asked.reading.start
    if asked.reading.prefecture and any(
        place.city.prefecture_key != asked.reading.prefecture for place in asked.places
    ):
        judgement.codes.append(said.PREFECTURE_MISMATCH)
    elif not asked.reading.is_prefecture_whole:
        judgement.codes.append(said.PREFECTURE_MISSING)
    if asked.postal.fault:
        judgement.codes.append(asked.postal.fault)
        judgement.code = asked.postal.code
    judgement.candidates = [
        Candidate(asked.postal.code, one.city, one.town) for one in asked.places
    ]
    for end in (start, *find_city_ends(asked.text, start)):
        standing = [place for place in asked.places if stands_at(place, asked.text, end) == end]
        if len(standing) == 1 and said.PREFECTURE_MISMATCH not in judgement.codes:
            place = standing[0]
            judgement.codes.append(said.CITY_MISSING if end == start else said.CITY_MISMATCH)
            judgement.edits.append(Edit(start, end, place.city.name))
            judgement.rest = end + len(place.town.key if place.town else "")
            judgement.most_blocks = place.town.most_blocks if place.town else 0
            return judgement
    judgement.codes.append(said.CITY_UNKNOWN)
    judgement.is_certain = False
    return judgement


def _describe_name(site: Site, reading: Reading) -> Judgement:
    """Begin a judgement with what is wrong with prefecture and city, which are certain."""
    judgement = Judgement(rest=site.town_end, most_blocks=site.town.most_blocks if site.town else 0)
    if reading.is_elsewhere:
        judgement.codes.append(said.PREFECTURE_MISMATCH)
        judgement.edits.append(Edit(0, reading.start, site.city.prefecture))
    elif not reading.is_prefecture_whole:
        judgement.codes.append(said.PREFECTURE_MISSING)
    name = site.city.name
    if site.form == WITHOUT_WARD:
        judgement.codes.append(said.WARD_MISSING)
        judgement.edits.append(Edit(site.end, site.end, name[name.index("市") + 1 :]))
    elif site.form == WITHOUT_CITY:
        judgement.codes.append(said.CITY_MISSING)
        judgement.edits.append(Edit(site.start, site.start, name[: name.index("市") + 1]))
    return judgement
