"""The five conditions and the leak of a published version, as ``kaeru`` answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from orchestration.answering import open_published, read_marts, to_plain
from orchestration.identifiers import compose
from orchestration.wording import KaeruError, Words

OWN: Final = "kaeru.toml [costs]"

OLD_VERSION: Final = Words(
    ja="公開中の版には条件ともれの表がありません。`kaeru run` を実行してください。",
    en="The published version holds neither conditions nor leaks. Run `kaeru run`.",
)


def list_conditions(shop: Path) -> list[dict[str, Any]]:
    """List the five conditions with their states.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of dict
        ``condition`` (1–5), ``state``, ``value``, ``n``, ``low``, ``high``, ``threshold``,
        ``yen_per_month`` and ``missing``, the files and columns without which a figure is unknown.

    Raises
    ------
    KaeruError
        If nothing is published, or a version of before there were conditions.
    """
    rows = _read(shop, ("rpt_conditions", "rpt_condition_figures"))
    missing = _gather(rows["rpt_condition_figures"], by="condition_number")
    return [
        {
            "condition": row["condition_number"],
            "state": row["state_code"],
            "value": row["value_share"],
            "n": row["n_count"],
            "low": row["low"],
            "high": row["high"],
            "threshold": row["threshold_share"],
            "yen_per_month": row["month_amount"],
            "missing": missing.get(row["condition_number"], []),
        }
        for row in rows["rpt_conditions"]
    ]


def read_leak(shop: Path) -> dict[str, Any]:
    """Read what leaks a month, by hole, with the costs that made it.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    dict
        ``period``, ``total_amount``, and ``holes``: each with ``hole``, ``amount``, ``parameters``
        and, where a part of it is not known, ``missing``. The amount is null where none is known.

    Raises
    ------
    KaeruError
        If nothing is published, or a version of before there were leaks.
    """
    rows = _read(shop, ("rpt_leak_holes", "rpt_leak_parts", "rpt_leak"))
    missing = _gather(rows["rpt_leak_parts"], by="hole_code")
    holes = rows["rpt_leak_holes"]
    amounts = [row["month_amount"] for row in holes if row["month_amount"] is not None]
    period = {name: holes[0][name] for name in ("first_date", "last_date", "month_count")}
    return {
        "period": period | {"is_whole_months": holes[0]["is_whole_months"]},
        "total_amount": sum(amounts) if amounts else None,
        "holes": [
            {
                "hole": row["hole_code"],
                "amount": row["month_amount"],
                "parameters": _list_parameters(rows["rpt_leak"], hole=row["hole_code"]),
            }
            | ({"missing": missing[row["hole_code"]]} if row["hole_code"] in missing else {})
            for row in holes
        ],
    }


def _list_parameters(rows: Sequence[Mapping[str, Any]], *, hole: str) -> list[dict[str, Any]]:
    """List the costs of a hole, each once."""
    found = {row["parameter_name"]: row for row in rows if row["hole_code"] == hole}
    return [
        {"name": name, "value": row["parameter_value"], "source": write_source(row)}
        for name, row in found.items()
    ]


def write_source(row: Mapping[str, Any]) -> str:
    """Say where a cost comes from.

    Examples
    --------
    >>> write_source({"source_code": "shop"})
    'kaeru.toml [costs]'
    >>> told = {"confidence_code": "assumption", "valid_from_date": "1990-01-02"}
    >>> write_source({"source_code": "default", **told, "source_text": "Opening and grading"})
    'default, assumption, from 1990-01-02: Opening and grading'
    >>> write_source({"source_code": "none"})
    'asked: set it in kaeru.toml [costs]'
    """
    if row["source_code"] == "shop":
        return OWN
    if row["source_code"] == "none":
        return f"asked: set it in {OWN}"
    sure, day = row["confidence_code"], row["valid_from_date"]
    return f"default, {sure}, from {day}: {row['source_text']}"


def _gather(rows: Sequence[Mapping[str, Any]], *, by: str) -> dict[Any, list[str]]:
    """Gather what is missing, each name once, in the order of the rows."""
    found: dict[Any, list[str]] = {}
    for row in rows:
        if row["missing_name"] and row["missing_name"] not in found.setdefault(row[by], []):
            found[row[by]].append(row["missing_name"])
    return {key: names for key, names in found.items() if names}


def _read(shop: Path, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Read marts in the order in which they were written."""
    with open_published(shop) as connection:
        marts = read_marts(connection)
        if not marts.keys() >= set(names):
            raise KaeruError(OLD_VERSION)
        found = {}
        for name in names:
            columns = tuple(marts[name].columns)
            written = "select $columns from marts.$mart order by rowid"
            sql = compose(written, columns=columns, mart=name)
            rows = connection.execute(sql).fetchall()
            found[name] = [
                {c: to_plain(v) for c, v in zip(columns, row, strict=True)} for row in rows
            ]
    return found
