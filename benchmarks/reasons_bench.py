"""Measure the reading of reasons on published data; write the figures into its card.

Run as ``python -m benchmarks.reasons_bench [PART …]``. Tuned on train parts, judged on development
parts; a data set without a licence is measured and never learned from for anything that is shipped.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.reasons_data import (
    REPOSITORY,
    LabelledText,
    load_counterfactuals,
    load_development,
    load_shoes,
    load_sizes,
    write_shoe_taxonomy,
)
from benchmarks.reasons_directions import measure_directions
from benchmarks.reasons_drift import measure_drifts
from benchmarks.reasons_gate import measure_gate
from benchmarks.reasons_scores import (
    FROM,
    Judged,
    count_zones,
    score_codes_from,
    score_direction,
    score_directions,
)
from benchmarks.reasons_sealed import measure_sealed
from benchmarks.reasons_shares import measure_share_errors
from benchmarks.written_parts import write_part
from models_ml.reasons.evaluation import Evaluation
from models_ml.reasons.judging import evaluate_model
from models_ml.reasons.lexicon import LANGUAGES
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.reader import read_text
from models_ml.reasons.taxonomy import Taxonomy, parse_taxonomy
from models_ml.reasons.training import train_model

CARD: Final = REPOSITORY / "models_ml" / "reasons" / "CARD.md"
SEED: Final = 20261129
CURVE: Final = (0, 25, 100, 400)
DRAWS: Final = 3  # of labelled texts for every point of the curve
HEADER: Final = (
    "| trained on | judged on | n | micro-F1 | macro-F1 | share error | coverage of 90 % "
    "| calibration error | automatic at 90 % | at 95 % | read without a person | … precision |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
)


def as_notes(texts: Sequence[LabelledText]) -> list[LabelledNote]:
    return [LabelledNote(one.text, one.codes) for one in texts]


def describe(trained: str, judged: str, found: Evaluation) -> str:
    """Set one evaluation as a row of ``HEADER``."""
    precision = found.automatic_precision
    said = "none" if precision is None else f"{precision:.3f}"
    return (
        f"| {trained} | {judged} | {found.n} | {found.micro_f1:.3f} | {found.macro_f1:.3f} "
        f"| {found.share_error:.3f} | {found.share_coverage_90:.3f} | {found.ece:.3f} "
        f"| {found.automatic_share_at_90:.3f} | {found.automatic_share_at_95:.3f} "
        f"| {found.automatic_share:.3f} | {said} |"
    )


def measure_shoes() -> list[str]:
    """Train on the shoe reviews' train part, judge on dev: with and without lexicon labels."""
    rows = list(HEADER)
    for name, is_kept in (
        ("all reviews", lambda _: True),
        ("reviews with a reason", lambda one: bool(one.codes)),
    ):
        train = as_notes([one for one in load_shoes("train") if is_kept(one)])
        dev = as_notes([one for one in load_shoes("dev") if is_kept(one)])
        for label, has_lexicon, is_feature in (
            ("its lexicon codes", True, True),
            ("the column `code` alone", False, True),
            ("n-grams alone", False, False),
        ):
            model = train_model(
                train,
                taxonomy=parse_taxonomy(write_shoe_taxonomy(has_lexicon=has_lexicon)),
                seed=SEED,
                has_lexicon_features=is_feature,
            )
            found = evaluate_model(model, dev, seed=SEED)
            rows.append(describe(f"{len(train)}, {label}", f"dev, {name}", found))
    return rows


def measure_curve() -> list[str]:
    """Judge how few labels do, with the lexicon as prior on the texts without one."""
    taxonomy = parse_taxonomy(write_shoe_taxonomy(has_lexicon=True))
    train = [one for one in load_shoes("train") if one.codes]
    dev = as_notes([one for one in load_shoes("dev") if one.codes])
    rows = ["| labels | micro-F1 of each draw | mean |", "|---|---|---|"]
    for count in CURVE:
        scores = []
        for draw in range(DRAWS if count else 1):
            model = _train_with_few(train, count, draw=draw, taxonomy=taxonomy)
            scores.append(evaluate_model(model, dev, seed=SEED).micro_f1)
        each = " ".join(f"{score:.3f}" for score in scores)
        name = str(count) if count else "none: the lexicon alone"
        rows.append(f"| {name} | {each} | {sum(scores) / len(scores):.3f} |")
    return rows


def _train_with_few(
    train: Sequence[LabelledText], count: int, *, draw: int, taxonomy: Taxonomy
) -> ReasonModel:
    drawn = random.Random(SEED + draw).sample(list(train), len(train))  # noqa: S311 - no secret
    rest = [LabelledNote(one.text, None) for one in drawn[count:]] if count else []
    return train_model([*as_notes(drawn[:count]), *rest], taxonomy=taxonomy, seed=SEED)


def measure_counterfactuals() -> list[str]:
    """Tell Japanese counterfactual sentences from others with the same engine."""
    taxonomy = parse_taxonomy("code\nYES\nNO\n")
    train, valid = (
        [
            LabelledNote(one.text, frozenset({"YES"} if one.codes else {"NO"}))
            for one in load_counterfactuals(part)
        ]
        for part in ("train", "valid")
    )
    model = train_model(train, taxonomy=taxonomy, seed=SEED)
    size = sum(map(len, model.to_files().values())) / 1e6
    found = evaluate_model(model, valid, seed=SEED)
    return [*HEADER, describe(f"{len(train)} sentences", "valid", found), "", f"{size:.1f} MB."]


def measure_fresh() -> list[str]:
    """Read the half of the fresh Japanese complaints that no rule was tuned on."""
    judged = [
        Judged(read_text(one.text), one.codes)
        for one in load_development("ja", part="_fresh_judged")
    ]
    rows = [
        "| n | codes from probability | precision | recall | micro-F1 |",
        "|---|---|---|---|---|",
    ]
    for least in FROM:
        precision, recall, f1 = score_codes_from(judged, least=least)
        rows.append(f"| {len(judged)} | {least:.1f} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return rows


def measure_sizes() -> list[str]:
    """Read directions and zones in texts of clothes and shoes."""
    rows = [
        "| language | half | n | direction | labelled | F1 |",
        "|---|---|---|---|---|---|",
    ]
    zones = ["", "| language | half | zones read | zone precision |", "|---|---|---|---|"]
    for language in LANGUAGES:
        for part in ("tuned", "judged"):
            judged = [
                Judged(read_text(one.text), (), one.direction, one.zones)
                for one in load_sizes(language, part=part)
            ]
            for way, score in score_directions(judged).items():
                labelled = sum(one.direction == way for one in judged)
                rows.append(
                    f"| {language} | {part} | {len(judged)} | {way} | {labelled} | {score:.3f} |"
                )
            rows.append(
                f"| {language} | {part} | {len(judged)} | macro | "
                f"{sum(one.direction is not None for one in judged)} "
                f"| {score_direction(judged):.3f} |"
            )
            read, right = count_zones(judged)
            zones.append(f"| {language} | {part} | {read} | {right / max(1, read):.3f} |")
    return [*rows, *zones]


PARTS: Final[Mapping[str, Callable[[], list[str]]]] = {
    "sealed": measure_sealed,
    "fresh": measure_fresh,
    "sizes": measure_sizes,
    "directions": measure_directions,
    "shoes": measure_shoes,
    "shares": measure_share_errors,
    "curve": measure_curve,
    "counterfactuals": measure_counterfactuals,
    "gate": measure_gate,
    "drift": measure_drifts,
}


def main(arguments: Sequence[str]) -> None:
    """Measure the named parts, all of them where none is named, and write them."""
    for part in arguments or PARTS:
        rows = PARTS[part]()
        sys.stdout.write("\n".join([f"## {part}", *rows, ""]) + "\n")
        write_part(CARD, part, rows, command=f"python -m benchmarks.reasons_bench {part}")


if __name__ == "__main__":
    main(sys.argv[1:])
