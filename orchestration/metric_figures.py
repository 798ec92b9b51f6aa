"""From sums to a figure: division, interval, and what is said when it cannot be measured. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from orchestration.answering import to_plain
from orchestration.intervals import compute_wilson_interval
from orchestration.metric_catalogue import Metric
from orchestration.metric_question import SUMS

FIELDS: Final = (
    *("numerator", "denominator", "value", "n", "developed_share", "low", "high"),
    *("basis", "unit", "as_of"),
)
COUNT: Final = "_count"


def build_figure(
    metric: Metric, *, dimensions: Mapping[str, object], sums: Sequence[object], as_of: str
) -> dict[str, Any]:
    """Build one row of the answer.

    Parameters
    ----------
    metric : Metric
    dimensions : mapping of str to object
        Dimension to its value.
    sums : sequence of object
        In the order of ``SUMS``; None where the metric has no such column.
    as_of : str
        YYYY-MM-DD.

    Returns
    -------
    dict
        The dimensions, then ``FIELDS``. A developed metric's value, low and high cover what is
        still to come; numerator and denominator are observed.
    """
    found = dict(zip(SUMS, map(_to_number, sums), strict=True))
    numerator, denominator, exposure = (found[name] for name in SUMS[:3])
    basis = exposure if metric.is_developed else denominator
    low, high = _compute_interval(metric, numerator=numerator, trials=basis)
    figures = {
        "numerator": numerator,
        "denominator": denominator,
        "value": numerator if metric.denominator is None else _divide(metric, numerator, basis),
        "n": found["n"] if metric.n else _find_n(metric, denominator),
        "developed_share": exposure / denominator if exposure is not None and denominator else None,
        "low": low,
        "high": high,
        "basis": metric.basis,
        "unit": metric.unit,
        "as_of": as_of,
    }
    return {name: to_plain(value) for name, value in dimensions.items()} | figures


def build_missing_figure(
    metric: Metric, *, dimensions: Sequence[str], missing: Sequence[str], as_of: str
) -> dict[str, Any]:
    """Build the one row of a metric that is not measurable: no value, and what is missing."""
    empty: dict[str, Any] = dict.fromkeys((*dimensions, *FIELDS))
    said = {"basis": metric.basis, "unit": metric.unit, "as_of": as_of}
    return empty | said | {"missing": list(missing)}


def _compute_interval(
    metric: Metric, *, numerator: float | None, trials: float | None
) -> tuple[float | None, float | None]:
    """Give counts a Wilson interval; yen are no independent trials and get none."""
    columns = (metric.numerator or "", metric.denominator or "")
    is_counted = metric.unit == "share" and all(name.endswith(COUNT) for name in columns)
    if not is_counted or numerator is None or trials is None:
        return None, None
    return compute_wilson_interval(numerator, trials) or (None, None)


def _divide(metric: Metric, numerator: float | None, denominator: float | None) -> float | None:
    if numerator is None or not denominator:
        return None
    return numerator / denominator * (100 if metric.unit == "per_100" else 1)


def _find_n(metric: Metric, denominator: float | None) -> float | None:
    return denominator if (metric.denominator or "").endswith(COUNT) else None


def _to_number(value: object) -> float | None:
    """Keep whole sums whole; DuckDB sums whole numbers into whole numbers."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not a number: {value!r}, expected a sum")
