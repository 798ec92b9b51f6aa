"""Labels as the people of a shop would write them, in words that the lexicon does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models_ml.reasons.labels import Label, hash_text

PLACES = ("ウエスト", "袖", "肩", "足", "首", "もも", "丈", "背中", "胸", "腰")
SAID = (("がむぎゅむぎゅ", "FIT.SMALL"), ("がだぶだぼん", "FIT.LARGE"), ("を眺めた", "NONE"))


def make_records(*, count: int, was_random: bool, offset: int = 0) -> list[dict[str, Any]]:
    """Make labels whose texts differ from each other and by ``offset``."""
    records = []
    for number in range(offset, offset + count):
        word, code = SAID[number % len(SAID)]
        place = PLACES[number % len(PLACES)]
        text = f"{place}{word}、{number}番目です"
        records.append({"text": text, "codes": [code], "was_random": was_random})
    return records


def make_labels(records: list[dict[str, Any]], *, annotator: str) -> list[Label]:
    """Make the labels that one person would leave by saying so."""
    return [
        Label(
            text_hash=hash_text(record["text"]),
            annotator=annotator,
            labelled_at="2026-11-03T01:02:03Z",
            verdict="none" if record["codes"] == ["NONE"] else "codes",
            codes=() if record["codes"] == ["NONE"] else tuple(record["codes"]),
            direction="",
            zone="",
            text=record["text"],
            model_version="",
            was_random=record["was_random"],
            kind="person",
        )
        for record in records
    ]


def write_records(path: Path, records: list[dict[str, Any]]) -> Path:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
    return path
