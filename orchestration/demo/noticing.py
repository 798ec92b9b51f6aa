"""Who was told that a parcel left: planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from orchestration.demo.catalogue import Ints
from orchestration.demo.delivering import MonthOfParcels
from orchestration.demo.ordering import Bools

SMOOTH_SHARE: Final = 0.9  # of the parcels of orders to which nothing of the below happened
TROUBLED_SHARE: Final = 0.7  # redelivered, brought back, or asked about on their way
NOTICE_TRUTH: Final[dict[str, Any]] = {
    "notified_share": SMOOTH_SHARE,
    "notified_share_of_troubled": TROUBLED_SHARE,
    "troubled": "redelivered, brought back, or with a question about the delivery",
}


@dataclass(frozen=True)
class MonthOfNotices:
    """Notices of a month's orders; both parcels of an order are treated alike.

    Attributes
    ----------
    is_sent : Bools of shape (n_orders,)
    delay : Ints of shape (n_orders,)
        Seconds after the parcel left.
    """

    is_sent: Bools
    delay: Ints


def draw_notices(
    parcels: MonthOfParcels, *, is_asked_about: Bools, rng: np.random.Generator
) -> MonthOfNotices:
    """Draw who is told that a parcel left.

    What happened is drawn before, and says how often there was a notice: an association without a
    cause, and nothing else of the shop changes.
    """
    is_troubled = parcels.is_absent | parcels.is_brought_back | is_asked_about
    count = len(is_troubled)
    share = np.where(is_troubled, TROUBLED_SHARE, SMOOTH_SHARE)
    return MonthOfNotices(
        is_sent=rng.random(count) < share, delay=rng.integers(600, 3 * 3600, count)
    )
