"""Actions on products against what was planted: ``python -m benchmarks.fit_actions``.

Two parts of ``models_ml/actions/CARD.md``. Worlds: categories in which one style is acted on
without effect, in good luck and bad, and in which a fault is removed. Demo: catalogues of the demo
shop with its own actions, drawn without files and a database: styles sell and come back week by
week as its orders would, and the evidence is laid out as the marts do.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.action_worlds import HISTORY_WEEKS, WORLDS, World, draw_action
from benchmarks.written_parts import write_part
from models_ml.actions.evidence import WEEKS
from models_ml.actions.verdicts import WORKED, judge_action, judge_actions
from orchestration.demo.calendar import DEFAULT_UNTIL, build_calendar
from orchestration.demo.catalogue import Catalogue, build_catalogue
from orchestration.demo.fixing import PlantedAction, find_fixed_rates, list_actions

CARD: Final = Path(__file__).parents[1] / "models_ml" / "actions" / "CARD.md"
PARTS: Final = ("worlds", "demo")
FIRST_SEED: Final = 20_000  # smaller seeds served to look at worlds while the method was chosen
FAULT: Final = 0.8  # of the rate of the category: what the fault adds until it is removed
DAYS: Final = 730
JUDGED: Final = 40  # days before the last one: what took effect later is not judged here
ENOUGH: Final = 12  # styles that sell, for a narrower reach of controls
POWERFUL: Final = 1.43  # half widths of an interval that four of five effects of this size leave
PRICES: Final = (2 / 3, 3 / 2)


def measure_world(world: World, *, seeds: int) -> Counter[str]:
    """Count verdicts on actions without effect, and on removed faults."""
    told: Counter[str] = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        idle, _ = judge_action(draw_action(world, fault=0.0, rng=np.random.default_rng([seed, 1])))
        fixed, _ = judge_action(
            draw_action(world, fault=FAULT * world.rate, rng=np.random.default_rng([seed, 2]))
        )
        told.update(
            idle=1,
            false=idle["verdict_code"] == WORKED,
            known="low_rate" in idle,
            covered="low_rate" in idle and idle["low_rate"] <= 0 <= idle["high_rate"],
            fixed=1,
            found=fixed["verdict_code"] == WORKED,
        )
    return told


def write_worlds(told: dict[str, Counter[str]], *, seeds: int) -> list[str]:
    """Write what was counted in worlds as lines of Markdown."""
    total = sum(told.values(), Counter())
    rows = [
        f"| {seeds} actions without effect and {seeds} removed faults each | said to have worked "
        "| no effect within the interval | removed faults found |",
        "|---|---|---|---|",
    ]
    for name, counts in [*told.items(), ("all", total)]:
        rows.append(
            f"| {name} | {_share(counts, 'false', 'idle')} | {_share(counts, 'covered', 'known')} "
            f"| {_share(counts, 'found', 'fixed')} |"
        )
    return rows


def measure_demo(seed: int, *, lines: int) -> Counter[str]:
    """Count the verdicts on the actions of one catalogue of the demo shop."""
    catalogue = build_catalogue(lines, seed=seed)
    calendar = build_calendar(DEFAULT_UNTIL, scenario="flat")
    actions = [
        one
        for one in list_actions(calendar, catalogue)
        if (calendar.until - one.effective_from).days > JUDGED
    ]
    rng = np.random.default_rng([seed, 79])
    weeks = pd.concat(
        [
            draw_weeks(catalogue, actions, action=place, lines=lines, rng=rng)
            for place in range(len(actions))
        ]
    )
    found = judge_actions(weeks).actions.set_index("action_id")
    told: Counter[str] = Counter()
    for place, one in enumerate(actions):
        if str(place) not in found.index:
            told.update(unsold=1)
            continue
        row = found.loc[str(place)]
        effect = find_effect(catalogue, one.style)
        is_worked = row["verdict_code"] == WORKED
        if not one.is_effective:
            told.update(idle=1, false=is_worked)
            continue
        is_due = bool(row["detectable_rate"] * POWERFUL <= effect)
        told.update(fixed=1, found=is_worked, due=is_due, found_due=is_due and is_worked)
    return told


def find_effect(catalogue: Catalogue, style: int) -> float:
    """Find by how much the planted action lowers the rate of a style."""
    rows = catalogue.sku_style == style
    before, after = catalogue.true_rate[rows], find_fixed_rates(catalogue)[rows]
    weight = weigh_skus(catalogue)[rows]
    return float(((before - after) * weight).sum() / weight.sum())


def weigh_skus(catalogue: Catalogue) -> np.ndarray:
    """Weigh SKUs by how often they sell: sizes in the middle and the first colours most."""
    count = catalogue.size_count[catalogue.sku_style]
    place = (catalogue.sku_size + 0.5) / count
    size = np.exp(-0.5 * ((place - 0.48) / 0.24) ** 2)
    colour = 1.0 / (1.0 + catalogue.sku_colour)
    weight = size * colour
    total = np.bincount(catalogue.sku_style, weight, len(catalogue.style_ids))
    popularity = catalogue.popularity / catalogue.popularity.sum()
    return weight / total[catalogue.sku_style] * popularity[catalogue.sku_style]


def draw_weeks(
    catalogue: Catalogue,
    actions: Sequence[PlantedAction],
    *,
    action: int,
    lines: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw what is delivered and comes back around one action, and lay it out as evidence."""
    one = actions[action]
    styles = choose_styles(catalogue, actions, action=action, lines=lines)
    rows = np.flatnonzero(np.isin(catalogue.sku_style, styles))
    sold = weigh_skus(catalogue)[rows] * lines * 7 / DAYS
    spans = {None: HISTORY_WEEKS, **dict.fromkeys(range(-WEEKS, WEEKS), 1)}
    fixed = find_fixed_rates(catalogue)[rows]
    frames = []
    for week, span in spans.items():
        is_fixed = one.is_effective and week is not None and week >= 0
        is_acted = catalogue.sku_style[rows] == one.style
        rate = np.where(is_fixed & is_acted, fixed, catalogue.true_rate[rows])
        delivered = rng.poisson(sold * span)
        frames.append(
            pd.DataFrame(
                {
                    "style_id": catalogue.sku_style[rows],
                    "week_number": week,
                    "delivered_count": delivered,
                    "developed_count": delivered.astype(float),
                    "returned_count": rng.binomial(delivered, rate),
                }
            )
        )
    weeks = pd.concat(frames).astype({"week_number": "Int64"})
    sums = weeks.groupby(["style_id", "week_number"], dropna=False, as_index=False).sum()
    return sums.assign(
        action_id=str(action),
        is_acted=sums["style_id"] == one.style,
        is_due=True,
        style_id=sums["style_id"].astype(str),
    )


def choose_styles(
    catalogue: Catalogue, actions: Sequence[PlantedAction], *, action: int, lines: int
) -> list[int]:
    """Choose the styles that the marts lay beside an action: like it, and not acted on."""
    one = actions[action]
    near = {
        other.style
        for other in actions
        if abs((other.effective_from - one.effective_from).days) <= 7 * WEEKS
    }
    count = len(catalogue.style_ids)
    is_free = ~np.isin(np.arange(count), list(near))
    sold = catalogue.popularity / catalogue.popularity.sum() * lines * 7 * WEEKS / DAYS
    is_category = catalogue.category == catalogue.category[one.style]
    price = catalogue.list_price / catalogue.list_price[one.style]
    is_price = is_category & (price >= PRICES[0]) & (price <= PRICES[1])
    for is_like in (is_price, is_category, np.ones(count, bool)):
        chosen = np.flatnonzero(is_free & is_like)
        if (sold[chosen] >= ENOUGH).sum() >= ENOUGH:
            break
    best = chosen[np.argsort(-sold[chosen], kind="stable")][:200]
    return [one.style, *(int(style) for style in best)]


def write_demo(told: Counter[str], *, seeds: int, lines: int) -> list[str]:
    """Write what was counted in catalogues as lines of Markdown."""
    return [
        f"| {seeds} catalogues of the demo shop, {lines:,} lines each | bar | measured |",
        "|---|---|---|",
        f"| actions without effect that are said to have worked | ≤ 5% "
        f"| {_share(told, 'false', 'idle')} |",
        f"| planted fixes found, of those large enough for their interval | ≥ 80% "
        f"| {_share(told, 'found_due', 'due')} |",
        f"| planted fixes found, of all | – | {_share(told, 'found', 'fixed')} |",
    ]


def _share(told: Counter[str], part: str, whole: str) -> str:
    return f"{100 * told[part] / told[whole]:.1f}% of {told[whole]:,}" if told[whole] else "–"


def list_worlds(seeds: int) -> Iterator[tuple[str, Counter[str]]]:
    """Measure every world."""
    for world in WORLDS:
        yield world.name, measure_world(world, seeds=seeds)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_actions")
    parser.add_argument("--seeds", type=int, default=400)
    parser.add_argument("--catalogues", type=int, default=4)
    parser.add_argument("--lines", type=int, default=10_000_000)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write."""
    chosen = parse_arguments(arguments)
    started = time.perf_counter()
    worlds = write_worlds(dict(list_worlds(chosen.seeds)), seeds=chosen.seeds)
    told: Counter[str] = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + chosen.catalogues):
        told.update(measure_demo(seed, lines=chosen.lines))
    demo = write_demo(told, seeds=chosen.catalogues, lines=chosen.lines)
    command = (
        f"python -m benchmarks.fit_actions --seeds {chosen.seeds} "
        f"--catalogues {chosen.catalogues} --lines {chosen.lines}"
    )
    write_part(CARD, "worlds", worlds, command=command)
    write_part(CARD, "demo", demo, command=command)
    seconds = time.perf_counter() - started
    sys.stdout.write("\n".join([*worlds, "", *demo, f"{seconds:.0f} seconds", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
