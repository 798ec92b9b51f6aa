"""What is asked of a return, and what is answered."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainValidator, WithJsonSchema

from orchestration.endpoint.records import Asked, Text

MOST_UNITS: Final = 1_000_000
MOST_MONEY: Final = 10**12  # minor units

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def read_moment(value: Any) -> datetime:  # noqa: ANN401 - whatever was sent
    """Read a moment with its distance from UTC.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> read_moment("2026-11-30T09:00:00+09:00").isoformat()
    '2026-11-30T09:00:00+09:00'
    """
    text = value.upper() if isinstance(value, str) else ""
    if not _MOMENT.fullmatch(text):
        raise ValueError("expected a moment with its offset, as 2026-11-30T09:00:00+09:00")
    return datetime.fromisoformat(text)


def read_day_or_moment(value: Any) -> date:  # noqa: ANN401 - whatever was sent
    """Read a day of the shop, or a moment.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return read_moment(value)


def read_whole(value: Any) -> Any:  # noqa: ANN401 - whatever was sent
    """Read 3.0 as 3: JSON has one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


DAY_SCHEMA: Final = {"type": "string", "format": "date"}
MOMENT_SCHEMA: Final = {"type": "string", "format": "date-time"}
Moment = Annotated[datetime, PlainValidator(read_moment), WithJsonSchema(MOMENT_SCHEMA)]
DayOrMoment = Annotated[
    date,
    PlainValidator(read_day_or_moment),
    WithJsonSchema({"anyOf": [DAY_SCHEMA, MOMENT_SCHEMA]}),
]
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=0, le=MOST_UNITS), BeforeValidator(read_whole)]
Money = Annotated[int, Field(strict=True, ge=0, le=MOST_MONEY), BeforeValidator(read_whole)]
Units = Annotated[int, Field(strict=True, ge=1, le=MOST_UNITS), BeforeValidator(read_whole)]
Side = Literal["customer", "merchant", "statutory"]


class ReturnAsked(Asked):
    """One order line that a customer wants to send back.

    With ``order_line_id`` the published version says what was sold, to whom, and what was asked
    before; what is told here stands before it. Without it, what is told is all that is known.
    """

    order_line_id: Text | None = Field(default=None, description="As the shop's files name it.")
    return_line_id: Text | None = Field(
        default=None,
        description="This request, if a file holds it already: it then does not precede itself.",
    )
    reason_code: Text | None = Field(
        default=None, description="Code of the shop's taxonomy of reasons."
    )
    reason_side: Side | None = Field(
        default=None,
        description="merchant (fault of seller or carrier) · statutory (else, terms not shown at "
        "checkout) · customer; else by the reason.",
    )
    quantity: Units = Field(default=1, description="Units asked back.")
    is_worn: Flag = Field(default=False, description="The customer says that it was used.")
    requested_at: Moment | None = Field(default=None, description="Else now.")
    sku: Text | None = None
    customer_id: Text | None = Field(
        default=None,
        description="As the shop's files write it; hashed with the shop's key before it is looked "
        "up, kept nowhere.",
    )
    policy_id: Text | None = Field(default=None, description="Else the order's, else standard.")
    member_tier: Text | None = None
    ordered_quantity: Units | None = None
    net_amount: Money | None = Field(
        default=None, description="Paid for the units asked back, minor units; else the order's."
    )
    is_holdout: Flag = Field(
        default=False, description="In the control group, which is offered nothing."
    )
    returns_90d: Whole | None = Field(
        default=None, description="Return lines that the customer asked for in the 90 days before."
    )
    is_policy_shown: Flag | None = Field(
        default=None, description="The terms of returns were shown at checkout."
    )
    is_sale: Flag | None = None
    is_final_sale: Flag | None = None
    is_hygiene: Flag | None = None
    is_gift: Flag | None = None
    ordered_at: DayOrMoment | None = Field(default=None, description="A day is the shop's.")
    shipped_at: DayOrMoment | None = None
    delivered_at: DayOrMoment | None = None


class Offer(BaseModel):
    """What can be offered instead of money."""

    rank: int
    kind: str = Field(
        description="next_size · second_size · other_colour · other_variant · credit."
    )
    sku: str | None = Field(description="Null with credit.")
    available: int | None = Field(description="Units that are there for it.")
    accept_probability: float | None = Field(
        description="From the shop's own answers; null where it never made an offer."
    )
    profit_amount: int | None = Field(description="What is kept if it is taken; minor units.")
    expected_profit_amount: int | None
    reason: str = Field(description="Why it is offered: one_size_larger, after_exchanges, …")


class ReturnAnswer(BaseModel):
    """What the rules in force at the order decide; the shop's systems keep it."""

    effect: Literal["approve", "deny", "review"] = Field(description="review: a person decides.")
    cause: str = Field(
        description="rule · no_rule · no_version · no_order · unknown_day · before_order · "
        "too_many_units: why no rule could decide."
    )
    policy_id: str
    policy_version: str | None = Field(description="In force on the shop day of the order.")
    rule_id: str | None
    reason: str | None = Field(description="The reason of the decision, as the rule says it.")
    message_ja: str | None = Field(description="What the customer is told.")
    message_en: str | None
    resolutions: list[str] = Field(description="What the rule offers: refund, exchange, credit.")
    shipping_payer: str | None = Field(description="merchant · customer.")
    nearest_rule_id: str | None = Field(
        description="The approving rule that missed least, where only the catch-all decided."
    )
    missed: str | None = Field(
        description="What it missed first: final_sale · sale · hygiene · gift · tier · worn · "
        "too_often · too_late."
    )
    day_basis: str | None = Field(description="delivered · shipped · ordered.")
    counted_days: int | None = Field(description="Days that the rule counted to the request.")
    reason_side: Side
    returns_90d: int = Field(description="Return lines of the customer in the 90 days before.")
    is_estimated: bool = Field(
        description="Decided by a day of delivery that is reckoned, not known."
    )
    inputs_sha256: str = Field(description="Hash of all that the rules looked at.")
    decided_at: str = Field(description="UTC.")
    version: str = Field(description="The published version that was looked at.")
    as_of: str = Field(description="The last shop day that it covers.")
    offers: list[Offer] = Field(
        description="What can be offered before money, the best first, ten at most; nothing on "
        "what is denied or is_holdout."
    )
