"""Returns from the day on which a shop knew of them, a second time, in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.warehouse.landed_facts import AS_OF, UNKNOWN, round_half_up, to_day, was_paid
from tests.warehouse.oracle_cash import list_acceptances, list_debts
from tests.warehouse.oracle_development import Development

LOST_DAYS = 28  # on the way
Cell = tuple[str, str]


@dataclass(frozen=True)
class Announced:
    """A customer return of a delivered line, from the day on which the shop knew of it."""

    key: str
    style: str
    cell: Cell
    wants_exchange: bool
    units: int
    net: int
    returned: int
    returned_net: int
    cohort: date
    day: date
    arrived: date | None
    dropped: date | None

    def has_arrived(self, as_of: date) -> bool:
        return self.arrived is not None and self.arrived <= as_of

    def waited(self, as_of: date) -> int:
        """Days on the way: to the arrival or the refusal, 29 for longer than four weeks."""
        ends = [end for end in (self.arrived, self.dropped) if end]
        return min([(end - self.day).days for end in (as_of, *ends)] + [LOST_DAYS + 1])


class Announcements:
    """Every return that the shop knew of, and what was paid, accepted or exchanged of it.

    Parameters
    ----------
    developed : Development
    """

    def __init__(self, developed: Development) -> None:
        self.developed, self.core = developed, developed.core
        self.requests = {row["return_line_id"]: row for row in self.core.requests}
        self.rows = list(self._list())
        self.paid: dict[str, list[tuple[date | None, int]]] = defaultdict(list)
        for row in self.core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                self.paid[row["return_line_id"]].append(
                    (to_day(row["paid_at"]), int(row["amount"]))
                )
        self.shipped: dict[str, date] = {}
        self.exchanged = {row["return_line_id"] for row in self.core.get("exchanges")}
        for row in self.core.get("exchanges"):
            key, day = row["return_line_id"], to_day(self.core.when_shipped(row))
            if day:
                self.shipped[key] = min(day, self.shipped.get(key, day))
        self.debts: Counter[tuple[date, str]] = Counter()
        for debt in list_debts(self.core):
            self.debts[debt.as_of, debt.key] += debt.amount

    def _list(self) -> Iterator[Announced]:
        arrivals: dict[str, list[date]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            day = to_day(row["received_at"])
            if day and day <= AS_OF:
                arrivals[row["return_line_id"]].append(day)
        for row in self.core.return_lines:
            request = self.requests[row["return_line_id"]]
            line = self.core.order_lines.get(row["order_line_id"] or "")
            came = row["event_date"]
            if self.core.has_receipts:
                came = min(arrivals[row["return_line_id"]], default=None)
            came = came if row["returned_count"] else None
            known = [day for day in (row["event_date"], came) if day]
            if not row["is_counted_in_cohort"] or not row["cohort_date"] or not known or not line:
                continue
            ordered = int(self.core.lines[line["order_line_id"]]["quantity"])
            units = row["requested_count"]
            decided = to_day(request.get("decided_at"))
            yield Announced(
                key=row["return_line_id"],
                style=self.developed.style_of(row["sku"]),
                cell=(self.developed.category_of(line["sku"]), line["channel_name"]),
                wants_exchange=request.get("requested_resolution") == "exchange",
                units=units,
                net=round_half_up(Fraction(line["net_amount"] * units, ordered)),
                returned=row["returned_count"],
                returned_net=row["returned_net_amount"] or 0,
                cohort=row["cohort_date"],
                day=min(known),
                arrived=came,
                dropped=(decided or min(known)) if self.core.is_dropped(request) else None,
            )

    def is_accepted(self, key: str, as_of: date) -> bool:
        """Whether a debt began by then; what is exchanged or dropped is never one."""
        request = self.requests[key]
        if (
            key in self.exchanged
            or request.get("requested_resolution") == "exchange"
            or self.core.is_dropped(request)
        ):
            return False
        steps = list_acceptances(self.core, request)
        return any(units and (day is None or day <= as_of) for day, units in steps)

    def sum_paid(self, key: str, as_of: date) -> int:
        """Refunds of known days up to a day."""
        return sum(amount for day, amount in self.paid[key] if day and day <= as_of)

    def was_paid_by(self, key: str, as_of: date) -> bool:
        return any(day and day <= as_of for day, _ in self.paid[key])

    def is_settled_on_unknown_day(self, key: str) -> bool:
        """Whether money or a replacement went out on a day that nobody knows: before every day."""
        return any(day is None for day, _ in self.paid[key]) or any(
            row["return_line_id"] == key and self.core.when_shipped(row) == UNKNOWN
            for row in self.core.get("exchanges")
        )
