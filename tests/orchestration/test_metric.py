"""Metrics of the hand-written shop, each recomputed by hand; what is refused, and in what shape."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app
from orchestration.folder import ShopFolder
from orchestration.intervals import compute_wilson_interval
from orchestration.locking import hold_lock
from orchestration.metric import compute_metric, list_metrics
from orchestration.metric_catalogue import Metric, parse_metric, read_seed_metrics
from orchestration.metric_dimensions import build_dimensions
from orchestration.metric_figures import FIELDS, build_figure
from orchestration.publication import read_pointer
from orchestration.verifying import compute_sha256, connect_reader
from orchestration.wording import KaeruError, WrongUseError
from tests.orchestration.published_marts import publish_marts
from tests.orchestration.published_shops import build_ran_shop
from tests.orchestration.small_shops import make_small_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch) -> Path:
    shop = build_ran_shop(tmp_path_factory).copy_to(tmp_path_factory.mktemp("metric") / "shop")
    monkeypatch_module.setenv("KAERU_SHOP", str(shop))
    return shop


@pytest.fixture(scope="module")
def monkeypatch_module() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def ask(shop: Path) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(app, ["metric", *arguments, "--shop", str(shop)])


def pick(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.dbt
def test_a_rate_carries_all_that_it_rests_on(ask: Callable[..., Result]) -> None:
    # Delivered: kept 1, returned 1, partly_returned 3, exchanged 1; in_transit is in no
    # denominator. Returned: one of returned, partly_returned and exchanged each. Wilson of 3 of 6:
    # z² = 3.84146, half = 1.95996 / 1.64024 · √(0.25/6 + 3.84146/144) = 0.31238.
    rows = json.loads(ask("return_rate_units", "--format", "json").stdout)
    assert rows == [
        {
            "numerator": 3,
            "denominator": 6,
            "value": 0.5,
            "n": 6,
            "developed_share": None,
            "low": pytest.approx(0.18762, abs=1e-5),
            "high": pytest.approx(0.81238, abs=1e-5),
            "basis": "cohort",
            "unit": "share",
            "as_of": "2026-09-30",
        }
    ]
    assert tuple(rows[0]) == FIELDS


@pytest.mark.dbt
@pytest.mark.parametrize(
    ("name", "by", "where", "expected"),
    [
        ("return_rate_units", ["category"], {}, [("シャツ", 1, 4), ("靴", 2, 2)]),
        ("return_rate_units", ["channel"], {}, [("app", 1, 3), ("web", 2, 3)]),
        ("return_rate_units", ["style"], {"channel": ["web"]}, [("shirt", 0, 1), ("shoe", 2, 2)]),
        ("return_rate_units", ["size"], {"category": ["靴"]}, [("24.0", 2, 2)]),
        ("return_rate_units", ["month"], {}, [("2026-09", 3, 6)]),
        # Delivered on the 3rd to the 6th, all in the week of Monday 31 August.
        ("return_rate_units", ["week"], {}, [("2026-08-31", 3, 6)]),
        ("return_rate_units", ["day"], {"day": ["2026-09-04"]}, [("2026-09-04", 1, 1)]),
        # The event week of the requests, 10th to 12th, is another than that of the deliveries.
        ("return_rate_event", ["week"], {}, [("2026-08-31", 0, 6), ("2026-09-07", 3, 0)]),
        ("request_rate", ["sku"], {"season": ["2026AW"]}, [("shoe-black-24", 2, 2)]),
        # Delivered: 3,900 + 12,000 + (3 × 3,900 − 300) + 12,000; returned: 12,000 + 11,400 / 3
        # + 12,000.
        ("return_rate_value", ["brand"], {}, [("蛙印", 27800, 39300)]),
        # The whole is every reason of the same category.
        ("reason_share", ["reason"], {}, [("changed_mind", 1, 3), ("too_small", 2, 3)]),
        ("reason_share", ["reason"], {"reason": ["too_small"]}, [("too_small", 2, 3)]),
        (
            "reason_share",
            ["category"],
            {"reason": ["too_small"]},
            # A category whose returns have other reasons has none of this one.
            [("シャツ", 0, 1), ("靴", 2, 2)],
        ),
        ("bracketing_rate", ["style"], {}, [("shirt", 0, 3), ("shoe", 0, 2)]),
        (
            "refund_cash_out",
            ["rail"],
            {},
            [("bank_transfer", 12000, None), ("original_payment", 3800, None)],
        ),
        ("refund_cash_out", ["day"], {"rail": ["bank_transfer"]}, [("2026-09-17", 12000, None)]),
    ],
)
def test_sums_come_before_the_division(
    shop: Path,
    name: str,
    by: list[str],
    where: dict[str, list[str]],
    expected: list[tuple[object, ...]],
) -> None:
    rows = compute_metric(shop, name, by=by, where=where)
    assert pick(rows, *by, "numerator", "denominator") == expected


@pytest.mark.dbt
def test_a_rate_of_nothing_is_no_zero(shop: Path) -> None:
    (row,) = compute_metric(shop, "return_rate_units", where={"category": ["帽子"]})
    assert (row["denominator"], row["value"], row["low"]) == (0, None, None)
    assert compute_metric(shop, "return_rate_units", by=["sku"], where={"sku": ["none"]}) == []


@pytest.mark.dbt
def test_yen_have_a_unit_count_and_no_interval(shop: Path) -> None:
    (rate,) = compute_metric(shop, "return_rate_value")
    assert (rate["n"], rate["low"], rate["high"]) == (6, None, None)
    (cash,) = compute_metric(shop, "refund_cash_out")
    assert (cash["value"], cash["numerator"], cash["denominator"], cash["unit"]) == (
        *(15800, 15800, None),
        "yen",
    )


@pytest.mark.dbt
def test_other_tax_is_not_made_up(shop: Path) -> None:
    (own,) = compute_metric(shop, "return_rate_value", tax="included")
    assert own["value"] == pytest.approx(27800 / 39300)
    (turned,) = compute_metric(shop, "return_rate_value", tax="excluded")
    assert (turned["value"], turned["missing"]) == (None, ["order_lines.tax_rate"])
    (cash,) = compute_metric(shop, "refund_cash_out", tax="excluded")
    assert (cash["value"], cash["missing"]) == (None, ["order_lines.tax_rate"])
    (units,) = compute_metric(shop, "return_rate_units", tax="excluded")
    assert units["value"] == 0.5
    with pytest.raises(WrongUseError, match="included or excluded"):
        compute_metric(shop, "return_rate_units", tax="none")


@pytest.mark.dbt
def test_what_is_not_measurable_names_what_is_missing(ask: Callable[..., Result]) -> None:
    done = ask("exchange_rate", "--by", "month", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert tuple(row) == ("month", *FIELDS, "missing")
    assert (row["value"], row["numerator"], row["missing"]) == (None, None, ["exchanges"])
    assert "exchanges" in done.stderr


@pytest.mark.dbt
def test_unknown_names_are_answered_with_the_nearest_three(ask: Callable[..., Result]) -> None:
    done = ask("return_rate_unit")
    assert done.exit_code == 2
    assert "return_rate_units, return_rate_event, return_rate_value" in done.stderr
    done = ask("return_rate_units", "--by", "colr")
    assert done.exit_code == 2
    assert "Nearest: colour, " in done.stderr
    assert done.stderr.partition("Nearest: ")[2].count(", ") == 2
    assert ask("return_rate_units", "--where", "rail=cod").exit_code == 2
    assert ask("return_rate_units", "--where", "day=soon").exit_code == 2
    assert ask("return_rate_units", "--as-of", "yesterday").exit_code == 2
    assert ask().exit_code == 2


@pytest.mark.dbt
@pytest.mark.parametrize("name", ["sku; drop table x", "1", 'sku" from marts.dim_products --'])
def test_only_names_of_the_catalogue_get_into_the_question(shop: Path, name: str) -> None:
    with pytest.raises(WrongUseError, match="Nearest"):
        compute_metric(shop, name)
    with pytest.raises(WrongUseError, match="Nearest"):
        compute_metric(shop, "return_rate_units", by=[name])
    assert compute_metric(shop, "return_rate_units", by=["sku"], where={"sku": [name]}) == []


@pytest.mark.dbt
def test_csv_has_a_head_and_whole_figures(ask: Callable[..., Result]) -> None:
    text = ask("return_rate_units", "--by", "category", "--format", "csv").stdout
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["category", *FIELDS]
    assert [row[:5] for row in rows] == [
        ["シャツ", "1", "4", "0.25", "4"],
        ["靴", "2", "2", "1.0", "2"],
    ]


@pytest.mark.dbt
def test_the_list_says_what_can_be_asked(ask: Callable[..., Result], shop: Path) -> None:
    listed = json.loads(ask("--list", "--format", "json").stdout)
    assert listed == list_metrics(shop)
    found = {one["name"]: one for one in listed}
    assert set(found) == set(read_seed_metrics())
    assert found["return_rate_units"]["missing"] == []
    assert {"sku", "category", "channel", "month"} <= set(found["return_rate_units"]["dimensions"])
    assert found["exchange_rate"]["missing"] == ["exchanges"]


@pytest.mark.dbt
def test_a_past_day_is_answered_beside_what_is_published(shop: Path) -> None:
    before = read_pointer(shop)
    assert before is not None
    published = ShopFolder(shop).serving / before.file
    digests = [compute_sha256(path) for path in (published, ShopFolder(shop).store)]
    # Up to the 14th one parcel had come back (returned-r); no refund was paid.
    (rate,) = compute_metric(shop, "return_rate_units", as_of=date(2026, 9, 14))
    assert (rate["numerator"], rate["denominator"], rate["as_of"]) == (1, 6, "2026-09-14")
    (cash,) = compute_metric(shop, "refund_cash_out", as_of=date(2026, 9, 14))
    assert cash["value"] == 0
    (kept,) = ShopFolder(shop).past_days.iterdir()
    with connect_reader(kept) as past:
        # Two styles with one delivered SKU each: what rests on the scores is built as well.
        assert past.execute("select count(*) from marts.rpt_worklist").fetchone() == (4,)
    assert read_pointer(shop) == before
    assert [compute_sha256(path) for path in (published, ShopFolder(shop).store)] == digests


@pytest.mark.dbt
def test_the_day_that_is_published_needs_no_lock(shop: Path) -> None:
    with hold_lock(shop):
        (row,) = compute_metric(shop, "return_rate_units", as_of=date(2026, 9, 30))
    assert row["value"] == 0.5


def test_a_version_without_a_catalogue_says_so(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    with pytest.raises(KaeruError, match="Nothing is published"):
        compute_metric(shop, "return_rate_units")
    publish_marts(shop)
    with pytest.raises(KaeruError, match="no metric catalogue"):
        compute_metric(shop, "return_rate_units")


def make_metric(**columns: str) -> Metric:
    """A row of the catalogue as the seed has it."""
    named = read_seed_metrics()["return_rate_units"]
    empty = dict.fromkeys(
        (
            *("mart_name", "numerator_column", "denominator_column", "denominator_mart_name"),
            *("denominator_date_column", "expected_column", "exposure_column", "n_column"),
            *("filter", "whole_dimension", "date_column", "dimensions"),
        ),
        "",
    )
    words = ("label_ja", "label_en", "definition_ja", "definition_en", "owner")
    return parse_metric(
        empty
        | {word: getattr(named, word) for word in words}
        | {"metric_name": "m", "basis": "cohort", "unit": "share", "is_developed": "false"}
        | {"required_entities": "orders"}
        | columns
    )


def test_a_developed_rate_divides_what_is_expected() -> None:
    counts = {
        "numerator_column": "returned_count",
        "denominator_column": "delivered_count",
        "exposure_column": "developed_units",
    }
    sums = (12, 20.0, 100, 60.0, None)
    observed = build_figure(make_metric(**counts), dimensions={}, sums=sums, as_of="2026-09-30")
    assert (observed["value"], observed["developed_share"]) == (0.12, 0.6)
    developed = build_figure(
        make_metric(**counts, expected_column="expected_returns", is_developed="true"),
        dimensions={},
        sums=(*sums, True),
        as_of="2026-09-30",
    )
    assert "is_policy_change_affected" not in observed
    assert developed["is_policy_change_affected"] is True
    # 20 of 100 in the end, of which the interval knows 60; the rest stays as observed.
    assert (developed["value"], developed["numerator"], developed["denominator"]) == (0.2, 12, 100)
    assert (developed["low"], developed["high"]) == compute_wilson_interval(12, 60)


def test_per_hundred_is_a_hundredfold() -> None:
    metric = make_metric(
        numerator_column="contact_count", denominator_column="order_count", unit="per_100"
    )
    row = build_figure(metric, dimensions={}, sums=(3, None, 60, None, None), as_of="2026-09-30")
    assert (row["value"], row["low"]) == (5.0, None)


def test_more_hits_than_trials_count_as_all() -> None:
    assert compute_wilson_interval(9, 6) == compute_wilson_interval(6, 6)
    assert compute_wilson_interval(1, 0) is None


def test_a_row_names_its_own_columns_for_dimensions() -> None:
    metric = make_metric(dimensions="rail=rail_code;segment=segment_name", date_column="week_date")
    types = {"rail_code": "VARCHAR", "segment_name": "VARCHAR", "week_date": "DATE"}
    found = build_dimensions(metric.dimensions, date=metric.date, types=types, product_types={})
    assert list(found) == [
        *("rail", "segment", "week"),
    ]


def test_a_list_of_pairs_must_be_pairs() -> None:
    with pytest.raises(ValueError, match="name=value"):
        make_metric(filter="cohort")
