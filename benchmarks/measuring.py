"""Time a whole process: CPU seconds of it and its children, wall seconds, peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What a piece of work cost.

    Attributes
    ----------
    cpu_seconds : float
        User and system time, children included.
    wall_seconds : float
    peak_mb : float
        Largest resident set of a single process, in MiB.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


def measure_command(command: Sequence[str], *, environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end and return what it cost.

    Raises
    ------
    subprocess.CalledProcessError
        If the command fails: a failed run has no cost worth printing.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    stderr = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=stderr)
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def interleave(
    first: Callable[[], Cost], second: Callable[[], Cost], *, rounds: int
) -> tuple[list[Cost], list[Cost]]:
    """Run two pieces of work in turns, so that the machine's moods hit both."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        costs[0].append(first())
        costs[1].append(second())
    return costs


def median_cpu(costs: Sequence[Cost]) -> float:
    """Return the median CPU seconds."""
    return statistics.median(cost.cpu_seconds for cost in costs)


def median_wall(costs: Sequence[Cost]) -> float:
    """Return the median wall seconds."""
    return statistics.median(cost.wall_seconds for cost in costs)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank quantile of the values, share in [0, 1]."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
