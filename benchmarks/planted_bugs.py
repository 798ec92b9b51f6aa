"""Plant bugs one by one into a copy of the dbt project, and see whether the suite finds them.

Each bug of ``planted_bugs.yml`` changes one text of one file. The suite runs on the copy in parts,
the cheapest first, up to the first that fails: the unit tests of the changed model, the build of a
small shop with its data tests, and the recomputation of that shop and of smaller ones in Python.
A bug that changes nothing anybody can see has no place in the list.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from tests.warehouse.conftest import draw_shop
from tests.warehouse.hand_written import SOURCES
from tests.warehouse.landed_shop import land_shop

REPOSITORY: Final = Path(__file__).parents[1]
BUGS: Final = Path(__file__).with_suffix(".yml")
GOAL_SHARE: Final = 0.95  # of the planted bugs, reliability.md §6 #9
MANY: Final = 5  # minutes; longer than any part takes, a bug may also hang
OF_THE_BUILT_SHOP: Final = ("test_recomputation.py", "test_hand_written_rows.py")
OF_OTHER_SHOPS: Final = ("test_missing_entities.py", "test_newest_versions.py")
# What reads the scores of models_ml has unit tests; no bug is planted there.
WITHOUT_SCORES: Final = ("--exclude", "source:scores+")
BUILD: Final = ("build", *WITHOUT_SCORES, "--exclude-resource-type", "unit_test")
EMPTY: Final = ("build", "--empty", *WITHOUT_SCORES, "--exclude-resource-type", "test", "unit_test")
DIFFERS: Final = "actual differs from expected"  # what dbt says of a unit test that fails
BUILT: Final = ("store.duckdb", "build/build.duckdb", "build/serving.duckdb")


@dataclass(frozen=True)
class Bug:
    """One change of one file.

    Attributes
    ----------
    name : str
        What goes wrong.
    file : str
        Within the dbt project.
    find, replace : str
        Text that stands in the file exactly once, and what it becomes.
    models : tuple of str
        Whose unit tests are asked first, and who is built anew with what follows from them.
    """

    name: str
    file: str
    find: str
    replace: str
    models: tuple[str, ...]

    @property
    def is_in_a_macro(self) -> bool:
        """Tell whether any model may be touched."""
        return self.file.startswith("macros/")


@dataclass(frozen=True)
class Workplace:
    """A copy of the project and two shops that it builds.

    Attributes
    ----------
    folder : Path
    """

    folder: Path

    @property
    def project(self) -> Path:
        """Return the copy that bugs are planted into."""
        return self.folder / "dbt_project"

    @property
    def empty_shop(self) -> Path:
        """Return the shop without rows that unit tests stand on."""
        return self.folder / "empty"

    @property
    def shop(self) -> Path:
        """Return the shop with rows; it was built without a bug, see ``keep`` and ``reset``."""
        return self.folder / "shop"

    def keep(self) -> None:
        """Keep the shop's files as they are now."""
        for name in BUILT:
            kept = self.folder / "kept" / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.shop / "data" / name, kept)

    def reset(self) -> None:
        """Put the kept files back."""
        for name in BUILT:
            shutil.copyfile(self.folder / "kept" / name, self.shop / "data" / name)


def load_bugs() -> tuple[Bug, ...]:
    """Load the bugs in their order."""
    return tuple(_parse_bug(row) for row in yaml.safe_load(BUGS.read_text(encoding="utf-8")))


def _parse_bug(row: dict[str, str | list[str]]) -> Bug:
    file = str(row["file"])
    models = tuple(row.get("models", (Path(file).stem,)))
    return Bug(str(row["name"]), file, str(row["find"]), str(row["replace"]), models)


def plant(bug: Bug, *, project: Path) -> str:
    """Change the file and return what it said before.

    Raises
    ------
    ValueError
        If the text does not stand there exactly once: the model moved on, the bug has to follow.
    """
    path = project / bug.file
    before = path.read_text(encoding="utf-8")
    if before.count(bug.find) != 1:
        message = f"{bug.name}: {bug.find!r} stands {before.count(bug.find)} times in {bug.file}"
        raise ValueError(message)
    path.write_text(before.replace(bug.find, bug.replace), encoding="utf-8")
    return before


def prepare(folder: Path) -> Workplace:
    """Copy the project, build both shops without any bug, and see that the suite is content.

    Raises
    ------
    RuntimeError
        If a part of the suite fails although nothing is planted.
    """
    place = Workplace(folder)
    shutil.copytree(REPOSITORY / "dbt_project", place.project)
    land_shop(place.empty_shop, {})
    land_shop(place.shop, draw_shop(), sources=SOURCES)
    said = {
        "dbt build --empty": _run_dbt(place, place.empty_shop, *EMPTY),
        "dbt build": _run_dbt(place, place.shop, *BUILD),
        "pytest": _run_pytest(place, OF_THE_BUILT_SHOP, "--built-shop", str(place.shop)),
    }
    failed = {what: text for what, text in said.items() if text}
    if failed:
        raise RuntimeError(f"without any bug: {failed}")
    place.keep()
    return place


def _run_dbt(place: Workplace, shop: Path, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-use-colors", *arguments]
    command += ["--project-dir", str(place.project), "--profiles-dir", str(place.project)]
    command += ["--target-path", str(shop / "data" / "target")]
    command += ["--log-path", str(shop / "data" / "logs")]
    return _run(command, KAERU_SHOP=str(shop), DBT_SEND_ANONYMOUS_USAGE_STATS="false")


def _run_pytest(place: Workplace, files: Sequence[str], *arguments: str) -> str:
    paths = [f"tests/warehouse/{name}" for name in files]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *paths]
    return _run([*command, *arguments], DBT_PROJECT_DIR=str(place.project))


def _run(command: Sequence[str], **environment: str) -> str:
    """Run a part of the suite and return what it says of failures; empty when it passes."""
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=MANY * 60,
        check=False,
    )
    return (done.stdout or "failed") if done.returncode else ""


def ask_unit_tests(place: Workplace, bug: Bug) -> str:
    """Run the unit tests of the bug's models.

    Raises
    ------
    ValueError
        If the model does not even run: a bug that anybody sees proves nothing.
    """
    selected = [f"{model},test_type:unit" for model in bug.models]
    said = _run_dbt(place, place.empty_shop, "test", "--select", *selected)
    if said and DIFFERS not in said:
        raise ValueError(f"{bug.name} does not run: {said}")
    return said


def ask_data_tests(place: Workplace, bug: Bug) -> str:
    """Build the shop as far as the bug reaches, with all data tests of what was built."""
    place.reset()
    reached = () if bug.is_in_a_macro else ("--select", *(f"{model}+" for model in bug.models))
    return _run_dbt(place, place.shop, *BUILD, *reached)


def ask_recomputation(place: Workplace, bug: Bug) -> str:  # noqa: ARG001  one shape for all parts
    """Compare the shop that was just built with its recomputation."""
    return _run_pytest(place, OF_THE_BUILT_SHOP, "--built-shop", str(place.shop))


def ask_other_shops(place: Workplace, bug: Bug) -> str:  # noqa: ARG001  one shape for all parts
    """Build smaller shops, with entities missing and with rows landed twice."""
    return _run_pytest(place, OF_OTHER_SHOPS)


PARTS: Final[dict[str, Callable[[Workplace, Bug], str]]] = {
    "unit tests": ask_unit_tests,
    "data tests": ask_data_tests,
    "recomputation": ask_recomputation,
    "other shops": ask_other_shops,
}


def find_part(place: Workplace, bug: Bug) -> str | None:
    """Plant a bug and name the part of the suite that finds it; None when it survives."""
    before = plant(bug, project=place.project)
    try:
        return next((name for name, ask in PARTS.items() if ask(place, bug)), None)
    finally:
        (place.project / bug.file).write_text(before, encoding="utf-8")


def hunt(place: Workplace, bugs: Sequence[Bug]) -> Iterator[tuple[Bug, str | None]]:
    """Yield every bug with the part that found it, and say so on the way."""
    for bug in bugs:
        started = time.monotonic()
        found = find_part(place, bug)
        seconds = time.monotonic() - started
        sys.stdout.write(f"{found or 'SURVIVES':13}  {bug.name} ({seconds:.0f} s)\n")
        sys.stdout.flush()
        yield bug, found


def main() -> int:
    """Hunt all bugs, or some; end with 1 when too few were found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of bugs, with commas between them")
    only = [name for name in parser.parse_args().only.split(",") if name]
    bugs = [bug for bug in load_bugs() if not only or bug.name in only]
    with tempfile.TemporaryDirectory(prefix="kaeru-bugs-") as folder:
        survivors = [b.name for b, found in hunt(prepare(Path(folder)), bugs) if found is None]
    found = len(bugs) - len(survivors)
    sys.stdout.write(f"{found} of {len(bugs)} planted bugs found; survivors: {survivors}\n")
    return 0 if bugs and found >= GOAL_SHARE * len(bugs) else 1


if __name__ == "__main__":
    sys.exit(main())
