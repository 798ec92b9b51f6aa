"""A killed run leaves no dbt behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.settings import build_child_environment

PATIENCE_SECONDS = 5.0
PARENT = """
import os, subprocess, sys, time
from pathlib import Path
from orchestration.dbt_process import PROGRAM
from orchestration.manifest import PARSE, list_dbt_folders

command = [*PROGRAM, str(os.getpid()), *PARSE, *list_dbt_folders(Path(sys.argv[1]))]
child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
def test_dbt_dies_with_the_run_that_started_it(empty_shop: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(empty_shop)],
        stdout=subprocess.PIPE,
        text=True,
        env=build_child_environment(empty_shop),
    ) as parent:
        assert parent.stdout is not None
        dbt = int(parent.stdout.readline())
        time.sleep(1.0)
        assert is_alive(dbt)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_alive(dbt) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(dbt)
