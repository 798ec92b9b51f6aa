"""What is read from dbt's manifest."""

from __future__ import annotations

from orchestration.manifest import attach_singular_tests, list_marts, list_readers

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


def test_readers_are_what_rests_on_a_schema_even_from_afar() -> None:
    manifest = {
        "sources": {
            "source.kaeru.scores.a": {"schema": "scores"},
            "source.kaeru.landing.b": {"schema": "landing"},
        },
        "child_map": {
            "source.kaeru.scores.a": ["model.kaeru.stg_a"],
            "source.kaeru.landing.b": ["model.kaeru.stg_b"],
            "model.kaeru.stg_a": ["model.kaeru.rpt_both", "test.kaeru.of_a"],
            "model.kaeru.stg_b": ["model.kaeru.rpt_both"],
            "model.kaeru.rpt_both": [],
        },
    }
    assert list_readers(manifest, schema="scores") == {
        *("model.kaeru.stg_a", "model.kaeru.rpt_both", "test.kaeru.of_a"),
    }
