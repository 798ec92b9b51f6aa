"""Labels of texts that were drawn by lot move the level of a share, and nothing else does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models_ml.reasons.labels import Label
from models_ml.reasons.shares import Correction, estimate_correction
from orchestration.reason_corrections import compute_corrections, read_opinions


def say(text_hash: str, **facts: Any) -> Label:
    """Let one person say of a text drawn by lot that it is too small, unless said otherwise."""
    said = {
        "text_hash": text_hash,
        "annotator": "sato",
        "labelled_at": "2026-11-01T00:00:00Z",
        "verdict": "codes",
        "codes": ("FIT.SMALL",),
        "direction": "",
        "zone": "",
        "text": "",
        "model_version": "",
        "was_random": True,
        "kind": "person",
    }
    return Label(**(said | facts))


def test_only_persons_and_texts_drawn_by_lot_count() -> None:
    labels = [
        say("counts"),
        say("none", verdict="none", codes=()),
        say("chosen", was_random=False),
        say("program", kind="program"),
        say("nobody_knows", verdict="cannot_tell", codes=()),
        say("sized", codes=("FIT.UNSPEC",), direction="large"),
    ]
    assert read_opinions(labels) == {
        "counts": {"FIT.SMALL": 1.0},
        "none": {},
        "sized": {"FIT.LARGE": 1.0},
    }


def test_the_last_word_of_each_person_counts_and_all_persons_alike() -> None:
    labels = [
        say("T", codes=("LOOK.COLOR",), labelled_at="2026-11-02T00:00:00Z"),
        say("T", annotator="suzuki"),
        say("T"),
    ]
    assert read_opinions(labels) == {"T": {"FIT.SMALL": 0.5, "LOOK.COLOR": 0.5}}


def test_without_labels_nothing_is_corrected() -> None:
    assert compute_corrections({}, readings={"T": {"FIT.SMALL": 0.5}}) == {}
    nothing = estimate_correction(np.array([]), labels=np.array([]))
    assert nothing == Correction(factor=1.0, doubt=0.0, label_count=0)


def test_what_the_model_overlooks_is_made_up_for() -> None:
    # 100 texts of which 60 are too small; the model reads 40 of them with 0.75, the rest not.
    opinions = {str(n): {"FIT.SMALL": 1.0} if n < 60 else {} for n in range(100)}
    readings = {str(n): {"FIT.SMALL": 0.75} if n < 40 else {} for n in range(100)}
    found = compute_corrections(opinions, readings=readings)["FIT.SMALL"]
    assert found.factor == pytest.approx((60 + 4) / (30 + 4))
    # Squares: 40 of 0.25, and 20 of 1 that were overlooked.
    assert found.doubt == pytest.approx((40 * 0.25**2 + 20 + 4) ** 0.5 / 34)
    assert found.label_count == 100


def test_a_text_that_was_not_read_tells_nothing() -> None:
    opinions = {"read": {"FIT.SMALL": 1.0}, "gone": {"FIT.SMALL": 1.0}}
    found = compute_corrections(opinions, readings={"read": {"FIT.SMALL": 1.0}})
    assert found["FIT.SMALL"].label_count == 1


def test_agreement_corrects_nothing_and_few_labels_hardly_do() -> None:
    sure = estimate_correction(np.ones(500), labels=np.ones(500))
    assert sure.factor == 1.0
    one = estimate_correction(np.array([0.2]), labels=np.array([1.0]))
    many = estimate_correction(np.full(500, 0.2), labels=np.ones(500))
    assert 1 < one.factor < 1.25 < many.factor
    assert one.doubt > many.doubt / many.factor
