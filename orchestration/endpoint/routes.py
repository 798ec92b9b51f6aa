"""What can be asked, each by one POST."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, Request

from models_ml.addresses.checking import check_address
from models_ml.addresses.postal_index import PostalIndex
from orchestration.address_words import describe_check
from orchestration.endpoint.deciding import Decisions
from orchestration.endpoint.failures import DESCRIBED, NEEDS_KEY, NOT_KNOWN, NOT_READY
from orchestration.endpoint.grade_records import GradeAnswer, GradeAsked
from orchestration.endpoint.records import AddressAnswer, AddressAsked, Health
from orchestration.endpoint.return_records import ReturnAnswer, ReturnAsked


@dataclass(frozen=True)
class Desk:
    """What the answers come from.

    Attributes
    ----------
    index : PostalIndex
    decisions : Decisions
    """

    index: PostalIndex
    decisions: Decisions


asking = APIRouter(responses={**DESCRIBED, **NEEDS_KEY})
watching = APIRouter()


@watching.get("/health")
async def tell_health(request: Request) -> Health:
    """Say that the process answers. Needs no key."""
    return Health(status="ok", data_month=_desk(request).index.data_month)


@asking.post("/addresses")
async def check_one_address(asked: AddressAsked, request: Request) -> AddressAnswer:
    """Check an address: ship, correct and ship, ask the customer, or not checked (abroad).

    Whatever is typed has an answer: what cannot be read is asked. A lot number is never made up.
    """
    found = check_address(
        _desk(request).index, asked.address, postal=asked.postal, country=asked.country or ""
    )
    return AddressAnswer(**describe_check(found, row=0))


@asking.post("/returns", responses={**NOT_KNOWN, **NOT_READY})
async def decide_one_return(asked: ReturnAsked, request: Request) -> ReturnAnswer:
    """Decide on a request of a return by the rules that were in force at its order.

    A decision is that of the warehouse for the same request. Nothing is kept: asked twice, it says
    the same until another version is published.
    """
    return await _desk(request).decisions.decide(asked)


@asking.post("/grades", responses={**NOT_KNOWN, **NOT_READY})
async def say_what_is_next(asked: GradeAsked, request: Request) -> GradeAnswer:
    """Say what becomes of a returned unit the moment its grade arrives, by the shop's table."""
    return await _desk(request).decisions.grade(asked)


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)
