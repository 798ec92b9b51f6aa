"""Reasons of returns a second time: each return line under what each source says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.warehouse.drawn_reasons import (
    INSPECTED,
    MEANINGS,
    NONE,
    READ,
    READ_MEANINGS,
    Meaning,
)
from tests.warehouse.landed_facts import UNKNOWN, Record, is_known, to_day
from tests.warehouse.oracle_returns import ReturnOracle


def on_both_bases(row: Record) -> Iterator[Record]:
    """A product return by its own day, and by that of its delivery where it is in a cohort."""
    yield row | {"date_basis_code": "event", "day": row["event_date"]}
    if row["is_counted_in_cohort"]:
        yield row | {"date_basis_code": "cohort", "day": row["cohort_date"]}


class ReasonRecount:
    """Every return line under the reasons of every source, and what it counts as there.

    Parameters
    ----------
    returns : ReturnOracle
        Of the same rows.
    """

    def __init__(self, returns: ReturnOracle) -> None:
        self.returns = returns
        self.core = returns.core
        self.requests = {row["return_line_id"]: row for row in self.core.requests}
        self.bracketed = returns.developed.find_bracketed()
        self.inspections = self.choose_inspections()
        self.readings = {
            key: READ[row["reason_text"]]
            for key, row in self.requests.items()
            if row.get("reason_text") in READ
        }
        self.facts = list(self.list_facts())
        self.dated = list(self.list_dated())

    def choose_inspections(self) -> dict[str, str]:
        """The inspection that was made last speaks for the return line."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            code, graded = row.get("inspected_reason"), row.get("graded_at")
            if code and is_known(row["received_at"]) and (graded is None or is_known(graded)):
                received = "" if row["received_at"] == UNKNOWN else row["received_at"]
                found[row["return_line_id"]].append((graded or received, received, code))
        last = {key: max(some)[:2] for key, some in found.items()}
        return {
            key: min(code for *moments, code in some if tuple(moments) == last[key])
            for key, some in found.items()
        }

    def list_facts(self) -> Iterator[Record]:
        """Each return line once per source; inspections only in a shop that makes some."""
        arrivals = [
            {
                "return_line_id": key,
                "order_line_id": None,
                "sku": None,
                "channel_name": UNKNOWN,
                "requested_count": 0,
                "returned_count": 0,
                "returned_net_amount": None,
                "is_matched": False,
                "is_product_return": False,
                "is_counted_in_cohort": False,
                "cohort_date": None,
                "event_date": self.find_arrival(key),
            }
            for key in self.core.list_unrequested()
        ]
        for row in (*self.core.return_lines, *arrivals):
            key = row["return_line_id"]
            request = self.requests.get(key, {})
            system, code = request.get("reason_system"), request.get("reason_code")
            meaning = MEANINGS[system, code]
            said = (system or "taxonomy", code)
            yield self.describe(row, "stated", said, meaning, is_told=code is not None)
            if self.inspections:
                found = self.inspections.get(key)
                meaning = INSPECTED[found] if found else NONE
                said = ("canonical", found)
                yield self.describe(row, "inspected", said, meaning, is_told=found is not None)
            if self.readings:
                read = self.choose_code(key)
                meaning = READ_MEANINGS[read] if read else NONE
                said, is_told = ("taxonomy", read), key in self.readings
                yield self.describe(row, "classified", said, meaning, is_told=is_told)

    def choose_code(self, return_line_id: str) -> str | None:
        """The most probable reason of words that were read without doubt, from one half on."""
        words = self.readings.get(return_line_id)
        if words is None or words.is_abstained or words.is_escalated:
            return None
        first = self.choose_first(return_line_id)
        return first if first and words.codes[first] >= 0.5 else None

    def choose_first(self, return_line_id: str) -> str | None:
        """The most probable reason, of equals the first by its code."""
        codes = self.readings[return_line_id].codes
        return min(codes, key=lambda code: (-codes[code], code), default=None)

    def find_arrival(self, return_line_id: str) -> date | None:
        days = [
            to_day(row["received_at"])
            for row in self.core.get("return_receipts")
            if row["return_line_id"] == return_line_id and is_known(row["received_at"])
        ]
        return min((day for day in days if day), default=None)

    def describe(
        self,
        row: Record,
        source: str,
        said: tuple[str, str | None],
        meaning: Meaning,
        *,
        is_told: bool,
    ) -> Record:
        """A return line with what one source says of it."""
        system, code = said
        is_mapped = meaning.reason is not None
        style = self.returns.developed.style_of(row["sku"]) if row["sku"] else None
        order = self.core.order_lines.get(row["order_line_id"] or "", {}).get("order_id")
        return {
            name: row[name]
            for name in (
                *("return_line_id", "order_line_id", "sku", "channel_name", "requested_count"),
                *("returned_count", "returned_net_amount", "is_matched", "is_product_return"),
                *("is_counted_in_cohort", "cohort_date", "event_date"),
            )
        } | {
            "style_id": style,
            "reason_source_code": source,
            "reason_code": meaning.reason if is_mapped else code,
            "reason_system": "taxonomy" if is_mapped else system,
            "source_reason_code": code,
            "source_reason_system": system if code else None,
            "group_code": meaning.group,
            "size_direction_code": meaning.direction,
            "reason_state_code": meaning.state,
            "is_told": is_told,
            "is_reason_given": code is not None,
            "is_reason_mapped": is_mapped,
            "is_ambiguous": meaning.is_ambiguous,
            "is_controllable": meaning.is_controllable,
            "is_size_reason": meaning.is_size,
            "is_expectation_gap": meaning.is_gap,
            # A replacement was not ordered to keep one of several sizes.
            "is_size_bracketed": (order, style) in self.bracketed
            and row["order_line_id"] not in self.core.legs,
        }

    def list_dated(self) -> Iterator[Record]:
        """Product returns by the day of their delivery and by their own, with what they count."""
        for fact in self.facts:
            if not fact["is_product_return"]:
                continue
            units, amount = fact["returned_count"], fact["returned_net_amount"] or 0
            of_pair = fact["is_size_bracketed"]
            size = units if fact["is_size_reason"] else 0
            is_certain = fact["reason_source_code"] != "classified"
            counted = fact | {
                "told_returned_count": units if fact["is_told"] else 0,
                "expected_returned_units": units if is_certain else 0,
                "size_bracketed_expected_returned_units": units if is_certain and of_pair else 0,
                "returned_net_amount": amount,
                "unvalued_returned_count": 0 if fact["is_matched"] else units,
                "size_bracketed_returned_count": units if of_pair else 0,
                "size_bracketed_returned_net_amount": amount if of_pair else 0,
                "ambiguous_returned_count": units if fact["is_ambiguous"] else 0,
                "controllable_returned_count": units if fact["is_controllable"] else 0,
                "expectation_gap_returned_count": units if fact["is_expectation_gap"] else 0,
                "size_returned_count": 0 if of_pair else size,
                "bracketed_size_returned_count": size if of_pair else 0,
                f"{fact['reason_state_code']}_returned_count": units,
                f"{fact['size_direction_code']}_returned_count": 0 if of_pair else size,
            }
            yield from on_both_bases(counted)
            if not is_certain:
                for reading in self.list_readings(fact):
                    yield from on_both_bases(reading)

    def list_readings(self, fact: Record) -> Iterator[Record]:
        """Every reason that the words of a return line may mean, with what is expected of it."""
        words = self.readings.get(fact["return_line_id"])
        units = fact["returned_count"]
        for code, share in words.codes.items() if words else ():
            meaning = READ_MEANINGS[code]
            expected = units * share
            yield {
                name: fact[name]
                for name in (
                    *("return_line_id", "sku", "style_id", "channel_name"),
                    *("is_product_return", "is_counted_in_cohort", "is_size_bracketed"),
                    *("cohort_date", "event_date", "reason_source_code"),
                )
            } | {
                "reason_code": code,
                "reason_system": "taxonomy",
                "group_code": meaning.group,
                "size_direction_code": meaning.direction,
                "reason_state_code": meaning.state,
                "is_reason_mapped": True,
                "is_controllable": meaning.is_controllable,
                "is_size_reason": meaning.is_size,
                "is_expectation_gap": meaning.is_gap,
                "units": units,
                "reason_probability": share,
                "expected_returned_units": expected,
                "size_bracketed_expected_returned_units": (
                    expected if fact["is_size_bracketed"] else 0
                ),
                # Of one unit in whole millionths, as shares of exposure are.
                "returned_units_variance": units**2 * round(share * (1 - share), 6),
            }
