"""``kaeru fit verdicts`` says what is published, in the agreed shape."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from tests.orchestration.small_shops import make_small_shop

MARTS = """
create schema marts;
create table marts.rpt_fit_verdicts (
    style_id varchar, verdict_code varchar, diagnosis_code varchar, small_probability double,
    large_probability double, more_deliveries_count bigint, page_ja_text varchar,
    page_en_text varchar, maker_ja_text varchar, maker_en_text varchar
);
insert into marts.rpt_fit_verdicts values
    ('B', 'not_enough_evidence', 'none', 0.2, 0.1, 240, '待つ。', 'Wait.', '待つ。', 'Wait.'),
    ('A', 'runs_small', 'grading', 0.98, 0.0, null, '上へ。', 'Size up.', '甲。', 'Instep.');
create table marts.rpt_fit_sizes (
    style_id varchar, size_label varchar, rank_number bigint, size_rate double, low_rate double,
    high_rate double, small_units double, large_units double, developed_exposure double
);
insert into marts.rpt_fit_sizes values
    ('A', 'L', 1, 0.2, 0.15, 0.25, 18.5, 1.0, 98.5),
    ('A', 'S', 0, 0.1, 0.05, 0.15, 9.0, 2.0, 90.0),
    ('B', 'unsized', null, 0.1, 0.0, 0.4, 1.0, 0.0, 8.0);
create table marts.rpt_fit_segments (
    style_id varchar, dimension_code varchar, segment_kind_code varchar, segment_label varchar,
    rank_number bigint, size_rate double, low_rate double, high_rate double, small_units double,
    large_units double, developed_exposure double, small_probability double,
    large_probability double, finding_code varchar
);
insert into marts.rpt_fit_segments values
    ('A', 'height_band', 'other', 'other', null, 0.1, 0.0, 0.2, 1.0, 0.0, 9.0, 0.1, 0.0, null),
    ('A', 'height_band', 'named', '155', 1, 0.1, 0.0, 0.2, 1.0, 0.0, 40.0, 0.1, 0.0, null),
    ('A', 'height_band', 'named', '150', 0, 0.4, 0.3, 0.5, 19.0, 1.0, 45.5, 0.96, 0.0, 'small');
create table marts.rpt_fit_verdict_changes (
    style_id varchar, previous_verdict_code varchar, why_code varchar, side_code varchar,
    previous_developed_exposure double, developed_exposure double, previous_side_units double,
    side_units double, previous_date date, since_date date
);
insert into marts.rpt_fit_verdict_changes values
    ('A', 'not_enough_evidence', 'deliveries', 'small', 90.0, 188.5, 12.0, 27.5, '2026-09-30',
     '2026-10-12');
create table marts.rpt_fit_unknown_labels (
    sku varchar, style_id varchar, size_label varchar, file_name varchar, line_number bigint,
    is_blocking boolean
);
insert into marts.rpt_fit_unknown_labels values
    ('B-1', 'B', 'でか', 'products-20261001.csv', 12, true);
create table marts.rpt_fit_measurements (
    style_id varchar, measure_code varchar, from_size_label varchar, size_label varchar,
    step_cm double, usual_step_cm double, step_difference_cm double, is_irregular boolean
);
insert into marts.rpt_fit_measurements values
    ('A', 'waist', null, 'S', null, 2.0, null, false),
    ('A', 'waist', 'S', 'L', 1.2, 2.0, -0.8, true);
create table marts.rpt_fit_chart_differences (
    style_id varchar, measure_code varchar, size_label varchar, chart_size_label varchar,
    basis_code varchar, state_code varchar, agreement_code varchar, measured_cm double,
    chart_cm double, difference_cm double, tolerance_cm double, is_beyond_tolerance boolean
);
insert into marts.rpt_fit_chart_differences values
    ('A', 'waist', 'S', 'S', 'style', 'compared', null, 64.0, 64.0, 0.0, 1.0, false),
    ('A', 'waist', 'L', 'Ｌ', 'style', 'compared', 'agrees', 65.2, 67.3, -2.1, 1.0, true),
    ('A', 'waist', null, 'でか', 'style', 'unknown_label', null, null, 70.0, null, null, false),
    ('B', 'waist', 'unsized', null, null, 'no_chart', null, 64.0, null, null, 1.0, false);
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop")
    folder = ShopFolder(shop)
    folder.make_folders()
    with duckdb.connect(str(folder.serving_database)) as connection:
        connection.execute(MARTS)
    publish(shop, run_id="v1", as_of="2026-10-31", tests=CheckCounts(passed=3), models=2)
    return shop


def test_every_style_is_one_object_with_its_sizes_in_order(shop: Path) -> None:
    done = CliRunner().invoke(app, ["fit", "verdicts", "--shop", str(shop), "--json"])
    assert done.exit_code == 0, done.output
    first, second = json.loads(done.stdout)
    size = {"rate": 0.1, "low": 0.05, "high": 0.15, "small": 9.0, "large": 2.0, "exposure": 90.0}
    assert first["sizes"][0] == {"size_label": "S", **size}
    assert [one["size_label"] for one in first["sizes"]] == ["S", "L"]
    assert [one["value"] for one in first["segments"]] == ["150", "155", "other"]
    assert first["segments"][0] == {
        **{"dimension": "height_band", "kind": "named", "value": "150", "rate": 0.4, "low": 0.3},
        **{"high": 0.5, "small": 19.0, "large": 1.0, "exposure": 45.5, "finding": "small"},
        **{"probability_small": 0.96, "probability_large": 0.0},
    }
    assert second["segments"] == []
    del first["sizes"], second["sizes"], first["segments"]
    assert first == {
        "style_id": "A",
        "verdict": "runs_small",
        "probability_small": 0.98,
        "probability_large": 0.0,
        "more_deliveries_needed": None,
        "diagnosis": "grading",
        "measurements": [
            {
                **{"measure": "waist", "from_size_label": "S", "size_label": "L"},
                **{"step_cm": 1.2, "usual_step_cm": 2.0, "difference_cm": -0.8},
            }
        ],
        "chart": {
            "compared": 2,
            "differences": [
                {
                    **{"measure": "waist", "size_label": "L", "chart_size_label": "Ｌ"},
                    **{"chart_of": "style", "measured_cm": 65.2, "chart_cm": 67.3},
                    **{"difference_cm": -2.1, "tolerance_cm": 1.0, "agreement": "agrees"},
                }
            ],
            "unknown_labels": ["でか"],
            "missing": None,
        },
        "advice": {"ja": "上へ。甲。", "en": "Size up. Instep."},
        "previous_verdict": "not_enough_evidence",
        "change": {
            "as_of": "2026-09-30",
            "since": "2026-10-12",
            "why": "deliveries",
            "side": "small",
            "exposure": [90.0, 188.5],
            "units": [12.0, 27.5],
        },
    }
    assert (second["previous_verdict"], second["change"]) == (None, None)
    assert second["chart"] == {
        **{"compared": 0, "differences": [], "unknown_labels": [], "missing": "size_charts"}
    }
    assert (second["verdict"], second["more_deliveries_needed"]) == ("not_enough_evidence", 240)


@pytest.mark.parametrize(("language", "advice"), [("ja", "上へ。甲。"), ("en", "Size up. Instep.")])
def test_the_table_speaks_the_language_that_is_asked_for(
    shop: Path, language: str, advice: str
) -> None:
    arguments = ["fit", "verdicts", "--shop", str(shop), "--language", language]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert advice in done.stdout


def test_unknown_labels_are_listed_with_file_and_line(shop: Path) -> None:
    done = CliRunner().invoke(app, ["fit", "labels", "--shop", str(shop), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == [
        {
            "style_id": "B",
            "sku": "B-1",
            "size_label": "でか",
            "file": "products-20261001.csv",
            "line": 12,
            "is_blocking": True,
        }
    ]
    words = CliRunner().invoke(app, ["fit", "labels", "--shop", str(shop), "--language", "en"])
    assert "products-20261001.csv" in words.stdout
    assert "size_order" in words.stderr
