"""What is read from dbt's manifest."""

from __future__ import annotations

from orchestration.manifest import attach_singular_tests, list_marts

MANIFEST = {
    "nodes": {
        "model.kaeru.fct_a": {"resource_type": "model", "name": "fct_a", "schema": "marts"},
        "model.kaeru.stg_a": {"resource_type": "model", "name": "stg_a", "schema": "staging"},
        "test.kaeru.generic": {
            "resource_type": "test",
            "schema": "tests",
            "attached_node": "model.kaeru.stg_a",
            "depends_on": {"nodes": ["model.kaeru.stg_a"]},
        },
        "test.kaeru.assert_two_agree": {
            "resource_type": "test",
            "schema": "tests",
            "depends_on": {
                "nodes": ["source.kaeru.landing.a", "model.kaeru.fct_a", "model.kaeru.stg_a"]
            },
        },
    }
}


def test_a_singular_test_is_attached_to_the_first_model_it_reads() -> None:
    nodes = attach_singular_tests(MANIFEST)["nodes"]
    assert nodes["test.kaeru.assert_two_agree"]["attached_node"] == "model.kaeru.fct_a"


def test_a_generic_test_keeps_its_model() -> None:
    nodes = attach_singular_tests(MANIFEST)["nodes"]
    assert nodes["test.kaeru.generic"]["attached_node"] == "model.kaeru.stg_a"


def test_attaching_leaves_the_given_manifest_alone() -> None:
    attach_singular_tests(MANIFEST)
    assert "attached_node" not in MANIFEST["nodes"]["test.kaeru.assert_two_agree"]


def test_marts_are_the_models_of_their_schema() -> None:
    assert list_marts(MANIFEST) == ("fct_a",)
