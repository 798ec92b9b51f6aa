"""The sealed sentences are those that were sealed, and a score is over all of them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from tests.models_ml.reasons.sealed_sentences import (
    SEALED,
    SOURCES,
    SealedLabel,
    SealedSentence,
    join_texts,
    load_sealed_sentences,
    read_complaints,
    read_labels,
)

TAXONOMY = Path(__file__).parents[3] / "dbt_project" / "seeds" / "reason_taxonomy.csv"
LEAST_ROWS = {"ja": 300, "en": 150}
PASSED_OVER = {"ja": 2, "en": 0}  # could not be understood, as sealed/README.md says
DIRECTIONS = {
    frozenset(): None,
    frozenset({"FIT.SMALL"}): "small",
    frozenset({"FIT.LARGE"}): "large",
    frozenset({"FIT.SMALL", "FIT.LARGE"}): "mixed",
    frozenset({"FIT.UNSPEC"}): "unspecified",
}
SIZES = {"FIT.SMALL", "FIT.LARGE", "FIT.UNSPEC"}
BODY = {"waist", "hip", "bust", "shoulder", "sleeve", "length", "inseam", "thigh", "calf", "neck"}
FOOT = {"foot_width", "instep", "toe", "heel", "ankle"}
ZONES = BODY | {"cup", "head", "wrist", "finger"} | FOOT
LANGUAGES = sorted(SOURCES)


def test_files_match_their_seal() -> None:
    lines = (SEALED / "SEAL").read_text("ascii").splitlines()
    seals = {name: digest for digest, name in (line.split("  ") for line in lines)}
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEALED.glob("*.jsonl")
    }
    assert digests == seals
    assert sorted(seals) == [f"{language}.jsonl" for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_labelled_once(language: str) -> None:
    hashes = [label.text_sha256 for label in read_labels(language)]
    assert len(hashes) >= LEAST_ROWS[language]
    assert hashes == sorted(set(hashes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_of_the_taxonomy(language: str) -> None:
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        known = {row["reason_code"] for row in csv.DictReader(file)}
    for label in read_labels(language):
        codes = set(label.codes)
        assert codes
        assert codes <= known
        assert "NONE" not in codes or codes == {"NONE"}
        assert label.direction == DIRECTIONS[frozenset(codes & SIZES)]
        assert set(label.zones) <= ZONES
        assert not label.zones or any(code.startswith("FIT.") for code in codes)


def test_a_hash_without_a_text_stops_the_score() -> None:
    label = SealedLabel(text_sha256="0" * 64, codes=("NONE",), direction=None, zones=())
    with pytest.raises(KeyError, match="1 of 1 sealed hashes have no text"):
        join_texts([label], {})


def test_absent_texts_skip_with_a_clear_word(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match=r"shared/data/.+ is not here"):
        read_complaints("ja", folder=tmp_path)


def test_a_sentence_does_not_show_its_text() -> None:
    label = SealedLabel(text_sha256="0" * 64, codes=("NONE",), direction=None, zones=())
    assert "thread" not in repr(SealedSentence(text="a thread is loose", label=label))


@pytest.mark.shared_data
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_found_and_was_chosen_by_its_hash(language: str) -> None:
    texts = read_complaints(language)
    sealed = {sentence.label.text_sha256 for sentence in load_sealed_sentences(language)}
    first = sorted(texts)[: len(sealed) + PASSED_OVER[language]]
    assert sealed <= set(first)
