"""What was said of the fit of a style before, and why it is otherwise now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboards.lib import serving
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_fit_changes as words
from dashboards.lib.records import list_records
from dashboards.lib.shop import to_day
from dashboards.lib.voice import Voice

MART: Final = "rpt_fit_verdict_changes"
Change = Mapping[str, Any]


def read_changes(styles: Sequence[str]) -> dict[str, Change]:
    """Read what was said of some styles on an earlier day; those without one are left out.

    Parameters
    ----------
    styles : sequence of str
    """
    rows = serving.read_mart(MART, where={"style_id": tuple(styles)})
    return {str(row["style_id"]): row for row in list_records(rows)}


def write_previous(voice: Voice, change: Change | None) -> str:
    """Write what was said before, where it was something else; for a table."""
    if change is None or not change["is_changed"]:
        return ""
    return voice.say(words.PREVIOUS, when=_write_when(voice, change), verdict=_name(voice, change))


def write_change(voice: Voice, change: Change | None) -> str:
    """Write what was said before, and what has moved since; empty where nothing is kept."""
    if change is None:
        return ""
    when, verdict = _write_when(voice, change), _name(voice, change)
    if not change["is_changed"]:
        return voice.say(words.SAME, when=when, verdict=verdict)
    said = voice.say(words.CHANGED, when=when, verdict=verdict)
    before, now = change["previous_developed_exposure"], change["developed_exposure"]
    why = voice.say(
        words.WHYS[str(change["why_code"])],
        before=_write_rate(voice, change["previous_side_units"], exposure=before),
        now=_write_rate(voice, change["side_units"], exposure=now),
        n_before=voice.language.count(before),
        n_now=voice.language.count(now),
    )
    return f"{said}{'' if voice.language.code == 'ja' else ' '}{why}"


def _name(voice: Voice, change: Change) -> str:
    return voice.say(page_words.VERDICTS[str(change["previous_verdict_code"])])


def _write_when(voice: Voice, change: Change) -> str:
    """Write the month of the earlier verdict; the day where it is in the present month."""
    then, as_of = to_day(change["previous_date"]), voice.shop.as_of
    if then is None:
        return voice.language.missing
    if (then.year, then.month) == (as_of.year, as_of.month):
        return voice.language.day(then, today=as_of)
    return voice.language.month(then, today=as_of)


def _write_rate(voice: Voice, units: float, *, exposure: float) -> str:
    return voice.language.rate(units / exposure if exposure else 0.0, n=exposure)
