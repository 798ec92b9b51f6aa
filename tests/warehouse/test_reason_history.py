"""An edit of the list of reasons renames labels and decides from its day on, never backwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from orchestration.reason_policies import (
    ReasonPolicies,
    load_reason_policies,
    write_reason_policies,
)
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

SHOP = SmallShop(tuple(range(100)), frozenset(), (), is_bulky=False, is_closed=False)
LAST = pd.Timestamp("2026-06-30")  # the last day of the old list
RECORDED = ["return_line_id", "reason_source_code", "reason_code", "reason_system"]
# FIT.SMALL gets another name, LOOK.COLOR is split into two from the next day on, a code is added.
EDITED = """\
reason_code,group_code,label_ja_text,label_en_text,is_controllable,valid_from_date,valid_to_date
FIT.SMALL,,きつい（改称）,Tight (renamed),,,
LOOK.COLOR,,,,,,{last}
LOOK.SHADE,LOOK,色味が違う,Shade differs,true,{next},
LOOK.HUE,LOOK,色あいが違う,Hue differs,true,{next},
"""


@pytest.fixture
def listed(warehouse: CompiledWarehouse) -> Iterator[CompiledWarehouse]:
    """The warehouse, whose list of reasons is the shipped one again afterwards."""
    yield warehouse
    edit(warehouse, ReasonPolicies())


def edit(warehouse: CompiledWarehouse, policies: ReasonPolicies) -> None:
    warehouse.session.execute("use store")
    write_reason_policies(warehouse.session, policies)


def read_edited(folder: Path, *, last: pd.Timestamp) -> ReasonPolicies:
    policies = folder / "policies"
    policies.mkdir(parents=True)
    text = EDITED.format(last=last.date(), next=(last + pd.Timedelta(days=1)).date())
    (policies / "reason_taxonomy.csv").write_text(text, encoding="utf-8")
    return load_reason_policies(folder)


def read_codes(warehouse: CompiledWarehouse) -> pd.DataFrame:
    reasons = warehouse.read("fct_return_reasons").set_index(RECORDED[:2])
    columns = ["reason_code", "reason_system", "is_reason_mapped", "event_date"]
    return reasons[columns].sort_index()


def test_what_was_recorded_keeps_its_reason(listed: CompiledWarehouse, tmp_path: Path) -> None:
    rows = SHOP.draw_rows()
    listed.build(rows, sources=SOURCES)
    before, readings = read_codes(listed), listed.read("fct_return_reason_readings")
    assert (before["reason_code"] == "LOOK.COLOR").sum() > 5
    assert (readings["reason_code"] == "LOOK.COLOR").any()
    edit(listed, read_edited(tmp_path, last=pd.Timestamp(AS_OF)))
    listed.build(rows, sources=SOURCES)
    pd.testing.assert_frame_equal(read_codes(listed), before)
    pd.testing.assert_frame_equal(listed.read("fct_return_reason_readings"), readings)
    labels = listed.read("rpt_reason_labels").set_index("reason_code")
    assert labels.loc["FIT.SMALL", "label_ja_text"] == "きつい（改称）"
    assert {"LOOK.SHADE", "LOOK.HUE", "LOOK.COLOR"} <= set(labels.index)
    assert labels.loc["LOOK.COLOR", "valid_to_date"].date() == AS_OF


def test_an_ended_reason_ends_on_its_day_and_not_before(
    listed: CompiledWarehouse, tmp_path: Path
) -> None:
    rows = SHOP.draw_rows()
    listed.build(rows, sources=SOURCES)
    before = read_codes(listed).reset_index()
    edit(listed, read_edited(tmp_path, last=LAST))
    listed.build(rows, sources=SOURCES)
    after = read_codes(listed).reset_index()
    is_past = ~(before["event_date"] > LAST)
    pd.testing.assert_frame_equal(after[is_past], before[is_past])
    # A later one says a code that the list of its day no longer has: kept as it came.
    said = before["reason_source_code"] != "inspected"
    late = ~is_past & said & (before["reason_code"] == "LOOK.COLOR")
    assert late.any()
    assert (is_past & (before["reason_code"] == "LOOK.COLOR")).any()
    assert not after.loc[late, "is_reason_mapped"].any()
    assert not after["reason_code"].isin(["LOOK.SHADE", "LOOK.HUE"]).any()
