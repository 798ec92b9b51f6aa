"""What Dagster knows: read from the definitions alone, no database.

The graph is kept as text beside this file. After a wanted change write it anew, with a shop in
``KAERU_SHOP``: ``python -m tests.orchestration.test_definitions > asset_graph.txt``
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from tests.orchestration.conftest import stand_in

SNAPSHOT = Path(__file__).with_name("asset_graph.txt")
DEFINITIONS = Path(__file__).parents[2] / "orchestration" / "definitions.py"
# Tests that `kaeru run` leaves to `make test`: orchestration/assets/transformation.py.
CHAIN = "chain"
ROOMS = {"orchestration", "dbt_project", "models_ml"}


def describe_graph(definitions: dg.Definitions) -> str:
    """Write one line per asset: its group, its key, what it reads."""
    graph = definitions.resolve_asset_graph()
    lines = []
    for key in sorted(graph.materializable_asset_keys, key=lambda key: key.path):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        name = key.to_user_string()
        lines.append(f"{node.group_name}: {name} <- {parents or 'files of the inbox'}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def specs(definitions: dg.Definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in definitions.resolve_all_asset_specs()}


@pytest.fixture(scope="module")
def manifest(definitions: dg.Definitions, empty_shop: Path) -> dict[str, Any]:
    del definitions  # loading them has parsed the project
    from orchestration.manifest import load_manifest

    with stand_in(empty_shop):
        return dict(load_manifest())


def test_the_graph_is_the_one_that_was_agreed(definitions: dg.Definitions) -> None:
    assert describe_graph(definitions) == SNAPSHOT.read_text(encoding="utf-8")


def test_every_asset_has_description_owner_and_kind(specs: dict[str, dg.AssetSpec]) -> None:
    assert [key for key, spec in specs.items() if not spec.owners] == []
    assert [key for key, spec in specs.items() if not spec.kinds] == []
    assert [
        key for key, spec in specs.items() if "One row per" not in (spec.description or "")
    ] == []


def test_every_asset_is_in_the_group_of_its_room(specs: dict[str, dg.AssetSpec]) -> None:
    assert {spec.group_name for spec in specs.values()} <= ROOMS
    guilty = [
        key
        for key, spec in specs.items()
        if (spec.group_name == "dbt_project") != ("dbt" in spec.kinds)
    ]
    assert guilty == []


def test_every_model_and_seed_is_an_asset_under_its_own_name(
    specs: dict[str, dg.AssetSpec], manifest: dict[str, Any]
) -> None:
    named = {
        f"{node['schema']}/{node['name']}"
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "seed"}
    }
    assert {key for key, spec in specs.items() if "dbt" in spec.kinds} == named


def test_every_source_of_dbt_is_an_asset_under_its_own_name(
    specs: dict[str, dg.AssetSpec], manifest: dict[str, Any]
) -> None:
    sources = {f"{node['schema']}/{node['name']}" for node in manifest["sources"].values()}
    assert sources == {key for key in specs if key.startswith(("landing/", "scores/"))}


def test_every_test_of_dbt_is_an_asset_check(
    definitions: dg.Definitions, manifest: dict[str, Any]
) -> None:
    tests = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and CHAIN not in node["tags"]
    }
    checks = {key.name for key in definitions.resolve_asset_graph().asset_check_keys}
    assert checks == tests | {
        *("rows_balance", "published_equals_built"),
        "notes_have_not_drifted",
    }


def test_only_keys_of_views_in_the_middle_are_left_to_make_test(manifest: dict[str, Any]) -> None:
    nodes = manifest["nodes"]
    left = [
        node for node in nodes.values() if node["resource_type"] == "test" and CHAIN in node["tags"]
    ]
    assert left
    for test in left:
        model = nodes[test["attached_node"]]
        kind = test["test_metadata"]["name"]
        assert kind in {"unique", "unique_combination", "not_null"}, test["name"]
        assert model["schema"] == "intermediate", test["name"]
        assert model["config"]["materialized"] == "view", test["name"]


def test_every_table_that_others_read_has_its_key_tested_in_every_run(
    manifest: dict[str, Any],
) -> None:
    nodes = manifest["nodes"]
    tested = {
        node["attached_node"]
        for node in nodes.values()
        if node["resource_type"] == "test"
        and CHAIN not in node["tags"]
        and (node.get("test_metadata") or {}).get("name") in {"unique", "unique_combination"}
    }
    tables = {
        name
        for name, node in nodes.items()
        if node["resource_type"] == "model" and node["config"]["materialized"] == "table"
    }
    assert tables - tested == set()


def test_dbt_is_told_a_whole_side_of_the_scores_in_one_word(manifest: dict[str, Any]) -> None:
    from orchestration.assets.transformation import AFTER_SCORES, BEFORE_SCORES, choose_step
    from orchestration.manifest import list_readers

    readers = list_readers(manifest, schema="scores")
    before, after = set(), set()
    for name, node in manifest["nodes"].items():
        if node["resource_type"] in {"model", "seed"}:
            side = after if name in readers else before
            side.add(dg.AssetKey([node["schema"], node["name"]]))
    assert dg.AssetKey(["marts", "rpt_worklist"]) in after
    assert dg.AssetKey(["marts", "fct_order_lines"]) in before
    assert choose_step(before, manifest=manifest) == BEFORE_SCORES
    assert choose_step(after, manifest=manifest) == AFTER_SCORES
    # Part of a step, or of both, is named model by model.
    assert choose_step(before | after, manifest=manifest) is None
    assert choose_step(set(list(before)[1:]), manifest=manifest) is None


def test_publishing_waits_for_every_mart(
    definitions: dg.Definitions, manifest: dict[str, Any]
) -> None:
    from orchestration.manifest import list_marts

    parents = definitions.resolve_asset_graph().get(dg.AssetKey(["serving", "current"])).parent_keys
    assert {key.to_user_string() for key in parents} == {
        f"marts/{name}" for name in list_marts(manifest)
    }


def test_unbalanced_rows_stop_the_build(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    key = dg.AssetCheckKey(dg.AssetKey(["landing", "files"]), "rows_balance")
    assert graph.get_check_spec(key).blocking


def test_assets_run_in_one_process(definitions: dg.Definitions) -> None:
    executor = definitions.resolve_job_def("refresh").executor_def
    assert executor.name == "in_process"


def test_learning_is_a_job_of_its_own(definitions: dg.Definitions) -> None:
    key = dg.AssetKey(["models", "reasons"])
    refresh, learning = (
        definitions.resolve_job_def(name).asset_layer.executable_asset_keys
        for name in ("refresh", "retrain_reasons")
    )
    assert key not in refresh
    assert set(learning) == {key}


def test_loading_the_definitions_makes_no_database(
    definitions: dg.Definitions, empty_shop: Path
) -> None:
    del definitions
    assert list(empty_shop.rglob("*.duckdb*")) == []


def test_definitions_are_a_table_of_contents() -> None:
    body = ast.parse(DEFINITIONS.read_text(encoding="utf-8")).body
    docstring, *imports, definitions = body
    assert isinstance(docstring, ast.Expr)
    assert all(isinstance(one, ast.Import | ast.ImportFrom) for one in imports)
    assert isinstance(definitions, ast.Assign)


if __name__ == "__main__":
    from orchestration.definitions import defs

    sys.stdout.write(describe_graph(defs))
