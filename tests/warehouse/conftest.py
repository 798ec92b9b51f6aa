"""One shop with everything in it, built once: rows written by hand and rows drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests.built_once import build_once
from tests.parsed_project import copy_parsed_project
from tests.warehouse.compiled_project import (
    CompiledWarehouse,
    compile_project,
    open_warehouse,
    read_compiled,
)
from tests.warehouse.drawn import draw_entities
from tests.warehouse.hand_written import ENTITIES, SOURCES
from tests.warehouse.landed_shop import LandedShop, Row, land_shop

# For `make shops`; a test that draws reads the name of its profile.
settings.register_profile("proof", max_examples=200)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--built-shop", help="folder of the shop, landed and built before")


@pytest.fixture(scope="session")
def entities() -> Mapping[str, Sequence[Row]]:
    return draw_shop()


def draw_shop() -> Mapping[str, Sequence[Row]]:
    """Rows written by hand and rows drawn at random, by entity."""
    drawn = draw_entities(seed=20261031, order_count=250)
    return {name: [*ENTITIES.get(name, ()), *drawn.get(name, ())] for name in {**ENTITIES, **drawn}}


@pytest.fixture(scope="session")
def shop(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    entities: Mapping[str, Sequence[Row]],
) -> LandedShop:
    """The shop after ``dbt build``; every data test has passed."""
    built = request.config.getoption("--built-shop", default=None)
    if built:
        return LandedShop(Path(built))

    def build(folder: Path) -> None:
        landed = land_shop(folder, entities, sources=SOURCES)
        copy_parsed_project(folder, factory=tmp_path_factory)
        landed.build()

    return LandedShop(build_once(tmp_path_factory, "shop", build))


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> CompiledWarehouse:
    """The models, compiled once; each test builds its own shop in it."""

    def build(folder: Path) -> None:
        copy_parsed_project(folder, factory=tmp_path_factory)
        compile_project(folder)

    return open_warehouse(read_compiled(build_once(tmp_path_factory, "compiled", build)))
