"""Labels as the people of a shop would write them, in words that the lexicon does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def write_records(path: Path, records: list[dict[str, Any]]) -> Path:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
    return path
