"""The lexicon of reasons: what ``lexicon.yml`` says, compiled."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import yaml

from models_ml.reasons.prefilter import Prefilter

FILE: Final = "lexicon.yml"
LANGUAGES: Final = ("ja", "en")
DIRECTIONS: Final[Mapping[str, str]] = {
    "FIT.SMALL": "small",
    "FIT.LARGE": "large",
    "FIT.UNSPEC": "unspecified",
}

_SET: Final = re.compile(r"<([a-z]+)>")
_SAME_CLAUSE: Final = r"[^。!?;\n、,.]{0,14}?"


@dataclass(frozen=True)
class Phrase:
    """One pattern and what it says.

    Attributes
    ----------
    pattern : re.Pattern
        Over normalised text.
    language : {"ja", "en"}
    code : str, optional
        Of the taxonomy, or a code that a recode turns into one; None says nothing.
    is_own_scope : bool
        Whether no negation outside of the pattern takes it back.
    is_for_review : bool
        Whether a person should read the text, however sure the phrase is.
    zone : str, optional
    is_weak : bool
        Whether it counts only where the text names no other size.
    is_vague : bool
        Whether it is often said of something else.
    """

    pattern: re.Pattern[str]
    language: str
    code: str | None = None
    is_own_scope: bool = False
    is_for_review: bool = False
    zone: str | None = None
    is_weak: bool = False
    is_vague: bool = False


@dataclass(frozen=True)
class Recode:
    """What a code becomes where a cue stands near it.

    Attributes
    ----------
    codes : frozenset of str
    target : str
    cue : str, optional
        Name of the cue; None always recodes.
    is_within_sentence : bool
        Whether the cue must stand in the sentence of the phrase, else anywhere in the text.
    """

    codes: frozenset[str]
    target: str
    cue: str | None
    is_within_sentence: bool


@dataclass(frozen=True)
class Lexicon:
    """All phrases by what they are for.

    Attributes
    ----------
    covering : tuple of Phrase
        Read first; what they cover is not read again.
    phrases : tuple of Phrase
    zones : tuple of Phrase
        ``zone`` is set, ``code`` is None.
    cues : mapping of str to tuple of Phrase
    recodes : tuple of Recode
    injuries : tuple of Phrase
    doubts : tuple of Phrase
        A text that holds one is never read without a person.
    answers : tuple of Phrase
        Of who answers rather than complains.
    escalated : frozenset of str
        Codes that always go to a person.
    version : str
        The first 12 signs of the SHA-256 of the file.
    """

    covering: tuple[Phrase, ...]
    phrases: tuple[Phrase, ...]
    zones: tuple[Phrase, ...]
    cues: Mapping[str, tuple[Phrase, ...]]
    recodes: tuple[Recode, ...]
    injuries: tuple[Phrase, ...]
    doubts: tuple[Phrase, ...]
    answers: tuple[Phrase, ...]
    escalated: frozenset[str]
    version: str

    @cached_property
    def all_phrases(self) -> tuple[Phrase, ...]:
        """What is searched in every text, in the order of the search, zones last."""
        return (*self.covering, *self.phrases, *self.zones)

    @cached_property
    def _sifted(self) -> tuple[Phrase, ...]:
        cues = [phrase for cue in self.cues.values() for phrase in cue]
        return (*self.all_phrases, *cues, *self.injuries, *self.doubts, *self.answers)

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {id(phrase): place for place, phrase in enumerate(self._sifted)}

    @cached_property
    def _prefilter(self) -> Prefilter:
        return Prefilter([phrase.pattern for phrase in self._sifted])

    def select(self, text: str) -> list[tuple[int, Phrase]]:
        """Select the phrases that a text may hold, with their place in ``all_phrases``."""
        last = len(self.all_phrases)
        return [(n, self._sifted[n]) for n in self._prefilter.select(text) if n < last]

    def sift(self, phrases: Sequence[Phrase], *, text: str) -> list[Phrase]:
        """Keep those of the lexicon's own phrases that a text may hold."""
        held = self._prefilter.select(text)
        return [phrase for phrase in phrases if self._places[id(phrase)] in held]

    @property
    def codes(self) -> frozenset[str]:
        """All codes that a text can get from this lexicon."""
        passing = {code for recode in self.recodes for code in recode.codes if recode.cue is None}
        found = {phrase.code for phrase in (*self.covering, *self.phrases) if phrase.code}
        return frozenset(found - passing | {recode.target for recode in self.recodes})


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read and compile the shipped lexicon.

    Returns
    -------
    Lexicon

    Raises
    ------
    re.error, KeyError
        If the file holds a pattern that is none, or an unknown set.
    """
    data = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_bytes()
    return parse_lexicon(data)


def parse_lexicon(data: bytes) -> Lexicon:
    """Compile a lexicon.

    Parameters
    ----------
    data : bytes
        YAML as ``lexicon.yml`` explains it.

    Returns
    -------
    Lexicon
    """
    document = yaml.safe_load(data)
    sets = document["sets"]
    passes = _read_plain(document["passes"], sets=sets)
    escalate = document["escalate"]
    return Lexicon(
        covering=(*passes, *_read_codes(document["first"], sets=sets)),
        phrases=tuple(_read_codes(document["codes"], sets=sets)),
        zones=tuple(_read_zones(document["zones"], sets=sets)),
        cues={name: _read_plain(cue, sets=sets) for name, cue in document["cues"].items()},
        recodes=tuple(_read_recode(row) for row in document["recodes"]),
        injuries=_read_plain(escalate["injury"], sets=sets),
        doubts=_read_plain(document["doubts"], sets=sets),
        answers=_read_plain(document["answers"], sets=sets),
        escalated=frozenset({*escalate["allergy"], *escalate["counterfeit"]}),
        version=hashlib.sha256(data).hexdigest()[:12],
    )


def _compile(pattern: str, *, language: str, sets: Mapping[str, str]) -> re.Pattern[str]:
    while _SET.search(pattern):
        pattern = _SET.sub(lambda found: sets[found[1]], pattern)
    pattern = pattern.replace("…", _SAME_CLAUSE)
    return re.compile(rf"(?<![a-z])(?:{pattern})" if language == "en" else pattern)


def _read_plain(
    by_language: Mapping[str, list[str]], *, sets: Mapping[str, str]
) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(
            pattern=_compile(pattern, language=language, sets=sets),
            language=language,
            is_own_scope=True,
        )
        for language in LANGUAGES
        for pattern in by_language[language]
    )


def _read_codes(
    by_code: Mapping[str, Mapping[str, list[Any]]], *, sets: Mapping[str, str]
) -> Iterator[Phrase]:
    for code, by_language in by_code.items():
        for language in LANGUAGES:
            for row in by_language.get(language, []):
                entry: dict[str, Any] = {"pattern": row} if isinstance(row, str) else row
                yield Phrase(
                    pattern=_compile(entry["pattern"], language=language, sets=sets),
                    language=language,
                    code=code,
                    is_own_scope=entry.get("scope", "next") == "own",
                    is_for_review=entry.get("review", False),
                    zone=entry.get("zone"),
                    is_weak=entry.get("weak", False),
                    is_vague=entry.get("vague", False),
                )


def _read_zones(
    zones: Mapping[str, Mapping[str, str]], *, sets: Mapping[str, str]
) -> Iterator[Phrase]:
    for zone, by_language in zones.items():
        for language, pattern in by_language.items():
            whole = rf"(?:{pattern})\b" if language == "en" else pattern
            yield Phrase(
                pattern=_compile(whole, language=language, sets=sets),
                language=language,
                zone=zone,
            )


def _read_recode(row: Mapping[str, Any]) -> Recode:
    return Recode(
        codes=frozenset(row["from"]),
        target=row["to"],
        cue=row.get("cue"),
        is_within_sentence=row.get("within") == "sentence",
    )
