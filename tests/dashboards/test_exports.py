"""Exports: no spreadsheet runs what a customer wrote."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.lib.exports import neutralise, write_csv


@pytest.mark.parametrize("start", list("=+-@\t\r\n\0＝＋－＠"))
def test_text_that_begins_like_a_formula_gets_a_quote(start: str) -> None:
    frame = neutralise(pd.DataFrame({"a": [f"{start}1+1", f"  {start}1", "靴"]}))
    assert frame["a"].tolist() == [f"'{start}1+1", f"'  {start}1", "靴"]


def test_numbers_are_untouched() -> None:
    frame = neutralise(pd.DataFrame({"n": [-1, 2], "rate": [-0.5, None]}))
    assert frame["n"].tolist() == [-1, 2]
    assert frame["rate"].iloc[0] == -0.5


def test_spreadsheets_read_the_japanese() -> None:
    assert write_csv(pd.DataFrame({"名前": ["靴"]})) == b"\xef\xbb\xbf" + "名前\n靴\n".encode()
