"""What makes reading fast changes no answer."""

from __future__ import annotations

import re
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.reasons import redact_addresses, redact_names, redact_shapes
from models_ml.reasons.generating import generate_notes
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.needs import find_ways
from models_ml.reasons.normalise import _PLAIN, _is_mark, _spell_text
from models_ml.reasons.notes import arrange_texts, prepare_text
from models_ml.reasons.pipeline import score_codes
from models_ml.reasons.prefilter import Prefilter
from models_ml.reasons.redact import _load_sieve
from models_ml.reasons.scoring import TextScorer, build_finder
from models_ml.reasons.suggesting import load_shipped_model

# The project's own notes hold every way to say a reason that it knows of.
NOTES = [prepare_text(note.text) for note in generate_notes(7)][::9]
SIGNS = "".join(
    sorted({sign for note in NOTES for sign in note} | set(string.ascii_lowercase + " 0123456789'"))
)

# What the rules of redaction look for, in pieces.
SAID = [
    *("山田太郎", "様", "です。", "氏名：", "の件", "（佐藤）", "と申します", "さん", "田中 "),
    *("住所は", "東京都渋谷区神南", "1-2-3", "〒150-0001", "2丁目", "大阪市北区梅田", "番地"),
    *("Mr. ", "Tom Becker", "I am ", "Regards, ", "My name is ", "12 High ", "Street", " "),
    *("k.ono", "@", "example", ".", "com", " at ", "アットマーク", "Shibuya-ku, ", "NAME: ", "\n"),
]
SAID_SIGNS = "".join(sorted({sign for piece in SAID for sign in piece}))


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
    ("pattern", "ways"),
    [
        ("きつい", [[{"きつい"}]]),
        ("き?つい|ゆる[いく]", [[{"つい", "ゆるい", "ゆるく"}]]),
        ("(?:大き|幅広)い", [[{"大きい", "幅広い"}]]),
        ("箱が.*(?:破れ|潰)|空", [[{"空"}], [{"箱が"}, {"破れ", "潰"}]]),
        ("a*bc", [[{"bc"}]]),
        ("(?<!x)(?:ab){2}c", [[{"ab"}, {"c"}]]),
        ("a(?=b.c)", [[{"a"}, {"b"}, {"c"}]]),
        ("[0-2]個", [[{"0個", "1個", "2個"}]]),
        ("a?", [[]]),
        ("[^a]", [[]]),
        ("[a-z]", [[]]),
        ("ab|.", [[]]),
        ("(?i:ab)c", [[{"abc", "aBc", "Abc", "ABc"}]]),
        ("(?i:skim)", [[{"m", "M"}]]),
        ("(a)\\1b", [[{"a"}, {"b"}]]),
    ],
)
def test_a_pattern_needs_what_each_of_its_matches_holds(
    pattern: str, ways: list[list[set[str]]]
) -> None:
    def order(found: list[list[set[str]]]) -> list[list[list[str]]]:
        return sorted(sorted(map(sorted, way)) for way in found)

    assert order([[*map(set, way)] for way in find_ways(re.compile(pattern))]) == order(ways)


def test_letters_that_need_nothing_without_case_are_those_with_a_third_form() -> None:
    everything = "".join(map(chr, range(0x110000)))
    for letter in string.ascii_lowercase:
        found = set(re.findall(letter, everything, re.IGNORECASE))
        needs_nothing = find_ways(re.compile(letter, re.IGNORECASE)) == ((),)
        assert needs_nothing == (found > {letter, letter.upper()})
        assert needs_nothing or found == {letter, letter.upper()}


def test_few_patterns_are_left_for_a_note() -> None:
    lexicon = load_lexicon()
    selected = [len(lexicon.select(note)) for note in NOTES]
    assert np.mean(selected) < len(lexicon.all_phrases) / 40
    assert Prefilter([re.compile("ab"), re.compile("."), re.compile("ba")]).select("xab") == (0, 1)
    assert Prefilter([re.compile(".")]).select("") == (0,)


@given(st.lists(st.sampled_from(SAID), max_size=4).map("".join), st.text(SAID_SIGNS, max_size=20))
def test_no_personal_data_are_passed_over(said: str, noise: str) -> None:
    text = said + noise
    held = _load_sieve()
    for pattern in (*redact_shapes.PATTERNS, *redact_addresses.PATTERNS, *redact_names.PATTERNS):
        assert held.sub(pattern, "", text) == pattern.sub("", text)


def test_plain_signs_stand_for_themselves() -> None:
    everything = map(chr, range(0x110000))
    plain = [sign for sign in everything if _PLAIN.fullmatch(sign)]
    assert len(plain) > len(string.ascii_letters)
    assert [_spell_text(sign) for sign in plain] == [sign.lower() for sign in plain]
    assert not any(_is_mark(sign) or sign in "<&" for sign in plain)


def test_one_text_is_scored_as_the_pipeline_scores_it() -> None:
    pipeline = load_shipped_model().pipeline
    assert pipeline is not None
    scorer = TextScorer(pipeline)
    prepared = arrange_texts(NOTES, found=[()] * len(NOTES))
    for row, expected in zip(prepared, score_codes(pipeline, prepared), strict=True):
        np.testing.assert_allclose(scorer.score(row), expected, atol=1e-5)


def test_n_grams_are_found_in_the_order_of_the_vectorizer() -> None:
    pipeline = load_shipped_model().pipeline
    assert pipeline is not None
    texts = [*NOTES[::40], "", "a", " tab\tand  blanks ", "ｗ"]
    for _, vectorizer, _ in pipeline.named_steps["features"].transformers_:
        if not hasattr(vectorizer, "vocabulary_"):
            continue
        analyze, places = vectorizer.build_analyzer(), vectorizer.vocabulary_
        find = build_finder(vectorizer, places=places)
        for text in texts:
            learned = [places[gram] for gram in analyze(text) if gram in places]
            assert list(find(text)) == learned


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
