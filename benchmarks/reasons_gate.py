"""Simulated retrains: whether the gate promotes models that are worse, and those that are better.

Run as ``python -m benchmarks.reasons_gate [--retrains N] [--rows FILE]``; the figures go into the
card. A promotion is harmful if micro-F1 over held-out true labels, which nobody in the simulation
sees, falls by more than ``HARM``. Labels are spoilt as people spoil them, those of texts drawn by
lot with the rest: the gate has to find out from the labels alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.reasons_data import (
    REPOSITORY,
    LabelledText,
    load_counterfactuals,
    load_shoes,
    write_shoe_taxonomy,
)
from benchmarks.written_parts import write_part
from models_ml.reasons.agreement import find_pairs, measure_agreement
from models_ml.reasons.evaluation import compute_micro_f1
from models_ml.reasons.generating import generate_notes
from models_ml.reasons.labels import Label, as_notes, hash_text, settle_labels, split_by_lot
from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import NONE, Taxonomy, parse_taxonomy
from models_ml.reasons.training import train_model
from orchestration.reason_judging import judge_texts
from orchestration.reason_models import load_taxonomy
from orchestration.shop_reading import ReasonReader

CARD: Final = REPOSITORY / "models_ml" / "reasons" / "CARD.md"
SEED: Final = 20261130  # served no choice: the rule was chosen on splits and labels of others
HARM: Final = 0.01  # of micro-F1 over the held-out truth
BETTER: Final = 0.02  # from here on a challenger is better, and should be promoted
RETRAINS: Final = 200
SPLITS: Final = 4  # ways to divide each world into shop and truth; champions are trained once each
FEWEST_TRUTH: Final = 230
MOST_TRUTH: Final = 600
CHAMPION_LABELS: Final = (0, 60, 150)  # true ones, of the first texts that teach
TEACHING: Final = (60, 150, 300)
JUDGING: Final = (160, 200)
PRIOR: Final = 100  # texts without a label
SECOND_OPINIONS: Final = 0.1
# One after the other: how labels are spoilt, and how many of them.
SCENARIOS: Final = (
    ("clean", 0.0),
    ("noisy", 0.15),
    ("noisy", 0.35),
    ("noisy", 0.6),
    ("shifted teaching", 0.8),
    ("shifted shop", 0.8),
    ("adversary", 0.3),
    ("adversary", 0.6),
    ("adversary alone", 1.0),
    ("clean", 0.0),
    ("clean", 0.0),
)


@dataclass(frozen=True)
class World:
    """Texts with true labels, and the codes that they are in."""

    texts: tuple[LabelledText, ...]
    taxonomy: Taxonomy


@dataclass(frozen=True)
class Shop:
    """One split of a world: what a shop sees, and the truth that nobody sees."""

    teaching: tuple[LabelledText, ...]
    judging: tuple[LabelledText, ...]
    truth: tuple[LabelledText, ...]
    taxonomy: Taxonomy


def load_shoe_world(*, has_lexicon: bool) -> World:
    """Load reviews with a reason, as a return note has one.

    Without the lexicon the codes are a shop's own: its champion knows only what it was taught.
    """
    taxonomy = parse_taxonomy(write_shoe_taxonomy(has_lexicon=has_lexicon))
    reviews = (*load_shoes("train"), *load_shoes("dev"))
    return World(tuple(one for one in reviews if one.codes), taxonomy)


def load_counterfactual_world() -> World:
    """Load as many sentences with the one code as without."""
    sentences = load_counterfactuals("train")
    named = [one for one in sentences if one.codes]
    others = [one for one in sentences if not one.codes][: len(named)]
    drawn = random.Random(SEED).sample([*named, *others], min(1_200, 2 * len(named)))  # noqa: S311
    return World(tuple(drawn), parse_taxonomy("code\nCOUNTERFACTUAL\n"))


def load_generated_world() -> World:
    """Load notes that this project writes itself, in the shipped codes: anybody can run it."""
    notes = {note.text: note for note in generate_notes(SEED)}
    texts = [
        LabelledText(text, (note.codes or frozenset()) - {NONE}) for text, note in notes.items()
    ]
    drawn = random.Random(SEED).sample(sorted(texts, key=lambda one: one.text), 1_200)  # noqa: S311
    return World(tuple(drawn), load_taxonomy(None))


WORLDS: Final[Mapping[str, Callable[[], World]]] = {
    "shoe reviews, lexicon": partial(load_shoe_world, has_lexicon=True),
    "shoe reviews, own codes": partial(load_shoe_world, has_lexicon=False),
    "counterfactuals (Japanese)": load_counterfactual_world,
    "generated notes (both)": load_generated_world,
}
# Of ten retrains: reviews with several codes are the nearest to notes that there is.
TURNS: Final = (
    *("shoe reviews, own codes", "counterfactuals (Japanese)", "shoe reviews, lexicon"),
    *("shoe reviews, own codes", "shoe reviews, lexicon", "shoe reviews, own codes"),
    *("generated notes (both)", "counterfactuals (Japanese)", "shoe reviews, own codes"),
    "shoe reviews, lexicon",
)


@lru_cache(maxsize=len(WORLDS))
def _load_world(name: str) -> World:
    return WORLDS[name]()


@lru_cache(maxsize=SPLITS * len(WORLDS))
def _split_world(name: str, split: int) -> Shop:
    world = _load_world(name)
    drawn = random.Random(SEED + split).sample(list(world.texts), len(world.texts))  # noqa: S311
    truth = drawn[max(TEACHING) + max(JUDGING) :]
    if len(truth) < FEWEST_TRUTH:
        raise ValueError(f"{name} leaves {len(truth)} texts of truth, expected {FEWEST_TRUTH}")
    return Shop(
        teaching=tuple(drawn[: max(TEACHING)]),
        judging=tuple(drawn[max(TEACHING) : max(TEACHING) + max(JUDGING)]),
        truth=tuple(truth[:MOST_TRUTH]),
        taxonomy=world.taxonomy,
    )


@lru_cache(maxsize=SPLITS * len(WORLDS) * len(CHAMPION_LABELS))
def _train_champion(name: str, split: int, labels: int) -> tuple[ReasonModel, float]:
    """Train a champion on the true labels of the first texts; and measure its true F1."""
    shop = _split_world(name, split)
    taught = shop.teaching[:labels]
    notes = [LabelledNote(one.text, one.codes or frozenset({NONE})) for one in taught]
    prior = [LabelledNote(one.text, None) for one in shop.teaching[-PRIOR:]] if labels else []
    champion = train_model([*notes, *prior], taxonomy=shop.taxonomy, seed=SEED)
    return champion, measure_truth(champion, shop.truth)


def measure_truth(model: ReasonModel, truth: Sequence[LabelledText]) -> float:
    """Measure micro-F1 of what a model decides over true labels."""
    predicted = model.predict([one.text for one in truth])
    true = np.array([[code in one.codes for code in predicted.codes] for one in truth], dtype=bool)
    return compute_micro_f1(predicted.decided, true)


def spoil(
    codes: frozenset[str], *, scenario: str, rate: float, shop: Shop, rng: random.Random
) -> frozenset[str]:
    """Say what a labeller writes instead of the true codes."""
    if scenario == "noisy" and rng.random() < rate:
        return rng.choice(shop.teaching).codes
    if scenario.startswith("adversary"):
        known = shop.taxonomy.codes
        if len(known) == 1:
            return frozenset(known) - codes
        return frozenset(known[(known.index(code) + 1) % len(known)] for code in codes)
    return codes


def choose_texts(
    shop: Shop, *, scenario: str, rate: float, size: int, was_random: bool, rng: random.Random
) -> list[LabelledText]:
    """Choose texts to label; where the shop's goods have shifted, half of the codes crowd in."""
    pool = shop.judging if was_random else shop.teaching
    drawn = rng.sample(pool, len(pool))
    if scenario == "shifted shop" or (scenario == "shifted teaching" and not was_random):
        crowding = set(shop.taxonomy.codes[: max(1, len(shop.taxonomy.codes) // 2)])
        drawn.sort(key=lambda one: not (one.codes & crowding) and rng.random() < rate)
    return drawn[:size]


def write_labels(
    shop: Shop, *, scenario: str, rate: float, teaching: int, judging: int, rng: random.Random
) -> list[Label]:
    """Write the labels of a shop: two people, one in ten texts read by both."""
    labels = []
    for was_random, size in ((False, teaching), (True, judging)):
        chosen = choose_texts(
            shop, scenario=scenario, rate=rate, size=size, was_random=was_random, rng=rng
        )
        for one in chosen:
            is_bad = rng.random() < rate or scenario == "adversary alone"
            people = ("bad", "good") if is_bad else ("good", "bad")
            if not scenario.startswith("adversary"):
                people = ("one", "two")
            is_read_twice = rng.random() < SECOND_OPINIONS and scenario != "adversary alone"
            said = people if is_read_twice else people[:1]
            for number, annotator in enumerate(said):
                is_honest = annotator == "good"
                codes = one.codes
                if not is_honest:
                    codes = spoil(codes, scenario=scenario, rate=rate, shop=shop, rng=rng)
                labels.append(
                    _write_label(one.text, codes, annotator, number, was_random=was_random)
                )
    return labels


def _write_label(
    text: str, codes: frozenset[str], annotator: str, number: int, *, was_random: bool
) -> Label:
    return Label(
        text_hash=hash_text(text),
        annotator=annotator,
        labelled_at=f"2026-11-29T00:00:{number:02}Z",
        verdict="codes" if codes else "none",
        codes=tuple(sorted(codes)),
        direction="",
        zone="",
        text=text,
        model_version="",
        was_random=was_random,
        kind="person",
    )


def simulate_retrain(number: int) -> dict[str, Any]:
    """Retrain once, from labels to the gate, and look at the truth afterwards."""
    rng = random.Random(SEED + number)  # noqa: S311 - no secret
    name = TURNS[number % len(TURNS)]
    scenario, rate = SCENARIOS[(number // len(TURNS)) % len(SCENARIOS)]
    split, champion_labels = rng.randrange(SPLITS), rng.choice(CHAMPION_LABELS)
    shop = _split_world(name, split)
    champion, champion_truth = _train_champion(name, split, champion_labels)
    labels = write_labels(
        shop,
        scenario=scenario,
        rate=rate,
        teaching=rng.choice(TEACHING),
        judging=rng.choice(JUDGING),
        rng=rng,
    )
    teaching, judging = split_by_lot(settle_labels(labels, is_people_only=True))
    labelled = {label.text for label in labels}
    prior = [one.text for one in shop.teaching if one.text not in labelled][:PRIOR]
    challenger = train_model(
        [*as_notes(teaching), *(LabelledNote(text, None) for text in prior)],
        taxonomy=shop.taxonomy,
        seed=SEED,
    )
    verdict = judge_texts(
        challenger,
        champion=ReasonReader(shop.taxonomy, champion),
        judging=judging,
        agreement=measure_agreement(find_pairs(labels), decided={}),
        seed=SEED,
    ).verdict
    return {
        "number": number,
        "world": name,
        "scenario": scenario,
        "rate": rate,
        "champion_labels": champion_labels,
        "teaching": len(teaching),
        "judging": len(judging),
        "is_promoted": verdict.is_promoted,
        "reasons": list(verdict.reasons),
        "figures": verdict.figures,
        "champion_truth": champion_truth,
        "challenger_truth": measure_truth(challenger, shop.truth),
    }


def tabulate(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Set the simulated retrains as a table by scenario."""
    yield (
        "| labels | retrains | challenger better | promoted | … of the better | harmful "
        "| always promoting: harmful | worst fall if always |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    kinds = list(dict.fromkeys((row["scenario"], row["rate"]) for row in rows))
    for kind in kinds:
        chosen = [row for row in rows if (row["scenario"], row["rate"]) == kind]
        yield _tabulate_one(f"{kind[0]} {kind[1]:.2f}" if kind[1] else kind[0], chosen)
    yield _tabulate_one("all", rows)
    for world in WORLDS:
        yield _tabulate_one(world, [row for row in rows if row["world"] == world])


def _tabulate_one(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    gains = {row["number"]: row["challenger_truth"] - row["champion_truth"] for row in rows}
    promoted = [row["number"] for row in rows if row["is_promoted"]]
    better = [number for number, gain in gains.items() if gain > BETTER]
    harmful = [number for number in promoted if gains[number] < -HARM]
    would_harm = sum(gain < -HARM for gain in gains.values())
    worst = min(gains.values(), default=0.0)
    return (
        f"| {name} | {len(rows)} | {len(better)} | {len(promoted)} "
        f"| {len(set(better) & set(promoted))} | {len(harmful)} | {would_harm} | {worst:+.3f} |"
    )


def run(numbers: Sequence[int], *, rows_file: Path | None) -> list[dict[str, Any]]:
    """Simulate the retrains that a file of rows does not hold yet."""
    rows: dict[int, dict[str, Any]] = {}
    if rows_file is not None and rows_file.exists():
        lines = rows_file.read_text("utf-8").splitlines()
        rows = {row["number"]: row for row in map(json.loads, lines)}
    for number in numbers:
        if number in rows:
            continue
        rows[number] = simulate_retrain(number)
        if rows_file is not None:
            with rows_file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(rows[number]) + "\n")
    return [rows[number] for number in numbers]


def measure_gate() -> list[str]:
    """Simulate all retrains and set them as a table."""
    return list(tabulate(run(range(RETRAINS), rows_file=None)))


def main() -> None:
    """Simulate and write the card's part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retrains", type=int, default=RETRAINS)
    parser.add_argument("--rows", type=Path, help="results as JSON Lines; a run goes on after them")
    given = parser.parse_args()
    table = list(tabulate(run(range(given.retrains), rows_file=given.rows)))
    sys.stdout.write("\n".join(table) + "\n")
    command = f"python -m benchmarks.reasons_gate --retrains {given.retrains}"
    write_part(CARD, "gate", table, command=command)


if __name__ == "__main__":
    main()
