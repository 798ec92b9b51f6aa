"""Rows of a frame as plain records, typed for the code that writes cells from them."""

from __future__ import annotations

from typing import Any

import pandas as pd


def list_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """List the rows as mappings from column to value.

    Examples
    --------
    >>> list_records(pd.DataFrame({"a": [1]}))
    [{'a': 1}]
    """
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def is_missing(value: float) -> bool:
    """Say whether a number of a frame is missing.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing(0.0)
    (True, False)
    """
    return bool(pd.isna(value))
