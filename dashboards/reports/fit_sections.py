"""The parts of the size and fit sheet below its verdict: sizes, parts, exchanges, quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboards.lib import fit_segments, quotes_section
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_outcomes as outcomes
from dashboards.lib import words_sheet as words
from dashboards.lib.fit_figures import name_zone
from dashboards.lib.language import Words
from dashboards.lib.reason_drawings import QuoteCard
from dashboards.lib.records import is_missing
from dashboards.lib.style_outcomes import OTHER_PLACE, find_direction
from dashboards.lib.voice import Voice
from dashboards.reports.drawings import GroupDots, PartBars, draw_groups, draw_parts
from dashboards.reports.fit_facts import QUOTES, SizeFacts, StyleFacts
from dashboards.reports.fit_wording import SIDES, find_place, name_group
from dashboards.reports.profile_drawing import Profile, draw_profile

MOVE_HEADINGS: Final = {
    "up": outcomes.MOVES_UP,
    "down": outcomes.MOVES_DOWN,
    "flat": outcomes.MOVES_FLAT,
    "few": outcomes.MOVES_FEW,
}
LEAST_SIZES: Final = 2  # one is a sentence
QUOTES_BESIDE_GROUPS: Final = 1  # a page has room for no more


@dataclass(frozen=True)
class ProfileBlock:
    """The sizes of a style: a drawing, or a sentence in its place.

    Attributes
    ----------
    heading, caption, label : str
        ``label`` says the drawing in words.
    drawing : Profile or None
    small, large : str
        Words of the two sides.
    """

    heading: str
    caption: str
    label: str = ""
    drawing: Profile | None = None
    small: str = ""
    large: str = ""


@dataclass(frozen=True)
class Section:
    """A block of a column.

    Attributes
    ----------
    heading, caption, text : str
    parts : PartBars or None
    groups : GroupDots or None
    label : str
        The drawing in words.
    quotes : tuple of QuoteCard
    """

    heading: str
    caption: str = ""
    text: str = ""
    parts: PartBars | None = None
    groups: GroupDots | None = None
    label: str = ""
    quotes: tuple[QuoteCard, ...] = ()


def build_profile(voice: Voice, facts: StyleFacts) -> ProfileBlock:
    """Draw the sizes, or say why they are not drawn."""
    if not facts.sizes:
        labels = facts.row["unknown_labels_text"]
        named = voice.say(page_words.BETWEEN).join(facts.labels) if is_missing(labels) else labels
        text = voice.say(words.NO_ORDER, labels=named, column="size_order")
        return ProfileBlock(voice.say(words.NO_ORDER_TITLE), text)
    rate = voice.language.rate
    if len(facts.sizes) < LEAST_SIZES:
        (one,) = facts.sizes
        small, large = (rate(side.value, n=0) for side in (one.small, one.large))
        text = voice.say(
            words.ONE_SIZE, size=one.label, small=small, large=large, n=voice.language.count(one.n)
        )
        return ProfileBlock(voice.say(words.ONE_SIZE_TITLE), text)
    group = name_group(voice, facts)
    told = [
        voice.say(
            page_words.PROFILE_SIZE,
            size=one.label,
            small=rate(one.small.value, n=0),
            large=rate(one.large.value, n=0),
        )
        for one in facts.sizes
    ]
    return ProfileBlock(
        heading=_write_profile_heading(voice, facts),
        caption=voice.say(words.PROFILE_CAPTION, group=group),
        label=voice.say(page_words.PROFILE_LABEL, sizes=voice.say(page_words.BETWEEN).join(told)),
        drawing=_draw_profile(voice, facts, group=group),
        small=voice.say(words.SMALL_SIDE),
        large=voice.say(words.LARGE_SIDE),
    )


def build_columns(
    voice: Voice, facts: StyleFacts
) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Build the two columns: parts and exchanges, customers and their words."""
    groups = (_build_groups(voice, facts),) if facts.groups else ()
    most = QUOTES_BESIDE_GROUPS if groups else QUOTES
    return (
        (_build_zones(voice, facts), _build_moves(voice, facts)),
        (*groups, _build_quotes(voice, facts, most=most)),
    )


def _write_profile_heading(voice: Voice, facts: StyleFacts) -> str:
    row = facts.row
    key = {"true_to_size": "true", "label_swap": "swap"}.get(str(row["verdict_code"]), "none")
    side = SIDES.get(str(row["verdict_code"]))
    place = find_place(facts)
    if side is not None and place in ("up", "down", "all"):
        key = f"{place}_{side}"
    elif side is not None:
        key = f"part_{side}"
    message: Words = words.PROFILE[key]
    return voice.say(message, first=row["from_size_label"], last=row["to_size_label"])


def _draw_profile(voice: Voice, facts: StyleFacts, *, group: str) -> Profile:
    side = SIDES.get(str(facts.row["verdict_code"]))
    sides = (side,) if side else ("small", "large")
    labels = [
        (
            f"n {voice.language.count(one.n)}",
            _write_figure(voice, one, "small") if "small" in sides else "",
            _write_figure(voice, one, "large") if "large" in sides else "",
        )
        for one in facts.sizes
    ]
    small, large = (
        voice.say(words.AVERAGE, group=group, rate=voice.language.rate(facts.usual[side], n=1e6))
        if side == sides[0]
        else ""
        for side in ("small", "large")
    )
    return draw_profile(
        facts.sizes,
        usual=(facts.usual["small"], facts.usual["large"]),
        usual_labels=(small, large),
        labels=labels,
    )


def _write_figure(voice: Voice, size: SizeFacts, side: str) -> str:
    rate = size.small if side == "small" else size.large
    return voice.language.rate_figure(rate.value, n=size.n) if rate.value else ""


def _build_zones(voice: Voice, facts: StyleFacts) -> Section:
    zones = facts.zones
    if not zones:
        return Section(voice.say(words.ZONES_OPEN), text=voice.say(words.ZONES_NONE))
    verdict, zone = str(facts.row["verdict_code"]), facts.row["zone_code"]
    message = {"runs_small": words.ZONES_SMALL, "runs_large": words.ZONES_LARGE}.get(verdict)
    heading = voice.say(words.ZONES_OPEN)
    if message is not None and not is_missing(zone):
        heading = voice.say(message, zone=name_zone(voice, zone))
    names = [name_zone(voice, one.code) for one in zones]
    n = facts.row["delivered_count"]
    values = [voice.language.rate_figure(one.rate.value, n=n) for one in zones]
    told = [f"{name} {value}%" for name, value in zip(names, values, strict=True)]
    return Section(
        heading,
        caption=voice.say(words.ZONES_CAPTION, group=name_group(voice, facts)),
        parts=draw_parts(zones, names=names, values=values, spoken=SIDES.get(verdict, "")),
        label=voice.say(words.ZONES_ALT, zones=voice.say(page_words.BETWEEN).join(told)),
    )


def _build_moves(voice: Voice, facts: StyleFacts) -> Section:
    moves, count = facts.moves, voice.language.count
    total = int(moves["exchange_count"].sum())
    bracketed = ""
    if facts.bracketed:
        bracketed = voice.say(words.BRACKETED, n=count(facts.bracketed))
    if not total:
        text = voice.say(words.MOVES_ZERO)
        return Section(voice.say(words.MOVES_HEADING_ZERO), text=f"{text} {bracketed}".strip())

    def count_places(low: int, high: int) -> int:
        within = moves["place"].between(low, high)
        return int(moves.loc[within, "exchange_count"].sum())

    up, down, same = (
        count_places(1, OTHER_PLACE - 1),
        count_places(-OTHER_PLACE, -1),
        count_places(0, 0),
    )
    text = voice.say(words.MOVES, total=count(total), up=count(up), down=count(down), same=same)
    heading = voice.say(MOVE_HEADINGS[find_direction(moves)])
    return Section(heading, text=f"{text} {bracketed}".strip())


def _build_groups(voice: Voice, facts: StyleFacts) -> Section:
    rows = facts.groups
    return Section(
        fit_segments.write_heading(voice, rows),
        caption=voice.say(words.GROUPS_CAPTION, dimension=fit_segments.name_dimension(voice, rows)),
        groups=draw_groups(
            [(row["size_rate"], row["low_rate"], row["high_rate"]) for row in rows],
            names=[fit_segments.name_customers(voice, row) for row in rows],
            values=[
                voice.language.rate_figure(row["size_rate"], n=row["delivered_count"])
                for row in rows
            ],
            found=[not is_missing(row["finding_code"]) for row in rows],
        ),
        label=voice.say(words.GROUPS_STOP).join(fit_segments.write_row(voice, row) for row in rows),
    )


def _build_quotes(voice: Voice, facts: StyleFacts, *, most: int) -> Section:
    heading = voice.say(words.QUOTES)
    if not facts.quotes:
        return Section(heading, text=voice.say(words.QUOTES_NONE))
    cards = tuple(
        QuoteCard(pieces=quotes_section.name_masks(voice, quote.pieces), about=quote.size)
        for quote in facts.quotes[:most]
    )
    return Section(heading, quotes=cards)
