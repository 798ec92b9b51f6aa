"""A metric of the catalogue, computed from what is published, or as of an earlier day."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from orchestration.answering import (
    cast_value,
    find_nearest,
    open_published,
)
from orchestration.metric_catalogue import WAITED, Metric
from orchestration.metric_desk import Desk, find_missing, find_table, read_desk
from orchestration.metric_dimensions import DIMENSIONS
from orchestration.metric_figures import build_figure, build_missing_figure
from orchestration.metric_gaps import WHOLE
from orchestration.metric_question import Question, Table, build_question
from orchestration.metric_tax import choose_tax
from orchestration.metric_waiting import build_waiting_figures, lay_missing
from orchestration.publication import read_pointer
from orchestration.settings_values import Tax
from orchestration.wording import Words, WrongUseError

UNKNOWN_METRIC: Final = Words(
    ja="{name} という指標はありません。近い名前: {nearest}。`kaeru metric --list` で一覧できます。",
    en="No metric is named {name}. Nearest: {nearest}. `kaeru metric --list` lists all.",
)
UNKNOWN_DIMENSION: Final = Words(
    ja="{metric} は {name} では分けられません。近い名前: {nearest}。",
    en="{metric} cannot be split by {name}. Nearest: {nearest}.",
)


def compute_metric(
    shop: Path,
    name: str,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    as_of: date | None = None,
    tax: str | None = None,
) -> list[dict[str, Any]]:
    """Compute a metric.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    name : str
        Of the catalogue (``list_metrics``).
    by : sequence of str, optional
        Dimensions to split by.
    where : mapping of str to sequence of str, optional
        Dimension to values, one of which must hold; the empty text stands for null.
    as_of : date, optional
        What was known on that day; by default what is published.
    tax : {"included", "excluded"}, optional
        By default as the shop's setting says. Amounts that carry no tax of a line, such as costs,
        stay as the files say them.

    Returns
    -------
    list of dict
        One row per combination of ``by``: its dimensions, then numerator, denominator, value, n,
        developed_share, low, high, basis, unit, as_of; of money also tax; of a developed metric
        also, where its mart says it, is_policy_change_affected. Not measurable: one row whose
        value is None and whose ``missing`` names what would make it measurable.

    Raises
    ------
    WrongUseError
        If a name or a value is not known.
    KaeruError
        If nothing is published.
    """
    wanted = choose_tax(name, tax)
    with _open_desk(shop, name, as_of=as_of, tax=wanted) as desk:
        if name not in desk.metrics:
            nearest = find_nearest(name, known=desk.metrics, count=3)
            raise WrongUseError(UNKNOWN_METRIC, name=name, nearest=nearest)
        return _answer(desk, desk.metrics[name], by=by, where=where or {}, tax=wanted)


def list_metrics(shop: Path) -> list[dict[str, Any]]:
    """List the catalogue of the published version.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of dict
        By name; ``missing`` is empty where the metric is measurable.

    Raises
    ------
    KaeruError
        If nothing is published.
    """
    with _open_desk(shop) as desk:
        return [_describe(desk, metric) for metric in desk.metrics.values()]


@contextlib.contextmanager
def _open_desk(
    shop: Path, name: str = "", *, as_of: date | None = None, tax: Tax | None = None
) -> Iterator[Desk]:
    """Open what is published, unless another day or another tax is asked for than it covers."""
    publication = read_pointer(shop)
    day = as_of
    if day is None or (publication is not None and publication.as_of == day.isoformat()):
        with open_published(shop) as connection:
            desk = read_desk(connection)
            if not _has_to_be_turned(desk, name, tax=tax):
                yield desk
                return
            day = date.fromisoformat(desk.as_of)
    # Imported here: only a past day or another tax starts dbt.
    from orchestration.as_of_build import open_beside

    with open_beside(shop, as_of=day, tax=tax) as connection:
        yield read_desk(connection)


def _has_to_be_turned(desk: Desk, name: str, *, tax: Tax | None) -> bool:
    """Whether the metric has to be built with the other tax, and can be."""
    if tax in {None, desk.tax} or name not in desk.metrics:
        return False
    return not find_missing(desk, desk.metrics[name], tax=tax)


def _answer(
    desk: Desk,
    metric: Metric,
    *,
    by: Sequence[str],
    where: Mapping[str, Sequence[str]],
    tax: Tax | None,
) -> list[dict[str, Any]]:
    facts = find_table(desk, metric.mart, names=metric.own_dimensions, date=metric.date)
    known = facts.dimensions if facts else DIMENSIONS
    for name in (*by, *where):
        if name not in known:
            nearest = find_nearest(name, known=known, count=3)
            raise WrongUseError(UNKNOWN_DIMENSION, metric=metric.name, name=name, nearest=nearest)
    missing = find_missing(desk, metric, tax=tax)
    if missing or facts is None:
        said = {"as_of": desk.as_of, "tax": tax or desk.tax}
        return [build_missing_figure(metric, dimensions=by, missing=missing, **said)]
    asked = list(dict.fromkeys(by))
    if metric.waited is not None:
        return _answer_waiting(desk, metric, asked=asked, where=where)
    question = _ask(desk, metric, facts=facts, by=asked, where=where)
    return [
        build_figure(
            metric,
            dimensions=dict(zip(asked, row, strict=False)),
            sums=row[len(asked) :],
            as_of=desk.as_of,
            tax=desk.tax,
        )
        for row in desk.connection.execute(question.sql, list(question.values)).fetchall()
    ]


def _ask(
    desk: Desk,
    metric: Metric,
    *,
    facts: Table,
    by: Sequence[str],
    where: Mapping[str, Sequence[str]],
) -> Question:
    return build_question(
        metric,
        facts=facts,
        below=find_table(desk, metric.denominator_mart, date=metric.denominator_date),
        by=by,
        where=where,
        cast=lambda value, column, data_type: cast_value(
            desk.connection, value, column=column, data_type=data_type
        ),
    )


def _answer_waiting(
    desk: Desk, metric: Metric, *, asked: Sequence[str], where: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Answer by the metric's own dimension too: medians of its stages are no median of a whole."""
    facts = find_table(desk, metric.mart, names=metric.dimensions, date=metric.date)
    if facts is None:
        return []
    (stage,) = metric.own_dimensions
    by = [*(name for name in (stage,) if name not in asked), *asked]
    question = _ask(desk, metric, facts=facts, by=[*by, WAITED], where=where)
    rows = desk.connection.execute(question.sql, list(question.values)).fetchall()
    wanted = where.get(stage)
    gaps = {
        part: missing
        for part, missing in desk.gaps.get(metric.name, {}).items()
        if part != WHOLE and (wanted is None or part in wanted)
    }
    figures = build_waiting_figures(metric, by=by, rows=rows, as_of=desk.as_of)
    return figures + [
        lay_missing(build_missing_figure(metric, dimensions=by, missing=missing, as_of=desk.as_of))
        | {stage: part}
        for part, missing in gaps.items()
    ]


def _describe(desk: Desk, metric: Metric) -> dict[str, Any]:
    facts = find_table(desk, metric.mart, names=metric.own_dimensions, date=metric.date)
    return {
        "name": metric.name,
        "label_ja": metric.label_ja,
        "label_en": metric.label_en,
        "definition_ja": metric.definition_ja,
        "definition_en": metric.definition_en,
        "basis": metric.basis,
        "unit": metric.unit,
        "owner": metric.owner,
        "is_developed": metric.is_developed,
        "mart": metric.mart,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "denominator_mart": metric.denominator_mart,
        "filter": dict(metric.filters),
        "dimensions": list(facts.dimensions if facts else ()),
        "required": list(metric.entities),
        "taxed": list(metric.taxed_entities),
        "missing": find_missing(desk, metric),
    }
