"""A retraining that is killed at any step of its writing: what reads stays, the next one works."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models_ml.reasons.model import ReasonModel
from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.training import train_model
from orchestration import reason_retraining
from orchestration.commands.init import make_shop
from orchestration.folder import ShopFolder
from orchestration.locking import find_lock_holder
from orchestration.reason_labels import append_labels
from orchestration.reason_models import load_model
from orchestration.reason_registry import (
    DAY_ONE,
    promote,
    read_champion,
    read_version,
    register_model,
)
from orchestration.reason_retraining import retrain
from orchestration.shop_reading import load_reader
from tests.orchestration.reason_labels_of_shops import make_labels, make_records

SMALL, LARGE = "靴がむぎゅむぎゅ", "袖がだぶだぼん"
# Learns once. Before the first file is written it forks one victim per step: the victim goes on
# and kills itself before that step, which is an operation on the shop's files or the middle of a
# file; what it left is kept, the shop is put back, and the next victim lives one step longer. The
# first that lives to its end is the last.
RETRAINER = """
import os, shutil, signal, sys
from pathlib import Path
from orchestration import reason_retraining as retraining

shop, kept = Path(sys.argv[1]), Path(sys.argv[2])
register = retraining.register_model
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def die_before(last):
    done = 0

    def step():
        nonlocal done
        done += 1
        if done > last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event, found):
        is_write = event == "open" and isinstance(found[2], int) and found[2] & WRITING
        if (is_write or event in CHANGES) and str(found[0]).startswith(str(shop)):
            step()

    def write_bytes(path, content):
        with path.open("wb") as stream:
            stream.write(content[: len(content) // 2])
            stream.flush()
            step()
            stream.write(content[len(content) // 2 :])

    Path.write_bytes = write_bytes
    Path.write_text = lambda path, text, **_: write_bytes(path, text.encode())
    sys.addaudithook(watch)


def kill_each_step(*given, **named):
    shutil.copytree(shop, kept / "before")
    last = 0
    while True:
        pid = os.fork()
        if not pid:
            die_before(last)
            return register(*given, **named)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status != -signal.SIGKILL:
            shutil.copytree(shop, kept / "whole")
            os._exit(status)
        shutil.copytree(shop, kept / f"{last:03}")
        shutil.rmtree(shop)
        shutil.copytree(kept / "before", shop)
        last += 1


retraining.register_model = kill_each_step
done = retraining.retrain(shop)
os._exit(0 if done.verdict.is_promoted else 3)
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a shop whose model knows nothing of large sizes, and labels that tell of them."""
    folder = tmp_path_factory.mktemp("killed") / "shop"
    make_shop(folder, values={"name": "輪の店"})
    records = [one for one in make_records(count=60, was_random=False) if "だぶ" not in one["text"]]
    notes = [LabelledNote(one["text"], frozenset(one["codes"])) for one in records]
    model = train_model(notes, taxonomy=load_reader(shop=folder).taxonomy, seed=1)
    promote(folder, register_model(folder, model.to_files(), version=model.version))
    drawn = make_records(count=160, was_random=True, offset=1000)
    append_labels(folder, make_labels(make_records(count=60, was_random=False), annotator="aki"))
    append_labels(folder, make_labels(drawn, annotator="aki"))
    append_labels(folder, make_labels(drawn[:20], annotator="mei"))
    return folder


@pytest.fixture(scope="module")
def kept(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kill a retraining at every step; keep what was before, after each kill, and in the end."""
    folder = tmp_path_factory.mktemp("kept")
    victim = shutil.copytree(shop, folder / "shop")
    done = subprocess.run(
        [sys.executable, "-c", RETRAINER, str(victim), str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def list_killed(kept: Path) -> Iterator[Path]:
    return (path for path in sorted(kept.iterdir()) if path.name.isdecimal())


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_kill_at_any_step_leaves_the_champion_that_was(kept: Path) -> None:
    before, whole = read_champion(kept / "before"), read_champion(kept / "whole")
    assert whole.before == (DAY_ONE, before.name)
    files = read_files(ShopFolder(kept / "before").reason_models / before.name)
    moved = []
    for killed in list_killed(kept):
        champion = read_champion(killed)
        moved.append(champion.name != before.name)
        if not moved[-1]:
            assert champion == before
        assert read_files(ShopFolder(killed).reason_models / before.name) == files
        reader = load_reader(shop=killed)
        assert reader.version == read_version(champion.name)
        small, large = (one.reading for one in reader.read([SMALL, LARGE]))
        assert "FIT.SMALL" in small.codes
        assert ("FIT.LARGE" in large.codes) == moved[-1]
    # One step moves the champion: the model's six files, and the pointer's own, are written before.
    assert moved == sorted(moved)
    assert moved.count(False) > 2 * 6 + 2


def test_the_next_retraining_works_after_any_kill(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_champion(kept / "whole")
    learned = load_model(ShopFolder(kept / "whole").reason_models / whole.name)

    def learn_the_same(*_: object, **__: object) -> ReasonModel:
        return learned

    monkeypatch.setattr(reason_retraining, "train_model", learn_the_same)
    for killed in list_killed(kept):
        is_moved = read_champion(killed).name != read_champion(kept / "before").name
        done = retrain(killed)
        assert done.verdict.is_promoted is not is_moved
        assert read_version(done.champion) == learned.version
        assert load_reader(shop=killed).version == learned.version
        assert not list(ShopFolder(killed).reason_models.glob(".*-*")) or is_moved


def test_a_kill_while_it_learns_changes_nothing(shop: Path, tmp_path: Path) -> None:
    victim = shutil.copytree(shop, tmp_path / "shop")
    before = {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "orchestration.cli", "reasons", "retrain"]
    with subprocess.Popen([*command, "--shop", str(victim)], stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 60
        while find_lock_holder(victim) is None:
            assert process.poll() is None, "it ended before it was killed"
            assert time.monotonic() < end
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    lock = ShopFolder(victim).lock
    after = {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}
    assert {path: content for path, content in after.items() if path != lock} == before
    again = subprocess.run(
        [*command, "--shop", str(victim), "--json"], capture_output=True, text=True, check=True
    )
    assert json.loads(again.stdout)["is_promoted"]
