"""One shop with everything in it, built once: rows written by hand and rows drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.warehouse.drawn import draw_entities
from tests.warehouse.hand_written import ENTITIES, SOURCES
from tests.warehouse.landed_shop import LandedShop, Row, land_shop


@pytest.fixture(scope="session")
def entities() -> Mapping[str, Sequence[Row]]:
    drawn = draw_entities(seed=20261031, order_count=250)
    return {name: [*ENTITIES.get(name, ()), *drawn.get(name, ())] for name in {**ENTITIES, **drawn}}


@pytest.fixture(scope="session")
def shop(
    tmp_path_factory: pytest.TempPathFactory, entities: Mapping[str, Sequence[Row]]
) -> LandedShop:
    """The shop after ``dbt build``; every data test has passed."""
    landed = land_shop(tmp_path_factory.mktemp("shop"), entities, sources=SOURCES)
    landed.dbt("build", "--exclude-resource-type", "unit_test")
    return landed
