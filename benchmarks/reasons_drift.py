"""Drift on published texts: whether foreign weeks are told, and a shop's own are left alone.

Part ``drift`` of ``python -m benchmarks.reasons_bench``. Some pools of texts in turn are a shop:
weeks drawn from it against other texts of it should be quiet, weeks of the others should be told.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from benchmarks.reasons_data import load_counterfactuals, load_shoes, read_lines
from models_ml.reasons.drift import Drift, Week, measure_drift
from models_ml.reasons.taxonomy import Taxonomy
from models_ml.reasons.trained_reading import read_by_lexicon
from orchestration.reason_models import load_taxonomy

SEED: Final = 20261129
WEEK: Final = 150  # texts
REFERENCE: Final = 500
MOST_TEXTS: Final = 1_000  # of a pool
WEEKS: Final = 20  # of a shop's own kind, for each shop
SHOPS: Final = ("shoes, English", "clothes, English", "phones, Japanese")


def _read_marked(name: str) -> list[str]:
    return [line.partition("####")[0] for line in read_lines(name)]


def _read_clothes() -> list[str]:
    rows = csv.DictReader(
        read_lines("womens_clothing_reviews/Womens_Clothing_E-Commerce_Reviews.csv.zst")
    )
    return [row["Review Text"] for row in rows if row["Review Text"]][:3_000]


POOLS: Final[Mapping[str, Callable[[], list[str]]]] = {
    "shoes, English": lambda: [one.text for one in load_shoes("train")],
    "clothes, English": _read_clothes,
    "phones, Japanese": lambda: _read_marked("m_absa_ja_en/phone_ja_train.txt.zst"),
    "electronics, English": lambda: _read_marked("dmaste_en/electronics_train.txt.zst"),
    "laptops, Japanese": lambda: _read_marked("m_absa_ja_en/laptop_ja_train.txt.zst"),
    "anything, Japanese": lambda: [one.text for one in load_counterfactuals("train")],
}


@cache
def _load_taxonomy() -> Taxonomy:
    return load_taxonomy(None)


@cache
def _read(text: str) -> Mapping[str, float]:
    return read_by_lexicon(text, taxonomy=_load_taxonomy()).probabilities


@cache
def _load_pool(pool: str) -> list[str]:
    texts = sorted(set(POOLS[pool]()))
    return random.Random(SEED).sample(texts, min(MOST_TEXTS, len(texts)))  # noqa: S311


def _make_week(texts: list[str]) -> Week:
    return Week(texts, [_read(text) for text in texts])


def _draw(pool: str, *, seed: int, size: int) -> list[str]:
    return random.Random(SEED + seed).sample(_load_pool(pool), size)  # noqa: S311 - no secret


def measure_drifts() -> list[str]:
    """Measure own and foreign weeks of every shop, and set them as a table."""
    rows = [
        "| shop | week of | weeks | said to have drifted | index | unseen letters |",
        "|---|---|---|---|---|---|",
    ]
    false, caught, foreign = 0, 0, 0
    for shop in SHOPS:
        own = []
        for number in range(WEEKS):
            drawn = _draw(shop, seed=number, size=REFERENCE + WEEK)
            own.append(measure_drift(_make_week(drawn[:WEEK]), before=_make_week(drawn[WEEK:])))
        false += sum(one.is_drifted for one in own)
        rows.append(_describe(shop, "its own", own))
        before = _make_week(_draw(shop, seed=0, size=REFERENCE))
        for pool in POOLS:
            if pool != shop:
                week = _make_week(_draw(pool, seed=0, size=WEEK))
                found = measure_drift(week, before=before)
                caught, foreign = caught + found.is_drifted, foreign + 1
                rows.append(_describe(shop, pool, [found]))
    own_weeks = WEEKS * len(SHOPS)
    rows += ["", f"Foreign: {caught} of {foreign} told. Own: {false} of {own_weeks} false."]
    return rows


def _describe(shop: str, week: str, found: list[Drift]) -> str:
    index = max(one.index for one in found)
    unseen = max(one.unseen_share for one in found)
    drifted = sum(one.is_drifted for one in found)
    return f"| {shop} | {week} | {len(found)} | {drifted} | ≤ {index:.2f} | ≤ {unseen:.3f} |"
