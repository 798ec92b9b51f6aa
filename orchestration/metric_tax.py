"""Which tax a figure of money says, and whether its amounts can be turned to the other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import duckdb

from orchestration.metric_catalogue import Metric, read_seed_metrics
from orchestration.settings_values import Tax
from orchestration.wording import Words, WrongUseError

TAXES: Final[tuple[Tax, ...]] = ("included", "excluded")
# What would let an entity's amounts be turned.
LACKING: Final[Mapping[str, str]] = {
    "order_lines": "order_lines.tax_rate",
    "refunds": "refunds.return_line_id",
}
# Nothing holds no tax, whatever the rate. Of refunds only a build tells whether a rate was found.
HAS_UNKNOWN_RATE: Final[Mapping[str, str]] = {
    "order_lines": "select 1 from marts.fct_order_lines"
    " where tax_rate is null and (gross_amount <> 0 or net_amount <> 0) limit 1",
}
# What a build could not turn is null there.
HAS_UNTURNED: Final[Mapping[str, str]] = {
    "order_lines": "select 1 from marts.fct_order_lines"
    " where gross_amount is null or net_amount is null limit 1",
    "refunds": "select 1 from marts.fct_refunds where is_paid and refund_amount is null limit 1",
}

UNKNOWN_TAX: Final = Words(
    ja="--tax は included か excluded です（{found} は使えません）。",
    en="--tax is included or excluded, not {found}.",
)


def choose_tax(name: str, tax: str | None) -> Tax | None:
    """Choose the tax that a metric's figures have to say.

    Parameters
    ----------
    name : str
        Of the metric.
    tax : str or None
        What was asked for.

    Returns
    -------
    {"included", "excluded"} or None
        None where nothing was asked for or the metric's amounts stay as the files say them.

    Raises
    ------
    WrongUseError
        If it is neither.
    """
    if tax is None:
        return None
    for known in TAXES:
        if known == tax:
            metric = read_seed_metrics().get(name)
            return known if metric is not None and metric.taxed_entities else None
    raise WrongUseError(UNKNOWN_TAX, found=tax)


def find_untaxed(
    connection: duckdb.DuckDBPyConnection, metric: Metric, *, tax: Tax | None
) -> list[str]:
    """Find what a metric lacks for its amounts to be turned.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Schema ``marts``.
    metric : Metric
    tax : {"included", "excluded"} or None
        What the figures have to say; None as the marts say it.

    Returns
    -------
    list of str
        Columns of entities; empty where nothing is in the way.
    """
    if tax is None:
        return []
    tests = HAS_UNTURNED if read_tax(connection) == tax else HAS_UNKNOWN_RATE
    return [
        LACKING[entity]
        for entity in metric.taxed_entities
        if entity in tests and connection.execute(tests[entity]).fetchone() is not None
    ]


def read_tax(connection: duckdb.DuckDBPyConnection) -> str:
    """Read what the amounts of the marts say of tax; the empty text where they say nothing."""
    found = connection.execute("select tax_code from marts.rpt_shop").fetchone()
    return str(found[0] or "") if found else ""
