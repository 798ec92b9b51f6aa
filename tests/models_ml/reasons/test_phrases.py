"""The lexicon is sound: codes of the taxonomy, patterns that end, counts that are measured."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from models_ml.reasons.alignment import align_redacted
from models_ml.reasons.clauses import split_clauses
from models_ml.reasons.lexicon import load_lexicon, parse_lexicon
from models_ml.reasons.phrases import find_phrases
from models_ml.reasons.precision import load_precision, smooth_precision
from models_ml.reasons.redact import redact_text

SEED = Path(__file__).parents[3] / "dbt_project" / "seeds" / "reason_taxonomy.csv"


def test_every_code_is_of_the_taxonomy_and_every_code_but_other_has_a_phrase() -> None:
    with SEED.open(encoding="utf-8", newline="") as file:
        known = {row["reason_code"] for row in csv.DictReader(file)}
    assert load_lexicon().codes == known - {"OTHER"}


def test_the_version_is_the_content() -> None:
    small = b"{sets: {}, zones: {}, cues: {}, recodes: [], passes: {ja: [], en: []}, first: {}, "
    small += b"doubts: {ja: [], en: []}, answers: {ja: [], en: []}, "
    small += b"escalate: {allergy: [], counterfeit: [], injury: {ja: [], en: []}}, codes: {}}"
    assert parse_lexicon(small).version == parse_lexicon(small).version
    assert parse_lexicon(small + b"\n").version != parse_lexicon(small).version


@pytest.mark.parametrize(
    "text",
    [
        *("色が" * 1300, "not " * 1000, "too very so " * 330, "サイズが" * 1000, "の" * 4000),
        *("small and " * 400, "wish i wish i " * 280, "arrived " * 500, "、" * 4000),
    ],
)
def test_no_pattern_runs_away(text: str) -> None:
    started = time.process_time()
    find_phrases(text, lexicon=load_lexicon())
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("小さくはないが、幅がきつい", ["小さくはない", "幅がきつい"]),
        ("色は良いけど生地が薄い", ["色は良い", "生地が薄い"]),
        ("nice, but too small. returning", ["nice", " ", " too small", " returning"]),
        ("", []),
    ],
)
def test_a_contrast_ends_a_clause(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in split_clauses(text)] == clauses


@pytest.mark.parametrize(
    "text",
    [
        "ウエストがきつくありません",
        "きつくはなかった",
        "傷はありませんでした",
        "小さいかと思ったが、ちょうどよい",
        "きつすぎず、ちょうどよい",
        "It was not too tight",
        "No scratches",
        "I was worried it would be too small",
        "It isn't uncomfortable",
    ],
)
def test_what_is_taken_back_is_not_found(text: str) -> None:
    codes = {one.code for one in find_phrases(text.lower(), lexicon=load_lexicon())}
    assert codes <= {"NONE"}


def test_few_readings_are_drawn_towards_the_mean() -> None:
    # Mean (9 + 1) / (10 + 2); A: (9 + 8 * 10/12) / (9 + 8), B: (0 + 8 * 10/12) / (1 + 8).
    codes = frozenset({"A", "B", "C"})
    smoothed = smooth_precision({"A": (9, 9), "B": (0, 1)}, codes=codes)
    assert smoothed["C"] == pytest.approx(10 / 12)
    assert smoothed["A"] == pytest.approx((9 + 8 * 10 / 12) / 17)
    assert smoothed["B"] == pytest.approx(8 * 10 / 12 / 9)


def test_every_code_has_a_measured_or_borrowed_precision() -> None:
    precision = load_precision()
    assert precision.keys() == load_lexicon().codes
    assert all(0 < value < 1 for value in precision.values())


@pytest.mark.parametrize(
    "text",
    [
        "山田太郎です。小さい。090-1234-5678まで",
        "mail: a@example.com too small",
        "〒100-0001 東京都千代田区千代田1-1、色が違う",
        "no personal data",
    ],
)
def test_places_of_a_redacted_text_are_found_in_the_original(text: str) -> None:
    redacted = redact_text(text)
    places = align_redacted(text, redacted=redacted)
    assert places is not None
    assert len(places) == len(redacted) + 1
    for word in ("小さい", "too small", "色が違う", "no personal data"):
        if word in redacted:
            start = redacted.index(word)
            assert text[places[start] : places[start + len(word)]] == word


def test_texts_that_cannot_be_laid_over_each_other_have_no_places() -> None:
    assert align_redacted("abc", redacted="xyz") is None
