"""By what a metric can be split: its mart's columns, its day, its products. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestration.identifiers import compose

COLUMNS: Final[Mapping[str, str]] = {
    "sku": "sku",
    "style": "style_id",
    "category": "category_name",
    "brand": "brand_name",
    "season": "season_name",
    "channel": "channel_name",
    "size": "size_label",
    "colour": "colour_name",
    "reason": "reason_code",
    "rail": "method_code",
    "campaign": "campaign_code",
}
PERIODS: Final[Mapping[str, tuple[str, str]]] = {
    # A period to its SQL and its type: Monday of the week, year and month.
    "day": ("facts.$column", "DATE"),
    "week": ("date_trunc('week', facts.$column)::date", "DATE"),
    "month": ("strftime(facts.$column, '%Y-%m')", "VARCHAR"),
}
DIMENSIONS: Final = (*COLUMNS, *PERIODS)
OF_SKU: Final = ("style", "category", "brand", "season", "size", "colour")
OF_STYLE: Final = ("category", "brand", "season")
PRODUCTS_BY_SKU: Final = "left join $schema.dim_products as products on facts.sku = products.sku"
# A style's SKUs rarely disagree about these; where they do, the smallest word stands for all, as
# in rpt_style_returns.
PRODUCTS_BY_STYLE: Final = """\
left join (
    select style_id, min(category_name) as category_name, min(brand_name) as brand_name,
        min(season_name) as season_name
    from $schema.dim_products group by style_id
) as products on facts.style_id = products.style_id"""


@dataclass(frozen=True)
class Dimension:
    """One way to split a metric.

    Attributes
    ----------
    name : str
    sql : str
        Its expression over ``facts`` (the mart) and ``products``.
    data_type : str
        Of the expression, in DuckDB's words.
    """

    name: str
    sql: str
    data_type: str


def build_dimensions(
    names: Mapping[str, str],
    *,
    date: str | None,
    types: Mapping[str, str],
    product_types: Mapping[str, str],
) -> dict[str, Dimension]:
    """Build every dimension that a mart allows.

    Parameters
    ----------
    names : mapping of str to str
        Dimension to column, where the mart names it otherwise than others.
    date : str or None
        Column of the day.
    types : mapping of str to str
        The columns of the mart and their types.
    product_types : mapping of str to str
        The columns of ``dim_products``.

    Returns
    -------
    dict of str to Dimension
        By name.
    """
    found: dict[str, Dimension] = {}
    for name, column in {**COLUMNS, **names}.items():
        if column in types:
            sql = compose("facts.$column", column=column)
            found[name] = Dimension(name=name, sql=sql, data_type=types[column])
    for name in OF_SKU if "sku" in types else OF_STYLE if "style_id" in types else ():
        column = COLUMNS[name]
        if name not in found and column in product_types:
            sql = compose("products.$column", column=column)
            found[name] = Dimension(name=name, sql=sql, data_type=product_types[column])
    if date is not None:
        for name in list_periods(date):
            sql, data_type = PERIODS[name]
            found[name] = Dimension(name=name, sql=compose(sql, column=date), data_type=data_type)
    return found


def list_periods(column: str) -> tuple[str, ...]:
    """List the periods that a column of days can be split by.

    Examples
    --------
    >>> list_periods("paid_date"), list_periods("week_start_date"), list_periods("month_date")
    (('day', 'week', 'month'), ('week',), ('month',))
    >>> list_periods("cohort_month_date")
    ('month',)
    """
    whole = [period for period in ("week", "month") if period in column.split("_")]
    return tuple(whole) or tuple(PERIODS)


def build_join(types: Mapping[str, str]) -> str:
    """Build the join to the products, by the finest key that a mart has; none without one."""
    if "sku" in types:
        return PRODUCTS_BY_SKU
    return PRODUCTS_BY_STYLE if "style_id" in types else ""
