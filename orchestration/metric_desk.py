"""An open file of marts, and what it says of the metrics that it can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from orchestration.answering import Mart, read_marts
from orchestration.metric_catalogue import Metric, read_published_metrics
from orchestration.metric_dimensions import build_dimensions
from orchestration.metric_gaps import MART, WHOLE, Gaps, read_gaps
from orchestration.metric_question import Table
from orchestration.metric_tax import find_untaxed, read_tax
from orchestration.settings_values import Tax
from orchestration.wording import KaeruError, Words

CATALOGUE: Final = "rpt_metrics"
PRODUCTS: Final = "dim_products"

OLD_VERSION: Final = Words(
    ja="公開中の版には指標の一覧がありません。`kaeru run` を実行してください。",
    en="The published version holds no metric catalogue. Run `kaeru run`.",
)


@dataclass(frozen=True)
class Desk:
    """An open file of marts, and what it says about itself."""

    connection: duckdb.DuckDBPyConnection
    marts: Mapping[str, Mart]
    metrics: Mapping[str, Metric]
    landed: frozenset[str]
    gaps: Gaps
    as_of: str
    tax: str


def read_desk(connection: duckdb.DuckDBPyConnection) -> Desk:
    """Read what an open file of marts says about itself."""
    marts = read_marts(connection)
    if CATALOGUE not in marts:
        raise KaeruError(OLD_VERSION)
    landed = connection.execute(
        "select entity_name from marts.rpt_entities where is_landed"
    ).fetchall()
    facts = connection.execute("select as_of_date from marts.rpt_shop").fetchone()
    return Desk(
        connection=connection,
        marts=marts,
        metrics=read_published_metrics(connection),
        landed=frozenset(str(row[0]) for row in landed),
        # A version that was published before this mart existed has none.
        gaps=read_gaps(connection) if MART in marts else {},
        as_of=facts[0].isoformat() if facts and facts[0] else "",
        tax=read_tax(connection),
    )


def find_table(
    desk: Desk, mart: str | None, *, date: str | None, names: Mapping[str, str] | None = None
) -> Table | None:
    """Find a mart and what it can be split by; None where there is none."""
    if mart is None or mart not in desk.marts:
        return None
    types = desk.marts[mart].types
    products = desk.marts[PRODUCTS].types
    dimensions = build_dimensions(names or {}, date=date, types=types, product_types=products)
    return Table(mart=mart, types=types, dimensions=dimensions)


def find_missing(desk: Desk, metric: Metric, *, tax: Tax | None = None) -> list[str]:
    """Find what a metric lacks: entities that were not landed, or all while no mart computes it."""
    missing = [name for name in metric.entities if name not in desk.landed]
    if not missing and metric.mart not in desk.marts:
        missing = list(metric.entities)
    missing = missing or list(desk.gaps.get(metric.name, {}).get(WHOLE, ()))
    return missing or find_untaxed(desk.connection, metric, tax=tax)
