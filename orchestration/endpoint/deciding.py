"""One request of a return → its decision."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from orchestration.endpoint.batching import Batcher
from orchestration.endpoint.failures import NotFound
from orchestration.endpoint.grade_records import GradeAnswer, GradeAsked
from orchestration.endpoint.published import PublishedDecisions
from orchestration.endpoint.return_records import Offer, ReturnAnswer, ReturnAsked
from orchestration.endpoint.version import Decided, Given
from orchestration.landing.customers import hash_customer
from orchestration.settings import load_hash_key, load_settings

# What a caller calls a column of the query.
COLUMNS: Final = {
    "member_tier_name": "member_tier",
    "reason_side_code": "reason_side",
    "requested_count": "quantity",
    "ordered_count": "ordered_quantity",
    "returns_90d_count": "returns_90d",
    "requested_net_amount": "net_amount",
}
SAME: Final = (
    *("order_line_id", "return_line_id", "sku", "policy_id", "reason_code"),
    *("is_policy_shown", "is_sale", "is_final_sale", "is_hygiene", "is_gift", "is_worn"),
    "is_holdout",
)
DAYS: Final = ("ordered", "shipped", "delivered")
KNOWN: Final = {
    "is_line_known": "order_line_id",
    "is_sku_known": "sku",
    "is_reason_known": "reason_code",
}


class Decisions:
    """Decides on returns of a shop.

    Parameters
    ----------
    published : PublishedDecisions
    zone : ZoneInfo
        In which the shop's days begin.
    hash_key : bytes
        Of the shop's customers.
    """

    def __init__(self, published: PublishedDecisions, *, zone: ZoneInfo, hash_key: bytes) -> None:
        self.published = published
        self._zone = zone
        self._hash_key = hash_key
        self._batcher: Batcher[Given, Decided] = Batcher(published.decide)

    async def decide(self, asked: ReturnAsked) -> ReturnAnswer:
        """Decide on one request.

        Raises
        ------
        NotFound
            If it names an order line, a SKU or a reason that nothing is known of.
        NothingToDecideByError
            If nothing is published.
        """
        now = datetime.now(UTC)
        return answer_decision(await self._batcher.ask(self.tell(asked, now=now)), now=now)

    async def grade(self, asked: GradeAsked) -> GradeAnswer:
        """Say what becomes of a graded unit.

        Raises
        ------
        NotFound
            If the table of the shop does not know the grade: it is total, so no side is missing.
        NothingToDecideByError
            If nothing is published.
        """
        version = await self._batcher.look(self.published.follow)
        found = version.dispositions.get((asked.grade, asked.reason_side, asked.resolution))
        if found is None:
            raise NotFound("grade")
        stock_action, ratio, next_action, ja, en = found
        return GradeAnswer(
            stock_action=stock_action,
            refund_ratio=ratio,
            next_action=next_action,
            message_ja=ja,
            message_en=en,
            version=version.publication.version,
            as_of=version.publication.as_of,
        )

    def tell(self, asked: ReturnAsked, *, now: datetime) -> Given:
        """Say what is asked in the columns of the query: days of the shop, customers hashed."""
        requested = asked.requested_at or now
        told: dict[str, Any] = {name: getattr(asked, name) for name in SAME}
        told |= {column: getattr(asked, name) for column, name in COLUMNS.items()}
        told |= {f"{name}_date": self._find_day(getattr(asked, f"{name}_at")) for name in DAYS}
        if asked.customer_id is not None:
            told["customer_id"] = hash_customer(asked.customer_id, key=self._hash_key)
        told["event_date"] = self._find_day(requested)
        told["requested_at"] = _shift(requested, zone=UTC).replace(tzinfo=None)
        return told

    def _find_day(self, moment: date | None) -> date | None:
        if isinstance(moment, datetime):
            return _shift(moment, zone=self._zone).date()
        return moment


def open_decisions(shop: Path) -> Decisions:
    """Open what decides on the returns of a shop; nothing need be published yet."""
    settings = load_settings(shop)
    return Decisions(
        PublishedDecisions(shop), zone=ZoneInfo(settings.time_zone), hash_key=load_hash_key(shop)
    )


def answer_decision(decided: Decided, *, now: datetime) -> ReturnAnswer:
    """Put a row of the query into an answer.

    Raises
    ------
    NotFound
    """
    row = decided.row
    for flag, name in KNOWN.items():
        if not row[flag]:
            raise NotFound(name)
    return ReturnAnswer(
        effect=row["effect_code"],
        cause=row["cause_code"],
        policy_id=row["policy_id"],
        policy_version=row["policy_version"],
        rule_id=row["rule_id"],
        reason=row["decision_reason_code"],
        message_ja=row["message_ja"],
        message_en=row["message_en"],
        resolutions=row["resolutions_text"].split("|") if row["resolutions_text"] else [],
        shipping_payer=row["shipping_payer_code"],
        nearest_rule_id=row["nearest_rule_id"],
        missed=row["missed_code"],
        day_basis=row["day_basis_code"],
        counted_days=row["counted_days"],
        reason_side=row["reason_side_code"],
        returns_90d=row["returns_90d_count"],
        is_estimated=row["is_estimated_delivery"],
        inputs_sha256=row["inputs_sha256"],
        decided_at=now.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
        version=decided.version.version,
        as_of=decided.version.as_of,
        offers=[_describe_offer(offer) for offer in decided.offers],
    )


def _describe_offer(row: dict[str, Any]) -> Offer:
    return Offer(
        rank=row["offer_rank"],
        kind=row["offer_kind_code"],
        sku=row["offered_sku"],
        available=row["available_count"],
        accept_probability=row["accept_probability"],
        profit_amount=row["profit_amount"],
        expected_profit_amount=row["expected_profit_amount"],
        reason=row["offer_reason_code"],
    )


def _shift(moment: datetime, *, zone: tzinfo) -> datetime:
    """Say a moment in a zone; the first and the last day of all cannot be moved, and stay."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
