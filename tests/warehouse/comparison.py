"""What two frames of one mart say differently, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

NEAR = "near_"  # an expectation before it is rounded to whole units or yen


def find_differences(
    found: pd.DataFrame, expected: pd.DataFrame, *, keys: Sequence[str], tolerance: float = 1e-9
) -> list[str]:
    """Compare the columns of the expectation row by row.

    Parameters
    ----------
    found, expected : DataFrame
        ``expected`` names a subset of the columns; a column ``near_x`` stands for ``x`` before it
        is rounded.
    keys : sequence of str
        Name a row.
    tolerance : float
        Of doubles that neither side rounds, relative and absolute, and of what is rounded in
        parts, beyond half a unit; counts and amounts are exact.

    Returns
    -------
    list of str
        Empty where both agree.
    """
    sides = [index_rows(frame, keys) for frame in (found, expected)]
    lines = [f"only in the mart: {key}" for key in sides[0].keys() - sides[1].keys()]
    lines += [f"not in the mart: {key}" for key in sides[1].keys() - sides[0].keys()]
    for key in sides[0].keys() & sides[1].keys():
        lines += compare_rows(key, sides[0][key], sides[1][key], tolerance=tolerance)
    return sorted(lines)


def index_rows(frame: pd.DataFrame, keys: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for record in frame.to_dict("records"):
        row = {name: simplify(value) for name, value in record.items()}
        key = tuple(row[name] for name in keys)
        assert key not in rows, f"{key} repeats"
        rows[key] = row
    return rows


def simplify(value: Any) -> Any:
    """Plain Python: None for what is missing, days as dates, whole numbers as int."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if value is pd.NA:
        return None
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if hasattr(value, "item"):
        return value.item()
    return value


def compare_rows(
    key: tuple[Any, ...], found: dict[str, Any], expected: dict[str, Any], *, tolerance: float
) -> Iterator[str]:
    for name, wanted in expected.items():
        is_near = name.startswith(NEAR)
        got = found[name.removeprefix(NEAR)]
        if is_near and wanted is not None:
            slack = max(1e-5 * max(1, abs(wanted)), tolerance)
            is_same = got is not None and abs(got - wanted) <= 0.5 + slack
        elif isinstance(wanted, float) and isinstance(got, float | int):
            is_same = math.isclose(got, wanted, rel_tol=tolerance, abs_tol=tolerance)
        else:
            is_same = got == wanted
        if not is_same:
            yield f"{key} {name}: mart {show(got)}, oracle {show(wanted)}"


def show(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
