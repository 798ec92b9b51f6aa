"""What checks said of each address, as far as a fault was planted in it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Ints
from orchestration.demo.columns import blank_where, pick_words
from orchestration.demo.delivering import MonthOfParcels
from orchestration.demo.ordering import DAY, MonthOfOrders
from orchestration.demo.people import Addresses
from orchestration.demo.returning_files import Events
from orchestration.demo.selling_files import Span, name_orders

CHECKED_DAYS: Final = 180  # so many last days have checks: the shop began late
FALSE_ALARM_SHARE: Final = 0.003  # sound addresses that staff looked at
ASKED_OF_STAFF_SHARE: Final = 0.3  # of addresses without a lot number; customers answer the rest
FOUND: Final = (None, "banchi_missing", "postal_mismatch", "banchi_suspected")
LANES: Final = ("ship", "ask", "correct", "ask")
SOUND, NO_LOT, WRONG_CODE, SUSPECTED = range(4)
CHECK_TRUTH: Final[dict[str, Any]] = {
    "checked_last_days": CHECKED_DAYS,
    "missed": "every parcel that is brought back for its address had passed",
    "corrected_by_the_system": "every other wrong postal code",
    "staff_share_of_addresses_without_lot_number": ASKED_OF_STAFF_SHARE,
    "staff_share_of_sound_addresses": FALSE_ALARM_SHARE,
}


def build_check_events(
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    *,
    addresses: Addresses,
    span: Span,
    rng: np.random.Generator,
) -> Events:
    """Build the rows of ``address_checks``: the system's, then the answers to what it asked."""
    finding = _find_faults(orders, parcels, addresses=addresses, rng=rng)
    count = len(finding)
    by_staff = (finding == SUSPECTED) | (rng.random(count) < ASKED_OF_STAFF_SHARE)
    minutes = pa.array(rng.integers(5, 20, count))
    checked = orders.ordered_at + 60
    answered = checked + rng.integers(600, DAY // 4, count)
    is_checked = checked >= span.horizon - CHECKED_DAYS * DAY
    names = name_orders(orders)
    checks = pa.table(
        {
            "order_id": names,
            "checked_at": span.write(checked),
            "method": pa.array(["system"] * count, pa.string()),
            "status": pick_words(LANES, finding),
            "codes": pick_words(FOUND, finding),
            "minutes_spent": pa.nulls(count, pa.int64()),
        }
    ).filter(pa.array(is_checked))
    is_asked = is_checked & np.isin(finding, (NO_LOT, SUSPECTED))
    answers = pa.table(
        {
            "order_id": names,
            "checked_at": span.write(answered),
            "method": pick_words(("customer", "manual"), by_staff.astype(np.int64)),
            "status": pa.array(["resolved"] * count, pa.string()),
            "codes": pa.nulls(count, pa.string()),
            "minutes_spent": blank_where(~by_staff, minutes),
        }
    ).filter(pa.array(is_asked))
    moments = np.concatenate([checked[is_checked], answered[is_asked]])
    return Events("address_checks", pa.concat_tables([checks, answers]), moments)


def _find_faults(
    orders: MonthOfOrders,
    parcels: MonthOfParcels,
    *,
    addresses: Addresses,
    rng: np.random.Generator,
) -> Ints:
    """Find the faults; what is brought back for its address is what is not found."""
    no_lot = np.asarray(addresses.lot.is_null())[orders.customer]
    is_wrong = (addresses.place != addresses.code_place)[orders.customer]
    finding = np.where(no_lot, NO_LOT, np.where(is_wrong, WRONG_CODE, SOUND))
    is_alarm = (finding == SOUND) & (rng.random(len(finding)) < FALSE_ALARM_SHARE)
    finding = np.where(is_alarm, SUSPECTED, finding)
    return np.where(parcels.is_address_fault, SOUND, finding)
