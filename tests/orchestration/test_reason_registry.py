"""The registry: a champion moves in one step, a killed retraining leaves the old one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.folder import ShopFolder
from orchestration.reason_registry import (
    DAY_ONE,
    KEPT_CHALLENGERS,
    Champion,
    list_models,
    promote,
    read_champion,
    register_model,
    remove_old_challengers,
    roll_back,
)
from orchestration.wording import KaeruError
from tests.orchestration.small_shops import make_small_shop

FILES = {"model.skops": b"m" * 1000, "card.json": b"{}"}
# Writes and promotes models for ever, and dies of what happens to it.
PROMOTER = """
import sys
from pathlib import Path
from orchestration.reason_registry import promote, register_model
shop = Path(sys.argv[1])
files = {f"part-{n}": bytes([65 + n]) * 200_000 for n in range(8)}
print("begun", flush=True)
for number in range(100_000):
    promote(shop, register_model(shop, files, version=f"{number:012}"))
"""
KILLS = 12


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def test_the_first_champion_is_the_reading_of_the_first_day(shop: Path) -> None:
    assert read_champion(shop) == Champion(name=DAY_ONE)
    assert [one["state"] for one in list_models(shop)] == ["champion"]


def test_rolling_back_goes_one_further_each_time(shop: Path) -> None:
    names = [register_model(shop, FILES, version=f"v{number}") for number in range(2)]
    for name in names:
        promote(shop, name)
    assert read_champion(shop).before == (DAY_ONE, names[0])
    assert roll_back(shop).name == names[0]
    assert roll_back(shop).name == DAY_ONE
    assert read_champion(shop).withdrawn == ("v1", "v0")
    with pytest.raises(KaeruError, match="no model before"):
        roll_back(shop)


def test_only_the_newest_challengers_are_kept_and_no_champion_goes(shop: Path) -> None:
    first = register_model(shop, FILES, version="first")
    promote(shop, first)
    promote(shop, register_model(shop, FILES, version="second"))
    for number in range(KEPT_CHALLENGERS + 3):
        register_model(shop, FILES, version=f"c{number:02}")
    remove_old_challengers(shop)
    models = list_models(shop)
    assert [one["state"] for one in models].count("challenger") == KEPT_CHALLENGERS
    assert first in [one["name"] for one in models]


def test_a_broken_pointer_says_the_way_out(shop: Path) -> None:
    promote(shop, register_model(shop, FILES, version="first"))
    ShopFolder(shop).champion.write_text("{", encoding="utf-8")
    with pytest.raises(KaeruError, match="reads as on its first day"):
        read_champion(shop)


def test_a_killed_promotion_leaves_one_whole_champion(shop: Path) -> None:
    seen = set()
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", PROMOTER, str(shop)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(timeout=0.02 + 0.03 * kill)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
        champion = read_champion(shop)
        seen.add(champion.name)
        if champion.name != DAY_ONE:
            folder = ShopFolder(shop).reason_models / champion.name
            parts = sorted(folder.iterdir())
            assert [path.stat().st_size for path in parts] == [200_000] * 8
        assert champion.name in {one["name"] for one in list_models(shop)}
    assert len(seen) > 1
    remove_old_challengers(shop)
    assert list(ShopFolder(shop).reason_models.glob(".*-*")) == []
