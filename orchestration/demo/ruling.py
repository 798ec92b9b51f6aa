"""The shop's own table of the rules of returns, where its policy changes: planted."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.judging import VERSIONS
from orchestration.demo.returning import LONGER_WINDOW_DAYS, WINDOW_DAYS
from orchestration.demo.selling_files import POLICIES
from orchestration.policy_rules import POLICY_RULES, RULE_COLUMNS, SHIPPED_RULES


def write_rules(calendar: SalesCalendar, *, folder: Path) -> None:
    """Write the shipped table once more as the version of the longer window, if there is one.

    Orders name the policy that they were placed under; those that name none fall under the version
    of the first policy that held on their day.
    """
    changed_on = calendar.policy_changed_on
    if changed_on is None:
        return
    with SHIPPED_RULES.open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    before, after = VERSIONS
    ended = {"version": before, "valid_to": (changed_on - timedelta(days=1)).isoformat()}
    begun = {"version": after, "valid_from": changed_on.isoformat()}
    rows = [
        *(rule | ended for rule in shipped),
        *(
            rule | begun | lengthen(rule) | {"policy_id": policy}
            for policy in POLICIES
            for rule in shipped
        ),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{POLICY_RULES}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, RULE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def lengthen(rule: dict[str, str]) -> dict[str, str]:
    """Lengthen the window of a rule, where its days are those of the window or more."""
    days = rule["max_days"]
    if not days or int(days) < WINDOW_DAYS:
        return {}
    return {"max_days": str(int(days) + LONGER_WINDOW_DAYS - WINDOW_DAYS)}
