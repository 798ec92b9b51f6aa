"""One spelling, and every character of it knows the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.reasons.normalise import MAX_LENGTH, normalise_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｻｲｽﾞが小さい", "サイズが小さい"),
        ("ＴＯＯ　ＳＭＡＬＬ", "too small"),
        ("サイズ が\u3000小さい", "サイズが小さい"),
        ("きつーーい！！！", "きつーい!"),
        ("It doesn’t fit", "it doesn't fit"),
        ("i don ' t like it", "i don't like it"),
        ("<p>too&nbsp;tight</p>", "too tight"),
        ("ぶかぶか〜〜", "ぶかぶか"),
        ("a\ud800b", "a b"),
        ("\u200bsmall\u200b", "small"),
        ("", ""),
    ],
)
def test_spellings_of_one_text_are_one(text: str, expected: str) -> None:
    assert normalise_text(text).text == expected


def test_a_found_word_is_located_in_the_original() -> None:
    original = "<b>ｻｲｽﾞ</b>が　ｷﾂｲ"
    normalised = normalise_text(original)
    start = normalised.text.index("キツイ")
    first, last = normalised.locate(start, start + 3)
    assert original[first:last] == "ｷﾂｲ"
    size = normalised.locate(*[normalised.text.index("サイズ"), normalised.text.index("が")])
    assert original[slice(*size)] == "ｻｲｽﾞ"


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    normalised = normalise_text("い" * 100_000)
    assert normalised.is_cut
    assert len(normalised.text) <= MAX_LENGTH


@given(st.text(st.characters(), max_size=60))
def test_normalising_never_fails_and_spans_stay_inside_the_text(text: str) -> None:
    normalised = normalise_text(text)
    assert len(normalised.text) == len(normalised.starts) == len(normalised.ends)
    assert list(normalised.starts) == sorted(normalised.starts)
    spans = zip(normalised.starts, normalised.ends, strict=True)
    assert all(0 <= start < end <= len(text) for start, end in spans)
