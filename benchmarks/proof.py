"""``make proof``: what Kaeru claims to know, against planted truth and a real shop's second half.

Writes docs/PROOF.md. It takes hours with 20 shops per scenario: ``--seeds`` makes it shorter, and
the document says how many there were.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.bench import describe_machine
from benchmarks.proof_bads import measure_small_skus
from benchmarks.proof_development import SCENARIOS, measure_development
from benchmarks.proof_rates import measure_changes, measure_rates

DOCUMENT = Path(__file__).parents[1] / "docs" / "PROOF.md"


def write_document(parts: dict[str, list[str]], *, command: str) -> None:
    """Write every table under its heading."""
    lines = ["# What is proven", "", f"Written by `{command}`; {describe_machine()}.", ""]
    for heading, rows in parts.items():
        lines += [f"## {heading}", "", *rows, ""]
    DOCUMENT.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000, help="order lines of a demo shop")
    parser.add_argument("--seeds", type=int, default=20, help="demo shops per scenario")
    parser.add_argument("--worlds", type=int, default=20, help="simulated shops per world")
    chosen = parser.parse_args()
    whole_job = measure_development(
        lines=chosen.lines, seeds=chosen.seeds, scenarios=list(SCENARIOS)
    )
    parts = {
        f"Whole job on synthetic shops of {chosen.lines:,} order lines": whole_job,
        "Rates in simulated worlds": measure_rates(chosen.worlds),
        "Changes in simulated worlds": measure_changes(chosen.worlds),
        "Small SKUs of a real shop, second half against the first": measure_small_skus(),
    }
    flags = f"--lines {chosen.lines} --seeds {chosen.seeds} --worlds {chosen.worlds}"
    write_document(parts, command=f"python -m benchmarks.proof {flags}")


if __name__ == "__main__":
    main()
