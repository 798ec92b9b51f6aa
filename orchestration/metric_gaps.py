"""What the landed files leave out that a metric needs, though the files themselves are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import duckdb

MART: Final = "rpt_metric_gaps"
WHOLE: Final = "whole"
# Of a metric: the part of it that is not measurable, or ``WHOLE``, to what would make it so.
Gaps = Mapping[str, Mapping[str, tuple[str, ...]]]
READ: Final = (
    "select metric_name, part_code, missing_name from marts.rpt_metric_gaps"
    " order by metric_name, part_code, missing_name"
)


def read_gaps(connection: duckdb.DuckDBPyConnection) -> Gaps:
    """Read the gaps of a published version that says them.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Schema ``marts``.

    Returns
    -------
    mapping of metric to mapping of part to tuple of str
        Entities, or columns as ``entity.column``.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for metric, part, missing in connection.execute(READ).fetchall():
        parts = found.setdefault(str(metric), {})
        parts[str(part)] = (*parts.get(str(part), ()), str(missing))
    return found
