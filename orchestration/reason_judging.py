"""A challenger beside the champion on the texts that were drawn by lot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from models_ml.reasons.agreement import Agreement
from models_ml.reasons.evaluation import Flags
from models_ml.reasons.gate import Judged, Verdict, judge_challenger
from models_ml.reasons.labels import SettledText
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.reader import DOUBT_LOW
from orchestration.shop_reading import ReasonReader


@dataclass(frozen=True)
class JudgedTexts:
    """The gate's verdict and the rows that it rests on, as Parquet."""

    verdict: Verdict
    evaluation: bytes


def judge_texts(
    challenger: ReasonModel,
    *,
    champion: ReasonReader,
    judging: Sequence[SettledText],
    agreement: Agreement,
    seed: int,
) -> JudgedTexts:
    """Let both read the texts that were drawn by lot, and put them before the gate.

    Parameters
    ----------
    challenger : ReasonModel
    champion : ReasonReader
    judging : sequence of SettledText
        At least one; neither has learned from them.
    agreement : Agreement
    seed : int

    Returns
    -------
    JudgedTexts
    """
    codes = champion.taxonomy.codes
    texts = [one.text for one in judging]
    predicted = challenger.predict(texts)
    truth = np.array([[code in one.codes for code in codes] for one in judging], dtype=bool)
    judged = Judged(predicted.decided, predicted.probabilities)
    before = read_for_judging(champion, texts)
    escalated = load_lexicon().escalated
    verdict = judge_challenger(
        judged,
        champion=before,
        truth=truth,
        escalated=[place for place, code in enumerate(codes) if code in escalated],
        agreement=agreement,
        seed=seed,
    )

    table = pa.table(
        {
            "text_hash": [one.text_hash for one in judging],
            "labelled": _name_codes(codes, truth),
            "champion": _name_codes(codes, before.decided),
            "challenger": _name_codes(codes, judged.decided),
            "probabilities": [row.tolist() for row in judged.probabilities],
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return JudgedTexts(verdict, sink.getvalue())


def read_for_judging(reader: ReasonReader, texts: Sequence[str]) -> Judged:
    """Read texts for the gate: every code that is named, whoever would have to look at it."""
    codes = reader.taxonomy.codes
    if reader.model is not None and reader.model.taxonomy.codes == codes:
        predicted = reader.model.predict(texts)
        return Judged(predicted.decided, predicted.probabilities)
    full = reader.read(texts)
    probabilities = np.array(
        [[one.probabilities[code] for code in codes] for one in full], dtype=np.float64
    ).reshape(len(texts), len(codes))
    if reader.model is None:
        return Judged(probabilities >= DOUBT_LOW, probabilities)
    decided = np.array(
        [[code in one.reading.codes for code in codes] for one in full], dtype=bool
    ).reshape(len(texts), len(codes))
    return Judged(decided, probabilities)


def _name_codes(codes: Sequence[str], rows: Flags) -> list[list[str]]:
    return [[code for code, is_set in zip(codes, row, strict=True) if is_set] for row in rows]
