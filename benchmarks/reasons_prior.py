"""Counts how often the lexicon is right, by code: ``models_ml/reasons/lexicon_precision.csv``.

Run as ``python -m benchmarks.reasons_prior``. Counted on Japanese complaints that are labelled and
not sealed. Data without a licence measure the reading; no shipped number comes from them.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from typing import Final

from benchmarks.reasons_data import REPOSITORY, load_development
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.normalise import normalise_text
from models_ml.reasons.phrases import find_phrases
from models_ml.reasons.precision import FILE

TARGET: Final = REPOSITORY / "models_ml" / "reasons" / FILE


def read_codes(text: str) -> set[str]:
    """Read the codes of the lexicon in one text."""
    found = find_phrases(normalise_text(text).text, lexicon=load_lexicon())
    return {one.code for one in found} - {"NONE"}


def count_right() -> tuple[Counter[str], Counter[str]]:
    """Count readings and right readings by code."""
    read: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in load_development():
        codes = read_codes(one.text)
        read.update(codes)
        right.update(codes & one.codes)
    return read, right


def main() -> None:
    """Write the counts."""
    read, right = count_right()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "right", "read"])
        writer.writerows([code, right[code], read[code]] for code in sorted(read))
    total = sum(right.values()) / max(1, sum(read.values()))
    sys.stdout.write(f"{sum(read.values())} readings, {total:.3f} right\n")


if __name__ == "__main__":
    main()
