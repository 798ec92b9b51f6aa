"""Readings of landed texts: those that the store keeps, and the rest read now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from models_ml.reasons.labels import hash_text
from models_ml.reasons.reader import Evidence, Reading
from models_ml.reasons.trained_reading import FullReading
from orchestration.reason_reading import LEAST_PROBABILITY
from orchestration.shop_reading import ReasonReader, read_each

SELECT_READINGS: Final = """
select
    text_sha256, language_code, direction_code, zones_text, danger_spans_text, is_abstained,
    is_escalated
from landing.reason_readings
where model_version = ? and text_sha256 in (select text_sha256 from asked_texts)
"""
SELECT_CODES: Final = """
select text_sha256, reason_code, reason_probability, evidence_spans_text
from landing.reason_reading_codes
where model_version = ? and text_sha256 in (select text_sha256 from asked_texts)
order by text_sha256, reason_probability desc, reason_code
"""


def recall_readings(
    store: duckdb.DuckDBPyConnection, *, reader: ReasonReader, texts: Sequence[str]
) -> list[FullReading]:
    """Recall what a reader has read of texts, and read what it has not.

    Parameters
    ----------
    store : DuckDBPyConnection
        An open store.
    reader : ReasonReader
        Who reads now; what another version has read is not recalled.
    texts : sequence of str
        Redacted, as landed.

    Returns
    -------
    list of FullReading
        In the order of the texts. Codes and probabilities are all that may be meant.
    """
    hashes = [hash_text(text) for text in texts]
    kept = _read_kept(store, reader=reader, hashes=hashes)
    missing = [text for text, key in zip(texts, hashes, strict=True) if key not in kept]
    read = dict(zip(missing, map(_keep_possible, read_each(reader, missing)), strict=True))
    return [
        kept[key] if key in kept else read[text] for text, key in zip(texts, hashes, strict=True)
    ]


def _read_kept(
    store: duckdb.DuckDBPyConnection, *, reader: ReasonReader, hashes: Sequence[str]
) -> dict[str, FullReading]:
    store.register("asked_texts", pa.table({"text_sha256": pa.array(hashes, pa.string())}))
    rows = list(_fetch(store, SELECT_READINGS, version=reader.version))
    codes: dict[str, list[dict[str, Any]]] = {row["text_sha256"]: [] for row in rows}
    for row in _fetch(store, SELECT_CODES, version=reader.version):
        codes[row["text_sha256"]].append(row)
    store.unregister("asked_texts")
    return {
        row["text_sha256"]: reader.keep_own_codes(
            _build_reading(row, codes[row["text_sha256"]], reader=reader)
        )
        for row in rows
    }


def _fetch(store: duckdb.DuckDBPyConnection, sql: str, *, version: str) -> Iterator[dict[str, Any]]:
    yield from store.sql(sql, params=[version]).to_arrow_table().to_pylist()


def _build_reading(
    row: dict[str, Any], codes: Sequence[dict[str, Any]], *, reader: ReasonReader
) -> FullReading:
    shares = {one["reason_code"]: one["reason_probability"] for one in codes}
    spans = [(one["reason_code"], one["evidence_spans_text"]) for one in codes]
    reading = Reading(
        codes=shares,
        direction=row["direction_code"],
        zones=tuple(row["zones_text"].split(",")) if row["zones_text"] else (),
        evidence=tuple(
            Evidence(start, end, code)
            for code, said in (*spans, (None, row["danger_spans_text"]))
            for start, end in json.loads(said or "[]")
        ),
        is_abstained=row["is_abstained"],
        is_escalated=row["is_escalated"],
        language=row["language_code"],
        model_version=reader.version,
    )
    return FullReading(reading, shares)


def _keep_possible(full: FullReading) -> FullReading:
    """Say no more of a text that is read now than what is kept of the others."""
    kept = {code: share for code, share in full.probabilities.items() if share >= LEAST_PROBABILITY}
    return FullReading(full.reading, kept)
