"""Where a sentence and a clause end, and whether a phrase in one is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_SENTENCE_END: Final = re.compile(r"[。!?\n;]+|(?<=[a-z0-9)'\" ])\.+(?=\s|$)")
# A contrast ends a clause with or without a comma.
_CLAUSE_END: Final = re.compile(
    r"[。!?\n;、,]+|(?<=[a-z0-9)'\" ])\.+(?=\s|$)| - "
    r"|(?<=[いただるすんく])(?:が|けど|けれど|けれども|ものの|のに|ですが|ますが)(?=[^らあつ])"
    r"|(?<= )(?:but|however|although|though|except|yet|while|whereas|otherwise|because)(?= )"
)
# After the phrase: (tight) -くはない, -いわけではない, -さは感じない, (broke) -れていない …
_NEGATED_AFTER: Final = re.compile(
    r"(?:い|かった|すぎ(?:る|た|て)?|過ぎ(?:る|た|て)?|く|な|の|さ|み|る|た|だ|れ|ん)?"
    r"(?:と(?:いう|言う|か))?(?:わけ|訳|こと|事|ほど|感じ|もの|問題|心配|様子|部分|点)?"
    r"(?:で|じゃ|に|が|と|て|し|など)?(?:は|も|い|いて)?"
    r"(?:な(?:い|く(?!な)|かっ|さそ)|ありませ|無(?:い|く|かっ)|なりませ|気にな(?:らな|りませ)"
    r"|感じ(?:な|ませ)|思(?:わな|いませ)|ませんでし|ませんので|ず(?:に|、|。|$))"
)
# Feared, guessed or asked, but not found: "きついかと思ったが", "小さいか心配でしたが".
_UNREAL_AFTER: Final = re.compile(
    r"(?:い|かった|く|る|た|すぎる|過ぎる|め)?(?:の)?(?:では|じゃ)?(?:ない)?"
    r"か(?:と|も|な|もと|なと|もしれないと|どうか)?(?:、)?(?:思(?:っ(?:た|て)|いまし)|心配|不安|懸念)"
    r"|く?ても|(?:い|た)?たら(?!し)|なければ|け?れば(?![良よい])|(?:る|た|い)なら(?!な)"
)
_NEGATED_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:not(?! only)|never|no(?! longer)|without|hardly|nor|neither|cannot|nothing"
    r"|[a-z]+n't)(?: [a-z'-]+){0,3} ?$"
)
_DEGREE: Final = "(?: (?:too|a|bit|little|way|so|very)){0,3}"
_UNREAL_BEFORE: Final = re.compile(
    r"(?:thought|afraid|worried|feared|concerned|expected|expecting)(?: [a-z']+){0,5}"
    r" (?:would|might|may|will|could|be|were|was)(?: [a-z]+){0,2} ?$"
    # Of a size that was not bought: "the larger one would have been too loose".
    r"|(?:may|might|would|will|'d)(?: (?:have|still|probably|likely|just|also|then)){0,3}"
    rf"(?: (?:be(?:en)?|look|feel|fit|run))?{_DEGREE} ?$"
    rf"|(?<![a-z])if (?:it|they|this|these)(?: (?:is|are|were|was|runs?|fits?|feels?))?{_DEGREE} ?$"
    # What others say, and what another piece was like.
    r"|(?:people|reviews?|reviewers?|others|everyone|someone)(?: [a-z']+){0,4}"
    r" (?:said|say|says|saying|mentioned?|complained|wrote|claim(?:ed)?)(?: that)?"
    r"(?: [a-z']+){0,4} ?$"
    r"|my (?:last|old|older|other|previous)(?: [a-z']+){1,2} ?$"
    r"|(?:expected|expecting|hoped|hoping|supposed)(?: [a-z']+){0,3} to(?: be)? ?$"
)
_NEGATED_INSIDE: Final = re.compile(r"(?<= )(?:not(?! only)|never|hardly|no)(?= )|n't ")
_LOOK_BACK: Final = 60  # signs before a phrase in which an English negation can stand


def split_sentences(text: str) -> list[Span]:
    """Find the sentences of a normalised text.

    Returns
    -------
    list of (int, int)
        Spans without the signs between them, in order.
    """
    return list(_split(text, _SENTENCE_END))


def split_clauses(text: str) -> list[Span]:
    """Find the clauses of a normalised text: parts of sentences that say one thing.

    Returns
    -------
    list of (int, int)
        Spans in order.

    Examples
    --------
    >>> text = "小さくはないが、幅がきつい"
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['小さくはない', '幅がきつい']
    """
    return list(_split(text, _CLAUSE_END))


def _split(text: str, ends: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for end in ends.finditer(text):
        if end.start() > start:
            yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def find_span(spans: list[Span], place: int) -> int:
    """Find the span that a place is in, or else the one before it; 0 where there is none."""
    found = 0
    for number, (start, _) in enumerate(spans):
        if start > place:
            break
        found = number
    return found


def is_taken_back(text: str, *, phrase: Span, clause: Span, language: str) -> bool:
    """Tell whether a phrase is negated, or only feared or expected.

    Japanese negates after the phrase, English before it and within its clause.

    Parameters
    ----------
    text : str
        Normalised.
    phrase, clause : (int, int)
        The phrase, and the clause that it begins in.
    language : {"ja", "en"}
        Of the phrase.

    Returns
    -------
    bool
    """
    start, end = phrase
    if is_unreal(text, phrase=phrase, clause=clause, language=language):
        return True
    if language == "ja":
        return bool(_NEGATED_AFTER.match(text, end))
    before = text[max(clause[0], start - _LOOK_BACK) : start]
    return bool(_NEGATED_BEFORE.search(before) or _NEGATED_INSIDE.search(text, start, end))


def is_unreal(text: str, *, phrase: Span, clause: Span, language: str) -> bool:
    """Tell whether a phrase is only feared, expected or supposed: "if it breaks", "壊れたら".

    Parameters
    ----------
    text : str
        Normalised.
    phrase, clause : (int, int)
        The phrase, and the clause that it begins in.
    language : {"ja", "en"}
        Of the phrase.

    Returns
    -------
    bool
    """
    start, end = phrase
    if language == "ja":
        return bool(_UNREAL_AFTER.match(text, end))
    return bool(_UNREAL_BEFORE.search(text[max(clause[0], start - _LOOK_BACK) : start]))
