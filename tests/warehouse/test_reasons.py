"""Reasons of returns against an answer computed without SQL, with a shop's own files laid over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import duckdb
import pandas as pd
import pytest

from orchestration.reason_policies import load_reason_policies, write_reason_policies
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.drawn_reasons import SAID_WORDS, write_readings
from tests.warehouse.hand_written import SOURCES
from tests.warehouse.landed_facts import is_known
from tests.warehouse.landed_shop import LandedShop, Row, land_shop
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.test_recomputation import assert_same

pytestmark = [pytest.mark.dbt]

OWN_REASONS = """\
reason_code,group_code,label_ja_text,label_en_text,is_controllable,is_size_reason,size_direction_code
FIT.HAND,FIT,手のサイズ,Hand size,true,true,small
LOOK.DESIGN,,,,true,,
"""
OWN_CODES = """\
reason_system,source_code,reason_code
till,A7,FIT.HAND
shopify,style,LOOK.DESIGN
"""
# What a request says, and what it means: reason, state, controllable, size, direction, gap.
MEANINGS: Mapping[tuple[str | None, str | None], tuple[str, str, bool, bool, str | None, bool]] = {
    ("amazon", "CR-APPAREL_TOO_SMALL"): ("FIT.SMALL", "coded", True, True, "small", False),
    ("Amazon", "apparel_too_large"): ("FIT.LARGE", "coded", True, True, "large", False),
    ("ebay", "WRONG_SIZE"): ("FIT.UNSPEC", "coded", True, True, None, False),
    ("rakuten", "2"): ("OTHER", "other", False, False, None, False),
    ("shopify", "UNKNOWN"): ("NONE", "none", False, False, None, False),
    (None, "look.color"): ("LOOK.COLOR", "coded", True, False, None, True),
    (None, "too_small"): ("too_small", "unmapped", False, False, None, False),
    (None, None): ("NONE", "none", False, False, None, False),
    # The shop's own: a new reason, and another meaning of a shipped code.
    ("till", "a7"): ("FIT.HAND", "coded", True, True, "small", False),
    ("shopify", "STYLE"): ("LOOK.DESIGN", "coded", True, False, None, False),
}
AMBIGUOUS = {("ebay", "WRONG_SIZE"), ("rakuten", "2"), ("shopify", "UNKNOWN")}
COUNTS = ["requested_count", "returned_count", "returned_net_amount"]


@pytest.fixture(scope="module")
def told(entities: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """The rows of the session's shop, with every kind of reason; every second line is inspected."""
    said, written = cycle(MEANINGS), cycle(SAID_WORDS)
    requests = []
    for row in entities["return_requests"]:
        system, code = next(said)
        rest = {k: v for k, v in row.items() if k not in ("reason_code", "reason_system")}
        words = {"reason_text": next(written)}
        requests.append(rest | words | {"reason_system": system, "reason_code": code})
    inspected = {row["return_line_id"] for row in requests[::2]}
    receipts = [
        dict(row)
        | ({"inspected_reason": "qual.smell"} if row["return_line_id"] in inspected else {})
        for row in entities["return_receipts"]
    ]
    return dict(entities) | {"return_requests": requests, "return_receipts": receipts}


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory,
    told: Mapping[str, Sequence[Row]],
    warehouse: CompiledWarehouse,
) -> LandedShop:
    landed = land_shop(tmp_path_factory.mktemp("reasons"), told, sources=SOURCES)
    policies = landed.folder / "policies"
    policies.mkdir()
    (policies / "reason_taxonomy.csv").write_text(OWN_REASONS, encoding="utf-8")
    (policies / "reason_crosswalk.csv").write_text(OWN_CODES, encoding="utf-8")
    with duckdb.connect(str(landed.store)) as connection:
        write_reason_policies(connection, load_reason_policies(landed.folder))
        write_readings(connection)
    return warehouse.build_shop(landed)


@pytest.fixture(scope="module")
def expected(told: Mapping[str, Sequence[Row]], shop: LandedShop) -> pd.DataFrame:
    """One row per product return and reason source."""
    frame = Recomputation(told, sources=SOURCES).frame_return_lines()
    frame = frame[frame["is_product_return"]].drop(columns="reason_code")
    said = {
        row["return_line_id"]: (row["reason_system"], row["reason_code"])
        for row in told["return_requests"]
    }
    smelled = {
        row["return_line_id"]
        for row in told["return_receipts"]
        if row.get("inspected_reason")
        and is_known(row["received_at"])
        and (row.get("graded_at") is None or is_known(row["graded_at"]))
    }
    smell = ("QUAL.SMELL", "coded", True, False, None, False)
    facts: list[dict[str, Any]] = []
    for one in frame["return_line_id"]:
        found = smell if one in smelled else MEANINGS[None, None]
        for source, meaning, is_ambiguous in (
            ("stated", MEANINGS[said[one]], said[one] in AMBIGUOUS),
            ("inspected", found, False),
        ):
            names = ["reason_code", "reason_state_code", "is_controllable", "is_size_reason"]
            names += ["size_direction_code", "is_expectation_gap"]
            facts.append(
                dict(zip(names, meaning, strict=True))
                | {"return_line_id": one, "reason_source_code": source}
                | {"is_ambiguous": is_ambiguous}
            )
    lines = shop.read("fct_return_lines")[["return_line_id", "style_id", "is_size_bracketed"]]
    return frame.merge(pd.DataFrame(facts), on="return_line_id").merge(lines, on="return_line_id")


def leave_readings_out(frame: pd.DataFrame) -> pd.DataFrame:
    """What people said; random shops hold what was read against an oracle of its own."""
    return frame[frame["reason_source_code"] != "classified"]


def on_both_bases(frame: pd.DataFrame) -> pd.DataFrame:
    cohort = frame[frame["is_counted_in_cohort"]]
    both = pd.concat(
        [
            cohort.assign(date_basis_code="cohort", day=pd.to_datetime(cohort["cohort_date"])),
            frame.assign(date_basis_code="event", day=pd.to_datetime(frame["event_date"])),
        ]
    )
    month = both["day"].dt.to_period("M").dt.to_timestamp()
    week = both["day"] - pd.to_timedelta(both["day"].dt.day_of_week, unit="D")
    return both.assign(month_start_date=month, week_start_date=week)


def test_every_return_has_its_reason_from_each_source(
    shop: LandedShop, expected: pd.DataFrame
) -> None:
    found = leave_readings_out(shop.read("fct_return_reasons"))
    columns = ["return_line_id", "reason_source_code", "reason_code", "reason_state_code"]
    columns += ["is_ambiguous", "is_controllable", "is_size_reason", "size_direction_code"]
    columns += ["is_expectation_gap", *COUNTS]
    assert_same(
        found[found["is_product_return"]],
        expected[columns],
        by=["return_line_id", "reason_source_code"],
    )
    assert set(expected["reason_state_code"]) == {"coded", "other", "unmapped", "none"}


@pytest.mark.parametrize(
    ("mart", "key", "period"),
    [
        ("rpt_sku_reasons", "sku", "month_start_date"),
        ("rpt_style_reason_weeks", "style_id", "week_start_date"),
    ],
)
def test_reports_hold_the_sums(
    shop: LandedShop, expected: pd.DataFrame, mart: str, key: str, period: str
) -> None:
    both = on_both_bases(expected)
    both["size_bracketed_returned_count"] = both["returned_count"] * both["is_size_bracketed"]
    keys = [key, "channel_name", "reason_source_code", "date_basis_code", "reason_code", period]
    counts = [*COUNTS, "size_bracketed_returned_count"]
    wanted = both[both[key].notna()].groupby(keys, dropna=False)[counts].sum().reset_index()
    assert len(wanted) > 100
    assert_same(leave_readings_out(shop.read(mart)), wanted, by=keys)


def test_totals_hold_the_numerators(shop: LandedShop, expected: pd.DataFrame) -> None:
    both = on_both_bases(expected)
    units = both["returned_count"]
    is_size = both["is_size_reason"] & ~both["is_size_bracketed"].astype(bool)
    parts = {
        f"{one}_returned_count": both["reason_state_code"] == one
        for one in ("coded", "other", "unmapped", "none")
    }
    parts |= {
        "ambiguous_returned_count": both["is_ambiguous"],
        "controllable_returned_count": both["is_controllable"],
        "size_returned_count": is_size,
        "small_returned_count": is_size & (both["size_direction_code"] == "small"),
        "large_returned_count": is_size & (both["size_direction_code"] == "large"),
        "expectation_gap_returned_count": both["is_expectation_gap"],
    }
    both = both.assign(**{name: units * part for name, part in parts.items()})
    keys = ["reason_source_code", "date_basis_code"]
    counts = [*COUNTS, *parts]
    found = leave_readings_out(shop.read("rpt_reason_totals"))
    wanted = both.groupby(keys)[counts].sum().reset_index()
    assert (wanted["size_returned_count"] > 0).any()
    assert_same(found.groupby(keys)[counts].sum().reset_index(), wanted, by=keys)
    days = shop.read("rpt_sku_return_days").groupby("date_basis_code")["delivered_count"].sum()
    delivered = found.groupby(keys)["delivered_count"].sum()
    assert {key: days[key[1]] for key in delivered.index} == delivered.to_dict()


def test_a_shops_own_rows_are_published_beside_the_shipped_ones(shop: LandedShop) -> None:
    labels = shop.read_keyed("rpt_reason_labels", "reason_code")
    assert len(labels) == 43
    assert (labels["FIT.HAND"]["label_ja_text"], labels["FIT.HAND"]["owner_code"]) == (
        "手のサイズ",
        None,
    )
    design = labels["LOOK.DESIGN"]
    # Only the flag was changed; the name is the shipped one.
    assert (design["label_en_text"], design["is_controllable"], design["is_changed_by_shop"]) == (
        "Design / style / does not suit me",
        True,
        True,
    )
    assert not labels["FIT.SMALL"]["is_changed_by_shop"]
