"""From sums to a figure: division, interval, and what is said when it cannot be measured. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from orchestration.answering import to_plain
from orchestration.intervals import compute_wilson_interval
from orchestration.metric_catalogue import COUNT, Metric
from orchestration.metric_question import AFFECTED, SUMS

FIELDS: Final = (
    *("numerator", "denominator", "value", "n", "developed_share", "low", "high"),
    *("basis", "unit", "as_of"),
)


def build_figure(
    metric: Metric,
    *,
    dimensions: Mapping[str, object],
    sums: Sequence[object],
    as_of: str,
    tax: str = "",
) -> dict[str, Any]:
    """Build one row of the answer.

    Parameters
    ----------
    metric : Metric
    dimensions : mapping of str to object
        Dimension to its value.
    sums : sequence of object
        In the order of ``SUMS``; None where the metric has no such column. Then, where the mart
        says it, whether a change of policy affects the figure.
    as_of : str
        YYYY-MM-DD.
    tax : str
        What amounts say of tax.

    Returns
    -------
    dict
        The dimensions, then ``FIELDS``, then of money its tax. A developed metric's value, low and
        high cover what is still to come; numerator and denominator are observed.
    """
    found = dict(zip(SUMS, map(_to_number, sums[: len(SUMS)]), strict=True))
    value = _compute_value(metric, found)
    low, high = _compute_interval(metric, found, value=value)
    figures = {
        "numerator": found["numerator"],
        "denominator": found["denominator"],
        "value": value,
        "n": found["n"] if metric.n else _find_n(metric, found["denominator"]),
        "developed_share": _divide(found["exposure"], found["n" if metric.n else "denominator"]),
        "low": low,
        "high": high,
        "basis": metric.basis,
        "unit": metric.unit,
        "as_of": as_of,
    }
    figures |= _say_tax(metric, tax)
    affected = dict(zip((AFFECTED,), sums[len(SUMS) :], strict=False))
    plain = {name: to_plain(one) for name, one in {**dimensions, **affected}.items()}
    return {name: plain[name] for name in dimensions} | figures | {n: plain[n] for n in affected}


def build_missing_figure(
    metric: Metric, *, dimensions: Sequence[str], missing: Sequence[str], as_of: str, tax: str = ""
) -> dict[str, Any]:
    """Build the one row of a metric that is not measurable: no value, and what is missing."""
    empty: dict[str, Any] = dict.fromkeys((*dimensions, *FIELDS))
    said = {"basis": metric.basis, "unit": metric.unit, "as_of": as_of}
    return empty | said | _say_tax(metric, tax) | {"missing": list(missing)}


def _say_tax(metric: Metric, tax: str) -> dict[str, str]:
    return {"tax": tax} if metric.is_money and tax else {}


def _compute_value(metric: Metric, found: Mapping[str, float | None]) -> float | None:
    """Divide what is expected where the metric covers it, else what was observed."""
    above = found["expected" if metric.expected else "numerator"]
    if metric.denominator is None:
        return above
    value = _divide(above, found["denominator"])
    return value * 100 if value is not None and metric.unit == "per_100" else value


def _compute_interval(
    metric: Metric, found: Mapping[str, float | None], *, value: float | None
) -> tuple[float | None, float | None]:
    """Give counts a Wilson interval; yen are no independent trials and get none.

    What is still to come was not tried yet: a developed share rests on its exposure alone.
    """
    if not (metric.is_counted and metric.unit == "share") or value is None:
        return None, None
    hits, trials = found["numerator"], found["denominator"]
    if metric.expected:
        trials = found["exposure"]
        hits = None if trials is None else value * trials
    if hits is None or trials is None:
        return None, None
    return compute_wilson_interval(hits, trials) or (None, None)


def _divide(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _find_n(metric: Metric, denominator: float | None) -> float | None:
    return denominator if (metric.denominator or "").endswith(COUNT) else None


def _to_number(value: object) -> float | None:
    """Keep whole sums whole; DuckDB sums whole numbers into whole numbers."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not a number: {value!r}, expected a sum")
