"""Free texts of returns → readings: each distinct text once per model, kept in the store.

Between landing and dbt. What was read is committed batch by batch, so that a run that is cut off
goes on where it ended, and no text is read twice.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from orchestration.fingerprint import compute_reader_sha256
from orchestration.kept_readings import (
    KEPT,
    Batch,
    count_rows,
    find_unread,
    find_version,
    forget_readings,
    write_batch,
    write_reader,
)
from orchestration.reason_corrections import write_corrections
from orchestration.reason_labels import read_labels
from orchestration.reason_models import load_model
from orchestration.reason_registry import find_champion_folder
from orchestration.settings import count_cores
from orchestration.store import open_store
from orchestration.wording import KaeruError, Progress, Words, keep_quiet

if TYPE_CHECKING:
    from models_ml.reasons.model import ReasonModel
    from models_ml.reasons.reader import Reading

_Task = tuple[Path, str, list[str], list[str]]  # shop, model version, hashes, texts

BATCH_TEXTS: Final = 5_000  # a commit's worth: seconds of reading that a crash can cost
BATCHES_AHEAD: Final = 2  # of each process: one that it reads, one that waits for it
LEAST_PROBABILITY: Final = 0.01  # that a model gives a code, below which it is not kept
FEW_TEXTS: Final = 4_000  # a second process takes about as long to start as these take to read
READING_COLUMNS: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("text_sha256", "model_version", "language_code")),
        *((name, pa.string()) for name in ("direction_code", "zones_text", "danger_spans_text")),
        *((name, pa.bool_()) for name in ("is_abstained", "is_escalated")),
    ]
)
CODE_COLUMNS: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("text_sha256", "model_version", "reason_code")),
        ("reason_probability", pa.float64()),
        ("evidence_spans_text", pa.string()),
    ]
)
OTHER_MODEL: Final = Words(
    ja="読み取りのモデルが途中で {version} から {found} に変わりました。もう一度実行してください。",
    en="The model that reads changed from {version} to {found} on the way. Run again.",
)
READING: Final = Words(
    ja="返品理由の文章を読んでいます: {done:,} / {total:,}",
    en="Reading the texts of returns: {done:,} of {total:,}",
)


@dataclass(frozen=True)
class TextReader:
    """What reads the texts of a shop.

    Attributes
    ----------
    model_version : str
    model : ReasonModel, optional
        The shop's champion; None where it reads as on its first day.
    """

    model_version: str
    model: ReasonModel | None = None

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Read texts, each for itself.

        Parameters
        ----------
        texts : sequence of str
            As landed, redacted.

        Returns
        -------
        list of Reading
            In their order; evidence counts characters of the text as given. A model's codes are
            all that may be meant, so that their probabilities add up to counts.
        """
        if self.model is None:
            from models_ml.reasons.reader import read_text

            return [read_text(text, is_redacted=True) for text in texts]
        from models_ml.reasons.trained_reading import read_by_model

        return [
            replace(full.reading, codes=_keep_possible(full.probabilities))
            for full in read_by_model(texts, model=self.model)
        ]


def open_reader(shop: Path) -> TextReader:
    """Open what reads the texts of a shop: its champion, or the shipped reading.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    TextReader

    Raises
    ------
    KaeruError
        If the champion cannot be read.
    """
    folder = find_champion_folder(shop)
    if folder is None:
        from models_ml.reasons.reader import name_version

        return TextReader(name_version())
    model = load_model(folder)
    return TextReader(model.version, model)


def read_new_texts(shop: Path, *, progress: Progress = keep_quiet) -> dict[str, int]:
    """Read every distinct free text of returns that the model in use has not read yet.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has the store closed.
    progress : Progress, optional

    Returns
    -------
    dict of str to int
        Rows by table, after the reading.
    """
    reader_sha256 = compute_reader_sha256(shop)
    with open_store(shop) as store:
        version = find_version(store, reader_sha256=reader_sha256)
        if version is None:
            version = open_reader(shop).model_version
        unread = find_unread(store, version=version)
        done = 0
        for batch in _read_batches(shop, unread, version=version):
            write_batch(store, batch)
            done += batch.readings.num_rows
            progress(READING, done=done, total=unread.num_rows)
    labels = read_labels(shop)
    with open_store(shop) as store:
        forget_readings(store)
        write_reader(store, version=version, reader_sha256=reader_sha256)
        write_corrections(store, labels=labels, version=version)
        return {table: count_rows(store, table) for table in KEPT}


def _read_batches(shop: Path, unread: pa.Table, *, version: str) -> Iterator[Batch]:
    """Read in as many processes as there are cores, where it is worth their start."""
    batches = unread.to_batches(max_chunksize=BATCH_TEXTS)
    tasks = (
        (shop, version, *(column.to_pylist() for column in batch.columns)) for batch in batches
    )
    workers = min(count_cores(), len(batches))
    if unread.num_rows <= FEW_TEXTS or workers == 1:
        yield from map(_read_batch, tasks)
        return
    # Not forked: the threads of this process do not survive it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from _read_ahead(pool, tasks, ahead=workers * BATCHES_AHEAD)


def _read_ahead(pool: Executor, tasks: Iterator[_Task], *, ahead: int) -> Iterator[Batch]:
    """Read in order with few tasks waiting: each holds its texts."""
    waiting = deque(pool.submit(_read_batch, task) for task in islice(tasks, ahead))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(_read_batch, task) for task in islice(tasks, 1))


def _read_batch(task: _Task) -> Batch:
    shop, version, hashes, texts = task
    reader = _open_once(shop, version)
    readings: list[dict[str, object]] = []
    codes: list[dict[str, object]] = []
    for text_sha256, reading in zip(hashes, reader.read(texts), strict=True):
        key = {"text_sha256": text_sha256, "model_version": version}
        readings.append(key | _describe_reading(reading))
        codes += [
            key
            | {
                "reason_code": code,
                "reason_probability": probability,
                "evidence_spans_text": _describe_spans(reading, code=code),
            }
            for code, probability in reading.codes.items()
        ]
    return Batch(
        readings=pa.Table.from_pylist(readings, schema=READING_COLUMNS),
        codes=pa.Table.from_pylist(codes, schema=CODE_COLUMNS),
    )


@lru_cache(maxsize=1)
def _open_once(shop: Path, version: str) -> TextReader:
    """Open the reader of a version once in each process; another version is another reader."""
    reader = open_reader(shop)
    if reader.model_version != version:
        raise KaeruError(OTHER_MODEL, found=reader.model_version, version=version)
    return reader


def _keep_possible(probabilities: Mapping[str, float]) -> dict[str, float]:
    kept = {code: share for code, share in probabilities.items() if share >= LEAST_PROBABILITY}
    return dict(sorted(kept.items(), key=lambda pair: (-pair[1], pair[0])))


def _describe_reading(reading: Reading) -> dict[str, object]:
    return {
        "language_code": reading.language,
        "direction_code": reading.direction,
        "zones_text": ",".join(reading.zones) or None,
        "danger_spans_text": _describe_spans(reading, code=None),
        "is_abstained": reading.is_abstained,
        "is_escalated": reading.is_escalated,
    }


def _describe_spans(reading: Reading, *, code: str | None) -> str | None:
    spans = sorted({(one.start, one.end) for one in reading.evidence if one.code == code})
    return json.dumps(spans) if spans else None
