"""Counts how often the lexicon is right: ``lexicon_precision.csv`` and its company.

Run as ``python -m benchmarks.reasons_prior``. Counted on complaints that are labelled and not
sealed. Data without a licence measure the reading; no shipped number comes from them.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.reasons_data import REPOSITORY, LabelledText, load_development
from models_ml.reasons.lexicon import LANGUAGES, load_lexicon
from models_ml.reasons.normalise import normalise_text
from models_ml.reasons.notes import prepare_text
from models_ml.reasons.phrases import find_phrases
from models_ml.reasons.precision import FILE as PRECISION_FILE
from models_ml.reasons.precision import load_precision
from models_ml.reasons.reliability import FEATURES, describe_reading
from models_ml.reasons.reliability import FILE as RELIABILITY_FILE
from models_ml.reasons.suggesting import FILE as SUGGESTION_FILE
from models_ml.reasons.suggesting import suggest_codes
from models_ml.reasons.taxonomy import NONE

ROOM: Final = REPOSITORY / "models_ml" / "reasons"
REGULARISATION: Final = 1.0  # 500 sentences, six weights: any value near it gives the same order


def load_all() -> list[LabelledText]:
    """Load the development sentences of both languages."""
    return [*load_development("ja"), *load_development("en")]


def read_codes(text: str) -> set[str]:
    """Read the codes of the lexicon in one text."""
    found = find_phrases(normalise_text(text).text, lexicon=load_lexicon())
    return {one.code for one in found} - {NONE}


def count_right() -> tuple[Counter[str], Counter[str]]:
    """Count readings and right readings by code."""
    read: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in load_all():
        codes = read_codes(one.text)
        read.update(codes)
        right.update(codes & one.codes)
    return read, right


def learn_weights() -> dict[str, float]:
    """Learn from the development sentences when a reading of the lexicon can be trusted."""
    described, right = [], []
    for one in load_all():
        text = normalise_text(one.text).text
        found = [f for f in find_phrases(text, lexicon=load_lexicon()) if f.code != NONE]
        for code, values in describe_reading(text, found=found).items():
            described.append(values)
            right.append(code in one.codes)
    regression = LogisticRegression(C=REGULARISATION, fit_intercept=False)
    regression.fit(np.array(described), np.array(right))
    return dict(zip(FEATURES, regression.coef_[0].tolist(), strict=True))


def count_suggestions(language: str) -> tuple[int, int]:
    """Count the suggestions on development sentences without a phrase, and the right ones."""
    read = right = 0
    for one in load_development(language):
        text = prepare_text(one.text)
        if not find_phrases(text, lexicon=load_lexicon()):
            codes = {suggested.code for suggested in suggest_codes(text, language=language)}
            read += len(codes)
            right += len(codes & one.codes)
    return right, read


def main() -> None:
    """Write the counts, then the weights, which rest on them."""
    read, right = count_right()
    with (ROOM / PRECISION_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "right", "read"])
        writer.writerows([code, right[code], read[code]] for code in sorted(read))
    load_precision.cache_clear()
    with (ROOM / RELIABILITY_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows([name, f"{weight:.3f}"] for name, weight in learn_weights().items())
    suggestions = [(language, *count_suggestions(language)) for language in LANGUAGES]
    with (ROOM / SUGGESTION_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("language", "right", "read"), *suggestions])
    total = sum(right.values()) / max(1, sum(read.values()))
    sys.stdout.write(f"{sum(read.values())} readings, {total:.3f} right\n")


if __name__ == "__main__":
    main()
