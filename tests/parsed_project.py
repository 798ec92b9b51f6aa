"""What dbt parses is the same for every shop: parsed once in a session, and copied into others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.folder import ShopFolder
from orchestration.settings import build_child_environment
from tests.built_once import build_once

PARSE = "from orchestration.manifest import load_manifest; load_manifest()"


def copy_parsed_project(shop: Path, *, factory: pytest.TempPathFactory) -> None:
    """Put into a shop's target folder what a first run of another shop leaves there.

    Parameters
    ----------
    shop : Path
        A shop's folder, before its first run.
    factory : TempPathFactory
    """
    parsed = ShopFolder(build_once(factory, "parsed", _parse_project)).target
    target = ShopFolder(shop).target
    target.mkdir(parents=True, exist_ok=True)
    for name in ("partial_parse.msgpack", *(path.name for path in parsed.glob("parsed-*.json"))):
        (target / name).write_bytes((parsed / name).read_bytes())


def _parse_project(folder: Path) -> None:
    ShopFolder(folder).settings_file.touch()
    environment = build_child_environment(folder)
    subprocess.run([sys.executable, "-c", PARSE], env=environment, check=True)
