"""The standing tests of a model, and what its labels and the lexicon teach it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from models_ml.reasons.judging import evaluate_model
from models_ml.reasons.model import FILES, TRUSTED_TYPES, ReasonModel, parse_model
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import parse_taxonomy
from models_ml.reasons.training import train_model

ROOM = Path(__file__).parents[3] / "models_ml" / "reasons"
SIZES = ("ウエスト", "袖", "肩", "足", "首", "もも", "丈", "背中", "胸", "腰")
TAXONOMY = parse_taxonomy("code\nSMALL\nCOLOUR\n")
LEXICAL = parse_taxonomy(
    "code,lexicon_codes\nSMALL,FIT.SMALL\nCOLOUR,LOOK.COLOR\nLARGE,FIT.LARGE\n"
)


def make_notes() -> list[LabelledNote]:
    small = [LabelledNote(f"{zone}がむぎゅっとなる", frozenset({"SMALL"})) for zone in SIZES]
    colour = [LabelledNote(f"the {zone} is mauve", frozenset({"COLOUR"})) for zone in SIZES]
    none = [LabelledNote(f"{zone}を見た note", frozenset({"NONE"})) for zone in SIZES]
    return [*small, *colour, *none]


@pytest.fixture(scope="module")
def model() -> ReasonModel:
    return train_model(make_notes(), taxonomy=TAXONOMY, seed=1)


def test_a_model_learns_its_labels_in_both_languages(model: ReasonModel) -> None:
    predicted = model.predict(["靴がむぎゅっとなる", "the bag is mauve", "靴を見た"])
    assert predicted.codes == ("SMALL", "COLOUR")
    assert predicted.decided.tolist() == [[True, False], [False, True], [False, False]]


def test_a_score_does_not_depend_on_its_batch(model: ReasonModel) -> None:
    texts = [note.text for note in make_notes()]
    together = model.predict(texts).probabilities
    alone = np.vstack([model.predict([text]).probabilities for text in texts])
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-6)


def test_row_order_does_not_matter(model: ReasonModel) -> None:
    texts = [note.text for note in make_notes()]
    backwards = model.predict(texts[::-1]).probabilities[::-1]
    np.testing.assert_allclose(model.predict(texts).probabilities, backwards, rtol=0, atol=1e-6)
    assert train_model(make_notes()[::-1], taxonomy=TAXONOMY, seed=1).version == model.version


def test_the_same_input_is_the_same_content(model: ReasonModel) -> None:
    assert train_model(make_notes(), taxonomy=TAXONOMY, seed=1).version == model.version
    other = train_model(make_notes()[1:], taxonomy=TAXONOMY, seed=1)
    assert other.version != model.version


def test_predictions_keep_their_contract(model: ReasonModel) -> None:
    for texts in ([], ["", "👟", "\ud800", "a" * 100_000]):
        predicted = model.predict(texts)
        assert predicted.decided.shape == predicted.probabilities.shape == (len(texts), 2)
        assert ((predicted.probabilities >= 0) & (predicted.probabilities <= 1)).all()


def test_a_model_comes_back_from_its_files_without_trust(model: ReasonModel) -> None:
    files = model.to_files()
    assert set(files) == set(FILES)
    assert TRUSTED_TYPES == ()
    again = parse_model(files)
    assert again.version == model.version
    texts = [note.text for note in make_notes()]
    np.testing.assert_array_equal(
        again.predict(texts).probabilities, model.predict(texts).probabilities
    )


def test_a_model_is_fitted_in_one_function() -> None:
    places = [
        (path.name, line)
        for path in sorted(ROOM.glob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\.fit(_transform|_predict)?\(", line)
    ]
    assert [name for name, _ in places] == ["training.py"]


def test_texts_without_labels_are_read_by_the_lexicon_as_a_prior() -> None:
    unlabelled = [LabelledNote(f"{zone}がきつい", None) for zone in SIZES]
    unlabelled += [LabelledNote(f"{zone}の色が写真と違う", None) for zone in SIZES]
    prior = train_model(unlabelled, taxonomy=LEXICAL, seed=1)
    assert prior.learned == ("SMALL", "COLOUR")
    assert prior.predict(["手がきつい"]).decided.tolist() == [[True, False, False]]
    without = train_model(unlabelled, taxonomy=TAXONOMY, seed=1)
    assert without.learned == ()
    assert not without.predict(["手がきつい"]).decided.any()


def test_a_code_with_few_labels_is_read_by_the_lexicon() -> None:
    notes = [LabelledNote(note.text, note.codes) for note in make_notes()]
    trained = train_model(notes, taxonomy=LEXICAL, seed=1)
    assert trained.learned == ("SMALL", "COLOUR")
    predicted = trained.predict(["靴がぶかぶか"])
    assert predicted.decided[0].tolist()[2]
    assert 0 < predicted.probabilities[0, 2] < 1


def test_the_lexicon_decides_while_it_is_better_on_held_out_labels() -> None:
    small = (
        "きつい",
        "窮屈",
        "パツパツ",
        "狭い肩幅で小さい",
        "tight",
        "too small",
        "pinches",
        "圧迫される",
    )
    large = (
        "ゆるい",
        "ぶかぶか",
        "脱げる",
        "だぼだぼ",
        "baggy",
        "too big",
        "loose",
        "余ってしまう",
    )
    notes = [LabelledNote(way, frozenset({"SMALL"})) for way in small]
    notes += [LabelledNote(way, frozenset({"LARGE"})) for way in large]
    notes += [LabelledNote(f"荷物 {number}", frozenset()) for number in range(8)]
    early = train_model(notes, taxonomy=LEXICAL, seed=1, has_lexicon_features=False)
    assert early.is_decided_by_lexicon
    assert early.predict(["締め付けがすごい"]).decided.tolist() == [[True, False, False]]
    assert parse_model(early.to_files()).is_decided_by_lexicon
    later = train_model(make_notes(), taxonomy=LEXICAL, seed=1)
    assert not later.is_decided_by_lexicon


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'TYPO'"):
        train_model([LabelledNote("x", frozenset({"TYPO"}))], taxonomy=TAXONOMY, seed=1)


def test_a_model_is_judged_on_labelled_notes(model: ReasonModel) -> None:
    judged = evaluate_model(model, make_notes(), seed=1)
    assert judged.micro_f1 == 1.0
    assert judged.per_code["SMALL"] == {"precision": 1.0, "recall": 1.0, "n": 10}


@pytest.mark.parametrize(
    ("text", "word"),
    [("name\nA\n", "name"), ("code\n\n", "every code once"), ("code\nA\nA\n", "A, A")],
)
def test_a_taxonomy_without_codes_is_refused(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_taxonomy(text)


def test_a_model_of_few_codes_is_a_small_file() -> None:
    """What the file of a model of few codes holds is mostly the names of its n-grams."""
    generator = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = ["".join(generator.choice(letters, size=7)) for _ in range(6_000)]
    notes = [
        LabelledNote(
            " ".join(generator.choice(words, size=12)), frozenset({("SMALL", "COLOUR")[row % 2]})
        )
        for row in range(1_500)
    ]
    model = train_model(notes, taxonomy=TAXONOMY, seed=1)
    assert sum(map(len, model.to_files().values())) < 5e6
