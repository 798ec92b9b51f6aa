"""Who decided, when it was graded, and how addresses were checked: drawn by a number of their own.

They are drawn apart from the rest, so that the rest of an order stays as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import duckdb

from tests.warehouse.drawn import Draw
from tests.warehouse.landed_shop import Row

APART: Final = 1_000_000
CHECKS: Final = "address_checks"
DECIDERS: Final = (None, None, "system", "K7", "K8", " ")
RULES: Final = ("R1", "R2", "R3", None)
STATUSES: Final = ("ship", "OK", "補正済", "ask", " 保留 ", "resolved", "not_checked", "??", None)
CODES: Final = (None, None, "banchi_missing", "postal_office", "room_suspected;town_typo", "E17")
METHODS: Final = ("system", "system", "customer", "manual", None)
GRADERS: Final = (None, "G1", "G2", "G1", "G3 ", " ")
CAUSES: Final = ("address", "address", "absent", None)


@dataclass(frozen=True)
class OwnCheck:
    """What our own check of a parcel's address said."""

    lane: str
    codes: str | None = None
    defect: str = "none"


OWN_CHECKS: Final = (
    None,
    OwnCheck("ship", "prefecture_missing"),
    # No rule of today ships it; the models have to count it all the same.
    OwnCheck("ship", "town_typo", "town_typo"),
    OwnCheck("correct", "prefecture_missing;postal_mismatch;town_typo", "town_typo"),
    OwnCheck("ask", "banchi_missing", "banchi_missing"),
    OwnCheck("not_checked"),
)


def find_own_check(shipment_id: str) -> OwnCheck | None:
    """Find what our own check says of a parcel, by its number alone."""
    return OWN_CHECKS[hashlib.sha256(shipment_id.encode()).digest()[0] % len(OWN_CHECKS)]


def write_own_checks(
    connection: duckdb.DuckDBPyConnection, shipments: Sequence[Row], *, database: str = ""
) -> None:
    """Write what our own checks say of the parcels, in place of what there is.

    Parameters
    ----------
    connection : DuckDBPyConnection
    shipments : sequence of rows
    database : str
        Of schema ``landing``, with its full stop; the connection's own by default.
    """
    table = f"{database}landing.shipment_checks"
    connection.execute(f"delete from {table}")
    ids = sorted({str(row["shipment_id"]) for row in shipments})
    rows = [(one, check) for one in ids if (check := find_own_check(one)) is not None]
    if rows:
        connection.executemany(
            f"insert into {table} values (?, 1, null, 1, '2026-10', ?, ?, null, false, false,"
            " false, false, timestamp '2026-11-01 00:00:00')",
            [(one, check.lane, check.codes) for one, check in rows],
        )


def draw_check_rows(own: Draw, *, number: int) -> None:
    """Add to the rows of one order who decided, when it was graded and what checks said.

    Parameters
    ----------
    own : Draw
        Holds the order; its requests, receipts and events get further columns.
    number : int
        Of the order.
    """
    draw = Draw(APART + number)
    for request in own.rows.get("return_requests", ()):
        _decide(draw, request)
    for receipt in own.rows.get("return_receipts", ()):
        _grade(draw, receipt)
    for event in own.rows.get("delivery_events", ()):
        if event["event_type"] == "bring_back":
            _change(event, cause=CAUSES[draw.whole(0, 3)])
    for order in own.rows["orders"]:
        _check(own, draw, order)


def _decide(draw: Draw, request: Row) -> None:
    _change(request, decided_by=DECIDERS[draw.whole(0, 5)])
    _change(request, decision_rule_id=RULES[draw.whole(0, 3)])
    _change(request, policy_version=[None, "1", "2"][draw.whole(0, 2)])
    if draw.chance(0.4):
        _change(request, review_minutes=["0", "2.5", "12"][draw.whole(0, 2)])
    if request.get("decision_rule_id") == "R1" and not request.get("decided_by"):
        # By this rule the system always decides alike.
        _change(request, decision="approved")


def _grade(draw: Draw, receipt: Row) -> None:
    # By its number alone: a draw more would move all that follow.
    _change(receipt, grader_id=GRADERS[sum(map(ord, receipt["return_line_id"])) % len(GRADERS)])
    if receipt["received_at"] == "unknown" or not draw.chance(0.7):
        return
    graded = draw.later(datetime.fromisoformat(receipt["received_at"]), 300)
    _change(receipt, graded_at=draw.text(graded))


def _check(own: Draw, draw: Draw, order: Row) -> None:
    """Up to three checks of an order, by its number or by that of a parcel."""
    if order["ordered_at"] == "unknown" or draw.chance(0.2):
        return
    parcels = [p for p in own.rows.get("shipments", ()) if p["order_id"] == order["order_id"]]
    moment = datetime.fromisoformat(order["ordered_at"])
    for _ in range(draw.whole(1, 3)):
        moment = moment if draw.chance(0.2) else draw.later(moment, 60)
        is_parcel = bool(parcels) and draw.chance(0.4)
        checked = {
            "shipment_id": parcels[0]["shipment_id"] if is_parcel else None,
            "order_id": None if is_parcel else order["order_id"],
            "checked_at": draw.text(moment, unknown=0.03),
        }
        keys = [{name: row.get(name) for name in checked} for row in own.rows.get(CHECKS, ())]
        if checked not in keys:
            own.add(
                CHECKS,
                **checked,
                method=METHODS[draw.whole(0, 4)],
                status=STATUSES[draw.whole(0, 8)],
                codes=CODES[draw.whole(0, 5)],
            )


def _change(row: Row, **columns: str | None) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update({name: value for name, value in columns.items() if value is not None})
