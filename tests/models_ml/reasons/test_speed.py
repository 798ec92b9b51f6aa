"""What makes reading fast changes no answer."""

from __future__ import annotations

import re
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.reasons.generating import generate_notes
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.notes import arrange_texts, prepare_text
from models_ml.reasons.pipeline import score_codes
from models_ml.reasons.prefilter import Prefilter, find_needs
from models_ml.reasons.scoring import TextScorer
from models_ml.reasons.suggesting import load_shipped_model

# The project's own notes hold every way to say a reason that it knows of.
NOTES = [prepare_text(note.text) for note in generate_notes(7)][::9]
SIGNS = "".join(
    sorted({sign for note in NOTES for sign in note} | set(string.ascii_lowercase + " 0123456789'"))
)


def find_all(text: str) -> list[int]:
    """Search for every phrase of the lexicon, none passed over."""
    return [
        number
        for number, phrase in enumerate(load_lexicon().all_phrases)
        if any(match.end() > match.start() for match in phrase.pattern.finditer(text))
    ]


def find_selected(text: str) -> list[int]:
    return [
        number
        for number, phrase in load_lexicon().select(text)
        if any(match.end() > match.start() for match in phrase.pattern.finditer(text))
    ]


def test_no_phrase_is_passed_over_in_written_notes() -> None:
    assert all(find_selected(note) == find_all(note) for note in NOTES)


@given(
    st.lists(st.sampled_from(NOTES), max_size=3), st.text(SIGNS, max_size=60), st.integers(0, 40)
)
def test_no_phrase_is_passed_over_in_any_text(notes: list[str], noise: str, cut: int) -> None:
    text = "".join(notes)[cut:] + noise
    assert find_selected(text) == find_all(text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("きつい", {"きつ"}),
        ("き?つい|ゆる[いく]", {"つい", "ゆる"}),
        ("(?:大き|幅広)い", {"大き", "幅広"}),
        ("(?:大き|広)い", {"い"}),
        ("[あい]", {"あ", "い"}),
        ("a*bc", {"bc"}),
        ("(?<!x)(?:ab){2}", {"ab"}),
        ("a?", None),
        ("[^a]", None),
        ("[a-z]", None),
        ("ab|.", None),
        ("(?i:ab)", None),
        ("(?=ab)", None),
    ],
)
def test_a_pattern_needs_what_each_of_its_matches_holds(
    pattern: str, needed: set[str] | None
) -> None:
    assert find_needs(re.compile(pattern)) == needed


def test_case_that_does_not_count_needs_nothing() -> None:
    assert find_needs(re.compile("ab", re.IGNORECASE)) is None


def test_few_patterns_are_left_for_a_note() -> None:
    lexicon = load_lexicon()
    selected = [len(lexicon.select(note)) for note in NOTES]
    assert np.mean(selected) < len(lexicon.all_phrases) / 4
    assert Prefilter([re.compile("ab"), re.compile("."), re.compile("ba")]).select("xab") == [0, 1]


def test_one_text_is_scored_as_the_pipeline_scores_it() -> None:
    pipeline = load_shipped_model().pipeline
    assert pipeline is not None
    scorer = TextScorer(pipeline)
    prepared = arrange_texts(NOTES, found=[()] * len(NOTES))
    for row, expected in zip(prepared, score_codes(pipeline, prepared), strict=True):
        np.testing.assert_allclose(scorer.score(row), expected, atol=1e-5)


def test_what_the_n_grams_add_makes_the_score() -> None:
    pipeline = load_shipped_model().pipeline
    assert pipeline is not None
    scorer = TextScorer(pipeline)
    row = arrange_texts(["ボタンを押しても何も起きない"], found=[()])[0]
    nothing = scorer.score(["", "", ""])
    odds = np.log(nothing / (1 - nothing)) + [
        sum(scorer.weigh(row, place=place).values()) for place in range(len(nothing))
    ]
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), scorer.score(row))
