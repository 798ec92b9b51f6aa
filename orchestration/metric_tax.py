"""Which tax a figure of money says, and whether its amounts can be turned to the other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import duckdb

from orchestration.metric_catalogue import Metric, read_seed_metrics
from orchestration.settings_values import Tax
from orchestration.wording import Words, WrongUseError

TAXES: Final[tuple[Tax, ...]] = ("included", "excluded")
TAX_RATE: Final = "order_lines.tax_rate"
RETURN_LINE: Final = "refunds.return_line_id"
# By entity: the column that its amounts lack to be turned, where the question finds a row. Before
# a build: nothing holds no tax, and of refunds it only shows that no line at all has a rate.
BEFORE: Final[Mapping[str, Mapping[str, str]]] = {
    "order_lines": {
        TAX_RATE: "select 1 from marts.fct_order_lines"
        " where tax_rate is null and (gross_amount <> 0 or net_amount <> 0) limit 1"
    },
    "refunds": {
        TAX_RATE: "select 1 from marts.fct_refunds where is_paid and refund_amount <> 0 and"
        " not exists (select 1 from marts.fct_order_lines where tax_rate is not null) limit 1"
    },
}
# After it: what could not be turned is null there.
UNTURNED: Final = (
    "select 1 from marts.fct_refunds as refunds"
    " left join marts.fct_return_lines as return_lines using (return_line_id)"
    " where refunds.is_paid and refunds.refund_amount is null and "
)
AFTER: Final[Mapping[str, Mapping[str, str]]] = {
    "order_lines": {
        TAX_RATE: "select 1 from marts.fct_order_lines"
        " where gross_amount is null or net_amount is null limit 1"
    },
    "refunds": {
        TAX_RATE: f"{UNTURNED} coalesce(return_lines.is_matched, false) limit 1",
        RETURN_LINE: f"{UNTURNED} not coalesce(return_lines.is_matched, false) limit 1",
    },
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
    questions = AFTER if read_tax(connection) == tax else BEFORE
    found = (
        column
        for entity in metric.taxed_entities
        for column, question in questions[entity].items()
        if connection.execute(question).fetchone() is not None
    )
    return list(dict.fromkeys(found))


def read_tax(connection: duckdb.DuckDBPyConnection) -> str:
    """Read what the amounts of the marts say of tax; the empty text where they say nothing."""
    found = connection.execute("select tax_code from marts.rpt_shop").fetchone()
    return str(found[0] or "") if found else ""
