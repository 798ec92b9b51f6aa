"""How a thing is said, apart from what: features of grammar in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from models_ml.reasons.grammar import load_grammar, mask_content, name_marks, pick_complaints
from models_ml.reasons.notes import (
    CODES,
    COLUMNS,
    COMPLAINTS,
    FORM,
    JAPANESE,
    LATIN,
    MARKS,
    LabelledNote,
    arrange_texts,
)
from models_ml.reasons.taxonomy import parse_taxonomy
from models_ml.reasons.training import train_model


def test_the_form_of_a_sentence_does_not_name_its_thing() -> None:
    forms = {
        mask_content(f"{thing}がもっと大きければ良かった") for thing in ("画面", "袖", "ポケット")
    }
    assert forms == {"□がもっと□きければ□かった"}


def test_marks_are_named_in_their_order() -> None:
    named = name_marks("もう少し安ければ買う").split()
    assert "もう少し>ければ" in named
    assert "ければ>もう少し" not in named
    assert "^..ければ" in named
    assert name_marks("") == "^ $ ^>$"


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("the colour is lovely, but it runs small", "it runs small"),
        ("they don't breathe. great price", "they don't breathe . great price"),
        ("perfect shoes", ""),
        ("wonderful", ""),
    ],
)
def test_clauses_that_complain_are_picked(text: str, picked: str) -> None:
    assert " ".join(pick_complaints(text).split()) == picked


def test_no_word_stands_twice() -> None:
    marks = [mark for line in load_grammar()["ja"] for mark in line.split()]
    assert len(marks) == len(set(marks))


def test_a_text_fills_the_columns_of_its_script() -> None:
    prepared = arrange_texts(["袖がきつい", "too tight", "123"], found=[(), (), ()])
    assert prepared.shape == (3, COLUMNS)
    filled = [{int(column) for column in np.flatnonzero(row != "")} for row in prepared]
    assert filled == [{JAPANESE, FORM, MARKS}, {LATIN, COMPLAINTS}, set()]
    assert CODES not in filled[0]


def test_a_wish_is_told_by_its_form_from_things_never_seen() -> None:
    things = ("画面", "紐", "色", "箱", "靴", "鞄", "音", "柄", "型", "袖")
    notes = [
        LabelledNote(f"{thing}がもう少し{way}れば良かったのに", frozenset({"WISH"}))
        for thing in things
        for way in ("明るけ", "暗け")
    ]
    notes += [
        LabelledNote(f"{thing}が{way}て良かったです", frozenset())
        for thing in things
        for way in ("明るく", "暗く")
    ]
    model = train_model(notes, taxonomy=parse_taxonomy("code\nWISH\n"), seed=1)
    predicted = model.predict(
        ["充電器がもう少し軽ければ助かったのに", "充電器が軽くて助かったです"]
    )
    assert predicted.decided[:, 0].tolist() == [True, False]
    assert predicted.none_probabilities[0] < 0.5 < predicted.none_probabilities[1]
