"""The question that a metric asks of its marts: names from allow-lists, values as parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.answering import SCHEMA
from orchestration.identifiers import compose
from orchestration.metric_catalogue import Metric, parse_terms
from orchestration.metric_dimensions import Dimension, build_join

ABOVE: Final = ("numerator", "expected")
BELOW: Final = ("denominator", "exposure", "n")
SUMS: Final = (*ABOVE, *BELOW)
AFFECTED: Final = "is_policy_change_affected"
THERE: Final = "is_there"  # whether a joined row has this side
# A value, the name it is compared under and a data type, to a value of that type.
Cast = Callable[[str, str, str], object]
# One value that is not known makes the sum not known.
SUM: Final = "case when count(*) = count($terms) then coalesce(sum($terms), 0) end as $name"


@dataclass(frozen=True)
class Table:
    """A mart that a metric sums.

    Attributes
    ----------
    mart : str
    types : mapping of str to str
        Its columns and their types.
    dimensions : mapping of str to Dimension
        By what it can be split.
    """

    mart: str
    types: Mapping[str, str]
    dimensions: Mapping[str, Dimension]


@dataclass(frozen=True)
class Question:
    """One statement and its values.

    Attributes
    ----------
    sql : str
        Answers the dimensions as ``d0``, ``d1``, …, then ``SUMS``, then ``AFFECTED`` where the
        metric is developed and its mart says it.
    values : tuple of object
    """

    sql: str
    values: tuple[object, ...]


def build_question(
    metric: Metric,
    *,
    facts: Table,
    below: Table | None = None,
    by: Sequence[str],
    where: Mapping[str, Sequence[str]],
    cast: Cast,
) -> Question:
    """Build what is asked: sums first, so that the division comes after filtering.

    Parameters
    ----------
    metric : Metric
    facts : Table
        Of the metric's mart.
    below : Table, optional
        Of the denominator's mart, where it has its own.
    by : sequence of str
        Dimensions of ``facts``.
    where : mapping of str to sequence of str
        Dimension to values, one of which a row must have; the empty text stands for null.
    cast : callable

    Returns
    -------
    Question
    """
    affected = (AFFECTED,) if metric.is_developed and AFFECTED in facts.types else ()
    if below is None and metric.whole is None:
        names = (*SUMS, *affected)
        whole = _build_sums(metric, facts, by=by, where=where, names=names, cast=cast)
        return Question(f"{whole.sql} order by all", whole.values)
    parted = below or facts
    shared = [name for name in parted.dimensions if name != metric.whole]
    kept = [name for name in by if name in shared]
    names = (*ABOVE, *affected, THERE)
    parts = _build_sums(metric, facts, by=by, where=where, names=names, cast=cast)
    wholes = _build_sums(
        metric,
        parted,
        by=kept,
        where={name: values for name, values in where.items() if name in shared},
        names=(*BELOW, THERE),
        cast=cast,
    )
    sql = _join_parts(parts.sql, wholes.sql, by=by, kept=kept, affected=affected)
    return Question(sql, (*parts.values, *wholes.values))


def _join_parts(
    parts: str, wholes: str, *, by: Sequence[str], kept: Sequence[str], affected: Sequence[str]
) -> str:
    """Join parts to wholes by the dimensions of both.

    Where these are all, a whole without a part is answered too: nothing of it, not no row.
    """
    pairs = {f"d{i}": f"d{kept.index(name)}" for i, name in enumerate(by) if name in kept}
    on = [
        compose("parts.$part is not distinct from wholes.$whole", part=part, whole=whole)
        for part, whole in pairs.items()
    ]
    selected = [
        compose("coalesce(parts.$part, wholes.$whole) as $part", part=part, whole=pairs[part])
        if part in pairs
        else compose("parts.$part", part=part)
        for part in (f"d{i}" for i in range(len(by)))
    ]
    sums = [
        compose("case when $side.is_there then $side.$name else 0 end", side=side, name=name)
        for side, names in (("parts", ABOVE), ("wholes", BELOW))
        for name in names
    ]
    said = [compose("coalesce(parts.$name, false)", name=name) for name in affected]
    how = "full join" if len(kept) == len(by) else "left join"
    return " ".join(
        (
            *("with parts as (", parts, "), wholes as (", wholes, ") select"),
            *(", ".join([*selected, *sums, *said]), "from parts", how, "wholes on"),
            *(" and ".join(on) or "true", "order by all"),
        )
    )


def _build_sums(
    metric: Metric,
    table: Table,
    *,
    by: Sequence[str],
    where: Mapping[str, Sequence[str]],
    names: Sequence[str],
    cast: Cast,
) -> Question:
    tests: list[str] = []
    values: list[object] = []
    for column, value in metric.filters.items():
        if column in table.types:
            options = value.split("|")
            marks = ", ".join("?" for _ in options)
            tests.append(compose(f"facts.$column in ({marks})", column=column))
            values += [cast(option, column, table.types[column]) for option in options]
    for name, wanted in where.items():
        dimension = table.dimensions[name]
        either = []
        for value in wanted:
            either.append(f"{dimension.sql} is null" if value == "" else f"{dimension.sql} = ?")
            values += [] if value == "" else [cast(value, name, dimension.data_type)]
        tests.append(f"({' or '.join(either)})")
    dimensions = [
        compose(f"{table.dimensions[name].sql} as $d", d=f"d{i}") for i, name in enumerate(by)
    ]
    parts = [
        "select",
        ", ".join([*dimensions, *(_build_sum(metric, name) for name in names)]),
        compose("from $schema.$mart as facts", schema=SCHEMA, mart=table.mart),
        compose(build_join(table.types), schema=SCHEMA),
        f"where {' and '.join(tests)}" if tests else "",
        f"group by {', '.join(str(i + 1) for i in range(len(by)))}" if by else "",
    ]
    return Question(" ".join(filter(None, parts)), tuple(values))


def _build_sum(metric: Metric, name: str) -> str:
    if name == THERE:
        return compose("true as $name", name=name)
    if name == AFFECTED:
        return compose("bool_or(facts.$name) as $name", name=name)
    terms = parse_terms(getattr(metric, name))
    if not terms:
        return compose("null as $name", name=name)
    columns = [compose(f"{sign} facts.$column", column=column) for column, sign in terms]
    return compose(SUM.replace("$terms", " ".join(columns)), name=name)
