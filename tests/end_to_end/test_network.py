"""Runtime needs no network, and nothing phones home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.dbt]


def can_unshare() -> bool:
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    return (
        subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not can_unshare(), reason="no right to make a network namespace here")
def test_a_whole_run_succeeds_without_a_network(tmp_path: Path) -> None:
    kaeru = Path(sys.executable).with_name("kaeru")
    shop = tmp_path / "shop"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAERU_")}
    unshare = str(shutil.which("unshare"))
    for command in (
        ["demo", str(shop), "--lines", "500", "--seed", "1"],
        ["run", "--shop", str(shop)],
    ):
        done = subprocess.run(
            [unshare, "-rn", str(kaeru), *command],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
    assert (shop / "data/serving/current.json").exists()
