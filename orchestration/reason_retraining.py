"""Labels → challenger → gate → registry → champion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from models_ml.reasons.agreement import Agreement, find_pairs, measure_agreement
from models_ml.reasons.gate import Verdict, refuse_early
from models_ml.reasons.labels import (
    Label,
    SettledText,
    as_notes,
    hash_text,
    settle_labels,
    split_by_lot,
)
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import Taxonomy
from models_ml.reasons.training import train_model
from orchestration.folder import ShopFolder
from orchestration.locking import hold_lock
from orchestration.reason_judging import judge_texts, read_for_judging
from orchestration.reason_labels import read_labels
from orchestration.reason_registry import (
    EVALUATION_FILE,
    GATE_FILE,
    promote,
    read_champion,
    register_model,
    remove_old_challengers,
)
from orchestration.shop_reading import ReasonReader, load_reader
from orchestration.store import open_store

SEED: Final = 20261129
MOST_PRIOR_TEXTS: Final = 2_000  # that the lexicon reads beside the labels; their weight is fixed
FEWEST_TEACHERS: Final = 20  # labelled texts below which a model alone is no model
SELECT_TEXTS: Final = (
    "select distinct reason_text from landing.return_requests where reason_text is not null"
)


@dataclass(frozen=True)
class Retraining:
    """What came of one retraining.

    Attributes
    ----------
    name : str, optional
        Of the challenger in the registry; None where none was made.
    champion : str
        Who reads now.
    verdict : Verdict
    agreement : Agreement
    teaching, judging : int
        Labelled texts that teach, and those drawn by lot that judge.
    """

    name: str | None
    champion: str
    verdict: Verdict
    agreement: Agreement
    teaching: int
    judging: int

    def to_document(self) -> dict[str, Any]:
        """Say the outcome as one JSON document."""
        return {
            "model": self.name,
            "champion": self.champion,
            "is_promoted": self.verdict.is_promoted,
            "reasons": list(self.verdict.reasons),
            "figures": self.verdict.figures,
            "agreement": asdict(self.agreement),
            "teaching": self.teaching,
            "judging": self.judging,
        }


def retrain(shop: Path, *, seed: int = SEED) -> Retraining:
    """Learn from a shop's labels and let the gate decide who reads.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken.
    seed : int
        Of the folds and the bootstrap.

    Returns
    -------
    Retraining

    Raises
    ------
    WrongUseError
        If a file of labels, or of the shop's reasons, cannot be used.
    KaeruError
        If another process works on the shop, or the champion is broken.
    """
    with hold_lock(shop):
        labels = read_labels(shop)
        reader = load_reader(shop=shop)
        agreement = _compare_people(labels, reader=reader)
        judging = split_by_lot(_keep_known(labels, reader.taxonomy, is_people_only=True))[1]
        settled = _keep_known(labels, reader.taxonomy, is_people_only=False)
        judges = {one.text_hash for one in judging}
        teaching = [one for one in settled if one.text_hash not in judges]
        done = Retraining(
            name=None,
            champion=read_champion(shop).name,
            verdict=_refuse_early(teaching, judging, agreement),
            agreement=agreement,
            teaching=len(teaching),
            judging=len(judging),
        )
        if done.verdict.reasons:
            return done
        return _challenge(shop, done, teaching=teaching, judging=judging, seed=seed)


def _refuse_early(
    teaching: Sequence[SettledText], judging: Sequence[SettledText], agreement: Agreement
) -> Verdict:
    """Refuse before the work where nothing could come of it."""
    figures = {
        "n": float(len(judging)),
        "teaching": float(len(teaching)),
        "second_opinions": float(agreement.n),
    }
    reasons = refuse_early(len(judging), agreement=agreement)
    if not reasons and len(teaching) < FEWEST_TEACHERS:
        reasons = ("too_few_labels",)
    return Verdict(reasons, figures if reasons else {})


def _challenge(
    shop: Path,
    done: Retraining,
    *,
    teaching: Sequence[SettledText],
    judging: Sequence[SettledText],
    seed: int,
) -> Retraining:
    reader = load_reader(shop=shop)
    prior = _read_unlabelled(shop, besides={one.text_hash for one in (*teaching, *judging)})
    challenger = train_model(
        [*as_notes(teaching), *(LabelledNote(text, None) for text in prior)],
        taxonomy=reader.taxonomy,
        seed=seed,
    )
    champion = read_champion(shop)
    judged = judge_texts(
        challenger,
        champion=reader,
        judging=judging,
        agreement=done.agreement,
        seed=seed,
    )
    verdict = judged.verdict
    if challenger.version in (*champion.withdrawn, reader.version):
        again = "same_as_champion" if challenger.version == reader.version else "taken_back"
        return replace(done, verdict=Verdict((again,), verdict.figures))
    card = dict(challenger.card) | {"teaching": len(teaching), "judging": len(judging)}
    files = replace(challenger, card=card).to_files() | {
        GATE_FILE: _dump(asdict(verdict) | {"champion": champion.name, "seed": seed}),
        EVALUATION_FILE: judged.evaluation,
    }
    name = register_model(shop, files, version=challenger.version)
    if verdict.is_promoted:
        champion = promote(shop, name)
    remove_old_challengers(shop)
    return replace(done, name=name, champion=champion.name, verdict=verdict)


def _compare_people(labels: Sequence[Label], *, reader: ReasonReader) -> Agreement:
    pairs = find_pairs(labels)
    texts = {label.text_hash: label.text for label in labels if label.text_hash in pairs}
    hashes = sorted(texts)
    judged = read_for_judging(reader, [texts[one] for one in hashes])
    codes = reader.taxonomy.codes
    decided = {
        text_hash: frozenset(code for code, is_set in zip(codes, row, strict=True) if is_set)
        for text_hash, row in zip(hashes, judged.decided, strict=True)
    }
    return measure_agreement(pairs, decided=decided)


def _keep_known(
    labels: Sequence[Label], taxonomy: Taxonomy, *, is_people_only: bool
) -> list[SettledText]:
    """Settle labels in the codes of today; a text whose codes have all ended is left out."""
    known = frozenset(taxonomy.codes)
    settled = settle_labels(labels, is_people_only=is_people_only)
    return [
        replace(one, codes=one.codes & known)
        for one in settled
        if not one.codes or one.codes & known
    ]


def _read_unlabelled(shop: Path, *, besides: set[str]) -> list[str]:
    """Read landed texts that nobody labelled: a sample that is the same in every order."""
    if not ShopFolder(shop).store.exists():
        return []
    with open_store(shop, read_only=True) as connection:
        rows = connection.execute(SELECT_TEXTS).fetchall()
    by_hash = {hash_text(str(row[0])): str(row[0]) for row in rows}
    kept = sorted(by_hash.keys() - besides)[:MOST_PRIOR_TEXTS]
    return [by_hash[one] for one in kept]


def _dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
