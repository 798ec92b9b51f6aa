"""What each metric is: the rows of the catalogue, from its seed or from what is published."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb

from orchestration.fingerprint import DBT_PROJECT

SEED: Final = DBT_PROJECT / "seeds" / "metric_catalogue.csv"
COUNT: Final = "_count"
WAITED: Final = "waited"
TERM: Final = re.compile(r"([+-]?)([a-z][a-z0-9_]*)")
PUBLISHED: Final = "select * from marts.rpt_metrics order by metric_name"


@dataclass(frozen=True)
class Metric:
    """One row of the catalogue.

    Attributes
    ----------
    name : str
    mart : str or None
        The published mart that it is computed from; None while there is none.
    numerator, denominator : str or None
        Columns that are summed, with + and - between them; without a denominator the metric is a
        sum.
    denominator_mart : str or None
        The mart of the denominator, the exposure and n, where it is not ``mart``.
    denominator_date : str or None
        Its column of the day.
    expected : str or None
        Column with what the numerator is expected to become.
    exposure : str or None
        Column with the developed part of the denominator.
    n : str or None
        Column that counts what the metric rests on, and of which the exposure is a part.
    date : str or None
        Column of the day.
    whole : str or None
        Dimension over all of whose values the denominator is summed.
    filters : mapping of str to str
        Column to the value that a row of the mart must have, or several with | between them.
    dimensions : mapping of str to str
        Dimension to column, where the mart names it otherwise than others. ``waited`` names the
        days over which the value is a median.
    basis : {"cohort", "event", "as_of"}
    unit : {"share", "units", "yen", "days", "ratio", "per_100"}
    owner : str
    entities : tuple of str
        Without these it is not measurable.
    taxed_entities : tuple of str
        Whose amounts carry the consumption tax of an order line and are turned to the tax that is
        asked for; the rest, costs above all, stays as the files say it.
    is_developed : bool
    label_ja, label_en, definition_ja, definition_en : str
    """

    name: str
    mart: str | None
    numerator: str | None
    denominator: str | None
    basis: str
    unit: str
    owner: str
    label_ja: str
    label_en: str
    definition_ja: str
    definition_en: str
    denominator_mart: str | None = None
    denominator_date: str | None = None
    expected: str | None = None
    exposure: str | None = None
    n: str | None = None
    date: str | None = None
    whole: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    entities: tuple[str, ...] = ()
    taxed_entities: tuple[str, ...] = ()
    is_developed: bool = False

    @property
    def summed(self) -> tuple[str, ...]:
        """The columns that are summed, of whichever mart."""
        sums = (self.numerator, self.expected, self.denominator, self.exposure, self.n)
        return tuple(dict.fromkeys(name for one in sums for name, _ in parse_terms(one)))

    @property
    def waited(self) -> str | None:
        """The column of days waited; None where the value is a quotient or a sum."""
        return self.dimensions.get(WAITED)

    @property
    def own_dimensions(self) -> dict[str, str]:
        """Dimensions of its own that it can be split by; a metric of waiting always is."""
        return {name: column for name, column in self.dimensions.items() if name != WAITED}

    @property
    def is_counted(self) -> bool:
        """Whether it divides counts by counts."""
        terms = [*parse_terms(self.numerator), *parse_terms(self.denominator)]
        return all(name.endswith(COUNT) for name, _ in terms)

    @property
    def is_money(self) -> bool:
        """Whether it sums amounts of money."""
        return any(column.endswith("_amount") for column in self.summed)


def read_seed_metrics() -> dict[str, Metric]:
    """Read the catalogue as this program ships it.

    Returns
    -------
    dict of str to Metric
        In the order of the file.
    """
    with SEED.open(encoding="utf-8", newline="") as stream:
        return {row["metric_name"]: parse_metric(row) for row in csv.DictReader(stream)}


def read_published_metrics(connection: duckdb.DuckDBPyConnection) -> dict[str, Metric]:
    """Read the catalogue of a published version.

    Parameters
    ----------
    connection : DuckDBPyConnection

    Returns
    -------
    dict of str to Metric
        By name.
    """
    found = connection.execute(PUBLISHED)
    names = [
        one[0].removesuffix("_text").removesuffix("_code").removesuffix("_name")
        for one in found.description or []
    ]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {str(row["metric"]): parse_metric(_rename(row)) for row in rows}


def _rename(row: Mapping[str, object]) -> dict[str, str]:
    """Give a published row the names that its columns have in the seed."""
    named = ("metric", "mart", "denominator_mart")
    seeded = {name: f"{name}_name" for name in named}
    return {
        seeded.get(name, name): str(value).lower() if isinstance(value, bool) else str(value or "")
        for name, value in row.items()
    }


def parse_metric(row: Mapping[str, str]) -> Metric:
    """Parse one row of the catalogue.

    Parameters
    ----------
    row : mapping of str to str
        By the columns of the seed; the empty text stands for nothing.

    Returns
    -------
    Metric

    Raises
    ------
    ValueError
        If a list of pairs is not written as ``name=value;name=value``.
    """
    return Metric(
        name=row["metric_name"],
        mart=row["mart_name"] or None,
        numerator=row["numerator_column"] or None,
        denominator=row["denominator_column"] or None,
        denominator_mart=row["denominator_mart_name"] or None,
        denominator_date=row["denominator_date_column"] or None,
        expected=row["expected_column"] or None,
        exposure=row["exposure_column"] or None,
        n=row["n_column"] or None,
        date=row["date_column"] or None,
        whole=row["whole_dimension"] or None,
        filters=_parse_pairs(row["filter"]),
        dimensions=_parse_pairs(row["dimensions"]),
        basis=row["basis"],
        unit=row["unit"],
        owner=row["owner"],
        entities=tuple(part for part in row["required_entities"].split(";") if part),
        # A version that was published before this column existed has none.
        taxed_entities=tuple(part for part in row.get("taxed_entities", "").split(";") if part),
        is_developed=row["is_developed"] == "true",
        label_ja=row["label_ja"],
        label_en=row["label_en"],
        definition_ja=row["definition_ja"],
        definition_en=row["definition_en"],
    )


def _parse_pairs(text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in filter(None, text.split(";")):
        name, equals, value = part.partition("=")
        if not equals or not name.strip():
            raise ValueError(f"not a pair: {part!r}, expected name=value")
        pairs[name.strip()] = value.strip()
    return pairs


def parse_terms(text: str | None) -> tuple[tuple[str, str], ...]:
    """Parse what is summed into columns and their signs.

    Examples
    --------
    >>> parse_terms("returned_count-size_bracketed_returned_count")
    (('returned_count', '+'), ('size_bracketed_returned_count', '-'))
    >>> parse_terms(None)
    ()
    """
    return tuple((name, sign or "+") for sign, name in TERM.findall(text or ""))
