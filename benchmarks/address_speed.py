"""What checking costs: run as a process of its own, so that its memory is nobody else's.

``python -m benchmarks.address_speed FILE`` answers one JSON document.
"""

from __future__ import annotations

import csv
import gzip
import json
import resource
import sys
import time
from pathlib import Path

from models_ml.addresses.checking import check_address
from models_ml.addresses.postal_index import PostalIndex
from orchestration.postal_data import load_postal_table


def measure(path: Path) -> dict[str, float]:
    """Check every address of a file three times: to read its towns, in one go, and each alone."""
    index = PostalIndex(load_postal_table())
    with gzip.open(path, "rt", encoding="utf-8") as file:
        typed = [(row["postal"], row["address"]) for row in csv.DictReader(file)]
    for postal, address in typed:
        check_address(index, address, postal=postal)
    started = time.process_time()
    for postal, address in typed:
        check_address(index, address, postal=postal)
    mean = (time.process_time() - started) / len(typed)
    times = []
    for postal, address in typed:
        begun = time.perf_counter_ns()
        check_address(index, address, postal=postal)
        times.append(time.perf_counter_ns() - begun)
    times.sort()
    return {
        "addresses": len(typed),
        "mean_us": mean * 1e6,
        "p99_us": times[len(times) * 99 // 100] / 1e3,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))
