"""Names in sentences that were set aside, by how frequent the surname is in Japan.

Scored once before any change: 92 %, 75 % and 54 % hidden. The list of rarer surnames brought 92 %,
88 % and 73 %, two more places in a sentence 96 %, 91 % and 76 %, and no further harmless note lost
a word. Nobody looked at a sentence that failed on the way.
"""

from __future__ import annotations

import random  # draws are of test texts, not of secrets
from collections.abc import Sequence

import pytest

from models_ml.reasons.redact import redact_text
from tests.models_ml.reasons.set_aside_names import (
    FREQUENT,
    GIVEN,
    HARMLESS,
    MIDDLING,
    RARE,
    SENTENCES,
)


def is_hidden(sentence: str, *, surname: str, given: str) -> bool:
    """Tell whether no part of the name stands where the sentence had it."""
    redacted = redact_text(sentence.format(s=surname, g=given))
    bare = sentence.format(s="", g="")
    parts = [surname, *([given] if "{g}" in sentence else [])]
    return not any(part in redacted and part not in bare for part in parts)


def compute_share(surnames: Sequence[str]) -> float:
    draw = random.Random(7)  # noqa: S311
    drawn = [
        (draw.choice(SENTENCES), draw.choice(surnames), draw.choice(GIVEN)) for _ in range(1500)
    ]
    hidden = [is_hidden(sentence, surname=s, given=g) for sentence, s, g in drawn]
    return sum(hidden) / len(hidden)


@pytest.mark.parametrize(
    ("surnames", "share"),
    [(FREQUENT, 0.95), (MIDDLING, 0.90), (RARE, 0.75)],
    ids=["frequent", "middling", "rare"],
)
def test_names_are_hidden_however_rare(surnames: list[str], share: float) -> None:
    assert compute_share(surnames) >= share


def test_colours_lengths_and_materials_are_no_names() -> None:
    assert len(HARMLESS) > 120
    # 紬 is a cloth and a given name: beside a place of weavers both can be meant.
    assert [text for text in HARMLESS if redact_text(text) != text] == ["上田紬の帯がほつれていた"]


@pytest.mark.parametrize("text", ["上出来です。", "これで一安心です。", "最上級です。黒も欲しい"])
def test_an_everyday_word_that_holds_a_surname_stays(text: str) -> None:
    assert redact_text(text) == text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("一ノ瀬です。袖が長い", "[name]です。袖が長い"),
        ("鍋島の件で電話した者です。", "[name]の件で電話した者です。"),
        ("関口家宛に送ってください。", "[name]家宛に送ってください。"),
        ("色の件で電話しました。", "色の件で電話しました。"),
        ("返品の件、家に送ってください", "返品の件、家に送ってください"),
    ],
)
def test_what_follows_shows_that_a_person_is_meant(text: str, redacted: str) -> None:
    assert redact_text(text) == redacted
