"""Shops for the tests of the job: made as ``kaeru init`` makes them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from orchestration.commands.init import make_shop
from orchestration.settings import SHOP_VARIABLE
from tests.parsed_project import copy_parsed_project

FIXTURES = Path(__file__).parents[1] / "fixtures" / "small_shop"
SETTLED_SECONDS = 60


@contextmanager
def stand_in(shop: Path) -> Iterator[None]:
    """Tell the environment about a shop, and forget it again."""
    before = os.environ.get(SHOP_VARIABLE)
    os.environ[SHOP_VARIABLE] = str(shop)
    try:
        yield
    finally:
        if before is None:
            del os.environ[SHOP_VARIABLE]
        else:
            os.environ[SHOP_VARIABLE] = before


def put_into_inbox(shop: Path, *sources: Path) -> None:
    """Copy files into a shop's inbox, as if they had lain there for a minute."""
    settled = time.time() - SETTLED_SECONDS
    for source in sources:
        target = shop / "inbox" / source.name
        shutil.copyfile(source, target)
        os.utime(target, (settled, settled))


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a shop with an empty inbox and no data."""
    folder = tmp_path_factory.mktemp("empty") / "shop"
    make_shop(folder, values={"name": "空の店"})
    copy_parsed_project(folder, factory=tmp_path_factory)
    return folder


@pytest.fixture(scope="session")
def definitions(empty_shop: Path) -> Iterator[dg.Definitions]:
    """Load everything that Dagster knows, while no database exists."""
    with stand_in(empty_shop):
        from orchestration.definitions import defs

        yield defs
