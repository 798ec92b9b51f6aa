"""Score directions against the words that people marked as complaints of the fit of shoes.

The labels are mechanical: an opinion that annotators of Shoes-ACOSI marked as negative and as of
the fit says small or large by the adjective in it. Opinions that advise, compare sizes, wish or
negate would need a reading of their own; a review with one of those is left out.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from benchmarks.reasons_data import LabelledSize, read_lines
from models_ml.reasons.reader import read_text

PARTS: Final = ("train", "dev")
NOTHING: Final = "nothing"
READ: Final = ("small", "large", "mixed", "unspecified", NOTHING)
_FIT: Final = "performance#sizing/fit"
_WAYS: Final = {
    "small": re.compile(
        r"\b(?:small|tight|narrow|short|snug|cramped|squeezed|pinch)(?:er)?\b(?! sizes?\b)"
    ),
    "large": re.compile(
        r"\b(?:big|bigger|large|larger|huge|enormous|ginormous|wide|wider|loose|sloppy|long|longer"
        r"|oversized?)\b(?! (?:sizes?|feet|foot)\b)"
    ),
}
# An adjective beside one of these may mean the size that was bought, wished for or denied.
_TURNED: Final = re.compile(
    r"\b(?:not|n ' t|dont|never|order\w*|get|got|go|going|gone|went|buy\w*|bought|purchase\w*"
    r"|need\w*|exchange|return\w*|sized? (?:up|down)|wish\w*|would|could|hop(?:e|ing|efully)"
    r"|should|if|usual\w*|normal\w*|typical\w*|than|feet|may|might|think|don ' t)\b"
)


def measure_directions() -> list[str]:
    """Read the reviews of both parts and compare with what the marked opinions say."""
    read: Counter[tuple[str, str]] = Counter()
    for one in load_marked_directions():
        read[one.direction or NOTHING, read_text(one.text).direction or NOTHING] += 1
    rows = [
        f"| marked | reviews | {' | '.join(f'read {way}' for way in READ)} |",
        f"|---|---|{'---|' * len(READ)}",
    ]
    for marked in ("small", "large", "mixed", NOTHING):
        each = [read[marked, way] for way in READ]
        total = sum(each)
        shares = " | ".join(f"{count / max(1, total):.3f}" for count in each)
        rows.append(f"| {marked} | {total} | {shares} |")
    rows += ["", "| direction | read | precision | recall | F1 |", "|---|---|---|---|---|"]
    for way in ("small", "large"):
        right = read[way, way]
        found = sum(read[marked, way] for marked, _ in {(m, 0) for m, _ in read})
        marked_so = sum(count for (marked, _), count in read.items() if marked == way)
        precision, recall = right / max(1, found), right / max(1, marked_so)
        f1 = 2 * right / max(1, found + marked_so)
        rows.append(f"| {way} | {found} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return rows


def load_marked_directions() -> Iterator[LabelledSize]:
    """Load the reviews of which the marked opinions of the fit all say a way, or praise, or none.

    Raises
    ------
    FileNotFoundError
        If the data are not here.
    """
    for part in PARTS:
        for line in read_lines(f"shoes_acosi/acosi_shoes_{part}.txt.zst"):
            text, _, quads = line.partition("####")
            opinions = [
                (quad[2], quad[3].lower()) for quad in ast.literal_eval(quads) if quad[1] == _FIT
            ]
            ways = [name_ways(said) for mood, said in opinions if mood != "positive"]
            if all(ways):
                whole = set().union(*ways)
                direction = "mixed" if len(whole) > 1 else next(iter(whole), None)
                yield LabelledSize(text, direction, ())


def name_ways(opinion: str) -> set[str]:
    """Name the ways that a marked opinion says; none where its adjective may be turned.

    Examples
    --------
    >>> name_ways("way too narrow"), name_ways("order a half size larger")
    ({'small'}, set())
    """
    if _TURNED.search(opinion):
        return set()
    return {way for way, words in _WAYS.items() if words.search(opinion)}
