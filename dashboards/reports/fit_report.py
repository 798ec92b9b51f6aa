"""The size and fit sheets of a shop as one document: one page per style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboards.lib import fit, markup, serving, style_story
from dashboards.lib import words_sheet as words
from dashboards.lib.language import find_language
from dashboards.lib.theme import SANS, SERIF, TOKENS
from dashboards.lib.voice import Voice, find_voice
from dashboards.reports.fit_facts import read_facts
from dashboards.reports.fit_sheet import build_sheet

TEMPLATE: Final = "fit_sheets.html"
LIGHT: Final = {name: light for name, (light, _) in TOKENS.items()}  # paper is white


class UnknownStyleError(Exception):
    """No style has this number or name.

    Attributes
    ----------
    nearest : tuple of str
    """

    def __init__(self, wanted: str, *, nearest: Sequence[str]) -> None:
        super().__init__(f"no style {wanted!r}, nearest {list(nearest)}")
        self.nearest = tuple(nearest)


@dataclass(frozen=True)
class Report:
    """A document.

    Attributes
    ----------
    html : str
    count : int
        Pages.
    """

    html: str
    count: int


def find_style(wanted: str) -> str:
    """Return the style that is meant: its number, or a name that only one style has.

    Raises
    ------
    UnknownStyleError
        If there is none like it.
    """
    styles = fit.read_rows()
    found = style_story.find_style(wanted, styles=styles) if wanted else None
    if found is None:
        near = style_story.find_nearest(wanted, styles=styles) if len(styles) else []
        raise UnknownStyleError(wanted, nearest=[number for number, _ in near])
    return found


def write_document(styles: Sequence[str], *, voice: Voice) -> str:
    """Write the sheets of some styles, one page each.

    Parameters
    ----------
    styles : sequence of str
        At least one; each has a verdict.
    voice : Voice

    Returns
    -------
    str
        A whole HTML document that needs nothing from outside.
    """
    day = voice.language.day(voice.shop.as_of, today=voice.today)
    return str(
        markup.render(
            TEMPLATE,
            language=voice.language.code,
            title=voice.say(words.TITLE, shop=voice.shop.name, day=day),
            colours=LIGHT,
            sans=SANS,
            serif=SERIF,
            words={
                "diagnosis": voice.say(words.DIAGNOSIS),
                "stop": voice.say(words.STOP),
                "opening": voice.say(words.OPENING),
                "closing": voice.say(words.CLOSING),
            },
            sheets=[build_sheet(voice, facts) for facts in read_facts(styles)],
        )
    )


def report_fit(shop: Path, *, style: str | None, language_code: str) -> Report | None:
    """Write the sheet of a style, or of all that do not fit, from one published version.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    style : str or None
        Number or name; None: every style with a verdict that speaks of a misfit.
    language_code : {"ja", "en"}

    Returns
    -------
    Report or None
        None where no style is flagged.

    Raises
    ------
    UnknownStyleError
        If there is no style like it.
    ServingError
        If nothing readable is published.
    """
    with serving.lease(shop):
        styles = fit.list_flagged(fit.read_rows()) if style is None else [find_style(style)]
        if not styles:
            return None
        voice = find_voice(find_language(language_code))
        return Report(write_document(styles, voice=voice), len(styles))


def build_document(styles: Sequence[str], *, language_code: str) -> str:
    """Write the sheets of some styles of the shop that this process serves.

    Parameters
    ----------
    styles : sequence of str
        At least one; each has a verdict.
    language_code : {"ja", "en"}
    """
    with serving.lease():
        return write_document(styles, voice=find_voice(find_language(language_code)))
