"""``make faults``: kill, fill, cut, flip and plant; count what was lost, doubled or wrong."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import landing_faults, planted_bugs, publishing_faults, run_faults, store_faults
from benchmarks.killing import open_stable
from orchestration.backup import back_up, restore
from orchestration.folder import ShopFolder
from orchestration.landing_run import land_inbox

SEED = 20261124
LANDING_KILLS = 360
PUBLISHING_KILLS = 140
RUN_KILLS = 12
PUBLISHES = 100
READERS = 8
FULL_DISKS = 40
LOG_CUTS = 200
BIT_FLIPS = 400
RESTORES = 10


@dataclass(frozen=True)
class Line:
    """One line of the report.

    Attributes
    ----------
    what : str
    found : str
    is_good : bool
    """

    what: str
    found: str
    is_good: bool


def check_landing_kills(folder: Path, share: float) -> Iterator[Line]:
    """Kill landings."""
    shop = folder / "landing"
    landing_faults.make_killing_shop(shop)
    with open_stable(landing_faults.VICTIM) as stable:
        damage = landing_faults.kill_landings(
            stable, shop, kills=max(int(LANDING_KILLS * share), 1), seed=SEED
        )
    yield Line(
        f"{damage.kills} kills while landing",
        f"{damage.lost_rows} rows lost, {damage.doubled_rows} doubled, {damage.half_files} half",
        damage.lost_rows == damage.doubled_rows == damage.half_files == 0,
    )


def check_publishing(folder: Path, share: float) -> Iterator[Line]:
    """Read while versions are published, then kill publishers."""
    shop = folder / "publishing"
    shop.mkdir()
    publishes = max(int(PUBLISHES * share), 1)
    seen = publishing_faults.read_while_publishing(shop, publishes=publishes, readers=READERS)
    yield _describe_reads(f"{publishes} publishes, {READERS} readers", seen)
    with open_stable(publishing_faults.VICTIM) as stable:
        kills = max(int(PUBLISHING_KILLS * share), 1)
        seen = publishing_faults.kill_publishers(stable, shop, kills=kills, seed=SEED)
    yield _describe_reads(f"{kills} kills while publishing", seen)


def _describe_reads(what: str, seen: publishing_faults.ReadCounts) -> Line:
    found = (
        f"{seen.reads} reads, {seen.failed} failed, {seen.torn} torn, {seen.backwards} backwards"
    )
    return Line(what, found, seen.reads > 0 and seen.failed == seen.torn == seen.backwards == 0)


def check_run_kills(folder: Path, share: float) -> Iterator[Line]:
    """Kill whole runs, dbt included."""
    for name in ("killed", "undisturbed"):
        arguments = ("demo", str(folder / name), "--lines", "300", "--seed", "7")
        subprocess.run([str(run_faults.KAERU), *arguments], check=True, capture_output=True)
    damage = run_faults.kill_runs(
        folder / "killed",
        undisturbed=folder / "undisturbed",
        kills=max(int(RUN_KILLS * share), 1),
        seed=SEED,
    )
    yield Line(
        f"{damage.kills} kills of whole runs",
        f"{damage.half_published} half-published, marts the same: {damage.is_same}",
        damage.half_published == 0 and damage.is_same,
    )


def check_disks(folder: Path, share: float) -> Iterator[Line]:
    """Fill the disk, cut logs, flip bits."""
    shop = folder / "disks"
    landing_faults.make_killing_shop(shop, files=3, rows=5000)
    with open_stable(store_faults.FULL_DISK_VICTIM) as stable:
        tries = max(int(FULL_DISKS * share), 1)
        harm = store_faults.fill_disk(stable, shop, tries=tries, seed=SEED)
    yield _describe_harm("full disks", harm)
    tries = max(int(BIT_FLIPS * share), 1)
    harm = store_faults.flip_bits(ShopFolder(shop).store, tries=tries, seed=SEED)
    yield _describe_harm("flipped bits", harm)
    cut = folder / "logs"
    landing_faults.make_killing_shop(cut, files=0)
    tries = max(int(LOG_CUTS * share), 1)
    yield _describe_harm("cut logs", store_faults.cut_logs(cut, tries=tries, seed=SEED))


def _describe_harm(what: str, harm: store_faults.Harm) -> Line:
    found = f"{harm.noticed} noticed, {harm.silent} silently wrong"
    return Line(f"{harm.tries} {what}", found, harm.silent == 0)


def check_restores(folder: Path, share: float) -> Iterator[Line]:
    """Back up, restore, and compare every value."""
    shop = folder / "restores"
    landing_faults.make_killing_shop(shop, files=3, rows=5000)
    land_inbox(shop, run_id="before")
    tries, same = max(int(RESTORES * share), 1), 0
    for _ in range(tries):
        backup = back_up(shop)
        before = count_values(shop)
        restore(shop, source=backup.folder)
        same += count_values(shop) == before
        shutil.rmtree(backup.folder)
    yield Line(f"{tries} restores", f"{same} with the same rows", same == tries)


def count_values(shop: Path) -> list[tuple[object, ...]]:
    """Read one number of every table of landed rows."""
    found = store_faults.read_values(ShopFolder(shop).store)
    return [one for one in found if one[1] != "marks"]


def check_planted_bugs(folder: Path, share: float) -> Iterator[Line]:
    """Plant bugs into the models, and count those that the suite finds."""
    bugs = planted_bugs.load_bugs()
    chosen = bugs[: max(int(len(bugs) * share), 1)]
    hunted = list(planted_bugs.hunt(planted_bugs.prepare(folder), chosen))
    survivors = [bug.name for bug, part in hunted if part is None]
    found = len(chosen) - len(survivors)
    yield Line(
        f"{len(chosen)} bugs planted into the models",
        f"{found} found; survivors: {', '.join(survivors) or 'none'}",
        found >= planted_bugs.GOAL_SHARE * len(chosen),
    )


CHECKS: dict[str, Callable[[Path, float], Iterator[Line]]] = {
    "landing": check_landing_kills,
    "publishing": check_publishing,
    "runs": check_run_kills,
    "disks": check_disks,
    "restores": check_restores,
    "bugs": check_planted_bugs,
}


def main() -> int:
    """Print one line per fault; end with 1 when any goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the usual numbers of tries")
    parser.add_argument("--checks", nargs="+", choices=list(CHECKS), default=list(CHECKS))
    chosen = parser.parse_args()
    is_good = True
    for name in chosen.checks:
        with tempfile.TemporaryDirectory(prefix="kaeru-faults-") as folder:
            started = time.monotonic()
            for line in CHECKS[name](Path(folder), chosen.share):
                mark = "ok  " if line.is_good else "FAIL"
                seconds = time.monotonic() - started
                sys.stdout.write(f"{mark} {line.what}: {line.found} ({seconds:.0f} s)\n")
                sys.stdout.flush()
                is_good &= line.is_good
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
