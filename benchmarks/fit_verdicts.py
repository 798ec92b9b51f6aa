"""What verdicts on fit are worth, on catalogues of the demo shop whose misfits are known.

``python -m benchmarks.fit_verdicts`` draws the demo's catalogue per seed, what each size sells, and
what comes back for which reason by the demo's own shares, and judges it like a shop. Landing, the
reading of notes and the development of returns are left out: every return is there, and its reason
is told. So this measures the statistics, not the whole way from a file to a page.

``--buyers`` sells the same catalogues to customers with a usual size, some styles off it, and
judges the same sales without and with what is expected of these customers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.fit_buyers import draw_buyers, sell_to_buyers
from benchmarks.fit_counts import (
    GIVEN,
    MANY,
    count_intervals,
    count_lots,
    count_segments,
    count_verdicts,
    read_truth,
)
from benchmarks.fit_worlds import (
    Sold,
    World,
    draw_world,
    sell,
    sum_lots,
    sum_segments,
    sum_sizes,
)
from benchmarks.written_parts import write_part
from models_ml.fit.lots import estimate_lots
from models_ml.fit.outcome_expectations import expect_outcomes
from models_ml.fit.patterns import LOT
from models_ml.fit.segments import estimate_segments, gather_hints
from models_ml.fit.verdicts import UNKNOWN, estimate_fit

CARD: Final = Path(__file__).parents[1] / "models_ml" / "fit" / "CARD.md"
PARTS: Final = ("planted", "buyers")
FIRST_SEED: Final = 4_000  # smaller seeds served to look at shops while the method was chosen
# Words, bar, and what is divided by what.
ROWS: Final = (
    ("verdicts that are right", "≥ 90%", "right", "given"),
    ("misfits found, of those delivered k times", "≥ 80%", "found", "due"),
    ("misfits found, of all", "–", "misfits_right", "misfits"),
    ("open misfits decided after k more", "≥ 80%", "decided_after", "open_misfits"),
    ("right verdicts with the right diagnosis", "≥ 85%", "diagnosed", "right"),
    ("true rates of sizes in their interval", "93–97%", "inside", "sizes"),
    ("lots rightly said not to fit", "≥ 90%", "lots_right", "lots_given"),
    ("styles with a bad lot that get that diagnosis", "–", "bad_lots_right", "bad_lots"),
    ("customers rightly said to be failed", "≥ 90%", "segments_right", "segments_given"),
    (
        *(f"failed customers found, {MANY} deliveries or more", "–"),
        *("segments_many_found", "segments_many"),
    ),
    ("failed customers found, of all", "–", "segments_right", "segments_failed"),
    (
        *("true rates of customers in their interval", "93–97%"),
        *("segment_rates_inside", "segment_rates"),
    ),
    ("styles without enough evidence", "–", "open", "styles"),
)
BUYER_ROWS: Final = (
    ("styles that fit and are bought off the usual size, said not to fit", "–", "off_given", "off"),
    ("misfits bought in the size that fits, found", "–", "known_right", "known"),
)


def measure(seed: int, *, lines: int) -> Counter[str]:
    """Count what verdicts, diagnoses, k and intervals are worth in one world."""
    world = draw_world(seed, lines=lines)
    rng = np.random.default_rng([seed, 78])

    def sell_more(units: np.ndarray) -> Sold:
        return sell(world, units=units, rng=rng)

    return judge(world, sell_more(world.units), truth=read_truth(world), sell_more=sell_more)


def measure_buyers(seed: int, *, lines: int) -> tuple[Counter[str], Counter[str]]:
    """Count in one world with customers, without and with what is expected of them."""
    world = draw_world(seed, lines=lines)
    buyers = draw_buyers(world, lines=lines, seed=seed)
    rng = np.random.default_rng([seed, 80])
    sold, outcomes = sell_to_buyers(world, buyers, units=world.units, rng=rng)
    expected = expect_outcomes(outcomes, sum_sizes(world, sold))

    def sell_more(units: np.ndarray) -> Sold:
        further = np.random.default_rng([seed, 81])
        return sell_to_buyers(world, buyers, units=units, rng=further)[0]

    truth = read_truth(world, buyers)
    return (
        judge(world, sold, truth=truth, sell_more=sell_more),
        judge(world, sold, truth=truth, sell_more=sell_more, expected=expected),
    )


def judge(
    world: World,
    sold: Sold,
    *,
    truth: pd.DataFrame,
    sell_more: Callable[[np.ndarray], Sold],
    expected: pd.DataFrame | None = None,
) -> Counter[str]:
    """Judge what was sold like a shop, and count what that is worth."""
    evidence = sum_sizes(world, sold)
    customers = sum_segments(world, sold)
    segments = estimate_segments(customers)
    lots = estimate_lots(sum_lots(world, sold))
    hints = gather_hints([segments.hints, lots.hints])
    found = estimate_fit(evidence, hints=hints, buyers=expected)
    developed = evidence.groupby("style_id")["developed_count"].sum().rename("developed")
    rows = found.verdicts.join(truth, on="style_id").join(developed, on="style_id")
    told = count_verdicts(rows)
    told.update(count_intervals(evidence, found.sizes))
    told.update(count_lots(world, lots.lots))
    told.update(count_segments(world, customers, segments.segments))
    told.update(count_further(world, evidence, rows=rows, sell_more=sell_more, expected=expected))
    return told


def count_further(
    world: World,
    evidence: pd.DataFrame,
    *,
    rows: pd.DataFrame,
    sell_more: Callable[[np.ndarray], Sold],
    expected: pd.DataFrame | None,
) -> Counter[str]:
    """Deliver to open misfits what k asks for, and count those that are decided then."""
    is_whole = rows["true_diagnosis"] != LOT  # k is of styles that fail in every lot
    is_open = (rows["verdict_code"] == UNKNOWN) & (rows["true_verdict"] != "") & is_whole
    more = rows[is_open].set_index("style_id")["more_deliveries_count"].astype(float)
    style = pd.Series(np.array(world.catalogue.style_ids)[world.catalogue.sku_style])
    sold = pd.Series(world.units + 1e-9).groupby(style).transform("sum")
    units = np.ceil(world.units / sold * style.map(more).fillna(0.0)).to_numpy().astype(np.int64)
    further = sum_sizes(world, sell_more(units))
    keys = ["style_id", "size_label", "size_order", "category_name", "brand_name"]
    both = pd.concat([evidence, further]).groupby(keys, as_index=False).sum()
    verdicts = estimate_fit(both, buyers=expected).verdicts.set_index("style_id")["verdict_code"]
    return Counter(
        open_misfits=len(more), decided_after=int(verdicts.loc[more.index].isin(GIVEN).sum())
    )


def write_rows(
    told: Sequence[Counter[str]],
    *,
    heads: Sequence[str],
    title: str,
    more: Sequence[tuple[str, str, str, str]] = (),
) -> list[str]:
    """Write what was counted as lines of Markdown, a column each."""
    return [
        f"| {title} | bar | {' | '.join(heads)} |",
        "|---" * (2 + len(told)) + "|",
        *(
            f"| {words} | {bar} | {' | '.join(write_share(one, part, whole) for one in told)} |"
            for words, bar, part, whole in (*ROWS, *more)
        ),
    ]


def write_share(told: Counter[str], part: str, whole: str) -> str:
    """Write a share of a count."""
    return f"{100 * told[part] / told[whole]:.1f}% of {told[whole]:,}" if told[whole] else "–"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_verdicts")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument(
        "--first-seed", type=int, help="look at these worlds and write nothing; below 4,000"
    )
    parser.add_argument(
        "--buyers",
        action="store_true",
        help="worlds whose customers have a usual size, without and with what is expected of them",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write."""
    chosen = parse_arguments(arguments)
    told = [Counter[str](), Counter[str]()] if chosen.buyers else [Counter[str]()]
    started = time.perf_counter()
    first = FIRST_SEED if chosen.first_seed is None else chosen.first_seed
    for seed in range(first, first + chosen.seeds):
        found = (
            measure_buyers(seed, lines=chosen.lines)
            if chosen.buyers
            else (measure(seed, lines=chosen.lines),)
        )
        for one, its in zip(told, found, strict=True):
            one.update(its)
    title = f"{chosen.seeds} catalogues, {chosen.lines:,} lines each"
    heads = ("without", "with") if chosen.buyers else ("measured",)
    more = BUYER_ROWS if chosen.buyers else ()
    rows = write_rows(told, heads=heads, title=title, more=more)
    command = f"python -m benchmarks.fit_verdicts --seeds {chosen.seeds} --lines {chosen.lines}"
    if chosen.first_seed is None:
        part = "buyers" if chosen.buyers else "planted"
        write_part(CARD, part, rows, command=command + " --buyers" * chosen.buyers)
    seconds = time.perf_counter() - started
    sys.stdout.write("\n".join([*rows, f"{seconds:.0f} seconds", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
