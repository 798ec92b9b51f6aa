"""Why goods come back, as shops write it down, and what each of these codes means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tests.warehouse.drawn import Draw


class Meaning(NamedTuple):
    """What the taxonomy says of a code; ``reason`` is None for a code that nobody knows."""

    reason: str | None
    group: str | None = None
    is_controllable: bool = False
    is_size: bool = False
    direction: str | None = None
    is_gap: bool = False
    is_ambiguous: bool = False

    @property
    def state(self) -> str:
        """Whether it says why, says nothing, or cannot be read."""
        states = {"NONE": "none", "OTHER": "other", None: "unmapped"}
        return states.get(self.reason, "coded")


SMALL = Meaning("FIT.SMALL", "FIT", is_controllable=True, is_size=True, direction="small")
LARGE = Meaning("FIT.LARGE", "FIT", is_controllable=True, is_size=True, direction="large")
COLOUR = Meaning("LOOK.COLOR", "LOOK", is_controllable=True, is_gap=True)
NONE = Meaning("NONE", "OTHER")
NOBODY = Meaning(None)
# (whose code it is, the code) as written, with what reasons.md and the crosswalk make of it.
MEANINGS: Mapping[tuple[str | None, str | None], Meaning] = {
    (None, "FIT.SMALL"): SMALL,
    (None, "FIT.LARGE"): LARGE,
    (None, "LOOK.COLOR"): COLOUR,
    (None, "OTHER"): Meaning("OTHER", "OTHER"),
    (None, None): NONE,
    (None, "NOBODY.KNOWS"): NOBODY,
    ("shopify", "COLOR"): COLOUR,
    # A crosswalk without case, spaces and Amazon's `CR-`, read whole before by its beginning.
    (" Amazon", "cr-Apparel_too_small"): SMALL,
    ("amazon", "UNDELIVERABLE_STRANGE"): Meaning("FULF.UNDELIVERED", "FULF", is_controllable=True),
    ("ebay", "WRONG_SIZE"): Meaning(
        "FIT.UNSPEC", "FIT", is_controllable=True, is_size=True, is_ambiguous=True
    ),
    ("rakuten", "2"): Meaning("OTHER", "OTHER", is_ambiguous=True),
    ("ebay", "NO_REASON"): NONE,
    # A code of the taxonomy in a system without a crosswalk, and one of that system alone.
    ("till", "fit.large"): LARGE,
    ("till", "A7"): NOBODY,
}
SAID = tuple(MEANINGS)
# What an inspection writes: a receipt names no system but the source that sent it.
INSPECTED: Mapping[str, Meaning] = {
    "qual.smell": Meaning("QUAL.SMELL", "QUAL", is_controllable=True),
    "FIT.SMALL": SMALL,
    "none": NONE,
    "strange": NOBODY,
}
FOUND = tuple(INSPECTED)


def draw_reasons(draw: Draw) -> None:
    """Give the requests and receipts of one order what they say of the reason.

    Parameters
    ----------
    draw : Draw
        Holds the order.
    """
    for request in draw.rows.get("return_requests", ()):
        system, code = SAID[draw.whole(0, len(SAID) - 1)]
        request |= {"reason_system": system, "reason_code": code}
    for receipt in draw.rows.get("return_receipts", ()):
        if draw.chance(0.15):
            receipt["inspected_reason"] = FOUND[draw.whole(0, len(FOUND) - 1)]
        if receipt["received_at"] != "unknown" and draw.chance(0.5):
            graded = draw.later(datetime.fromisoformat(receipt["received_at"]), 400)
            receipt["graded_at"] = draw.text(graded)
