"""Labels that nothing is known of are listed, and only those."""

from __future__ import annotations

import pandas as pd

from models_ml.fit.labels import COLUMNS, KEY_COLUMNS, key_labels, list_unknown_labels


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


def test_labels_of_one_size_share_a_key_and_no_others() -> None:
    keys = key_labels(["LL", "ＸＬ", "L", "9", "9号", "でか", "で か"])
    found = keys.set_index("size_label")["size_key_text"]
    assert found["LL"] == found["ＸＬ"]
    # Nine of what, no label says; and nothing is read into a label that is not known.
    assert found.nunique() == len(found) - 1
    assert keys.loc[~keys["is_known"], "size_label"].tolist() == ["で か", "でか"]


def test_a_label_that_is_not_known_is_the_same_in_any_width_and_case() -> None:
    found = key_labels(["Petite long", "ＰＥＴＩＴＥ  LONG"])
    assert len(set(found["size_key_text"])) == 1
    assert not found["is_known"].any()


def test_without_labels_there_are_no_keys() -> None:
    assert tuple(key_labels([]).columns) == KEY_COLUMNS
