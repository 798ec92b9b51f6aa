"""What the address check finds and mends in real addresses; writes the figures into its card.

``python -m benchmarks.addresses`` injects faults with a seed. Rules were written while looking at
the tune part alone; the check part is chosen by a hash and was never looked at.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.address_faults import (
    CHECK,
    DATA,
    TUNE,
    Case,
    choose_part,
    find_parts,
    iterate_cases,
    read_gazetteer,
    read_typed,
)
from benchmarks.written_parts import write_part
from models_ml.addresses import codes as said
from models_ml.addresses.checking import AddressCheck, check_address
from models_ml.addresses.postal_index import PostalIndex
from orchestration.postal_data import load_postal_table

CARD: Final = Path(__file__).parents[1] / "models_ml" / "addresses" / "CARD.md"
CONFIDENCE: Final = CARD.with_name("confidence.csv")
PARTS: Final = ("faults", "speed")
SEED: Final = 20261130
TYPED: Final = "untouched"
BARS: Final = {
    "postal": "detected ≥ 0.99, right ≥ 0.998",
    "prefecture": "detected ≥ 0.999",
    "city": "detected ≥ 0.999",
    "ward": "detected ≥ 0.999, right ≥ 0.998",
    "town": "right ≥ 0.96",
    "lot: left out": "detected ≥ 0.998",
    "lot: left out, a building stays": "detected ≥ 0.96",
    "lot: 1-2-3 cut to 1": "detected ≥ 0.93",
    "untouched": "held ≤ 0.0032",
}
HEADER: Final = (
    "| fault | part | n | detected | asked | corrected | of these right | bar |",
    "|---|---|---|---|---|---|---|---|",
)


def is_detected(check: AddressCheck) -> bool:
    """Whether anything but a note was said."""
    return check.lane in (said.ASK, said.CORRECT) or bool(set(check.codes) - said.INFORMATIVE)


def is_right(check: AddressCheck, case: Case) -> bool:
    """Whether the correction is what stood there before the fault, to the letter."""
    return (
        check.corrected_postal == case.right_postal
        and check.corrected_address == case.right_address
    )


class Tally:
    """Counts of one kind of fault in one part."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.right_by_code: Counter[str] = Counter()
        self.corrected_by_code: Counter[str] = Counter()
        self.misses: list[tuple[Case, AddressCheck]] = []

    def add(self, case: Case, check: AddressCheck) -> None:
        """Count one answer."""
        self.counts["n"] += 1
        self.counts["detected"] += is_detected(check)
        self.counts[check.lane] += 1
        right = check.lane == said.CORRECT and is_right(check, case)
        self.counts["right"] += right
        is_sound = case.kind == TYPED or case.kind.startswith("harmless")
        if check.lane == said.CORRECT and not is_sound:
            codes = said.CORRECTABLE.intersection(check.codes)
            self.corrected_by_code.update(codes)
            self.right_by_code.update(codes if right else ())
        if is_detected(check) == is_sound or (check.lane == said.CORRECT and not right):
            self.misses.append((case, check))

    def describe(self, kind: str, part: str) -> str:
        """Set one row of ``HEADER``."""
        n, corrected = self.counts["n"], self.counts[said.CORRECT]
        # What is wrong in an untouched address, nobody knows.
        is_judged = corrected and kind != TYPED
        share = f"{self.counts['right'] / corrected:.4f}" if is_judged else "–"
        bar = BARS.get(kind) or BARS.get(kind.partition(":")[0], "–")
        return (
            f"| {kind} | {part} | {n:,} | {self.counts['detected'] / n:.4f} "
            f"| {self.counts[said.ASK] / n:.4f} | {corrected:,} | {share} | {bar} |"
        )


def measure_faults(
    index: PostalIndex, typed: Sequence[tuple[str, str]], *, seed: int
) -> dict[tuple[str, str], Tally]:
    """Check untouched addresses and every fault, by kind and part."""
    gazetteer = read_gazetteer()
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for postal, address in typed:
        case = Case(TYPED, postal, address, postal, address)
        check = check_address(index, address, postal=postal)
        tallies[TYPED, choose_part(postal, address)].add(case, check)
    found = [(pair, find_parts(*pair, gazetteer)) for pair in typed]
    known = [real for _, real in found if real is not None]
    rng = random.Random(seed)  # noqa: S311
    for pair, real in found:
        if real is None:
            continue
        part = choose_part(*pair)
        for case in iterate_cases(real, known, gazetteer, rng):
            check = check_address(index, case.address, postal=case.postal)
            tallies[case.kind, part].add(case, check)
    return dict(tallies)


def measure_speed() -> list[str]:
    """Measure time and memory in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.address_speed", str(DATA)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return [
        "| what | figure | bar |",
        "|---|---|---|",
        f"| CPU per address | {found['mean_us']:.1f} µs | ≤ 20 µs |",
        f"| 99th percentile | {found['p99_us'] / 1e3:.3f} ms | < 0.1 ms |",
        f"| peak memory of the process, {found['addresses']:,} addresses "
        f"| {found['peak_mib']:.0f} MiB | ≤ 160 MB |",
    ]


def write_confidence(tallies: dict[tuple[str, str], Tally]) -> None:
    """Keep how often corrections of each code were right, in the tune part."""
    right: Counter[str] = Counter()
    corrected: Counter[str] = Counter()
    for (_, part), tally in tallies.items():
        if part == TUNE:
            right += tally.right_by_code
            corrected += tally.corrected_by_code
    rows = [f"{code},{right[code]},{count}" for code, count in sorted(corrected.items())]
    CONFIDENCE.write_text("\n".join(["code,right,corrected", *rows, ""]), encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", metavar="KIND", help="print misses of a kind, tune part only")
    options = parser.parse_args(arguments)
    index = PostalIndex(load_postal_table())
    speed = measure_speed()
    tallies = measure_faults(index, read_typed(), seed=options.seed)
    rows = [*HEADER]
    for kind, part in sorted(tallies, key=lambda pair: (pair[0], pair[1] == CHECK)):
        rows.append(tallies[kind, part].describe(kind, part))
    for line in (*speed, "", *rows):
        sys.stdout.write(f"{line}\n")
    if options.show:
        for case, check in tallies[options.show, TUNE].misses[:40]:
            sys.stdout.write(f"{case.postal} {case.address} ({case.right_postal}) {check}\n")
        return
    write_confidence(tallies)
    command = "python -m benchmarks.addresses"
    write_part(CARD, "speed", speed, command=command)
    write_part(CARD, "faults", rows, command=command)


if __name__ == "__main__":
    main()
