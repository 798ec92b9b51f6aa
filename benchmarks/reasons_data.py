"""Published data sets as labelled texts, for measuring the reading of reasons; none is shipped."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

REPOSITORY: Final = Path(__file__).parents[1]
SHARED: Final = REPOSITORY.parent / "shared" / "data"
DEVELOPMENT: Final = REPOSITORY / "tests" / "models_ml" / "reasons" / "development"
DEVELOPMENT_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "ja": tuple(
        f"m_absa_ja_en/{domain}_ja_{part}.txt.zst"
        for domain in ("phone", "laptop")
        for part in ("train", "dev")
    ),
    "en": ("dmaste_en/fashion_train.txt.zst", "dmaste_en/fashion_dev.txt.zst"),
}
SIZES: Final = DEVELOPMENT.parent / "sizes"
CLOTHING_REVIEWS: Final = "womens_clothing_reviews/Womens_Clothing_E-Commerce_Reviews.csv.zst"
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n")
NEGATIVE: Final = re.compile(r"""['"](?:negative|NEG)['"]""")

# Category of Shoes-ACOSI → reason; categories that are not here say nothing about a reason.
SHOE_REASONS: Final[Mapping[str, str]] = {
    "performance#sizing/fit": "FIT",
    "performance#comfort": "COMFORT",
    "performance#support/stability": "COMFORT",
    "performance#durability": "DURABILITY",
    "appearance#color": "COLOR",
    "appearance#form": "DESIGN",
    "appearance#general": "DESIGN",
    "appearance#misc": "DESIGN",
    "appearance#material": "MATERIAL",
    "appearance#shoe component": "MATERIAL",
    "cost/value": "PRICE",
    "performance#use case applicability": "FUNC",
    "performance#general": "FUNC",
}
# Code of the lexicon → the one reason of Shoes-ACOSI that means the same.
SHOE_CODES: Final[Mapping[str, str]] = {
    "FIT.SMALL": "FIT",
    "FIT.LARGE": "FIT",
    "FIT.UNSPEC": "FIT",
    "FIT.CHART": "FIT",
    "FIT.COMFORT": "COMFORT",
    "QUAL.DURABILITY": "DURABILITY",
    "LOOK.COLOR": "COLOR",
    "LOOK.DESIGN": "DESIGN",
    "LOOK.MATERIAL": "MATERIAL",
    "CUST.PRICE": "PRICE",
    "QUAL.FUNC": "FUNC",
}
# Reasons that go with a code in more than 45 % of the train part. MATERIAL there is any complaint
# about a part of the shoe, whatever is wrong with it.
SHOE_COMPANY: Final[Mapping[str, tuple[str, ...]]] = {
    "MATERIAL": (
        *("FIT.COMFORT", "QUAL.DURABILITY", "QUAL.DEFECT", "QUAL.FUNC", "QUAL.ITEM_DAMAGE"),
        *("QUAL.WORKMANSHIP", "LOOK.CHEAP", "QUAL.HYGIENE"),
    ),
    "DESIGN": ("QUAL.WORKMANSHIP", "LOOK.CHEAP", "QUAL.HARD_TO_USE"),
    "PRICE": ("QUAL.WORKMANSHIP",),
}


@dataclass(frozen=True)
class LabelledText:
    """One text with the codes that a person gave it; none at all where nothing was wrong."""

    text: str
    codes: frozenset[str]


@dataclass(frozen=True)
class LabelledSize:
    """One text with the direction and the zones that a person saw in it."""

    text: str
    direction: str | None
    zones: tuple[str, ...]


def read_lines(name: str) -> list[str]:
    """Read the lines of a compressed file beside the repository.

    Raises
    ------
    FileNotFoundError
        If the data are not here.
    """
    with pa.input_stream(str(SHARED / name), compression="zstd") as stream:
        text: str = stream.read().decode()
    return text.splitlines()


def load_shoes(part: str) -> list[LabelledText]:
    """Load shoe reviews of ``train`` or ``dev`` with the reasons of their negative quads."""
    texts = []
    for line in read_lines(f"shoes_acosi/acosi_shoes_{part}.txt.zst"):
        text, _, quads = line.partition("####")
        reasons = {
            SHOE_REASONS[quad[1]]
            for quad in ast.literal_eval(quads)
            if quad[2] == "negative" and quad[1] in SHOE_REASONS
        }
        texts.append(LabelledText(text, frozenset(reasons)))
    return texts


def load_counterfactuals(part: str) -> list[LabelledText]:
    """Load the Japanese sentences of AMCD, ``train`` or ``valid``, with one code or none."""
    rows = csv.DictReader(
        read_lines(f"amcd_ja_en/JP_{part}.tsv.zst"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [
        LabelledText(
            row["sentence"],
            frozenset({"COUNTERFACTUAL"} if row["is_counterfactual"] == "1" else ()),
        )
        for row in rows
    ]


def load_development(language: str, *, part: str = "*") -> list[LabelledText]:
    """Load the complaints that are labelled and not sealed, for work on the rules.

    Parameters
    ----------
    language : {"ja", "en"}
    part : str
        Of the file name behind the language, such as ``_fresh_judged``; all of them by default.
    """
    texts = {}
    for name in DEVELOPMENT_SOURCES[language]:
        for line in read_lines(name):
            text, _, triples = line.partition("####")
            if NEGATIVE.search(triples):
                texts[hash_text(text.strip())] = text.strip()
    files = sorted(DEVELOPMENT.glob(f"{language}{part}.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [
        LabelledText(texts[row["text_sha256"]], frozenset(row["codes"]) - {"NONE"}) for row in rows
    ]


def load_sizes(language: str, *, part: str) -> list[LabelledSize]:
    """Load texts with the direction and the zones that a reader saw in them.

    Parameters
    ----------
    language : {"ja", "en"}
    part : {"tuned", "judged"}
    """
    texts = {hash_text(text): text for text in _read_size_texts(language)}
    lines = (SIZES / f"{language}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        LabelledSize(texts[row["text_sha256"]], row["direction"], tuple(row["zones"]))
        for row in rows
        if row["part"] == part
    ]


def hash_text(text: str) -> str:
    """Give the hash by which labels name a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _read_size_texts(language: str) -> Iterator[str]:
    if language == "ja":
        for part in ("train", "valid"):
            yield from (one.text.strip() for one in load_counterfactuals(part))
        return
    for name in DEVELOPMENT_SOURCES["en"]:
        yield from (line.partition("####")[0].strip() for line in read_lines(name))
    reviews = csv.DictReader(io.StringIO("\n".join(read_lines(CLOTHING_REVIEWS))))
    for row in reviews:
        yield from (part.strip() for part in _SENTENCE_END.split(row["Review Text"]))


def write_shoe_taxonomy(*, has_lexicon: bool) -> str:
    """Write the eight reasons as a taxonomy, with the codes of the lexicon that speak for them."""
    lines = ["code,lexicon_codes" if has_lexicon else "code"]
    for reason in sorted(set(SHOE_REASONS.values())):
        spoken = [code for code, meant in SHOE_CODES.items() if meant == reason]
        joined = "|".join([*spoken, *SHOE_COMPANY.get(reason, ())])
        lines.append(f"{reason},{joined}" if has_lexicon else reason)
    return "\n".join(lines) + "\n"
