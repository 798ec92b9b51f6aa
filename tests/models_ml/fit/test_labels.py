"""Labels that nothing is known of are listed, and only those."""

from __future__ import annotations

import pandas as pd

from models_ml.fit.labels import COLUMNS, list_unknown_labels


def build_evidence(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    facts = {
        "category_name": None, "delivered_count": 10, "developed_count": 10.0, "small_units": 0.0,
        "large_units": 0.0, "size_units": 0.0, "other_units": 0.0,
    }  # fmt: skip
    columns = ["style_id", "size_label", "size_order"]
    return pd.DataFrame([dict(zip(columns, row, strict=True)) | facts for row in rows])


def test_a_label_that_cannot_be_read_is_listed_by_style() -> None:
    evidence = build_evidence(
        ("A", "でか", None), ("A", "M", None), ("B", "M", None), ("C", "でか", 1), ("C", "M", 2)
    )
    found = list_unknown_labels(evidence)
    assert found.to_numpy().tolist() == [["A", "でか", True], ["C", "でか", False]]


def test_without_one_there_is_no_row() -> None:
    found = list_unknown_labels(build_evidence(("A", "M", None)))
    assert found.empty
    assert tuple(found.columns) == COLUMNS
