"""A process that is killed at any moment: forked from one that has everything imported."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Stable:
    """Forks victims on demand; importing once makes hundreds of kills affordable.

    Attributes
    ----------
    orders : IO of str
        Takes the argument of the next victim.
    answers : IO of str
        Names its process, and says how it ended.
    """

    orders: IO[str]
    answers: IO[str]

    def kill_one(self, argument: str, *, after_seconds: float) -> bool:
        """Start a victim and kill it after a while.

        Parameters
        ----------
        argument : str
            Handed to the victim's ``main``; holds no newline.
        after_seconds : float

        Returns
        -------
        bool
            Whether it was killed; False when it had ended before.
        """
        self.orders.write(f"{argument}\n")
        self.orders.flush()
        pid = int(self.answers.readline())
        time.sleep(after_seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return int(self.answers.readline()) == -signal.SIGKILL

    def time_one(self, argument: str) -> float:
        """Let a victim live to its end; return its seconds."""
        started = time.monotonic()
        self.orders.write(f"{argument}\n")
        self.orders.flush()
        self.answers.readline()
        code = int(self.answers.readline())
        if code != 0:
            raise RuntimeError(f"the victim ended with {code}")
        return time.monotonic() - started


@contextlib.contextmanager
def open_stable(victim: str) -> Iterator[Stable]:
    """Start a stable for the victims of one module.

    Parameters
    ----------
    victim : str
        Module with ``main(argument: str) -> None``.

    Yields
    ------
    Stable
    """
    command = [sys.executable, "-m", "benchmarks.killing", victim]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the stable has no pipes")
        yield Stable(orders=process.stdin, answers=process.stdout)
        process.stdin.close()


def serve(victim: str) -> None:
    """Fork one victim per line of stdin, one at a time."""
    module = __import__(victim, fromlist=["main"])
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                module.main(line.rstrip("\n"))
                code = 0
            finally:
                os._exit(code)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(sys.argv[1])
