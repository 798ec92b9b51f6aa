"""Faults of parts of styles are in the files as the truth says: lots and measurements."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orchestration.demo.generate import generate_demo_shop
from tests.orchestration.demo.test_generate import read_entity


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    generate_demo_shop(folder, lines=60_000, seed=5, scenario="flat")
    return folder


def test_a_bad_lot_comes_back_and_the_others_of_its_style_do_not(shop: Path) -> None:
    bad = pd.read_parquet(shop / "truth" / "lots.parquet").set_index("style_id")
    styles = pd.read_parquet(shop / "truth" / "styles.parquet").set_index("style_id")
    segments = pd.read_parquet(shop / "truth" / "segments.parquet")
    assert set(styles.loc[bad.index, "misfit"]) == {"none"}
    assert not set(bad.index) & set(segments["style_id"])
    lines = read_entity(shop, "order_lines").assign(
        style_id=lambda rows: rows["sku"].str.split("-").str[0]
    )
    lines = lines[lines["style_id"].isin(bad.index) & lines["lot_id"].notna()]
    said = bad.loc[lines["style_id"]]
    is_bad = lines["lot_id"].to_numpy() == said["lot_id"].to_numpy()
    reasons = pd.concat(
        pd.read_parquet(path) for path in sorted((shop / "truth").glob("returns-*"))
    ).set_index("order_line_id")["reason_code"]
    wrong = np.where(said["direction"] == "small", "FIT.SMALL", "FIT.LARGE")
    is_wrong = reasons.reindex(lines["order_line_id"]).to_numpy() == wrong
    assert is_wrong[is_bad].mean() > 2.5 * is_wrong[~is_bad].mean()


def test_only_the_lots_of_one_brand_are_known(shop: Path) -> None:
    lines = read_entity(shop, "order_lines")
    brands = read_entity(shop, "products").set_index("sku")["brand"].reindex(lines["sku"])
    known = set(brands[lines["lot_id"].notna().to_numpy()].dropna())
    assert known == {"mizube"}
    assert lines["lot_id"].isna().any()


def test_a_grading_fault_is_measured_and_nothing_else_steps_unevenly(shop: Path) -> None:
    styles = pd.read_parquet(shop / "truth" / "styles.parquet").set_index("style_id")
    products = read_entity(shop, "products")
    columns = [name for name in products.columns if name.endswith("_cm")]
    sizes = products.drop_duplicates(["style_id", "size_order"]).astype({"size_order": int})
    uneven = {}
    for style, rows in sizes.sort_values("size_order").groupby("style_id"):
        steps = rows[columns].astype(float).diff().iloc[1:]
        off = (steps - steps.median()).abs() > 0.01
        if off.any(axis=None):
            uneven[style] = int(rows["size_order"].iloc[1:][off.any(axis=1).to_numpy()].iloc[0])
    grading = styles[(styles["misfit"] != "none") & (styles["misfit_from_size_index"] > 0)]
    measured = sizes.groupby("style_id")[columns].apply(lambda rows: rows.notna().any(axis=None))
    is_long = sizes.groupby("style_id").size() >= 4  # of two steps nobody knows which is uneven
    expected = grading[(measured & is_long).reindex(grading.index)]
    found = {style: first for style, first in uneven.items() if is_long[style]}
    assert found == expected["misfit_from_size_index"].to_dict()
    assert len(found) > 2


def test_a_garment_leaves_its_size_chart_where_the_grading_is_the_fault_alone(shop: Path) -> None:
    styles = pd.read_parquet(shop / "truth" / "styles.parquet").set_index("style_id")
    products = read_entity(shop, "products").drop_duplicates(["style_id", "size_label"])
    columns = [name for name in products.columns if name.endswith("_cm")]
    garments = products.melt(
        ["style_id", "size_label", "size_order"], columns, "measure", "measured_cm"
    ).dropna(subset="measured_cm")
    garments["measure"] = garments["measure"].str.removesuffix("_cm")
    charts = read_entity(shop, "size_charts")
    keys = ["style_id", "size_label", "measure"]
    both = garments.merge(charts, on=keys, how="outer", validate="1:1", indicator=True)
    assert set(both["_merge"]) == {"both"}
    off = both["measured_cm"].astype(float) - both["value_cm"].astype(float)
    is_whole = both.groupby(["style_id"])["value_cm"].transform(
        lambda values: (values.astype(float) % 1 == 0).all()
    )
    planted = styles.loc[both["style_id"]]
    is_cut_wrong = (
        (planted["misfit"] != "none").to_numpy()
        & (planted["misfit_from_size_index"] > 0).to_numpy()
        & (both["size_order"].astype(int) >= planted["misfit_from_size_index"].to_numpy())
    )
    # Charts in whole centimetres round by half a centimetre at most, the others by nothing.
    assert (off[~is_cut_wrong & is_whole].abs() <= 0.5).all()
    assert (off[~is_cut_wrong & ~is_whole].abs() < 0.005).all()
    assert is_whole.any()
    side = np.where(planted["misfit"] == "runs_small", -1, 1)
    wrong = off[is_cut_wrong & ~is_whole & (off.abs() > 0.005)]
    assert len(wrong) > 2
    assert (np.sign(wrong) == side[wrong.index]).all()
