"""A trained reading of reasons: what it predicts, what it is made of, and its content's hash."""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import skops.io
from scipy.sparse import csr_matrix
from sklearn.pipeline import Pipeline

from models_ml.reasons.automatic import NEVER
from models_ml.reasons.calibration import Calibration, Floats, parse_calibration
from models_ml.reasons.grammar import name_grammar
from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.notes import GRAMMAR, Prepared, arrange_texts, find_in, prepare_text
from models_ml.reasons.phrases import FoundPhrase
from models_ml.reasons.pipeline import score_features
from models_ml.reasons.precision import load_precision
from models_ml.reasons.taxonomy import NONE, Taxonomy

if TYPE_CHECKING:
    from hashlib import _Hash

Flags = npt.NDArray[np.bool_]
PIPELINE_FILE: Final = "model.skops"
CALIBRATION_FILE: Final = "calibration.json"
THRESHOLDS_FILE: Final = "thresholds.json"
CARD_FILE: Final = "card.json"
FILES: Final = (PIPELINE_FILE, CALIBRATION_FILE, THRESHOLDS_FILE, CARD_FILE)
# Types beyond those that skops itself trusts which a model file may hold: none.
TRUSTED_TYPES: Final[tuple[str, ...]] = ()
_HASH_LENGTH: Final = 12


@dataclass(frozen=True)
class Prediction:
    """What a model says of texts.

    Attributes
    ----------
    codes : tuple of str, length k
    decided : array of bool, shape (n, k)
    probabilities : array of float, shape (n, k)
        Calibrated where the code was learned, else the lexicon's measured precision where it was
        read and 0 elsewhere.
    doubts : array of float, shape (k,)
        Relative standard error of the level of each code's probabilities.
    none_probabilities : array of float, shape (n,)
        How probable it is that the text holds no reason: learned, or what the codes leave over.
    """

    codes: tuple[str, ...]
    decided: Flags
    probabilities: Floats
    doubts: Floats
    none_probabilities: Floats


@dataclass(frozen=True)
class ReasonModel:
    """One trained model.

    Attributes
    ----------
    pipeline : Pipeline, optional
        None where no code had enough labels: then the lexicon alone reads.
    learned : tuple of str
        Codes of the pipeline's outputs, in their order.
    calibrations : mapping of str to Calibration
        Of every learned code, and of ``NONE`` where the pipeline's last output is that.
    thresholds : mapping of str to float
        Probabilities from which a code is decided.
    taxonomy : Taxonomy
    card : mapping of str to object
        How it was trained, in plain values.
    has_lexicon_features : bool
        Whether the codes of the lexicon are among its features.
    has_grammar_features : bool
        Whether grammar is.
    is_decided_by_lexicon : bool
        Whether the lexicon still decides, because on held-out labels it was better; the
        probabilities are the model's all the same.
    automatic_from : float
        Sureness of a note from which no person is needed; see ``choose_automatic_from``.
    """

    pipeline: Pipeline | None
    learned: tuple[str, ...]
    calibrations: Mapping[str, Calibration]
    thresholds: Mapping[str, float]
    taxonomy: Taxonomy
    card: Mapping[str, Any]
    has_lexicon_features: bool = True
    has_grammar_features: bool = True
    is_decided_by_lexicon: bool = False
    automatic_from: float = NEVER

    @property
    def version(self) -> str:
        """The hash of what the model learned, not of a file's bytes."""
        digest = hashlib.sha256()
        if self.pipeline is not None:
            _hash_pipeline(digest, self.pipeline)
        for part in (self._describe_calibrations(), self._describe_thresholds()):
            digest.update(json.dumps(part, sort_keys=True).encode())
        if self.has_lexicon_features or self.taxonomy.lexicon:
            digest.update(load_lexicon().version.encode())
        if self.has_grammar_features:
            digest.update(name_grammar().encode())
        return digest.hexdigest()[:_HASH_LENGTH]

    def predict(self, texts: Sequence[str]) -> Prediction:
        """Predict texts as they were written; each alone, whatever else is in the batch."""
        prepared = [prepare_text(text) for text in texts]
        return self.predict_prepared(prepared, found=find_in(prepared))

    def find_features(
        self, texts: Sequence[str], *, found: Sequence[Sequence[FoundPhrase]]
    ) -> csr_matrix | None:
        """Find the features of prepared texts; none where the model has no pipeline, or no text."""
        if self.pipeline is None or not len(texts):
            return None
        arranged = self.arrange(texts, found=found)
        return csr_matrix(self.pipeline.named_steps["features"].transform(arranged))

    def predict_prepared(
        self,
        texts: Sequence[str],
        *,
        found: Sequence[Sequence[FoundPhrase]],
        features: csr_matrix | None = None,
    ) -> Prediction:
        """Predict prepared texts with the phrases that the lexicon found in them.

        Parameters
        ----------
        texts : sequence of str, length n
        found : sequence of phrases, length n
        features : sparse matrix of shape (n, n_features), optional
            Of ``find_features``, where they are known already.

        Returns
        -------
        Prediction
        """
        codes = self.taxonomy.codes
        decided = np.zeros((len(texts), len(codes)), dtype=bool)
        probabilities = np.zeros((len(texts), len(codes)))
        none = None
        if self.taxonomy.lexicon:
            self._read_lexicon(found, decided=decided, probabilities=probabilities)
        if features is None:
            features = self.find_features(texts, found=found)
        if self.pipeline is not None and features is not None:
            scores = score_features(self.pipeline, features)
            for output, code in enumerate(self.learned):
                place = codes.index(code)
                probabilities[:, place] = self.calibrations[code].apply(scores[:, output])
                if not self.is_decided_by_lexicon:
                    decided[:, place] = probabilities[:, place] >= self.thresholds[code]
            if NONE in self.calibrations:
                none = self.calibrations[NONE].apply(scores[:, -1])
        if none is None:
            none = (1 - probabilities).prod(axis=1)
        return Prediction(codes, decided, probabilities, self._find_doubts(), none)

    def arrange(self, texts: Sequence[str], *, found: Sequence[Sequence[FoundPhrase]]) -> Prepared:
        """Arrange prepared texts for the pipeline as it was trained."""
        used = found if self.has_lexicon_features else [()] * len(texts)
        prepared = arrange_texts(texts, found=used)
        if not self.has_grammar_features:
            prepared[:, GRAMMAR] = ""
        return prepared

    def to_files(self) -> dict[str, bytes]:
        """Write the model as the files of a registry, name to content."""
        files = {
            CALIBRATION_FILE: _dump(self._describe_calibrations()),
            THRESHOLDS_FILE: _dump(self._describe_thresholds()),
            CARD_FILE: _dump({"model_version": self.version} | dict(self.card)),
        }
        if self.pipeline is not None:
            files[PIPELINE_FILE] = skops.io.dumps(
                self.pipeline, compression=zipfile.ZIP_DEFLATED, compresslevel=9
            )
        return files

    def _read_lexicon(
        self, found: Sequence[Sequence[FoundPhrase]], *, decided: Flags, probabilities: Floats
    ) -> None:
        precision = load_precision()
        places = {code: place for place, code in enumerate(self.taxonomy.codes)}
        for row, phrases in enumerate(found):
            for spoken in {one.code for one in phrases} & self.taxonomy.lexicon.keys():
                for code in self.taxonomy.lexicon[spoken]:
                    place = places[code]
                    decided[row, place] = True
                    probabilities[row, place] = max(probabilities[row, place], precision[spoken])

    def _find_doubts(self) -> Floats:
        """Find how well the level of each code is known: a count of labels errs by its root."""
        counts = self.card.get("texts_with_code", {})
        return np.array(
            [1 / math.sqrt(max(1, counts.get(code, 0))) for code in self.taxonomy.codes]
        )

    def _describe_calibrations(self) -> dict[str, Any]:
        return {code: curve.to_document() for code, curve in self.calibrations.items()}

    def _describe_thresholds(self) -> dict[str, Any]:
        return {
            "learned": list(self.learned),
            "codes": list(self.taxonomy.codes),
            "lexicon": dict(sorted(self.taxonomy.lexicon.items())),
            "is_of_kaeru": self.taxonomy.is_of_kaeru,
            "has_lexicon_features": self.has_lexicon_features,
            "has_grammar_features": self.has_grammar_features,
            "is_decided_by_lexicon": self.is_decided_by_lexicon,
            "automatic_from": self.automatic_from,
            "thresholds": {code: self.thresholds[code] for code in self.learned},
        }


def parse_model(files: Mapping[str, bytes]) -> ReasonModel:
    """Read a model from the files that ``to_files`` wrote.

    Raises
    ------
    KeyError
        If a file is missing.
    skops.io.exceptions.UntrustedTypesFoundException
        If the model file holds a type that no model of ours has.
    """
    thresholds = json.loads(files[THRESHOLDS_FILE])
    calibrations = json.loads(files[CALIBRATION_FILE])
    pipeline = None
    if thresholds["learned"]:
        pipeline = skops.io.loads(files[PIPELINE_FILE], trusted=list(TRUSTED_TYPES))
    return ReasonModel(
        pipeline=pipeline,
        learned=tuple(thresholds["learned"]),
        calibrations={code: parse_calibration(row) for code, row in calibrations.items()},
        thresholds=thresholds["thresholds"],
        taxonomy=Taxonomy(
            codes=tuple(thresholds["codes"]),
            lexicon={spoken: tuple(codes) for spoken, codes in thresholds["lexicon"].items()},
            is_of_kaeru=thresholds["is_of_kaeru"],
        ),
        card=json.loads(files[CARD_FILE]),
        has_lexicon_features=thresholds["has_lexicon_features"],
        has_grammar_features=thresholds["has_grammar_features"],
        is_decided_by_lexicon=thresholds["is_decided_by_lexicon"],
        # A model of before this was learned hands every note to a person.
        automatic_from=thresholds.get("automatic_from", NEVER),
    )


def _dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _hash_pipeline(digest: _Hash, pipeline: Pipeline) -> None:
    features = pipeline.named_steps["features"]
    digest.update(repr(features.transformer_weights).encode())
    for name, vectorizer, column in features.transformers_:
        if not hasattr(vectorizer, "vocabulary_"):
            continue
        digest.update(f"{name} {column}".encode())
        digest.update(repr(sorted(vectorizer.get_params().items(), key=str)).encode())
        digest.update(
            "\n".join(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)).encode()
        )
        if hasattr(vectorizer, "idf_"):
            digest.update(np.ascontiguousarray(vectorizer.idf_).tobytes())
    for regression in pipeline.named_steps["codes"].estimators_:
        digest.update(repr(sorted(regression.get_params().items(), key=str)).encode())
        digest.update(np.ascontiguousarray(regression.coef_).tobytes())
        digest.update(np.ascontiguousarray(regression.intercept_).tobytes())
