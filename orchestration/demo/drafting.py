"""A draft of the rules of returns for the synthetic shop: a window of 14 days."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from orchestration.folder import ShopFolder
from orchestration.policy_drafts import DRAFTS
from orchestration.policy_rules import SHIPPED_RULES

NAME: Final = "14日"
DAYS: Final = "14"
# The rules whose window it shortens; what the law or the shop's fault says stays.
SHORTENED: Final = frozenset({"in-window", "ask-a-person"})


def write_draft(shop: Path) -> Path:
    """Write the shipped table with the shorter window into the drafts of a shop.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Path
        Of the draft.
    """
    with SHIPPED_RULES.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rules = list(reader.fieldnames or ()), list(reader)
    for rule in rules:
        if rule["rule_id"] in SHORTENED:
            rule["max_days"] = DAYS
    path = ShopFolder(shop).policies / DRAFTS / f"{NAME}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rules)
    return path
