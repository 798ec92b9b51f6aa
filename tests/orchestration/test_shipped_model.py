"""The shipped model is small, holds nothing foreign, and anyone can make it again."""

from __future__ import annotations

import csv

from models_ml.reasons import generating
from models_ml.reasons.generating import generate_notes
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.reader import name_version, read_text
from models_ml.reasons.suggesting import load_shipped_model, suggest_codes
from orchestration.reason_models import SEED_FILE
from orchestration.shipped_model import TARGET, make_shipped_model

MAX_BYTES = 5_000_000


def test_it_is_made_again_the_same() -> None:
    made, shipped = make_shipped_model(), load_shipped_model()
    assert made.version == shipped.version == shipped.card["model_version"]
    assert sum(path.stat().st_size for path in TARGET.iterdir()) < MAX_BYTES


def test_it_learned_every_code_that_the_project_writes_notes_for() -> None:
    with SEED_FILE.open(encoding="utf-8", newline="") as file:
        known = {row["reason_code"] for row in csv.DictReader(file)}
    codes = {code for note in generate_notes(1) for code in note.codes or ()}
    assert codes == known - {"OTHER"}
    assert set(load_shipped_model().learned) == codes - {"NONE"}
    assert generate_notes(1) == generate_notes(1) != generate_notes(2)
    assert generating.FILE == "sentences.yml"


def test_it_suggests_where_no_word_is_known_and_never_alone() -> None:
    text = "腕ぐりが窮っとして、ボタンを押しても何も起きない"
    suggested = suggest_codes(text, language="ja")
    assert "QUAL.DEFECT" in {one.code for one in suggested}
    assert all(0 < one.probability < 1 for one in suggested)
    assert all(0 <= one.start < one.end <= len(text) for one in suggested)
    reading = read_text("ボタンを押しても何も起きない")
    assert set(reading.codes) == {"QUAL.DEFECT"}
    assert reading.is_abstained


def test_the_version_names_all_that_reads() -> None:
    assert name_version() == read_text("きつい").model_version == read_text("").model_version
    assert name_version() not in {load_lexicon().version, load_shipped_model().version}
