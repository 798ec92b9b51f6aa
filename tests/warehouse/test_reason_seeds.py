"""The shipped reasons: the crosswalk is the taxonomy's own columns, turned round by one rule."""

from __future__ import annotations

import csv
from collections import defaultdict

from tests.warehouse.landed_shop import PROJECT

COLUMNS_OF_SYSTEM = {
    "shopify": ("shopify_codes", "shopify_legacy_codes"),
    "amazon": ("amazon_codes",),
    "ebay": ("ebay_codes",),
    "rakuten": ("rakuten_codes",),
}


def read_seed(name: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_named(taxonomy: list[dict[str, str]]) -> dict[tuple[str, str], set[str]]:
    """Which reasons name each code of each system; case and Amazon's CR- make no difference."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in taxonomy:
        for system, columns in COLUMNS_OF_SYSTEM.items():
            for code in "|".join(row[column] for column in columns).split("|"):
                bare = code.removeprefix("CR-") if system == "amazon" else code
                if bare:
                    named[system, bare.upper()].add(row["reason_code"])
    return named


def decide(code: str, reasons: set[str]) -> tuple[str, str]:
    """The rule: one reason is meant; several are ambiguous and become the least that is known."""
    if len(reasons) == 1:
        return next(iter(reasons)), "false"
    if all(reason.startswith("FIT.") for reason in reasons):
        return "FIT.UNSPEC", "true"
    return ("NONE" if code == "UNKNOWN" else "OTHER"), "true"


def test_the_crosswalk_is_the_rule_applied_to_the_taxonomy() -> None:
    expected = {
        key: decide(key[1], reasons)
        for key, reasons in find_named(read_seed("reason_taxonomy")).items()
    }
    rows = read_seed("reason_crosswalk")
    found = {
        (row["reason_system"], row["source_code"].upper()): (
            row["reason_code"],
            row["is_ambiguous"],
        )
        for row in rows
    }
    assert len(found) == len(rows)
    assert found == expected


def test_the_rule_is_seen_at_work() -> None:
    found = {
        (row["reason_system"], row["source_code"]): (row["reason_code"], row["is_ambiguous"])
        for row in read_seed("reason_crosswalk")
    }
    # One reason names it.
    assert found["shopify", "SIZE_TOO_SMALL"] == ("FIT.SMALL", "false")
    # Small, large and unspecified, all of them FIT.
    assert found["ebay", "WRONG_SIZE"] == ("FIT.UNSPEC", "true")
    # Undelivered and no reason.
    assert found["shopify", "UNKNOWN"] == ("NONE", "true")
    # Fit, looks and mind changed: Rakuten's "customer's convenience".
    assert found["rakuten", "2"] == ("OTHER", "true")


def test_there_are_42_reasons_in_7_groups() -> None:
    taxonomy = read_seed("reason_taxonomy")
    assert len({row["reason_code"] for row in taxonomy}) == len(taxonomy) == 42
    groups = {row["group_code"] for row in taxonomy}
    assert groups == {"FIT", "LOOK", "QUAL", "FULF", "CUST", "ADM", "OTHER"}


def test_size_and_expectation_are_the_reasons_that_the_measures_name() -> None:
    taxonomy = read_seed("reason_taxonomy")
    sizes = {row["reason_code"] for row in taxonomy if row["is_size_reason"] == "true"}
    gaps = {row["reason_code"] for row in taxonomy if row["is_expectation_gap"] == "true"}
    directions = {row["reason_code"]: row["size_direction_code"] for row in taxonomy}
    assert sizes == {"FIT.SMALL", "FIT.LARGE", "FIT.UNSPEC", "FIT.CHART"}
    assert gaps == {"LOOK.COLOR", "LOOK.NOTASDESC"}
    assert {code: said for code, said in directions.items() if said} == {
        "FIT.SMALL": "small",
        "FIT.LARGE": "large",
    }
