"""The hand-written shop after its first run by the program, made once in a session.

It lacks exchanges. A test that writes works on a copy.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.built_once import build_once
from tests.orchestration.conftest import FIXTURES, put_into_inbox
from tests.orchestration.small_shops import deliver, make_small_shop
from tests.parsed_project import copy_parsed_project

LEFT_OUT = {"exchanges.csv"}


@dataclass(frozen=True)
class RanShop:
    """A shop after ``kaeru run --json --strict``, one of whose files was refused.

    Attributes
    ----------
    folder : Path
        To be copied.
    exit_code : int
    out, err : str
        What the program printed.
    """

    folder: Path
    exit_code: int
    out: str
    err: str

    def copy_to(self, folder: Path) -> Path:
        """Copy the shop, times of its files included, and return where it lies."""
        return Path(shutil.copytree(self.folder, folder))


def run_program(*arguments: str, shop: Path) -> subprocess.CompletedProcess[str]:
    """Run ``kaeru ARGUMENTS --shop SHOP``."""
    program = Path(sys.executable).with_name("kaeru")
    return subprocess.run(
        [str(program), *arguments, "--shop", str(shop)],
        capture_output=True,
        text=True,
        check=False,
    )


def build_ran_shop(factory: pytest.TempPathFactory) -> RanShop:
    """Return the shop that the program ran, with the key of the small shops."""

    def build(folder: Path) -> None:
        shop = make_small_shop(folder / "shop", language="en")
        copy_parsed_project(shop, factory=factory)
        put_into_inbox(
            shop, *(path for path in FIXTURES.glob("*.csv") if path.name not in LEFT_OUT)
        )
        deliver(shop, "strange.csv", "x,y\n1,2\n")
        done = run_program("run", "--json", "--strict", shop=shop)
        for name, text in (("out", done.stdout), ("err", done.stderr)):
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "exit_code").write_text(str(done.returncode), encoding="ascii")

    folder = build_once(factory, "ran", build)
    return RanShop(
        folder=folder / "shop",
        exit_code=int((folder / "exit_code").read_text("ascii")),
        out=(folder / "out").read_text("utf-8"),
        err=(folder / "err").read_text("utf-8"),
    )
