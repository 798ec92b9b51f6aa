"""A table of rules of returns: what is wrong in it is said in full, and what is right lands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from orchestration.landing_run import land_inbox
from orchestration.policy_rules import RULE_COLUMNS, SHIPPED_RULES, read_policy_rules
from orchestration.wording import LANGUAGES, WrongUseError
from tests.orchestration.small_shops import land, make_small_shop, read_rows

FILE = "policy_rules.csv"
RULE = {
    **{"policy_id": "standard", "version": "1", "valid_from": "2020-01-01", "rule_id": "in"},
    **{"priority": "10", "effect": "approve", "day_basis": "delivered", "max_days": "30"},
    **{"reason_code": "in_window", "message_ja": "返せます。", "message_en": "Yes."},
}
LAST = {**RULE, "rule_id": "last", "priority": "99", "effect": "deny", "max_days": ""}


def write_rules(*rules: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(RULE_COLUMNS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rules)
    return text.getvalue()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def put(shop: Path, text: str | bytes) -> Path:
    path = shop / "policies" / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_the_shipped_table_is_sound() -> None:
    rules = read_policy_rules(SHIPPED_RULES)
    assert len(rules) == 13
    assert {rule["policy_id"] for rule in rules} == {"standard"}


def test_rules_land_and_are_written_anew_at_every_run(shop: Path) -> None:
    path = put(shop, write_rules(RULE, LAST))
    land(shop)
    columns = "select rule_id, priority, max_days, sale from landing.policy_rules"
    assert read_rows(shop, columns) == [("in", "10", "30", None), ("last", "99", None, None)]
    put(shop, write_rules(LAST))
    land(shop, "again")
    assert read_rows(shop, columns) == [("last", "99", None, None)]
    path.unlink()
    land(shop, "without")
    assert read_rows(shop, columns) == []


def test_cells_are_read_in_their_canonical_form(tmp_path: Path) -> None:
    rule = {
        **RULE,
        **{"sale": "1", "effect": "Approve", "priority": "007", "tier_min": "silver | gold"},
        **{"resolutions": "Exchange|credit"},
    }
    path = tmp_path / FILE
    path.write_text(write_rules(rule, LAST), encoding="utf-8")
    [read, _] = read_policy_rules(path)
    assert (read["sale"], read["effect"], read["priority"]) == ("true", "approve", "7")
    assert (read["tier_min"], read["resolutions"]) == ("silver|gold", "exchange|credit")


def test_versions_may_follow_one_another(tmp_path: Path) -> None:
    path = tmp_path / FILE
    first = [{**rule, "valid_to": "2026-03-31"} for rule in (RULE, LAST)]
    second = [{**rule, "version": "2", "valid_from": "2026-04-01"} for rule in (RULE, LAST)]
    path.write_text(write_rules(*second, *first), encoding="utf-8")
    assert len(read_policy_rules(path)) == 4


SECOND = {"version": "2", "valid_from": "2026-04-01"}
BAD_TABLES = {
    "priority": ([{**RULE, "priority": "x"}, LAST], ("line 2", "priority", "'x'", "0, 1, 2")),
    "days": ([{**RULE, "max_days": "-1"}, LAST], ("line 2", "max_days", "'-1'", "9999")),
    "effect": ([{**RULE, "effect": "allow"}, LAST], ("line 2", "effect", "'allow'", "review")),
    "side": ([{**RULE, "reason_side": "shop"}, LAST], ("line 2", "reason_side", "'shop'")),
    "flag": ([{**RULE, "sale": "perhaps"}, LAST], ("line 2", "sale", "true, false")),
    "day": ([{**RULE, "valid_from": "2026-02-30"}, LAST], ("valid_from", "'2026-02-30'")),
    "resolutions": ([{**RULE, "resolutions": "refund|cash"}, LAST], ("'refund|cash'", "credit")),
    "message": ([{**RULE, "message_ja": ""}, LAST], ("line 2", "message_ja", "''", "a text")),
    "basis": ([{**RULE, "day_basis": ""}, LAST], ("line 2", "day_basis", "''", "shipped")),
    "same priority": ([RULE, {**LAST, "priority": "10"}], ("line 3", "priority", "line 2")),
    "same rule": ([RULE, {**LAST, "rule_id": "in"}], ("line 3", "rule_id", "'in'", "line 2")),
    "ends before": ([{**RULE, "valid_to": "2019-12-31"}, LAST], ("valid_to", "2020-01-01")),
    "no catch-all": ([RULE], ("line 2", "'in'", "without any condition")),
    "hidden": (
        [RULE, {**RULE, "rule_id": "short", "priority": "20", "max_days": "14"}, LAST],
        ("line 3", "'short'", "line 2"),
    ),
    "behind the last": (
        [
            {**LAST, "rule_id": "first", "effect": "review", "priority": "5"},
            RULE,
            {**LAST, "priority": "98"},
        ],
        ("line 3", "'in'", "line 2"),
    ),
    "two periods": ([{**RULE, "valid_to": "2026-01-31"}, LAST], ("valid_to", "line 2", "differs")),
    "no end": ([LAST, {**LAST, **SECOND}], ("line 2", "valid_to", "last day")),
    "gap": (
        [{**LAST, "valid_to": "2026-03-30"}, {**LAST, **SECOND}],
        ("line 3", "valid_from", "'2026-04-01'", "2026-03-31"),
    ),
    "overlap": (
        [{**LAST, "valid_to": "2026-05-31"}, {**LAST, **SECOND}],
        ("line 3", "valid_from", "'2026-04-01'", "2026-06-01"),
    ),
    "ended": ([{**LAST, "valid_to": "2026-03-30"}], ("line 2", "valid_to", "'2026-03-30'")),
    "refused merchant": (
        [{**RULE, "effect": "deny", "reason_side": "merchant"}, LAST],
        ("line 2", "reason_side", "'merchant'", "review"),
    ),
    "refused statutory": (
        [{**RULE, "effect": "deny", "reason_side": "statutory"}, LAST],
        ("line 2", "reason_side", "'statutory'", "review"),
    ),
}


@pytest.mark.parametrize(("rules", "said"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_bad_table_is_refused_with_its_place_and_a_way_out(
    shop: Path, rules: list[dict[str, str]], said: tuple[str, ...]
) -> None:
    put(shop, write_rules(*rules))
    with pytest.raises(WrongUseError) as refused:
        land_inbox(shop, run_id="run")
    for language in LANGUAGES:
        assert FILE in refused.value.render(language)
    message = refused.value.render("en")
    assert [part for part in said if part not in message] == [], message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("policy_id,colour\n", "'colour'"),
        ("policy_id,version\n", "valid_from"),
        (write_rules(), "no rule"),
        ("店,規則\n".encode("cp932"), "UTF-8"),
    ],
    ids=["unknown column", "missing column", "no rows", "not text"],
)
def test_a_file_that_is_no_table_of_rules_is_refused(
    shop: Path, text: str | bytes, said: str
) -> None:
    path = put(shop, text)
    with pytest.raises(WrongUseError) as refused:
        read_policy_rules(path)
    assert FILE in refused.value.render("ja")
    assert said in refused.value.render("en")


@pytest.mark.parametrize(
    "later",
    [
        {"max_days": "31"},
        {"max_days": "20", "counts_first_day": "true"},
        {"max_days": "20", "day_basis": "shipped"},
        {"effect": "review", "max_days": ""},
    ],
    ids=lambda later: " ".join(later.values()),
)
def test_a_rule_that_may_still_be_reached_stands(tmp_path: Path, later: dict[str, str]) -> None:
    path = tmp_path / FILE
    rule = {**RULE, "rule_id": "later", "priority": "20", "sale": "true", **later}
    path.write_text(write_rules(RULE, rule, LAST), encoding="utf-8")
    assert len(read_policy_rules(path)) == 3


def test_a_denial_hides_nothing_of_the_other_sides(tmp_path: Path) -> None:
    path = tmp_path / FILE
    denial = {**LAST, "rule_id": "no-sale", "priority": "1", "sale": "true"}
    mild = {**RULE, "rule_id": "mild", "sale": "true", "reason_side": "merchant"}
    path.write_text(write_rules(denial, mild, LAST), encoding="utf-8")
    assert len(read_policy_rules(path)) == 3
    mild["reason_side"] = "customer"
    path.write_text(write_rules(denial, mild, LAST), encoding="utf-8")
    with pytest.raises(WrongUseError, match="'mild' is never reached"):
        read_policy_rules(path)
