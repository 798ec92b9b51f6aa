"""A reading of the lexicon is trusted less in a long text and more for several phrases."""

from __future__ import annotations

import csv
import importlib.resources

from models_ml.reasons.lexicon import load_lexicon
from models_ml.reasons.phrases import find_phrases
from models_ml.reasons.reliability import FEATURES, FILE, load_weights, rate_codes


def rate(text: str) -> dict[str, float]:
    return rate_codes(text, found=find_phrases(text, lexicon=load_lexicon()))


def test_a_long_text_is_trusted_less() -> None:
    short = rate("袖がきつい")["FIT.SMALL"]
    long = rate("届いてから家族みんなで順番に試して、写真も撮りました。" * 8 + "袖がきつい")[
        "FIT.SMALL"
    ]
    assert long < short


def test_several_phrases_are_trusted_more() -> None:
    assert rate("袖がきつい。")["FIT.SMALL"] < rate("袖がきつい。肩が窮屈。")["FIT.SMALL"]


def test_an_answer_is_trusted_less() -> None:
    assert rate("いいえ、袖がきつい。")["FIT.SMALL"] < rate("昨日の袖がきつい。")["FIT.SMALL"]


def test_every_feature_has_its_weight() -> None:
    assert tuple(load_weights()) == FEATURES
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    assert [row["feature"] for row in csv.DictReader(text.splitlines())] == list(FEATURES)
