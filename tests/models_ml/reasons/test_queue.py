"""The review queue: deterministic, by yen and doubt, a third by lot, a tenth read twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models_ml.reasons.labels import Label, hash_text
from models_ml.reasons.queue import (
    RANDOM_SHARE,
    SECOND_SHARE,
    Asked,
    ReadText,
    build_queue,
    draw_lot,
    is_drawn,
    measure_doubt,
)
from tests.models_ml.reasons.test_labels import make_label

SEED = 7


def make_read(text: str, *, share: float = 0.5, amount: int = 1000) -> ReadText:
    return ReadText(
        text_hash=hash_text(text),
        text=text,
        language="ja",
        probabilities={"FIT.SMALL": share},
        amount=amount,
        is_abstained=False,
        is_escalated=False,
        model_version="m",
    )


READINGS = [make_read(f"文{n}", amount=n) for n in range(2000)]


def ask(
    readings: list[ReadText], labels: list[Label] | None = None, *, who: str = "ben"
) -> list[Asked]:
    return build_queue(readings, labels=labels or [], annotator=who, seed=SEED)


def test_the_queue_is_the_same_in_any_order() -> None:
    assert ask(READINGS) == ask(READINGS[::-1])
    assert sorted(one.read.text for one in ask(READINGS)) == sorted(one.text for one in READINGS)


def test_doubt_times_yen_orders_what_was_not_drawn() -> None:
    dear = replace(make_read("a", amount=900), probabilities={"X": 0.5})
    cheap = replace(make_read("b", amount=100), probabilities={"X": 0.5})
    sure = replace(make_read("c", amount=900), probabilities={"X": 0.99})
    asked = [one.read for one in ask([sure, cheap, dear]) if one.why == "uncertain"]
    wanted = [one for one in (dear, cheap, sure) if not is_drawn(one.text_hash, seed=SEED)]
    assert asked == wanted
    assert len(asked) > 1


def test_three_in_ten_come_by_lot_whatever_the_model_thinks() -> None:
    asked = ask(READINGS)
    lots = [one for one in asked if one.why == "random"]
    assert len(lots) / len(asked) == pytest.approx(RANDOM_SHARE, abs=0.03)
    assert all(one.was_random for one in lots)
    surer = [replace(one, probabilities={"X": 0.9}, amount=1) for one in READINGS]
    assert [one.read.text for one in ask(surer) if one.why == "random"] == [
        one.read.text for one in lots
    ]
    assert sum(one.why == "random" for one in asked[:100]) == pytest.approx(33, abs=4)


def test_a_tenth_is_read_by_a_second_person_and_none_by_a_third() -> None:
    labels = [make_label(one.text, "aki", "FIT.SMALL") for one in READINGS]
    asked = ask(READINGS, labels)
    assert {one.why for one in asked} == {"second_opinion"}
    assert len(asked) / len(READINGS) == pytest.approx(SECOND_SHARE, abs=0.02)
    assert ask(READINGS, labels, who="aki") == []
    twice = [*labels, *(make_label(one.read.text, "eve", minute=1) for one in asked)]
    assert ask(READINGS, twice) == []


def test_a_program_is_no_person() -> None:
    labels = [replace(make_label(one.text, "llm"), kind="program") for one in READINGS]
    assert ask(READINGS, labels) == ask(READINGS)


def test_escalated_texts_come_first() -> None:
    danger = replace(make_read("かぶれた", amount=1), is_escalated=True)
    first, *rest = ask([*READINGS[:50], danger])
    assert (first.why, first.read) == ("escalated", danger)
    assert len(rest) == 50


def test_texts_without_a_letter_are_asked_of_nobody() -> None:
    assert ask([make_read(""), make_read("👟"), make_read("…")]) == []


@pytest.mark.parametrize(
    ("probabilities", "is_abstained", "doubt"),
    [
        ({"X": 0.5}, False, 1.0),
        ({"X": 0.0}, False, 0.0),
        ({"X": 1.0, "Y": 0.11}, False, 0.5),
        ({"X": 0.0}, True, 1.0),
        ({}, True, 1.0),
    ],
)
def test_doubt_is_entropy_and_nothing_read_is_the_most(
    probabilities: dict[str, float], is_abstained: bool, doubt: float
) -> None:
    read = replace(make_read("x"), probabilities=probabilities, is_abstained=is_abstained)
    assert measure_doubt(read) == pytest.approx(doubt, abs=0.001)


def test_lots_are_even() -> None:
    lots = [draw_lot(one.text_hash, what="random", seed=SEED) for one in READINGS]
    assert all(0 <= lot < 1 for lot in lots)
    assert sum(lots) / len(lots) == pytest.approx(0.5, abs=0.03)
