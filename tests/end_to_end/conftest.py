"""A shop as its user has it: a folder and the ``kaeru`` command, nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

REPOSITORY = Path(__file__).parents[2]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"


@dataclass(frozen=True)
class Shop:
    """A shop's folder and the command that works on it."""

    folder: Path

    def call(self, *arguments: str, expect: int = 0, with_shop: bool = True) -> str:
        """Run ``kaeru ARGUMENTS --shop FOLDER`` and return its stdout."""
        kaeru = Path(sys.executable).with_name("kaeru")
        flags = ["--shop", str(self.folder)] if with_shop else []
        done = subprocess.run(
            [str(kaeru), *arguments, *flags],
            capture_output=True,
            text=True,
            check=False,
            env={k: v for k, v in os.environ.items() if not k.startswith("KAERU_")},
        )
        assert done.returncode == expect, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def call_json(self, *arguments: str, expect: int = 0) -> Any:
        return json.loads(self.call(*arguments, expect=expect))

    def read_mart(self, name: str) -> pd.DataFrame:
        """Read a mart from the published file, opened alone."""
        pointer = json.loads((self.folder / "data/serving/current.json").read_text("utf-8"))
        path = self.folder / "data" / "serving" / pointer["file"]
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.table(f"marts.{name}").df()


def make_shop(folder: Path, *flags: str) -> Shop:
    kaeru = Path(sys.executable).with_name("kaeru")
    subprocess.run([str(kaeru), "init", str(folder), *flags], check=True, capture_output=True)
    return Shop(folder)


def require_shared(*parts: str) -> Path:
    path = SHARED_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real data are not here: shared/data/{'/'.join(parts)}")
    return path
