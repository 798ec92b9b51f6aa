"""What people's labels of a random sample say of the level of the probabilities, code by code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np

if TYPE_CHECKING:
    from models_ml.reasons.labels import Label
    from models_ml.reasons.shares import Correction

FORGET: Final = "delete from landing.reason_corrections"
KEEP: Final = "insert into landing.reason_corrections values (?, ?, ?, ?, ?)"
READ_TEXTS: Final = """
select readings.text_sha256, codes.reason_code, codes.reason_probability
from landing.reason_readings as readings
left join landing.reason_reading_codes as codes
    on
        readings.text_sha256 = codes.text_sha256
        and readings.model_version = codes.model_version
where readings.model_version = ? and readings.text_sha256 in (select unnest(?))
"""

Opinions = Mapping[str, Mapping[str, float]]


def write_corrections(
    store: duckdb.DuckDBPyConnection, *, labels: Iterable[Label], version: str
) -> Mapping[str, Correction]:
    """Compute and keep the correction of every code, in place of the last ones.

    Parameters
    ----------
    store : DuckDBPyConnection
        Opened for writing; the texts are read.
    labels : iterable of Label
        All that people and programs said of the shop's texts.
    version : str
        Of the model in use.

    Returns
    -------
    mapping of str to Correction
        By code; empty where nobody has labelled a text that was drawn by lot.
    """
    opinions = read_opinions(labels)
    readings = _read_probabilities(store, version=version, texts=sorted(opinions))
    corrections = compute_corrections(opinions, readings=readings)
    store.begin()
    store.execute(FORGET)
    for code, one in sorted(corrections.items()):
        store.execute(KEEP, [version, code, one.factor, one.doubt, one.label_count])
    store.commit()
    return corrections


def compute_corrections(opinions: Opinions, *, readings: Opinions) -> dict[str, Correction]:
    """Hold what was read against what people read in the same texts.

    Parameters
    ----------
    opinions : mapping of text to mapping of code to share
        Share of the people who read the code in the text.
    readings : mapping of text to mapping of code to probability
        Texts that were not read tell nothing.

    Returns
    -------
    dict of str to Correction
        Of every code that a person or the model read in one of the texts.
    """
    from models_ml.reasons.shares import estimate_correction

    texts = sorted(set(opinions) & set(readings))
    codes = {code for text in texts for code in (*opinions[text], *readings[text])}
    return {
        code: estimate_correction(
            np.array([readings[text].get(code, 0.0) for text in texts]),
            labels=np.array([opinions[text].get(code, 0.0) for text in texts]),
        )
        for code in sorted(codes)
    }


def read_opinions(labels: Iterable[Label]) -> dict[str, dict[str, float]]:
    """Say what people read in the texts that were drawn by lot.

    Parameters
    ----------
    labels : iterable of Label
        A person's last word on a text counts; who could not tell has no say.

    Returns
    -------
    dict of text hash to dict of code to share of its labellers
    """
    from models_ml.reasons.labels import PERSON, apply_direction, keep_latest

    said: dict[str, list[frozenset[str]]] = defaultdict(list)
    for label in keep_latest(labels):
        if label.kind == PERSON and label.was_random and label.verdict != "cannot_tell":
            said[label.text_hash].append(apply_direction(label.codes, label.direction))
    return {
        text: {
            code: sum(code in codes for codes in people) / len(people)
            for code in sorted({code for codes in people for code in codes})
        }
        for text, people in said.items()
    }


def _read_probabilities(
    store: duckdb.DuckDBPyConnection, *, version: str, texts: list[str]
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for text, code, probability in store.execute(READ_TEXTS, [version, texts]).fetchall():
        codes = found.setdefault(text, {})
        if code is not None:
            codes[code] = probability
    return found
