"""Free text read by a trained model: its codes, the lexicon's words, and the same caution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from models_ml.reasons.calibration import Floats
from models_ml.reasons.language import READ
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.model import Flags, ReasonModel
from models_ml.reasons.normalise import MAX_LENGTH
from models_ml.reasons.notes import find_in, prepare_text
from models_ml.reasons.phrases import FoundPhrase, find_spans
from models_ml.reasons.reader import (
    AUTO,
    DOUBT_HIGH,
    DOUBT_LOW,
    Evidence,
    Reading,
    find_direction,
    read_text,
)
from models_ml.reasons.taxonomy import Taxonomy

_DECIMALS: Final = 4
_SHOWN_PARTS: Final = frozenset({"japanese", "latin", "words"})  # of the pipeline: they are text
_HAS_WORD: Final = 2  # letters of any script below which nothing can be read


@dataclass(frozen=True)
class FullReading:
    """A reading with what it holds of every code.

    Attributes
    ----------
    reading : Reading
        Its codes are those that were decided, or could be.
    probabilities : mapping of str to float
        Every code of the taxonomy, in its order.
    """

    reading: Reading
    probabilities: Mapping[str, float]


def read_by_lexicon(text: str, *, taxonomy: Taxonomy, language: str = AUTO) -> FullReading:
    """Read one text as on day one, in the codes of a shop.

    Parameters
    ----------
    text : str
    taxonomy : Taxonomy
        Codes that the lexicon does not speak have the probability 0.
    language : {"auto", "ja", "en"}

    Returns
    -------
    FullReading
    """
    reading = read_text(text, language=language)
    kept = {code: share for code, share in reading.codes.items() if code in taxonomy.codes}
    if len(kept) < len(reading.codes):
        reading = replace(
            reading,
            codes=kept,
            direction=find_direction(kept),
            is_abstained=reading.is_abstained or not kept,
        )
    return FullReading(reading, {code: kept.get(code, 0.0) for code in taxonomy.codes})


def read_by_model(
    texts: Sequence[str], *, model: ReasonModel, language: str = AUTO
) -> list[FullReading]:
    """Read texts by a trained model.

    Codes and probabilities are the model's; language, zones, escalation and the words of the
    lexicon are read as on day one, so what is dangerous goes to a person whatever was learned.

    Parameters
    ----------
    texts : sequence of str
        As they were written.
    model : ReasonModel
    language : {"auto", "ja", "en"}

    Returns
    -------
    list of FullReading
        In the order of the texts; each alone, whatever else is in the batch.
    """
    prepared = [prepare_text(text) for text in texts]
    found = find_in(prepared)
    predicted = model.predict_prepared(prepared, found=found)
    weights = _weigh_grams(model, prepared, found=found)
    version = model.version
    readings = []
    for row, text in enumerate(texts):
        base = read_text(text, language=language)
        readings.append(
            FullReading(
                _read_one(
                    text,
                    base=replace(base, model_version=version),
                    prepared=prepared[row],
                    model=model,
                    decided=predicted.decided[row],
                    probabilities=predicted.probabilities[row],
                    grams=weights[row],
                ),
                {
                    code: round(float(share), _DECIMALS)
                    for code, share in zip(
                        predicted.codes, predicted.probabilities[row], strict=True
                    )
                },
            )
        )
    return readings


def _read_one(
    text: str,
    *,
    base: Reading,
    prepared: str,
    model: ReasonModel,
    decided: Flags,
    probabilities: Floats,
    grams: Mapping[str, str],
) -> Reading:
    shares = {
        code: round(float(share), _DECIMALS)
        for code, is_decided, share in zip(
            model.taxonomy.codes, decided, probabilities, strict=True
        )
        if is_decided
    }
    codes = dict(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))
    lexicon = load_lexicon()
    is_of_kaeru = model.taxonomy.is_of_kaeru
    return replace(
        base,
        codes=codes,
        direction=find_direction(codes) if is_of_kaeru else None,
        zones=base.zones if is_of_kaeru else (),
        evidence=_show_evidence(text, base=base, codes=codes, model=model, grams=grams),
        is_abstained=(
            base.language not in READ
            or len(text) > MAX_LENGTH
            or sum(sign.isalpha() for sign in prepared) < _HAS_WORD
            or _is_doubtful(decided, probabilities)
            or (is_of_kaeru and bool(find_spans(prepared, phrases=lexicon.doubts)))
        ),
        is_escalated=base.is_escalated or not lexicon.escalated.isdisjoint(codes),
    )


def _is_doubtful(decided: Flags, probabilities: Floats) -> bool:
    """Tell whether a code is near one half, or was decided against its probability."""
    near = (probabilities >= DOUBT_LOW) & (probabilities <= DOUBT_HIGH)
    return bool(near.any() or (decided & (probabilities < DOUBT_LOW)).any())


def _show_evidence(
    text: str,
    *,
    base: Reading,
    codes: Mapping[str, float],
    model: ReasonModel,
    grams: Mapping[str, str],
) -> tuple[Evidence, ...]:
    """Show the lexicon's words first, then the strongest n-gram of codes that have none."""
    shown = []
    for one in base.evidence:
        meant = {None} if one.code is None else model.taxonomy.translate([one.code]) & codes.keys()
        shown += [replace(one, code=code) for code in sorted(meant, key=str)]
    named = {one.code for one in shown}
    for code in codes:
        start = text.find(grams[code]) if code in grams and code not in named else -1
        if start >= 0:
            shown.append(Evidence(start, start + len(grams[code]), code))
    return tuple(shown)


def _weigh_grams(
    model: ReasonModel, prepared: Sequence[str], *, found: Sequence[Sequence[FoundPhrase]]
) -> list[dict[str, str]]:
    """Find, for each text and learned code, the n-gram that speaks most for it."""
    if model.pipeline is None or not prepared:
        return [{} for _ in prepared]
    steps = model.pipeline.named_steps
    features = csr_matrix(steps["features"].transform(model.arrange(prepared, found=found)))
    names = [name.partition("__") for name in steps["features"].get_feature_names_out()]
    is_shown = np.array([part in _SHOWN_PARTS and bool(name.strip()) for part, _, name in names])
    weights = [estimator.coef_[0] * is_shown for estimator in steps["codes"].estimators_]
    strongest = []
    for row in range(len(prepared)):
        part = slice(features.indptr[row], features.indptr[row + 1])
        columns, values = features.indices[part], features.data[part]
        grams = {}
        # A pipeline may score more than the codes, after them.
        for code, weight in zip(model.learned, weights, strict=False):
            spoken = values * weight[columns]
            if len(spoken) and spoken.max() > 0:
                grams[code] = names[columns[int(np.argmax(spoken))]][2].strip()
        strongest.append(grams)
    return strongest
