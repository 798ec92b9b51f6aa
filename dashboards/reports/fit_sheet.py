"""The size and fit sheet of a style: what stands where on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboards.lib import fit, fit_figures
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_frame as common
from dashboards.lib import words_sheet as words
from dashboards.lib.records import is_missing
from dashboards.lib.voice import Voice
from dashboards.reports import fit_sections, fit_wording
from dashboards.reports.drawings import ChancePart, draw_chances
from dashboards.reports.fit_facts import StyleFacts
from dashboards.reports.fit_sections import ProfileBlock, Section

COLUMNS: Final = {
    "runs_small": "small_probability",
    "runs_large": "large_probability",
    "label_swap": "swap_probability",
}
TRUE: Final = "true_to_size"
TONES: Final = {"runs_small": "small", "runs_large": "large", "label_swap": "swap", TRUE: "true"}
OPEN: Final = "open"
LEAST_SHARE: Final = 0.0005  # a probability below it would read as 0.0%


@dataclass(frozen=True)
class Chances:
    """How probable each verdict is, the one that leads first.

    Attributes
    ----------
    parts : tuple of ChancePart
    label, lead, rest : str
        For those who cannot see it; what leads; what else is likely.
    line : str
        What the dotted line says; empty where there is none.
    """

    parts: tuple[ChancePart, ...]
    label: str
    lead: str
    rest: str
    line: str


@dataclass(frozen=True)
class Sheet:
    """One page.

    Attributes
    ----------
    kicker, as_of, name, facts, headline : str
    tone : {"small", "large", "swap", "true", "open"}
    chances : Chances
    sure : str
    profile : ProfileBlock
    diagnosis, why : str
        What is suspected, and for what reason.
    left, right : tuple of Section
        The two columns below the sizes.
    advice : tuple of (str, str)
        Heading and text; empty where nothing can be said yet.
    footer : str
    """

    kicker: str
    as_of: str
    name: str
    facts: str
    headline: str
    tone: str
    chances: Chances
    sure: str
    profile: ProfileBlock
    diagnosis: str
    why: str
    left: tuple[Section, ...]
    right: tuple[Section, ...]
    advice: tuple[tuple[str, str], ...]
    footer: str


def build_sheet(voice: Voice, facts: StyleFacts) -> Sheet:
    """Write the sheet of a style.

    Parameters
    ----------
    voice : Voice
    facts : StyleFacts
    """
    row = facts.row
    kicker = voice.say(words.KICKER)
    if voice.shop.is_synthetic:
        kicker = f"{kicker} · {voice.say(common.SYNTHETIC)}"
    left, right = fit_sections.build_columns(voice, facts)
    diagnosis, why = fit_wording.write_diagnosis(voice, facts)
    return Sheet(
        kicker=kicker,
        as_of=fit_wording.write_as_of(voice),
        name=fit_figures.name_style(row),
        facts=fit_wording.write_facts(voice, facts),
        headline=fit_wording.write_headline(voice, facts),
        tone=TONES.get(str(row["verdict_code"]), OPEN),
        chances=_build_chances(voice, row),
        sure=fit_wording.write_sure(voice, facts, lead=find_lead(row)),
        profile=fit_sections.build_profile(voice, facts),
        diagnosis=diagnosis,
        why=why,
        left=left,
        right=right,
        advice=_write_advice(voice, row),
        footer=fit_wording.write_footer(voice, facts),
    )


def find_lead(row: Mapping[str, Any]) -> str:
    """Return the verdict that is given, or the misfit that comes nearest to one."""
    verdict = str(row["verdict_code"])
    return verdict if verdict != fit.OPEN else max(COLUMNS, key=lambda name: row[COLUMNS[name]])


def _build_chances(voice: Voice, row: Mapping[str, Any]) -> Chances:
    lead = find_lead(row)
    is_open = row["verdict_code"] == fit.OPEN
    shares = {name: float(row[column]) for name, column in COLUMNS.items()}
    shares[TRUE] = max(1.0 - sum(shares.values()), 0.0)
    rest = [name for name in (TRUE, *COLUMNS) if name != lead and shares[name] >= LEAST_SHARE]
    kinds = {TRUE: "true", lead: OPEN if is_open else TONES[lead]}
    told = [
        voice.say(words.CHANCES[name], share=fit_figures.write_chance(voice.language, shares[name]))
        for name in (lead, *rest)
    ]
    return Chances(
        parts=draw_chances([(kinds.get(name, "rest"), shares[name]) for name in (lead, *rest)]),
        label=voice.say(words.CHANCES_ALT, chances=voice.say(page_words.BETWEEN).join(told)),
        lead=told[0],
        rest=" · ".join(told[1:]),
        line="" if lead == TRUE else voice.say(words.DECIDED_ABOVE),
    )


def _write_advice(voice: Voice, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Take the advice of the shop's table; none while there is no verdict."""
    if row["verdict_code"] == fit.OPEN:
        return ()
    code = voice.language.code
    boxes = ((words.PAGE, row[f"page_{code}_text"]), (words.MAKER, row[f"maker_{code}_text"]))
    return tuple((voice.say(head), str(text)) for head, text in boxes if not is_missing(text))
