"""``make proof``: what Kaeru claims to know, against planted truth and a real shop's second half.

Writes docs/PROOF.md, all of it or single parts; what the rates are worth stands in their card too.
It takes hours with 20 shops per scenario, each kept as soon as it is built: a proof that was
interrupted goes on where it stopped.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.proof_bads import measure_small_skus
from benchmarks.proof_cash import measure_cash
from benchmarks.proof_development import LINES, compare_jobs, measure_development
from benchmarks.proof_rates import measure_changes, measure_rates
from benchmarks.written_parts import write_part
from orchestration.demo.calendar import SCENARIOS

DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "PROOF.md"
CARD: Final = Path(__file__).parents[1] / "models_ml" / "rates" / "CARD.md"
KEPT: Final = Path(tempfile.gettempdir()) / "kaeru-proof"
CASH_LINES: Final = 1_000_000  # order lines of a shop whose money is forecast
Measure: TypeAlias = Callable[[argparse.Namespace], list[str]]


def measure_job_development(chosen: argparse.Namespace) -> list[str]:
    """Measure the developed rates of the job's own models and statistics."""
    return measure_development(
        kept=chosen.kept, lines=chosen.lines, seeds=chosen.seeds, scenarios=SCENARIOS
    )


def compare_whole_jobs(chosen: argparse.Namespace) -> list[str]:
    """Run the whole job on a shop of each scenario and compare its worklist."""
    return compare_jobs(kept=chosen.kept, lines=chosen.lines, scenarios=SCENARIOS)


def measure_job_cash(chosen: argparse.Namespace) -> list[str]:
    """Measure what the job's own models said of money at past days, on larger shops."""
    return measure_cash(
        kept=chosen.kept,
        lines=chosen.cash_lines,
        seeds=range(1, chosen.cash_seeds + 1),
        scenarios=chosen.cash_scenarios,
    )


PARTS: Final[dict[str, Measure]] = {
    "development": measure_job_development,
    "jobs": compare_whole_jobs,
    "worlds": lambda chosen: measure_rates(chosen.worlds),
    "changes": lambda chosen: measure_changes(chosen.worlds),
    "small": lambda _: measure_small_skus(),
    "cash": measure_job_cash,
}
ON_CARD: Final = ("worlds", "changes", "small")
# What a part depends on, to be said in its command.
FLAGS: Final = {
    "development": ("lines", "seeds"),
    "jobs": ("lines",),
    "worlds": ("worlds",),
    "changes": ("worlds",),
    "small": (),
    "cash": ("cash_lines", "cash_seeds", "cash_scenarios"),
}


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; ``kept`` is a folder outside the repository."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder that keeps the shops")
    parser.add_argument("--lines", type=int, default=LINES, help="order lines of a demo shop")
    parser.add_argument("--seeds", type=int, default=20, help="demo shops per scenario")
    parser.add_argument("--worlds", type=int, default=20, help="simulated shops per world")
    parser.add_argument("--cash-lines", type=int, default=CASH_LINES)
    parser.add_argument("--cash-seeds", type=int, default=1, help="such shops per scenario")
    parser.add_argument("--cash-scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    return parser.parse_args(arguments)


def describe_command(part: str, chosen: argparse.Namespace) -> str:
    """Write the command that writes a part again."""
    given = vars(chosen)
    flags = "".join(
        f" --{name.replace('_', '-')} "
        + (" ".join(given[name]) if isinstance(given[name], list) else f"{given[name]}")
        for name in FLAGS[part]
    )
    return f"python -m benchmarks.proof --parts {part}{flags}"


def main() -> None:
    chosen = parse_arguments()
    for part in chosen.parts:
        rows = PARTS[part](chosen)
        for document in (DOCUMENT, CARD) if part in ON_CARD else (DOCUMENT,):
            write_part(document, part, rows, command=describe_command(part, chosen))


if __name__ == "__main__":
    main()
