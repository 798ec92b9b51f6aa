"""Cells cut by an attribute of customers: few customers are never shown alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

FEWEST: Final = 5  # customers of a cell that is shown
OTHER: Final = "other"


class Cell(NamedTuple):
    """What belongs to one value of the attribute.

    Attributes
    ----------
    value : str
    customers : int
    counts : tuple of int
        Whatever is summed when cells merge.
    """

    value: str
    customers: int
    counts: tuple[int, ...]


def merge_small_cells(cells: Iterable[Cell]) -> list[Cell]:
    """Merge cells of fewer than five customers into "other".

    The next smallest cell joins while "other" has fewer than five itself; where all customers
    together are fewer, nothing is shown.

    Parameters
    ----------
    cells : iterable of Cell
        One per value; a customer may be in several, each counted in its own.

    Returns
    -------
    list of Cell
        By value, "other" last.
    """
    shown = sorted(cells, key=lambda cell: (cell.customers, cell.value))
    merged: list[Cell] = []
    while shown and (
        shown[0].customers < FEWEST or 0 < sum(cell.customers for cell in merged) < FEWEST
    ):
        merged.append(shown.pop(0))
    result = sorted(shown, key=lambda cell: cell.value)
    if sum(cell.customers for cell in merged) >= FEWEST:
        counts = tuple(map(sum, zip(*(cell.counts for cell in merged), strict=True)))
        result.append(Cell(OTHER, sum(cell.customers for cell in merged), counts))
    return result
