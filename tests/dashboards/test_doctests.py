"""Examples in docstrings: every row of the number table in look.md §3 is one of them."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

LIB = Path(__file__).parents[2] / "dashboards" / "lib"
MODULES = sorted(p.stem for p in LIB.glob("*.py") if ">>>" in p.read_text(encoding="utf-8"))
# What look.md §3 names, each in both languages.
KINDS = {
    "money", "money_unit", "rate", "interval", "difference", "sample", "day", "day_in_table",
    "clock", "duration", "units", "below", "count",
}  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    module = importlib.import_module(f"dashboards.lib.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["japanese", "english"])
def test_every_kind_of_number_has_an_example(name: str) -> None:
    module = importlib.import_module(f"dashboards.lib.{name}")
    formatter = getattr(module, name.capitalize())
    without = [kind for kind in KINDS if ">>>" not in (getattr(formatter, kind).__doc__ or "")]
    assert without == []
