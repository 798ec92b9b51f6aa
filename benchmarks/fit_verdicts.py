"""What verdicts on fit are worth, on catalogues of the demo shop whose misfits are known.

``python -m benchmarks.fit_verdicts`` draws the demo's catalogue per seed, what each size sells, and
what comes back for which reason by the demo's own shares, and judges it like a shop. Landing, the
reading of notes and the development of returns are left out: every return is there, and its reason
is told. So this measures the statistics, not the whole way from a file to a page.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.fit_worlds import World, draw_world, sell, sum_lots, sum_segments, sum_sizes
from benchmarks.written_parts import write_part
from models_ml.fit.lots import estimate_lots
from models_ml.fit.patterns import BLOCK, GRADING, LARGE, LOT, SMALL, SWAP
from models_ml.fit.segments import estimate_segments, gather_hints
from models_ml.fit.verdicts import UNKNOWN, estimate_fit
from orchestration.demo.failing import build_failing_truth
from orchestration.demo.lots import build_lot_truth

CARD: Final = Path(__file__).parents[1] / "models_ml" / "fit" / "CARD.md"
PARTS: Final = ("planted",)
FIRST_SEED: Final = 4_000  # smaller seeds served to look at shops while the method was chosen
MANY: Final = 100  # deliveries to customers whom a style fails
MISFITS: Final = {-1: SMALL, 1: LARGE}
GIVEN: Final = (SMALL, LARGE, SWAP)


def measure(seed: int, *, lines: int) -> Counter[str]:
    """Count what verdicts, diagnoses, k and intervals are worth in one world."""
    world = draw_world(seed, lines=lines)
    rng = np.random.default_rng([seed, 78])
    sold = sell(world, units=world.units, rng=rng)
    evidence = sum_sizes(world, sold)
    customers = sum_segments(world, sold)
    segments = estimate_segments(customers)
    lots = estimate_lots(sum_lots(world, sold))
    found = estimate_fit(evidence, hints=gather_hints([segments.hints, lots.hints]))
    truth = read_truth(world)
    developed = evidence.groupby("style_id")["developed_count"].sum().rename("developed")
    rows = found.verdicts.join(truth, on="style_id").join(developed, on="style_id")
    told = count_verdicts(rows)
    told.update(count_intervals(evidence, found.sizes))
    told.update(count_lots(world, lots.lots))
    told.update(count_segments(world, customers, segments.segments))
    told.update(count_further(world, evidence, rows=rows, rng=rng))
    return told


def read_truth(world: World) -> pd.DataFrame:
    """Read what was planted, by style: the verdict and the diagnosis that are right."""
    catalogue = world.catalogue
    direction = np.where(catalogue.misfit != 0, catalogue.misfit, world.lots.direction)
    of_sizes = np.where(catalogue.misfit_from_size == 0, BLOCK, GRADING)
    return pd.DataFrame(
        {
            "true_verdict": [MISFITS.get(int(one), "") for one in direction],
            "true_diagnosis": np.where(world.lots.direction != 0, LOT, of_sizes),
        },
        index=catalogue.style_ids,
    )


def count_verdicts(rows: pd.DataFrame) -> Counter[str]:
    """Count verdicts that are given, right and due."""
    is_given = rows["verdict_code"].isin(GIVEN)
    is_right = is_given & (rows["verdict_code"] == rows["true_verdict"])
    is_misfit = rows["true_verdict"] != ""
    is_lot = rows["true_diagnosis"] == LOT
    is_due = is_misfit & ~is_lot & (rows["developed"] >= rows["needed_count"].astype(float))
    is_diagnosed = is_right & (rows["diagnosis_code"] == rows["true_diagnosis"])
    return Counter(
        styles=len(rows),
        misfits=int((is_misfit & ~is_lot).sum()),
        misfits_right=int((is_right & ~is_lot).sum()),
        bad_lots=int(is_lot.sum()),
        bad_lots_right=int((is_lot & is_diagnosed).sum()),
        given=int(is_given.sum()),
        right=int(is_right.sum()),
        due=int(is_due.sum()),
        found=int((is_due & is_right).sum()),
        diagnosed=int(is_diagnosed.sum()),
        open=int((rows["verdict_code"] == UNKNOWN).sum()),
    )


def count_intervals(evidence: pd.DataFrame, sizes: pd.DataFrame) -> Counter[str]:
    """Count sizes that can come back, and those whose true rate lies in its interval."""
    joined = evidence.merge(sizes, on=["style_id", "size_label"])
    # One size for all is never sent back for its size in the demo: no interval holds exactly 0.
    joined = joined[(joined["developed_count"] > 0) & (joined["true_units"] > 0)]
    rate = joined["true_units"] / joined["developed_count"]
    is_inside = (rate >= joined["low_rate"]) & (rate <= joined["high_rate"])
    return Counter(sizes=len(joined), inside=int(is_inside.sum()))


def count_lots(world: World, lots: pd.DataFrame) -> Counter[str]:
    """Count lots that are said not to fit, and rightly."""
    truth = build_lot_truth(world.catalogue, world.lots).to_pandas()
    rows = lots.merge(truth, how="left", on=["style_id", "lot_id"])
    is_given = rows["finding_code"].notna()
    is_right = is_given & (rows["finding_code"] == rows["direction"])
    return Counter(lots_given=int(is_given.sum()), lots_right=int(is_right.sum()))


def count_segments(world: World, evidence: pd.DataFrame, segments: pd.DataFrame) -> Counter[str]:
    """Count customers whom a style is said to fail, is rightly said to fail, and fails."""
    keys = ["style_id", "dimension_code", "segment_label"]
    truth = build_failing_truth(world.catalogue, world.failing).to_pandas()
    truth = truth.rename(columns={"dimension": "dimension_code", "value": "segment_label"})
    rows = segments.merge(truth, how="left", on=keys)
    rows = rows.merge(evidence, on=[*keys, "segment_kind_code"])
    is_given, is_failed = rows["finding_code"].notna(), rows["direction"].notna()
    is_right = is_given & (rows["finding_code"] == rows["direction"])
    is_many = is_failed & (rows["developed_count"] >= MANY)
    rate = rows["true_units"] / rows["developed_count"]
    is_inside = (rate >= rows["low_rate"]) & (rate <= rows["high_rate"])
    is_sold = rows["true_units"] > 0
    return Counter(
        segments_given=int(is_given.sum()),
        segments_right=int(is_right.sum()),
        segments_failed=len(truth),
        segments_many=int(is_many.sum()),
        segments_many_found=int((is_many & is_right).sum()),
        segment_rates=int(is_sold.sum()),
        segment_rates_inside=int((is_inside & is_sold).sum()),
    )


def count_further(
    world: World, evidence: pd.DataFrame, *, rows: pd.DataFrame, rng: np.random.Generator
) -> Counter[str]:
    """Deliver to open misfits what k asks for, and count those that are decided then."""
    is_whole = rows["true_diagnosis"] != LOT  # k is of styles that fail in every lot
    is_open = (rows["verdict_code"] == UNKNOWN) & (rows["true_verdict"] != "") & is_whole
    more = rows[is_open].set_index("style_id")["more_deliveries_count"].astype(float)
    style = pd.Series(np.array(world.catalogue.style_ids)[world.catalogue.sku_style])
    sold = pd.Series(world.units + 1e-9).groupby(style).transform("sum")
    units = np.ceil(world.units / sold * style.map(more).fillna(0.0)).to_numpy().astype(np.int64)
    further = sum_sizes(world, sell(world, units=units, rng=rng))
    keys = ["style_id", "size_label", "size_order", "category_name", "brand_name"]
    both = pd.concat([evidence, further]).groupby(keys, as_index=False).sum()
    verdicts = estimate_fit(both).verdicts.set_index("style_id")["verdict_code"]
    return Counter(
        open_misfits=len(more), decided_after=int(verdicts.loc[more.index].isin(GIVEN).sum())
    )


def write_rows(told: Counter[str], *, seeds: int, lines: int) -> list[str]:
    """Write what was counted as lines of Markdown."""

    def share(part: str, whole: str) -> str:
        if not told[whole]:
            return "–"
        return f"{100 * told[part] / told[whole]:.1f}% of {told[whole]:,}"

    return [
        f"| {seeds} catalogues, {lines:,} lines each | bar | measured |",
        "|---|---|---|",
        f"| verdicts that are right | ≥ 90% | {share('right', 'given')} |",
        f"| misfits found, of those delivered k times | ≥ 80% | {share('found', 'due')} |",
        f"| misfits found, of all | – | {share('misfits_right', 'misfits')} |",
        f"| open misfits decided after k more | ≥ 80% | {share('decided_after', 'open_misfits')} |",
        f"| right verdicts with the right diagnosis | ≥ 85% | {share('diagnosed', 'right')} |",
        f"| true rates of sizes in their interval | 93–97% | {share('inside', 'sizes')} |",
        f"| lots rightly said not to fit | ≥ 90% | {share('lots_right', 'lots_given')} |",
        f"| styles with a bad lot that get that diagnosis | – "
        f"| {share('bad_lots_right', 'bad_lots')} |",
        f"| customers rightly said to be failed | ≥ 90% "
        f"| {share('segments_right', 'segments_given')} |",
        f"| failed customers found, {MANY} deliveries or more | – "
        f"| {share('segments_many_found', 'segments_many')} |",
        f"| failed customers found, of all | – | {share('segments_right', 'segments_failed')} |",
        f"| true rates of customers in their interval | 93–97% "
        f"| {share('segment_rates_inside', 'segment_rates')} |",
        f"| styles without enough evidence | – | {share('open', 'styles')} |",
    ]


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_verdicts")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument(
        "--first-seed", type=int, help="look at these worlds and write nothing; below 4,000"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write."""
    chosen = parse_arguments(arguments)
    told: Counter[str] = Counter()
    started = time.perf_counter()
    first = FIRST_SEED if chosen.first_seed is None else chosen.first_seed
    for seed in range(first, first + chosen.seeds):
        told.update(measure(seed, lines=chosen.lines))
    rows = write_rows(told, seeds=chosen.seeds, lines=chosen.lines)
    command = f"python -m benchmarks.fit_verdicts --seeds {chosen.seeds} --lines {chosen.lines}"
    if chosen.first_seed is None:
        write_part(CARD, "planted", rows, command=command)
    seconds = time.perf_counter() - started
    sys.stdout.write("\n".join([*rows, f"{seconds:.0f} seconds", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
