"""The review queue of a shop: its landed texts, what was read in them, and the yen behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from models_ml.reasons.labels import hash_text
from models_ml.reasons.queue import Asked, ReadText, build_queue, draw_lot, is_drawn
from orchestration.folder import ShopFolder
from orchestration.publication import read_pointer
from orchestration.reason_labels import read_labels
from orchestration.reason_reading import LEAST_PROBABILITY
from orchestration.recalled_readings import recall_readings
from orchestration.shop_reading import load_reader
from orchestration.store import open_store
from orchestration.verifying import connect_reader

SEED: Final = 20261129  # of the lots: a text that judges does so for good
MOST_TEXTS: Final = 3_000  # of the dearest, and of the first by lot, that are read for one queue
# What the warehouse says that a return line asks back; a text is worth what its lines are.
SELECT_AMOUNTS: Final = (
    "select return_line_id, requested_net_amount from marts.fct_return_decisions"
)
# Rows of one key that came in several versions are one return line.
SELECT_TEXTS: Final = """
with notes as (
    select distinct return_line_id, reason_text
    from landing.return_requests
    where trim(reason_text) <> '' and is_filtered is not true
)
select notes.reason_text, sum(coalesce(line_amounts.requested_net_amount, 0))::bigint as amount
from notes
left join line_amounts on notes.return_line_id = line_amounts.return_line_id
group by notes.reason_text
order by notes.reason_text
"""


def list_queue(shop: Path, *, annotator: str, seed: int = SEED) -> list[Asked]:
    """List what one person should read, most important first.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    annotator : str
    seed : int
        Of the lots.

    Returns
    -------
    list of Asked

    Raises
    ------
    KaeruError
        If nothing was landed yet.
    WrongUseError
        If a file of labels, or of the shop's reasons, cannot be used.
    """
    labels = read_labels(shop)
    worth = _read_line_amounts(shop)
    reader = load_reader(shop=shop)
    with open_store(shop, read_only=True) as store:
        store.register("line_amounts", worth)
        rows = store.execute(SELECT_TEXTS).fetchall()
        amounts = {str(text): int(amount) for text, amount in rows}
        chosen = choose_texts(amounts, labelled={one.text_hash for one in labels}, seed=seed)
        read = recall_readings(store, reader=reader, texts=chosen)
    readings = [
        ReadText(
            text_hash=hash_text(text),
            text=text,
            language=full.reading.language,
            probabilities={
                code: share
                for code, share in full.probabilities.items()
                if share >= LEAST_PROBABILITY
            },
            amount=amounts[text],
            is_abstained=full.reading.is_abstained,
            is_escalated=full.reading.is_escalated,
            model_version=full.reading.model_version,
            evidence=tuple(full.reading.evidence),
            zones=tuple(full.reading.zones),
            direction=full.reading.direction,
        )
        for text, full in zip(chosen, read, strict=True)
    ]
    return build_queue(readings, labels=labels, annotator=annotator, seed=seed)


def _read_line_amounts(shop: Path) -> pa.Table:
    """Read the yen of return lines from what is published; before that no line has any."""
    published = read_pointer(shop)
    if published is None:
        return pa.table(
            {
                "return_line_id": pa.array([], pa.string()),
                "requested_net_amount": pa.array([], pa.int64()),
            }
        )
    with connect_reader(ShopFolder(shop).serving / published.file) as marts:
        return marts.sql(SELECT_AMOUNTS).to_arrow_table()


def choose_texts(amounts: dict[str, int], *, labelled: set[str], seed: int) -> list[str]:
    """Choose which texts are worth reading for a queue: the dearest, and the next by lot.

    Parameters
    ----------
    amounts : dict of text to int
        Yen at stake.
    labelled : set of str
        Hashes that somebody has labelled; they are all kept, for second opinions.
    seed : int

    Returns
    -------
    list of str
        Sorted. What is dangerous but cheap is seen where there are few texts, else when its turn
        comes by lot; the mart of readings knows it at once.
    """
    hashes = {text: hash_text(text) for text in amounts}
    dearest = sorted(amounts, key=lambda text: (-amounts[text], text))[:MOST_TEXTS]
    drawn = sorted(
        (text for text in amounts if is_drawn(hashes[text], seed=seed)),
        key=lambda text: draw_lot(hashes[text], what="random", seed=seed),
    )
    new = [text for text in drawn if hashes[text] not in labelled][:MOST_TEXTS]
    known = [text for text in amounts if hashes[text] in labelled]
    return sorted({*dearest, *new, *known})


def describe_asked(asked: Asked) -> dict[str, Any]:
    """Say one text of the queue as a document: what ``kaeru reasons label`` takes back, and why."""
    read = asked.read
    return {
        "text_hash": read.text_hash,
        "text": read.text,
        "language": read.language,
        "why": asked.why,
        "was_random": asked.was_random,
        "codes": [
            {"code": code, "probability": share}
            for code, share in sorted(read.probabilities.items(), key=lambda pair: -pair[1])
        ],
        "direction": read.direction,
        "zones": list(read.zones),
        "evidence": [
            {"start": one.start, "end": one.end, "code": one.code} for one in read.evidence
        ],
        "amount": read.amount,
        "abstained": read.is_abstained,
        "escalate": read.is_escalated,
        "model_version": read.model_version,
    }
