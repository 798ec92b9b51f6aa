"""Exports: CSV that no spreadsheet reads as a formula, documents for print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

FORMULA_STARTS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
ENCODING: Final = "utf-8-sig"  # spreadsheets read Japanese UTF-8 only with the mark


def neutralise(frame: pd.DataFrame) -> pd.DataFrame:
    """Put a quote before text that a spreadsheet would run; numbers stay.

    Examples
    --------
    >>> neutralise(pd.DataFrame({"a": ["=1+1", " @x", "shirt"], "n": [-1, 2, 3]}))["a"].tolist()
    ["'=1+1", "' @x", 'shirt']
    """
    safe: pd.DataFrame = frame.apply(
        lambda column: column if _is_numeric(column) else column.map(_neutralise_value)
    )
    return safe


def write_csv(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV for spreadsheets."""
    return neutralise(frame).to_csv(index=False).encode(ENCODING)


def show_export(label: str, *, build: Callable[[], pd.DataFrame], name: str) -> None:
    """Offer a CSV; it is built when it is asked for."""
    st.download_button(
        label,
        data=lambda: write_csv(build()),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"k_export_{name}",
    )


def show_document(label: str, *, build: Callable[[], str], name: str) -> None:
    """Offer an HTML document; it is built when it is asked for."""
    st.download_button(
        label,
        data=lambda: build().encode(),
        file_name=f"{name}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/print:",
        key=f"k_print_{name}",
    )


def _is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)


def _neutralise_value(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
