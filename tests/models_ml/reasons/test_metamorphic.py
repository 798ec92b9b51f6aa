"""What does not change a reason does not change its reading; what negates it does."""

from __future__ import annotations

import unicodedata

import pytest

from models_ml.reasons.reader import read_text

JAPANESE = (
    "ウエストがきつい",
    "色が写真と違う",
    "生地が薄い",
    "かかとがゆるい",
    "箱が潰れていた",
    "電源が入らない",
    "縫製が雑",
    "違う色が届いた",
    "値段が高い",
    "説明書が分かりにくい",
)
ENGLISH = (
    "the waist is too tight",
    "the colour is different from the photo",
    "the fabric is thin",
    "the heel is loose",
    "the box was crushed",
    "it stopped working",
    "it was poorly made",
    "a different colour arrived",
    "it is overpriced",
    "the instructions are confusing",
)


def read(text: str) -> tuple[frozenset[str], str | None, tuple[str, ...]]:
    reading = read_text(text)
    return frozenset(reading.codes), reading.direction, reading.zones


def widen(text: str) -> str:
    """Write Latin letters, digits and blanks in full width."""
    return "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else ("　" if sign == " " else sign)
        for sign in text
    )


@pytest.mark.parametrize("text", [*JAPANESE, *ENGLISH])
def test_each_sentence_holds_one_reason(text: str) -> None:
    assert len(read(text)[0]) == 1


@pytest.mark.parametrize("text", [*JAPANESE, *ENGLISH])
@pytest.mark.parametrize("ending", ["。", "！", "!!", "...", "…", "\n", "  "])
def test_punctuation_does_not_matter(text: str, ending: str) -> None:
    assert read(text + ending) == read(text)


@pytest.mark.parametrize("text", [*JAPANESE, *ENGLISH])
def test_width_and_case_do_not_matter(text: str) -> None:
    assert read(widen(text)) == read(text)
    assert read(text.upper()) == read(text)
    assert read(unicodedata.normalize("NFD", text)) == read(text)


@pytest.mark.parametrize("text", JAPANESE)
def test_spacing_does_not_matter_in_japanese(text: str) -> None:
    assert read(" ".join(text)) == read(text)
    assert read("　" + text.replace("が", "が　")) == read(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_spacing_does_not_matter_in_english(text: str) -> None:
    assert read(text.replace(" ", "   ")) == read(text)


@pytest.mark.parametrize("text", JAPANESE)
@pytest.mark.parametrize("ending", ["です", "のですが", "んです。すみません", "ので返品します"])
def test_polite_endings_do_not_matter(text: str, ending: str) -> None:
    assert read(text + ending) == read(text)


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize("ending", [", sorry", ", thanks", " unfortunately", ", please advise"])
def test_polite_words_do_not_matter(text: str, ending: str) -> None:
    assert read(text + ending) == read(text)


@pytest.mark.parametrize("place", range(len(JAPANESE) - 1))
def test_the_order_of_clauses_does_not_matter(place: int) -> None:
    one, other = JAPANESE[place : place + 2]
    assert read(f"{one}。{other}。") == read(f"{other}。{one}。")
    assert read(f"{one}し、{other}")[0] == read(f"{other}し、{one}")[0]
    one, other = ENGLISH[place : place + 2]
    assert read(f"{one}. {other}.") == read(f"{other}. {one}.")
    assert read(f"{one} and {other}")[0] == read(f"{other} and {one}")[0]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("ウエストがきつい", "ウエストはきつくない"),
        ("かかとがゆるい", "かかとはゆるくありません"),
        ("色が写真と違う", "色は写真と変わらない"),
        ("生地が薄い", "生地は薄くない"),
        ("縫製が雑", "縫製は雑ではない"),
        ("傷があった", "傷はなかった"),
        ("肌がかぶれた", "肌はかぶれなかった"),
        ("the waist is too tight", "the waist is not too tight"),
        ("the heel is loose", "the heel isn't loose"),
        ("the fabric is thin", "the fabric is not thin"),
        ("it was poorly made", "it was not poorly made"),
        ("there is a scratch", "there is no scratch"),
        ("it broke", "it never broke"),
    ],
)
def test_negating_a_clause_takes_its_reason_away(text: str, negated: str) -> None:
    assert read(text)[0] - {"NONE"}
    assert not read(negated)[0] - {"NONE"}


@pytest.mark.parametrize("text", [*JAPANESE, *ENGLISH])
def test_the_same_text_is_read_the_same(text: str) -> None:
    assert read_text(text) == read_text(text)
