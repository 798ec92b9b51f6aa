"""What people say of texts: the last word of each, what they hold together, how far they agree."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from models_ml.reasons.agreement import (
    compute_agreement,
    compute_agreement_interval,
    compute_beyond_chance,
    find_pairs,
    measure_agreement,
)
from models_ml.reasons.labels import (
    Label,
    as_notes,
    hash_text,
    keep_latest,
    settle_labels,
    split_by_lot,
)

SMALL, COLOUR = "FIT.SMALL", "LOOK.COLOR"


def make_label(text: str = "きつい", who: str = "aki", *codes: str, minute: int = 0) -> Label:
    return Label(
        text_hash=hash_text(text),
        annotator=who,
        labelled_at=f"2026-11-29T00:{minute:02}:00Z",
        verdict="codes" if codes else "none",
        codes=codes,
        direction="",
        zone="",
        text=text,
        model_version="m",
        was_random=False,
        kind="person",
    )


def test_a_later_label_of_the_same_person_replaces_in_any_order() -> None:
    labels = [
        make_label("きつい", "aki", COLOUR),
        make_label("きつい", "aki", SMALL, minute=1),
        make_label("赤い", "aki", COLOUR),
    ]
    for order in itertools.permutations(labels):
        assert [one.codes for one in keep_latest(order)] == [
            one.codes for one in keep_latest(labels)
        ]
        settled = {one.text: one.codes for one in settle_labels(order, is_people_only=True)}
        assert settled == {"きつい": {SMALL}, "赤い": {COLOUR}}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (((SMALL,),), {SMALL}),
        (((SMALL,), (COLOUR,)), {SMALL}),
        (((SMALL,), (COLOUR,), (COLOUR,)), {COLOUR}),
        (((SMALL,), (), ()), set()),
    ],
)
def test_the_first_of_two_and_most_of_three_decide(
    said: tuple[tuple[str, ...], ...], codes: set[str]
) -> None:
    labels = [make_label("x", f"p{n}", *one, minute=n) for n, one in enumerate(said)]
    [settled] = settle_labels(labels, is_people_only=True)
    assert settled.codes == codes


def test_who_cannot_tell_has_no_say() -> None:
    unsure = replace(make_label("x", "aki"), verdict="cannot_tell")
    assert settle_labels([unsure], is_people_only=True) == []
    [settled] = settle_labels([unsure, make_label("x", "ben", SMALL)], is_people_only=True)
    assert settled.codes == {SMALL}


def test_programs_teach_but_neither_judge_nor_outvote_people() -> None:
    program = replace(make_label("x", "llm", COLOUR), kind="program", was_random=True)
    assert settle_labels([program], is_people_only=True) == []
    [alone] = settle_labels([program], is_people_only=False)
    assert (alone.codes, alone.was_random) == ({COLOUR}, False)
    person = make_label("x", "aki", SMALL, minute=5)
    [both] = settle_labels([program, person], is_people_only=False)
    assert both.codes == {SMALL}
    assert find_pairs([program, person]) == {}


def test_a_text_that_ever_taught_never_judges() -> None:
    by_lot = replace(make_label("x", "aki", SMALL), was_random=True)
    teaching, judging = split_by_lot(settle_labels([by_lot], is_people_only=True))
    assert (teaching, [one.text for one in judging]) == ([], ["x"])
    second = make_label("x", "ben", SMALL, minute=1)
    teaching, judging = split_by_lot(settle_labels([by_lot, second], is_people_only=True))
    assert (judging, [one.text for one in teaching]) == ([], ["x"])


def test_a_direction_makes_a_size_code_a_directed_one() -> None:
    label = replace(make_label("x", "aki", "FIT.UNSPEC"), direction="large")
    [settled] = settle_labels([label], is_people_only=True)
    assert settled.codes == {"FIT.LARGE"}


def test_no_reason_is_a_label_to_learn_from() -> None:
    [note] = as_notes(settle_labels([make_label("x", "aki")], is_people_only=True))
    assert note.codes == {"NONE"}


def test_agreement_is_micro_f1_between_people_and_beside_it_the_model() -> None:
    labels = [
        make_label("a", "aki", SMALL),
        make_label("a", "ben", SMALL, COLOUR, minute=1),
        make_label("b", "aki"),
        make_label("b", "ben", minute=1),
        make_label("c", "aki", SMALL),
    ]
    pairs = find_pairs(labels)
    decided = {hash_text("a"): frozenset({SMALL}), hash_text("b"): frozenset({COLOUR})}
    found = measure_agreement(pairs, decided=decided)
    assert found.n == 2
    # 2 × (1 + 1) of (2 + 3) codes, "no reason" being one.
    assert found.people_f1 == pytest.approx(0.8)
    # With the first: 1 of 2 and 2; with the second: 1 of 2 and 3.
    assert found.model_f1 == pytest.approx((0.5 + 0.4) / 2)
    assert measure_agreement({}, decided={}).people_f1 is None


def test_agreement_is_the_same_both_ways() -> None:
    first = [frozenset({SMALL}), frozenset[str]()]
    second = [frozenset({SMALL, COLOUR}), frozenset({COLOUR})]
    assert compute_agreement(first, second) == compute_agreement(second, first)


def test_the_interval_of_agreement_narrows_with_texts() -> None:
    first = [frozenset({SMALL}), frozenset({COLOUR}), frozenset[str]()]
    second = [frozenset({SMALL}), frozenset({SMALL}), frozenset[str]()]
    few, many = (compute_agreement_interval(first * n, second * n) for n in (4, 40))
    for low, high in (few, many):
        assert low < compute_agreement(first, second) < high
    # Two texts of three agree: of 120, a standard deviation is 0.043.
    assert many[1] - many[0] == pytest.approx(2 * 1.96 * 0.043, abs=0.02)
    assert few[1] - few[0] > 2 * (many[1] - many[0])


def test_agreement_beyond_chance_is_one_for_the_same_and_none_for_any_other_labels() -> None:
    said = [frozenset({SMALL}), frozenset({COLOUR}), frozenset[str]()] * 10
    assert compute_beyond_chance(said, said) == (1.0, 1.0)
    # Of three equally frequent labels in every order, a third agrees, as by chance.
    turned = [*said[:10], *said[11:21], *said[22:], said[10], said[21]]
    beyond, low = compute_beyond_chance(said, turned)
    assert (beyond, low < 0) == (pytest.approx(0, abs=0.15), True)
    assert compute_beyond_chance(said[:1] * 20, said[:1] * 20) == (0.0, 0.0)


def test_a_lone_surrogate_has_a_hash() -> None:
    assert len(hash_text("\ud800")) == 64
