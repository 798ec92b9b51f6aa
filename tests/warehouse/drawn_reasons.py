"""Why goods come back, as shops write it down, and what each of these codes means."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import duckdb

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


class Words(NamedTuple):
    """What a model is said to have read in a customer's words; no model has."""

    codes: Mapping[str, float]
    is_abstained: bool = False
    is_escalated: bool = False
    direction: str | None = None
    zones: str | None = None
    spans: str | None = None


SMELL = Meaning("QUAL.SMELL", "QUAL", is_controllable=True)
READ_MEANINGS: Mapping[str, Meaning] = {
    "FIT.SMALL": SMALL,
    "LOOK.COLOR": COLOUR,
    "QUAL.SMELL": SMELL,
    "QUAL.ALLERGY": Meaning("QUAL.ALLERGY", "QUAL", is_controllable=True),
    "NONE": NONE,
}
READ: Mapping[str, Words] = {
    "甲がきつい": Words({"FIT.SMALL": 0.9137}, direction="small", zones="instep", spans="[[0, 5]]"),
    "きつくて色も違う": Words({"FIT.SMALL": 0.75, "LOOK.COLOR": 0.6}, direction="small"),
    "colour, or was it the smell?": Words(
        {"LOOK.COLOR": 0.5, "QUAL.SMELL": 0.5}, is_abstained=True
    ),
    "かゆくなった": Words({"QUAL.ALLERGY": 0.95, "NONE": 0.0001}, is_escalated=True),
    "返品希望": Words({"NONE": 0.8}),
    "ほかの店で買いました": Words({"FIT.SMALL": 0.29, "LOOK.COLOR": 0.04}),
    "?": Words({}, is_abstained=True),
}
# Words that no model has read, and none at all, beside those that were.
SAID_WORDS = (None, " ", "so far unread", *READ, *READ)
MODEL = "drawn"
# Of 40 texts drawn by lot: factor, its standard error.
CORRECTED = {"FIT.SMALL": (1.2, 0.1)}


def write_readings(connection: duckdb.DuckDBPyConnection, *, database: str = "") -> None:
    """Write what the model in use and an older one have read, in place of what there is.

    Parameters
    ----------
    connection : DuckDBPyConnection
    database : str
        Of schema ``landing``, with its full stop; the connection's own by default.
    """
    landing = f"{database}landing"
    for table in ("readers", "readings", "reading_codes", "corrections"):
        connection.execute(f"delete from {landing}.reason_{table}")
    connection.execute(f"insert into {landing}.reason_readers values (?, 'now')", [MODEL])
    for text, words in READ.items():
        one = hashlib.sha256(text.encode()).hexdigest()
        said = [words.direction, words.zones, None, words.is_abstained, words.is_escalated]
        connection.executemany(
            f"insert into {landing}.reason_readings values (?, ?, 'ja', ?, ?, ?, ?, ?)",
            [[one, MODEL, *said], [one, "older", None, None, None, True, False]],
        )
        connection.executemany(
            f"insert into {landing}.reason_reading_codes values (?, ?, ?, ?, ?)",
            [[one, "older", "OTHER", 0.3, None]]
            + [[one, MODEL, code, share, words.spans] for code, share in words.codes.items()],
        )
    connection.executemany(
        f"insert into {landing}.reason_corrections values (?, ?, ?, ?, 40)",
        [[MODEL, code, *both] for code, both in CORRECTED.items()],
    )


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
        request["reason_text"] = SAID_WORDS[draw.whole(0, len(SAID_WORDS) - 1)]
    for receipt in draw.rows.get("return_receipts", ()):
        if draw.chance(0.15):
            receipt["inspected_reason"] = FOUND[draw.whole(0, len(FOUND) - 1)]
        if receipt["received_at"] != "unknown" and draw.chance(0.5):
            graded = draw.later(datetime.fromisoformat(receipt["received_at"]), 400)
            receipt["graded_at"] = draw.text(graded)
