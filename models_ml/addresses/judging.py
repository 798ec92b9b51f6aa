"""Which fault an address has: what its code means, held against what it can be read to name."""

from __future__ import annotations

from collections.abc import Sequence

from models_ml.addresses import codes as said
from models_ml.addresses.judgement import Judgement, Question
from models_ml.addresses.lots import starts_with_lot
from models_ml.addresses.mending import (
    judge_agreed,
    judge_moved,
    judge_postal,
    judge_town,
    judge_unknown_town,
    judge_unnamed,
)
from models_ml.addresses.places import Place
from models_ml.addresses.postal_index import FULL, PostalIndex
from models_ml.addresses.postal_table import OFFICE, WHOLE_CITY
from models_ml.addresses.postal_text import PostalText
from models_ml.addresses.sites import Site, read_sites, stands_at


def judge(index: PostalIndex, text: str, postal: PostalText) -> Judgement:
    """Judge the place that an address names against its code.

    Parameters
    ----------
    index : PostalIndex
    text : str
        Folded address.
    postal : PostalText

    Returns
    -------
    Judgement
        Without what the lot number says.
    """
    places = index.find_places(postal.code) if postal.code else ()
    asked = Question(text, postal, places, read_sites(index, text))
    sites = asked.reading.sites
    agreed = [site for site in sites if _agrees(site, places, text)]
    if agreed:
        return judge_agreed(_prefer(agreed), asked)
    beside = [site for site in sites if any(one.city is site.city for one in places)]
    if beside:
        site = _prefer(beside)[0]
        return judge_town(site, asked) if site.town is None else judge_postal([site], asked)
    return _judge_apart(asked)


def _judge_apart(asked: Question) -> Judgement:
    """Judge an address whose code means no city that it can be read to name."""
    sites = asked.reading.sites
    if not sites:
        return judge_unnamed(asked)
    towned = _prefer([site for site in sites if site.town is not None])
    moved = [place for place in asked.places if stands_at(place, asked.text, sites[0].end) >= 0]
    if towned:
        judgement = judge_postal(towned, asked)
        if moved:  # the code or the city is wrong, and both would fit
            judgement.codes.append(said.CITY_MISMATCH)
            judgement.is_certain = False
        return judgement
    if moved:
        return judge_moved(sites[0], moved, asked)
    return judge_unknown_town(_prefer(sites)[0], asked)


def _agrees(site: Site, places: Sequence[Place], text: str) -> bool:
    for place in places:
        if place.city is not site.city:
            continue
        if place.town is not None:
            if place.town is site.town or stands_at(place, text, site.end) >= 0:
                return True
        elif place.kind == OFFICE or (
            place.kind == WHOLE_CITY and site.town is None and _may_be_unlisted(site, text)
        ):
            return True
    return False


def _may_be_unlisted(site: Site, text: str) -> bool:
    """Whether a place without a town of the table is sound under the code of the whole city."""
    rest = text[site.end :]
    if not rest or starts_with_lot(rest):
        return not site.city.name.endswith("区")
    return True


def _prefer(sites: Sequence[Site]) -> list[Site]:
    """Leave the sites whose city is named in the fullest form."""
    whole = [site for site in sites if site.form == FULL]
    return whole or list(sites)
