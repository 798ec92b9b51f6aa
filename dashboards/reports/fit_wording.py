"""Sentences of the size and fit sheet, made from the numbers of a style."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dashboards.lib import (
    alarm_promise,
    fit,
    fit_changes,
    fit_charts,
    fit_figures,
    fit_measurements,
)
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_sheet as words
from dashboards.lib.language import Words
from dashboards.lib.records import is_missing
from dashboards.lib.shop import to_day
from dashboards.lib.voice import Voice
from dashboards.reports.fit_facts import StyleFacts

# Parts that are measured along the body: they are short or long, not tight or loose.
LENGTHS: Final = frozenset({"length", "sleeve", "inseam"})
PARTS: Final = {
    ("runs_small", False): words.PARTS_SMALL,
    ("runs_large", False): words.PARTS_LARGE,
    ("runs_small", True): words.PARTS_SHORT,
    ("runs_large", True): words.PARTS_LONG,
}
SIDES: Final = {"runs_small": "small", "runs_large": "large"}


def write_as_of(voice: Voice) -> str:
    """Write the last day that the figures cover, with its year: paper is kept."""
    return voice.say(words.AS_OF, day=voice.language.day(voice.shop.as_of, today=date.min))


def write_facts(voice: Voice, facts: StyleFacts) -> str:
    """Write what the style is: category, brand, season, list price, launch, sizes."""
    row = facts.row
    sizes = ""
    if facts.sizes:
        first, last = facts.sizes[0].label, facts.sizes[-1].label
        sizes = first if first == last else voice.say(words.SIZES_FACT, first=first, last=last)
    named = [
        *(row["category_name"], row["brand_name"], row["season_name"]),
        *(row["factory_name"], row["material_name"]),
        _write_price(voice, row),
        _write_launch(voice, row),
        sizes,
    ]
    return " · ".join(str(part) for part in named if not is_missing(part) and part)


def _write_price(voice: Voice, row: Mapping[str, Any]) -> str:
    lowest, highest = row["lowest_list_price_amount"], row["highest_list_price_amount"]
    if is_missing(lowest):
        return ""
    price = fit_figures.write_price(voice, lowest)
    if lowest != highest:
        last = fit_figures.write_price(voice, highest)
        price = voice.say(words.SIZES_FACT, first=price, last=last)
    return voice.say(words.LIST_PRICE, price=price)


def _write_launch(voice: Voice, row: Mapping[str, Any]) -> str:
    day = to_day(row["launched_date"])
    if day is None:
        return ""
    return voice.say(words.LAUNCHED, day=voice.language.day(day, today=voice.shop.as_of))


def find_place(facts: StyleFacts) -> str:
    """Say where among the sizes the fault lies.

    Returns
    -------
    {"all", "up", "down", "one", "unknown"}
        In every size; from one size up; from one size down; in a single one; or sizes have no
        order.
    """
    row, labels = facts.row, [one.label for one in facts.sizes]
    first, last = row["from_size_label"], row["to_size_label"]
    if row["diagnosis_code"] == "block":
        return "all"
    if row["diagnosis_code"] != "grading" or is_missing(first) or is_missing(last) or not labels:
        return "unknown"
    if last == labels[-1] and first != last:
        return "up"
    return "one" if first == last else "down"


def write_headline(voice: Voice, facts: StyleFacts) -> str:
    """Write the verdict in words: what it is, at which part, in which sizes."""
    row = facts.row
    verdict = str(row["verdict_code"])
    first, last = row["from_size_label"], row["to_size_label"]
    if verdict == fit.OPEN:
        return _join(voice, voice.say(words.HEADLINES[verdict]), _write_more(voice, facts))
    if verdict not in SIDES:
        return voice.say(words.HEADLINES[verdict], first=first, last=last)
    zone, part = row["zone_code"], ""
    if not is_missing(zone):
        part = voice.say(
            PARTS[verdict, str(zone) in LENGTHS], zone=fit_figures.name_zone(voice, zone)
        )
    place = voice.say(words.PLACES[find_place(facts)], first=first, last=last)
    return voice.say(
        words.SENTENCE, verdict=voice.say(words.HEADLINES[verdict]), part=part, place=place
    )


def write_sure(voice: Voice, facts: StyleFacts, *, lead: str) -> str:
    """Write how sure the verdict is, what is missing, and on how many units it stands."""
    row, language = facts.row, voice.language
    n, exposure = row["delivered_count"], row["developed_exposure"]
    sample = voice.say(
        words.SAMPLE,
        n=language.units(n, of="piece", category=_name_category(row)),
        share=language.rate(exposure / n if n else 0.0, n=0),
    )
    change = fit_changes.write_change(voice, facts.change)
    if row["verdict_code"] != fit.OPEN:
        share = fit_figures.write_chance(language, row["verdict_probability"])
        return _join(voice, voice.say(words.SURE, share=share), sample, change)
    nearest = max(row["small_probability"], row["large_probability"], row["swap_probability"])
    nearest_words = voice.say(
        words.OPEN,
        verdict=voice.say(page_words.VERDICTS[lead]),
        share=fit_figures.write_chance(language, nearest),
    )
    return _join(voice, nearest_words, sample, change)


def write_diagnosis(voice: Voice, facts: StyleFacts) -> tuple[str, str]:
    """Write what is suspected, for what reason, and what the measurements say."""
    row = facts.row
    verdict = str(row["verdict_code"])
    key = {"true_to_size": "true", fit.OPEN: "open"}.get(verdict, str(row["diagnosis_code"]))
    if key == "grading":
        key = "grading_up" if find_place(facts) == "up" else _find_lower(facts)
    known: Words = words.WHY_DIAGNOSES.get(key, words.WHY_DIAGNOSES["none"])
    name = words.DIAGNOSES.get(key, words.DIAGNOSES["none"])
    first, last = row["from_size_label"], row["to_size_label"]
    step = "" if facts.step is None else fit_measurements.write_short_step(voice, facts.step)
    chart = fit_charts.write_short(voice, facts.charts, verdict=verdict)
    why = _join(voice, voice.say(known, first=first, last=last), step, chart)
    return voice.say(name, lot=row["lot_id"]), why


def write_footer(voice: Voice, facts: StyleFacts) -> str:
    """Write what the page rests on, what is promised, and of which period it speaks."""
    shop, language = voice.shop, voice.language
    values = {
        "returned": language.units(facts.returned, of="piece", category=_name_category(facts.row)),
        "sized": language.count(facts.sized),
        "share": alarm_promise.write_share(shop.false_share),
    }
    if shop.first_delivered is None or shop.last_delivered is None:
        return voice.say(words.FOOTER_UNDATED, **values)
    period = language.period(shop.first_delivered, shop.last_delivered, today=voice.today)
    return voice.say(words.FOOTER, period=period, **values)


def name_group(voice: Voice, facts: StyleFacts) -> str:
    """Name what the style is compared with."""
    return _name_category(facts.row) or voice.say(words.SHOP)


def _write_more(voice: Voice, facts: StyleFacts) -> str:
    more = facts.row["more_deliveries_count"]
    if is_missing(more):
        return ""
    return voice.say(words.MORE, k=voice.language.count(fit_figures.round_about(more)))


def _find_lower(facts: StyleFacts) -> str:
    """Tell whether a single afflicted size is the last one or the first."""
    is_last = bool(facts.sizes) and facts.row["to_size_label"] == facts.sizes[-1].label
    return "grading_up" if is_last else "grading_down"


def _name_category(row: Mapping[str, Any]) -> str:
    category = row["category_name"]
    return "" if is_missing(category) else str(category)


def _join(voice: Voice, *sentences: str) -> str:
    return ("" if voice.language.code == "ja" else " ").join(one for one in sentences if one)
