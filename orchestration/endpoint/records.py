"""What the endpoint is asked and answers, as its OpenAPI description says it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

MAX_ADDRESS: Final = 4_000  # signs; an address has 200 at most, and what is longer is asked
MAX_TEXT: Final = 200

Text = Annotated[str, Field(strict=True, max_length=MAX_TEXT)]


class Asked(BaseModel):
    """What is asked: a field that nothing is known of is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class Fault(BaseModel):
    """What is wrong with a request.

    Attributes
    ----------
    field : str, optional
        Where; null where it is no single field.
    message : str
    """

    field: str | None
    message: str


class Failure(BaseModel):
    """The answer with every status from 400 on; it never repeats what was sent.

    Attributes
    ----------
    errors : list of Fault
    """

    errors: list[Fault]


class AddressAsked(Asked):
    """An address as the customer typed it."""

    address: Annotated[str, Field(strict=True, max_length=MAX_ADDRESS)] = Field(
        description="All parts in one text; a postal code may stand before it."
    )
    postal: Text | None = Field(
        default=None, description="The postal code, where it stands in a field of its own."
    )
    country: Text | None = Field(
        default=None, description="Name or code; Japan where none is said."
    )


class AddressAnswer(BaseModel):
    """The record that ``kaeru address --json`` answers."""

    row: int
    lane: str = Field(description="ship · correct · ask (the customer) · not_checked (abroad).")
    codes: list[str] = Field(description="What is wrong, or only noted.")
    corrected_postal: str | None = Field(description="In lane correct only.")
    corrected_address: str | None = Field(description="Whole; in lane correct only.")
    confidence: float | None = Field(description="How often such a correction is right.")
    candidates: list[str] = Field(description="What it may mean; in lane ask only.")
    data_month: str = Field(description="YYYY-MM of the table of postal codes.")


class Health(BaseModel):
    """That the process answers."""

    status: str
    data_month: str
