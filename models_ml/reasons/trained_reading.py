"""Free text read by a trained model: its codes, the lexicon's words, and the same caution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from models_ml.reasons.automatic import Floats, SureReadings, read_surely
from models_ml.reasons.language import READ
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.model import Flags, ReasonModel
from models_ml.reasons.normalise import MAX_LENGTH
from models_ml.reasons.notes import find_in, prepare_text
from models_ml.reasons.phrases import find_spans
from models_ml.reasons.pipeline import SHOWN_PARTS
from models_ml.reasons.reader import (
    AUTO,
    Evidence,
    Reading,
    find_direction,
    read_text,
)
from models_ml.reasons.taxonomy import Taxonomy

_DECIMALS: Final = 4
_HAS_WORD: Final = 2  # letters of any script below which nothing can be read


@dataclass(frozen=True)
class FullReading:
    """A reading with what it holds of every code.

    Attributes
    ----------
    reading : Reading
        Its codes are what is read without a person; where one has to look, those that were
        decided, or could be.
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
    features = model.find_features(prepared, found=found)
    predicted = model.predict_prepared(prepared, found=found, features=features)
    weights = [{} for _ in texts] if features is None else _weigh_grams(model, features)
    sure = read_surely(predicted.probabilities, predicted.none_probabilities)
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
                    sure=SureReadings(sure.read[row], sure.sureness[row]),
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
    sure: SureReadings,
    grams: Mapping[str, str],
) -> Reading:
    is_automatic = bool(sure.sureness >= model.automatic_from) and _is_readable(
        text, prepared=prepared, language=base.language, model=model
    )
    shares = {
        code: round(float(share), _DECIMALS)
        for code, is_read, share in zip(
            model.taxonomy.codes, sure.read if is_automatic else decided, probabilities, strict=True
        )
        if is_read
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
        is_abstained=not is_automatic,
        is_escalated=base.is_escalated or not lexicon.escalated.isdisjoint(codes),
    )


def is_readable(text: str, *, model: ReasonModel, language: str = AUTO) -> bool:
    """Tell whether a text is one that a model may read without a person at all.

    Parameters
    ----------
    text : str
    model : ReasonModel
    language : {"auto", "ja", "en"}
    """
    spoken = read_text(text, language=language).language
    return _is_readable(text, prepared=prepare_text(text), language=spoken, model=model)


def _is_readable(text: str, *, prepared: str, language: str, model: ReasonModel) -> bool:
    lexicon = load_lexicon()
    doubts = lexicon.sift(lexicon.doubts, text=prepared) if model.taxonomy.is_of_kaeru else []
    return (
        language in READ
        and len(text) <= MAX_LENGTH
        and sum(sign.isalpha() for sign in prepared) >= _HAS_WORD
        and not find_spans(prepared, phrases=doubts)
    )


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


def _weigh_grams(model: ReasonModel, features: csr_matrix) -> list[dict[str, str]]:
    """Find, for each text and learned code, the n-gram that speaks most for it."""
    if model.pipeline is None:
        return [{} for _ in range(features.shape[0])]
    steps = model.pipeline.named_steps
    names = [name.partition("__") for name in steps["features"].get_feature_names_out()]
    is_shown = np.array([part in SHOWN_PARTS and bool(name.strip()) for part, _, name in names])
    weights = [estimator.coef_[0] * is_shown for estimator in steps["codes"].estimators_]
    strongest = []
    for row in range(features.shape[0]):
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
