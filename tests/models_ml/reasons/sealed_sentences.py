"""Sealed complaint sentences: labels from the repository, texts from beside it, joined by hash.

For scoring only: nothing here may print a text, and no rule is changed for one of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

SEALED: Final = Path(__file__).parent / "sealed"
SHARED_DATA: Final = Path(__file__).parents[4] / "shared" / "data"
SOURCES: Final[Mapping[str, Sequence[str]]] = {
    "ja": [
        f"m_absa_ja_en/{domain}_ja_{part}.txt.zst"
        for domain in ("phone", "laptop")
        for part in ("train", "dev")
    ],
    "en": [f"dmaste_en/fashion_{part}.txt.zst" for part in ("train", "dev")],
}
# M-ABSA writes a polarity out, DMASTE as NEG.
NEGATIVE: Final = re.compile(r"""['"](?:negative|NEG)['"]""")


@dataclass(frozen=True)
class SealedLabel:
    """What the reader saw in one sentence, without the sentence."""

    text_sha256: str
    codes: tuple[str, ...]
    direction: str | None
    zones: tuple[str, ...]


@dataclass(frozen=True)
class SealedSentence:
    """One sentence with its label, for the time of a measurement."""

    text: str
    label: SealedLabel

    def __repr__(self) -> str:
        """Show the hash: a failing test must not print a sealed text."""
        return f"SealedSentence({self.label.text_sha256[:12]})"


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_labels(language: str) -> list[SealedLabel]:
    """Read the sealed labels of ``ja`` or ``en``, in the order of their hashes."""
    rows = [
        json.loads(line) for line in (SEALED / f"{language}.jsonl").read_text("utf-8").splitlines()
    ]
    return [
        SealedLabel(
            text_sha256=row["text_sha256"],
            codes=tuple(row["codes"]),
            direction=row["direction"],
            zones=tuple(row["zones"]),
        )
        for row in rows
    ]


def read_complaints(language: str, *, folder: Path = SHARED_DATA) -> dict[str, str]:
    """Read every line with a negative triple, hash → text; skip the test where data are absent."""
    texts = {}
    for name in SOURCES[language]:
        path = folder / name
        if not path.exists():
            pytest.skip(f"sealed sentences cannot be scored: shared/data/{name} is not here")
        with pa.input_stream(str(path), compression="zstd") as stream:
            lines = stream.read().decode().split("\n")
        for line in lines:
            text, _, triples = line.partition("####")
            if NEGATIVE.search(triples):
                texts[hash_text(text.strip())] = text.strip()
    return texts


def join_texts(labels: Sequence[SealedLabel], texts: Mapping[str, str]) -> list[SealedSentence]:
    """Join labels to texts by hash.

    Raises
    ------
    KeyError
        If a label's text is missing: a score over the rest would be of another file.
    """
    missing = [label.text_sha256 for label in labels if label.text_sha256 not in texts]
    if missing:
        message = f"{len(missing)} of {len(labels)} sealed hashes have no text, first {missing[0]}"
        raise KeyError(message)
    return [SealedSentence(text=texts[label.text_sha256], label=label) for label in labels]


def load_sealed_sentences(language: str) -> list[SealedSentence]:
    """Load what a reading of reasons is scored on; skips where the texts are absent."""
    return join_texts(read_labels(language), read_complaints(language))
