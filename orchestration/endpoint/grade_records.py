"""What is asked of a returned unit once it is graded, and what is answered."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from orchestration.endpoint.records import Asked
from orchestration.endpoint.return_records import Side


class GradeAsked(Asked):
    """One returned unit whose grade is known."""

    grade: Literal["A", "B", "C", "X"] = Field(
        description="A (sellable at once) · B (outlet) · C (disposal) · X (wrong or missing)."
    )
    reason_side: Side = Field(description="As the decision on its request says it.")
    resolution: Literal["refund", "exchange", "credit", "none"] = Field(
        default="none", description="What the customer asked for; none where nobody says."
    )


class GradeAnswer(BaseModel):
    """What becomes of the unit, and what is done next."""

    stock_action: str = Field(description="restock · outlet · disposal · quarantine.")
    refund_ratio: float = Field(
        description="Share of what was paid that the customer gets; 0 where a person decides first."
    )
    next_action: str = Field(description="refund · ship_exchange · credit · ask_customer · review.")
    message_ja: str = Field(description="What whoever works on it reads.")
    message_en: str
    version: str = Field(description="The published version that was looked at.")
    as_of: str = Field(description="The last shop day that it covers.")
