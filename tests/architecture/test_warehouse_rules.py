"""The rules of the dbt room, read from the manifest alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing.yaml_text import parse_yaml_text
from tests.architecture.conftest import REPOSITORY

# A listed ending fixes the type; other names are allowed.
TYPE_OF_ENDING = {
    "_id": "string",
    "_key": "bigint",
    "_at": "timestamp",
    "_date": "date",
    "_amount": "bigint",
    "_rate": "double",
    "_share": "double",
    "_probability": "double",
    "_count": "bigint",
    "_days": "bigint",
    "_name": "string",
    "_text": "string",
    "_code": "string",
}
TYPE_OF_BEGINNING = {"is_": "boolean", "has_": "boolean", "days_to_": "bigint"}
SAME_TYPE = {"varchar": "string", "text": "string", "int64": "bigint", "bool": "boolean"}
LAYERS = {
    "stg": {"source"},
    # An intermediate may re-grain a core fact: see DECISIONS 19.
    "int": {"stg", "int", "dim", "fct"},
    "dim": {"stg", "int", "dim", "fct"},
    "fct": {"stg", "int", "dim", "fct"},
    "ftr": {"stg", "int", "dim", "fct"},
    "rpt": {"stg", "int", "dim", "fct", "rpt"},
}
# Engine-specific in DuckDB or silently different on Spark: only inside a dispatched macro.
ENGINE_SPECIFIC = re.compile(
    r"\b(list_\w+|struct_\w+|array_agg|string_agg|unnest|generate_series|epoch\w*|strftime"
    r"|strptime|timezone|read_parquet|read_csv\w*|regexp_\w+|date_diff|datediff|any_value"
    r"|arg_max|arg_min|hash|md5|sha256|first|last)\s*\(|::|(?<![:/])//|\brange\s*\(",
)


def layer_of(name: str) -> str:
    return name.split("_", 1)[0]


def read_code(node: dict[str, Any]) -> str:
    text = (REPOSITORY / "dbt_project" / node["original_file_path"]).read_text(encoding="utf-8")
    without_jinja = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", text, flags=re.DOTALL)
    return re.sub(r"--[^\n]*|'[^']*'", " ", without_jinja)


def test_there_are_models(models: dict[str, dict[str, Any]]) -> None:
    assert len(models) > 20


def test_every_description_states_the_grain(models: dict[str, dict[str, Any]]) -> None:
    silent = [name for name, node in models.items() if "One row per" not in node["description"]]
    assert silent == []


def test_every_mart_column_is_typed_and_described(models: dict[str, dict[str, Any]]) -> None:
    poor = [
        f"{name}.{column}"
        for name, node in models.items()
        if layer_of(name) in {"dim", "fct", "ftr", "rpt"}
        for column, facts in node["columns"].items()
        if not facts["data_type"] or not facts["description"].strip()
    ]
    assert poor == []


def test_every_mart_has_an_enforced_contract(models: dict[str, dict[str, Any]]) -> None:
    loose = [
        name
        for name, node in models.items()
        if layer_of(name) in {"dim", "fct", "ftr", "rpt"}
        and not (node["config"]["contract"]["enforced"] and node["columns"])
    ]
    assert loose == []


def test_column_names_carry_their_type(models: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for name, node in models.items():
        for column, facts in node["columns"].items():
            found = (facts["data_type"] or "").lower()
            found = SAME_TYPE.get(found, found)
            expected = {t for end, t in TYPE_OF_ENDING.items() if column.endswith(end)}
            expected |= {t for begin, t in TYPE_OF_BEGINNING.items() if column.startswith(begin)}
            if found and expected and found not in expected:
                wrong.append(f"{name}.{column} is {found}, its name says {sorted(expected)}")
    assert wrong == []


def test_data_flows_one_way(manifest: dict[str, Any], models: dict[str, dict[str, Any]]) -> None:
    backwards = []
    for name, node in models.items():
        for parent in node["depends_on"]["nodes"]:
            kind, _, rest = parent.partition(".")
            parent_layer = "source" if kind == "source" else layer_of(rest.split(".")[-1])
            if kind == "seed":
                continue
            if parent_layer not in LAYERS[layer_of(name)]:
                backwards.append(f"{name} reads {parent}")
    assert backwards == []
    assert manifest["sources"]


def test_every_model_tests_its_key(
    manifest: dict[str, Any], models: dict[str, dict[str, Any]]
) -> None:
    tested: dict[str, set[str]] = {name: set() for name in models}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            metadata = node.get("test_metadata") or {}
            tested.setdefault(node["attached_node"].split(".")[-1], set()).add(
                metadata.get("name", "")
            )
    keyless = [
        name
        for name, names in tested.items()
        if name in models and not names & {"unique", "unique_combination"}
    ]
    assert keyless == []


@pytest.mark.parametrize("layer", ["stg", "int", "dim", "fct", "rpt"])
def test_engine_specific_sql_lives_in_macros(models: dict[str, dict[str, Any]], layer: str) -> None:
    found = {
        name: match.group(0)
        for name, node in models.items()
        if layer_of(name) == layer and (match := ENGINE_SPECIFIC.search(read_code(node)))
    }
    assert found == {}


def test_models_read_no_environment_and_no_variables() -> None:
    folder = REPOSITORY / "dbt_project" / "models"
    guilty = [
        str(path.relative_to(REPOSITORY))
        for path in folder.rglob("*.sql")
        if re.search(r"\b(env_var|var)\s*\(", path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_rules_of_business_have_unit_tests(
    manifest: dict[str, Any], models: dict[str, dict[str, Any]]
) -> None:
    tested = {node["model"] for node in manifest["unit_tests"].values()}
    rule = re.compile(r"\bcase\b|\bover\s*\(|datediff|days_between|coalesce\(", re.IGNORECASE)
    bare = [
        name
        for name, node in models.items()
        if layer_of(name) == "int" and name not in tested and rule.search(node["raw_code"])
    ]
    assert bare == []


def test_every_landing_column_is_declared_as_the_canonical_model_has_it(
    manifest: dict[str, Any],
) -> None:
    from orchestration.landing.canonical import load_model

    declared = {
        node["name"]: set(node["columns"])
        for node in manifest["sources"].values()
        if node["source_name"] == "landing"
    }
    for entity in load_model().entities.values():
        assert entity.name in declared
        missing = (
            declared[entity.name]
            - set(entity.columns)
            - {
                "source_updated_at",
                "extra",
                "source_system",
                "load_id",
                "file_line",
                "file_as_of",
                "is_filtered",
                "is_own_file",
            }
        )
        assert missing == set(), f"{entity.name}: not in the canonical model"


@pytest.mark.parametrize(
    "path",
    sorted((REPOSITORY / "dbt_project").rglob("*.yml")),
    ids=lambda path: path.relative_to(REPOSITORY / "dbt_project").as_posix(),
)
def test_no_key_stands_twice(path: Path) -> None:
    """Of two blocks with one key YAML keeps the second, and dbt says nothing."""
    parse_yaml_text(path.read_text(encoding="utf-8"))


def test_exposures_name_every_page(manifest: dict[str, Any]) -> None:
    pages = {
        path.stem
        for path in (REPOSITORY / "dashboards" / "pages").glob("*.py")
        if path.stem != "__init__"
    }
    exposures = {node["name"] for node in manifest["exposures"].values()}
    assert pages <= exposures
