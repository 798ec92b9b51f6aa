"""A published file for pages, written straight from the contracts of the marts.

Names, types and descriptions are read from dbt's own files, so a fixture row that a contract no
longer knows is an error here, and not a page that fails in a shop.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml

REPOSITORY = Path(__file__).parents[2]
MARTS = REPOSITORY / "dbt_project" / "models" / "marts"
ARROW_TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
# What a not-null column holds where a fixture row does not say.
DEFAULTS = {"string": "", "bigint": 0, "double": 0.0, "boolean": False}

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Contract:
    """A mart as dbt declares it."""

    description: str
    types: dict[str, str]
    descriptions: dict[str, str]
    required: frozenset[str]


@cache
def read_contracts() -> dict[str, Contract]:
    """Read every mart's contract from the files of the warehouse."""
    docs = _read_docs()
    found = {}
    for path in sorted(MARTS.rglob("_*__models.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            columns = model["columns"]
            found[model["name"]] = Contract(
                description=model["description"],
                types={c["name"]: c["data_type"] for c in columns},
                descriptions={c["name"]: _resolve(c["description"], docs=docs) for c in columns},
                required=_find_required(model),
            )
    return found


def write_shop(
    folder: Path,
    rows: Rows,
    *,
    version: str = "20241124T220501-3fa9c1",
    as_of: str = "2024-11-24",
    tests: Mapping[str, int] | None = None,
) -> Path:
    """Write a shop's folder with one published version and return it."""
    serving = folder / "data" / "serving"
    serving.mkdir(parents=True, exist_ok=True)
    (folder / "kaeru.toml").write_text('name = "fixture"\n', encoding="utf-8")
    path = serving / f"wh-{version}.duckdb"
    _write_serving(path, rows)
    pointer = {
        "version": version,
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": "0" * 64,
        "as_of": as_of,
        "published_at": "2024-11-24T22:05:30Z",
        "tests": {"passed": 0, "warned": 0, "failed": 0, **(tests or {})},
        "models": len(read_contracts()),
    }
    (serving / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return folder


def _write_serving(path: Path, rows: Rows) -> None:
    unknown = set(rows) - set(read_contracts())
    assert not unknown, f"no such marts: {unknown}"
    path.write_bytes(_write_empty_marts())
    with duckdb.connect(str(path)) as connection:
        connection.execute("begin")
        for name, some in {**rows, "rpt_category_reason_weeks": _name_categories(rows)}.items():
            _fill_mart(connection, name, contract=read_contracts()[name], rows=some)
        connection.execute("commit")


def _name_categories(rows: Rows) -> list[dict[str, Any]]:
    """Lay the reasons of styles out by category; pages add them up, so they stay as fine."""
    columns = read_contracts()["rpt_category_reason_weeks"].types
    attributes = {
        row["style_id"]: {name: row.get(name) for name in ("category_name", "season_name")}
        for row in rows.get("rpt_style_returns", [])
    }
    return [
        {column: value for column, value in row.items() if column in columns}
        | attributes.get(row["style_id"], {})
        for row in rows.get("rpt_style_reason_weeks", [])
    ]


@cache
def _write_empty_marts() -> bytes:
    """Write a file in which every mart is empty, once, and return what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute("begin")
            connection.execute("create schema marts")
            for name, contract in read_contracts().items():
                _create_mart(connection, name, contract=contract)
            connection.execute("commit")
        return path.read_bytes()


def _create_mart(connection: duckdb.DuckDBPyConnection, name: str, *, contract: Contract) -> None:
    columns = ", ".join(f'"{column}" {kind}' for column, kind in contract.types.items())
    connection.execute(f'create table marts."{name}" ({columns})')
    connection.execute(f"comment on table marts.\"{name}\" is '{_quote(contract.description)}'")
    for column, text in contract.descriptions.items():
        connection.execute(f'comment on column marts."{name}"."{column}" is \'{_quote(text)}\'')


def _fill_mart(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    *,
    contract: Contract,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    schema = pa.schema([(column, ARROW_TYPES[kind]) for column, kind in contract.types.items()])
    filled = [_fill(row, name=name, contract=contract) for row in rows]
    connection.register("filled", pa.Table.from_pylist(filled, schema=schema))
    connection.execute(f'insert into marts."{name}" select * from filled')
    connection.unregister("filled")


def _fill(row: Mapping[str, Any], *, name: str, contract: Contract) -> dict[str, Any]:
    unknown = set(row) - set(contract.types)
    assert not unknown, f"{name} has no columns {sorted(unknown)}"
    return {
        column: row.get(column, DEFAULTS.get(kind) if column in contract.required else None)
        for column, kind in contract.types.items()
    }


def _read_docs() -> dict[str, str]:
    text = "".join(p.read_text(encoding="utf-8") for p in sorted(MARTS.rglob("*__docs.md")))
    found = re.findall(r"\{% docs (\w+) %\}\s*(.*?)\s*\{% enddocs %\}", text, re.DOTALL)
    return dict(found)


def _resolve(description: str, *, docs: Mapping[str, str]) -> str:
    return re.sub(r"\{\{ doc\('(\w+)'\) \}\}", lambda match: docs[match.group(1)], description)


def _find_required(model: Mapping[str, Any]) -> frozenset[str]:
    """List the columns that dbt tests for nulls, each or together."""
    each = {
        column["name"]
        for column in model["columns"]
        if "not_null" in map(_name_test, column.get("data_tests", []))
    }
    together = {
        column
        for test in model.get("data_tests", [])
        if _name_test(test) == "never_null"
        for column in test["never_null"]["arguments"]["columns"]
    }
    return frozenset(each | together)


def _name_test(test: str | Mapping[str, Any]) -> str:
    return test if isinstance(test, str) else next(iter(test))


def _quote(text: str) -> str:
    return text.replace("'", "''")
