"""Size labels of real life → their system and their place in it; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FREE: Final = "free"
LETTER: Final = "letter"
NUMBER: Final = "number"  # no unit and no country: in order among its like, whatever it counts
JAPANESE: Final = "japanese_dress"
BRA: Final = "bra"
JEANS: Final = "jeans_inch"
GIVEN, PARSED, UNORDERED = "given", "parsed", "unordered"
_FREE_WORDS: Final = frozenset(
    {"FREE", "F", "FREESIZE", "ONESIZE", "OS", "ONE", "フリー", "フリーサイズ", "ワンサイズ"}
)
# M is 0. Japanese shops write LL for XL, 3L for XXL; SS for XS, 3S for XXS.
_SMALL, _MEDIUM, _LARGE = -1, 0, 1
_LETTERS: Final = re.compile(r"(?:(\d)X|(X*))(S|L)|M")
_DOUBLED: Final = re.compile(r"(\d)([SL])|(S{2,3}|L{2,4})")
_NUMBER: Final = r"(\d{1,3}(?:\.\d{1,2})?)"
_PLAIN: Final = re.compile(rf"{_NUMBER}(\+)?(?:\s*(E{{1,4}}|[2-4]E|D))?")
_DRESS: Final = re.compile(r"(\d{1,2})(?:号|ゴウ)(?:サイズ)?")
_CENTIMETRES: Final = re.compile(rf"{_NUMBER}\s*(?:CM|センチ)(?:\s*(E{{1,4}}|[2-4]E))?")
_COUNTRY: Final = re.compile(rf"(EUR|EU|US|UK|FR|IT|JP)\s*[:\-]?\s*{_NUMBER}(\+)?")
_COUNTRY_BEHIND: Final = re.compile(rf"{_NUMBER}(\+)?\s*(EUR|EU|US|UK|FR|IT|JP)")
_BRA_SIZE: Final = re.compile(r"(\d{2,3})\s*([A-K]{1,2})|([A-K]{1,2})\s*(\d{2,3})")
_JEANS_SIZE: Final = re.compile(r"W(\d{2})(?:\s*[/\- ]?\s*L(\d{2}))?")
_WIDTHS: Final = {"D": 0, "E": 1, "EE": 2, "2E": 2, "EEE": 3, "3E": 3, "EEEE": 4, "4E": 4}
_BANDS: Final = range(28, 121)  # of a bra: inches from 28, centimetres to 120


@dataclass(frozen=True, order=True)
class Size:
    """A size as its label names it.

    Attributes
    ----------
    system : str
        What it counts in: ``letter``, ``number``, ``japanese_dress``, ``cm``, ``eu``, ``us``,
        ``uk``, ``fr``, ``it``, ``jp``, ``bra``, ``jeans_inch``, ``free``.
    place : tuple of float
        Grows with the size; comparable within one system only.
    """

    system: str
    place: tuple[float, ...]


@dataclass(frozen=True)
class StyleOrder:
    """The sizes of one style, from small to large.

    Attributes
    ----------
    basis : {"given", "parsed", "unordered"}
        By the products' ``size_order``, by the labels, or not at all.
    ranks : mapping of str to int
        From 0; labels that mean the same size share a rank. Empty where there is no order.
    unknown : tuple of str
        Labels that nothing is known of, sorted.
    systems : tuple of str
        Those that the labels name, sorted; two of them have no common order.
    """

    basis: str
    ranks: Mapping[str, int]
    unknown: tuple[str, ...]
    systems: tuple[str, ...]


def parse_size(label: str) -> Size | None:
    """Read a size label; None where it is not known.

    Parameters
    ----------
    label : str
        As the shop writes it: any width, any case, spaces around it.

    Returns
    -------
    Size or None

    Examples
    --------
    >>> parse_size("ｌ") == parse_size("L"), parse_size("LL") == parse_size("XL")
    (True, True)
    >>> parse_size("7号"), parse_size("6+")
    (Size(system='japanese_dress', place=(7.0,)), Size(system='number', place=(6.5, 0.0)))
    >>> parse_size("36D"), parse_size("EU 38")
    (Size(system='bra', place=(36.0, 4.0)), Size(system='eu', place=(38.0,)))
    >>> parse_size("unsized") is None
    True
    """
    text = " ".join(unicodedata.normalize("NFKC", label).upper().split())
    if text.replace(" ", "").replace("-", "") in _FREE_WORDS:
        return Size(FREE, (0.0,))
    for read in (_read_letters, _read_country, _read_unit, _read_bra, _read_plain):
        found = read(text)
        if found is not None:
            return found
    return None


def order_style(labels: Mapping[str, int | None]) -> StyleOrder:
    """Put the sizes of a style in order.

    Parameters
    ----------
    labels : mapping of str to int or None
        Label to the ``size_order`` that the products give; None where they give none.

    Returns
    -------
    StyleOrder
        By ``size_order`` where every label has one, else by the labels where all are known and
        of one system, else not at all.

    Examples
    --------
    >>> order_style({"L": None, "S": None, "m": None}).ranks
    {'S': 0, 'm': 1, 'L': 2}
    >>> order_style({"EU 38": None, "US 7": None}).basis
    'unordered'
    """
    sizes = {label: parse_size(label) for label in sorted(labels)}
    unknown = tuple(label for label, size in sizes.items() if size is None)
    systems = tuple(sorted({size.system for size in sizes.values() if size is not None}))
    given = {label: (float(order),) for label, order in labels.items() if order is not None}
    if labels and len(given) == len(labels):
        return StyleOrder(GIVEN, _rank(given), unknown, systems)
    known = {label: size.place for label, size in sizes.items() if size is not None}
    if not labels or unknown or len(systems) != 1:
        return StyleOrder(UNORDERED, {}, unknown, systems)
    return StyleOrder(PARSED, _rank(known), unknown, systems)


def _rank(places: Mapping[str, tuple[float, ...]]) -> dict[str, int]:
    steps = {place: rank for rank, place in enumerate(sorted(set(places.values())))}
    return {
        label: steps[place]
        for label, place in sorted(places.items(), key=lambda one: (one[1], one[0]))
    }


def _read_letters(text: str) -> Size | None:
    parts = [_place_letter(part.strip()) for part in re.split(r"[/\-~〜]", text)]
    places = [place for place in parts if place is not None]
    if not places or len(places) < len(parts) or len(parts) > 2:  # noqa: PLR2004 - S/M, not S/M/L
        return None
    return Size(LETTER, (sum(places) / len(places),))


def _place_letter(text: str) -> float | None:
    doubled = _DOUBLED.fullmatch(text)
    if doubled:
        count = int(doubled[1]) if doubled[1] else len(doubled[3])
        side = _SMALL if (doubled[2] or doubled[3][0]) == "S" else _LARGE
        return float(side * count) if count else None
    found = _LETTERS.fullmatch(text)
    if not found:
        return None
    if text == "M":
        return float(_MEDIUM)
    more = int(found[1]) if found[1] else len(found[2] or "")
    return float((_SMALL if found[3] == "S" else _LARGE) * (1 + more))


def _read_country(text: str) -> Size | None:
    ahead, behind = _COUNTRY.fullmatch(text), _COUNTRY_BEHIND.fullmatch(text)
    if ahead:
        country, number, half = ahead.groups()
    elif behind:
        number, half, country = behind.groups()
    else:
        return None
    return Size(country.lower()[:2], (float(number) + (0.5 if half else 0.0),))


def _read_unit(text: str) -> Size | None:
    dress, centimetres = _DRESS.fullmatch(text), _CENTIMETRES.fullmatch(text)
    jeans = _JEANS_SIZE.fullmatch(text)
    if dress:
        return Size(JAPANESE, (float(dress[1]),))
    if centimetres:
        return Size("cm", (float(centimetres[1]), float(_WIDTHS.get(centimetres[2] or "", 0))))
    if jeans:
        return Size(JEANS, (float(jeans[1]), float(jeans[2] or 0)))
    return None


def _read_bra(text: str) -> Size | None:
    found = _BRA_SIZE.fullmatch(text)
    if not found:
        return None
    band, cup = (found[1], found[2]) if found[1] else (found[4], found[3])
    if int(band) not in _BANDS or len(set(cup)) > 1:
        return None
    if found[1] and set(cup) == {"E"}:
        return None  # or a width of a shoe
    # DD lies between D and E.
    return Size(BRA, (float(band), ord(cup[0]) - ord("A") + 1 + 0.5 * (len(cup) - 1)))


def _read_plain(text: str) -> Size | None:
    found = _PLAIN.fullmatch(text)
    if not found:
        return None
    number, half, width = found.groups()
    if width and float(number) >= _BANDS.start:
        return None  # "38 E" is a wide shoe to one shop and a cup to another
    return Size(
        NUMBER, (float(number) + (0.5 if half else 0.0), float(_WIDTHS.get(width or "", 0)))
    )
