"""The question that a metric asks of its mart: names from allow-lists, values as parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.answering import SCHEMA
from orchestration.identifiers import compose
from orchestration.metric_catalogue import Metric
from orchestration.metric_dimensions import Dimension, build_join

SUMS: Final = ("numerator", "denominator", "exposure", "n")
# A value, the name it is compared under and a data type, to a value of that type.
Cast = Callable[[str, str, str], object]


@dataclass(frozen=True)
class Question:
    """One statement and its values.

    Attributes
    ----------
    sql : str
        Answers the dimensions as ``d0``, ``d1``, …, then ``SUMS``.
    values : tuple of object
    """

    sql: str
    values: tuple[object, ...]


def build_question(
    metric: Metric,
    *,
    types: Mapping[str, str],
    by: Sequence[Dimension],
    where: Sequence[tuple[Dimension, Sequence[str]]],
    cast: Cast,
) -> Question:
    """Build what is asked: sums first, so that the division comes after filtering.

    Parameters
    ----------
    metric : Metric
        With a mart.
    types : mapping of str to str
        The mart's columns and their types.
    by : sequence of Dimension
    where : sequence of (Dimension, values)
        A row must have one of the values; the empty text stands for null.
    cast : callable

    Returns
    -------
    Question
    """
    facts = _build_sums(metric, types=types, by=by, where=where, cast=cast)
    if metric.whole is None:
        return Question(f"{facts.sql} order by all", facts.values)
    kept = [i for i, dimension in enumerate(by) if dimension.name != metric.whole]
    whole = _build_sums(
        metric,
        types=types,
        by=[by[i] for i in kept],
        where=[one for one in where if one[0].name != metric.whole],
        cast=cast,
    )
    on = [
        compose("parts.$part is not distinct from wholes.$whole", part=f"d{i}", whole=f"d{k}")
        for k, i in enumerate(kept)
    ]
    selected = [compose("parts.$d", d=f"d{i}") for i in range(len(by))]
    columns = ", ".join(
        [*selected, "parts.numerator, wholes.denominator, wholes.exposure, wholes.n"]
    )
    sql = " ".join(
        (
            *("with parts as (", facts.sql, "), wholes as (", whole.sql, ") select", columns),
            *("from parts inner join wholes on", " and ".join(on) or "true", "order by all"),
        )
    )
    return Question(sql, (*facts.values, *whole.values))


def _build_sums(
    metric: Metric,
    *,
    types: Mapping[str, str],
    by: Sequence[Dimension],
    where: Sequence[tuple[Dimension, Sequence[str]]],
    cast: Cast,
) -> Question:
    tests: list[str] = []
    values: list[object] = []
    for column, value in metric.filters.items():
        tests.append(compose("facts.$column = ?", column=column))
        values.append(cast(value, column, types[column]))
    for dimension, wanted in where:
        either = []
        for value in wanted:
            either.append(f"{dimension.sql} is null" if value == "" else f"{dimension.sql} = ?")
            values += [] if value == "" else [cast(value, dimension.name, dimension.data_type)]
        tests.append(f"({' or '.join(either)})")
    dimensions = [compose(f"{one.sql} as $d", d=f"d{i}") for i, one in enumerate(by)]
    columns = (metric.numerator, metric.denominator, metric.exposure, metric.n)
    sums = [
        compose("coalesce(sum(facts.$column), 0) as $name", column=column, name=name)
        if column
        else compose("null as $name", name=name)
        for name, column in zip(SUMS, columns, strict=True)
    ]
    parts = [
        "select",
        ", ".join([*dimensions, *sums]),
        compose("from $schema.$mart as facts", schema=SCHEMA, mart=metric.mart or ""),
        compose(build_join(types), schema=SCHEMA),
        f"where {' and '.join(tests)}" if tests else "",
        f"group by {', '.join(str(i + 1) for i in range(len(by)))}" if by else "",
    ]
    return Question(" ".join(filter(None, parts)), tuple(values))
