"""One published version, open to decide by: its rules, its order lines, its shelves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.endpoint.decision_sql import GIVEN, render_question
from orchestration.endpoint.decision_tables import DecisionTables, Row, make_tables
from orchestration.endpoint.keyed_marts import LINE_COLUMNS, KeyedMarts, open_marts
from orchestration.endpoint.offer_question import (
    MOST_OFFERS,
    NARROWED,
    list_offer_requests,
    render_offer_question,
)
from orchestration.folder import ShopFolder
from orchestration.publication import Publication
from orchestration.settings import load_settings

Given = Mapping[str, Any]  # by columns of GIVEN, and is_holdout; what is left out is not told

MESSAGES: Final = """
select policy_id, policy_version, rule_id, message_ja_text, message_en_text
from marts.rpt_policy_rules
"""
# Total over grades, sides and resolutions.
DISPOSITIONS: Final = """
select
    grade_code, reason_side_code, resolution_code,
    stock_action_code, refund_ratio, next_action_code, message_ja, message_en
from marts.rpt_disposition_rules
"""
ORDER, CUSTOMER = (LINE_COLUMNS.index(name) for name in ("order_id", "customer_id"))


@dataclass(frozen=True)
class Decided:
    """What was decided, and by which version.

    Attributes
    ----------
    row : dict
        By column of ``decision_sql.ANSWERED``, and ``message_ja``, ``message_en``.
    offers : list of dict
        By column of ``offer_question.RANKED``, the best first.
    version : Publication
    """

    row: Row
    offers: list[Row]
    version: Publication


@dataclass(frozen=True)
class OpenVersion:
    """A published file, open for reading. Used by one thread at a time.

    Attributes
    ----------
    publication : Publication
    marts : KeyedMarts
    tables : DecisionTables
    messages : mapping of (policy, version, rule) to (Japanese, English)
    dispositions : mapping of (grade, side, resolution) to what becomes of a unit
        Stock action, refund ratio, next action, and the message in Japanese and English.
    lead_time_days : int
        Of sources that have none of their own.
    questions : (str, str)
        The query that decides and the one that ranks offers.
    """

    publication: Publication
    marts: KeyedMarts
    tables: DecisionTables
    messages: Mapping[tuple[str, str, str], tuple[str, str]]
    dispositions: Mapping[tuple[str, str, str], tuple[Any, ...]]
    lead_time_days: int
    questions: tuple[str, str]

    def decide(self, asked: Sequence[Given]) -> list[Decided]:
        """Decide requests, in their order, and rank what can be offered on them."""
        deciding, offering = self.questions
        self._look_up(asked)
        rows = self.tables.ask(deciding)
        offers: list[list[Row]] = [[] for _ in asked]
        open_rows = [row for row in rows if not asked[row["asked_number"]].get("is_holdout")]
        requests = list_offer_requests(open_rows)
        if requests:
            self.tables.fill("offers_asked", requests)
            self.tables.fill("variants_asked", ())
            self.tables.run(NARROWED)
            for offer in self.tables.ask(offering, (MOST_OFFERS,)):
                offers[offer["asked_number"]].append(offer)
        return [
            Decided(self._add_messages(row), offers[row["asked_number"]], self.publication)
            for row in rows
        ]

    def close(self) -> None:
        """Close the file, and leave the memory."""
        self.tables.close()
        self.marts.close()

    def _look_up(self, asked: Sequence[Given]) -> None:
        """Lay what is published on the order lines beside what is told of the requests."""
        shared = {"lead_time_days": self.lead_time_days}
        self.tables.fill(
            "given",
            [
                [number, *(one.get(name, shared.get(name)) for name in GIVEN[1:])]
                for number, one in enumerate(asked)
            ],
        )
        ids = [one.get("order_line_id") for one in asked]
        lines = self.marts.find_lines(ids)
        customers = [one.get("customer_id") for one in asked] + [line[CUSTOMER] for line in lines]
        self.tables.fill("lines", lines)
        self.tables.fill("terms", self.marts.find_terms(line[ORDER] for line in lines))
        self.tables.fill("customer_days", self.marts.find_days(customers))
        self.tables.fill("line_requests", self.marts.find_requests(ids))

    def _add_messages(self, row: Row) -> Row:
        rule = (row["policy_id"], row["policy_version"], row["rule_id"])
        ja, en = self.messages.get(rule, (None, None))
        return row | {"message_ja": ja, "message_en": en}


def open_version(shop: Path, publication: Publication) -> OpenVersion:
    """Open a published version.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    publication : Publication

    Returns
    -------
    OpenVersion

    Raises
    ------
    duckdb.Error
        If the file cannot be read or lacks what decides.
    """
    settings = load_settings(shop)
    lead_times = [
        (name, source.lead_time_days)
        for name, source in settings.sources.items()
        if source.lead_time_days is not None
    ]
    marts = open_marts(ShopFolder(shop).serving / publication.file)
    try:
        messages = {
            (policy, version, rule): (ja, en)
            for policy, version, rule, ja, en in marts.read_all(MESSAGES)
        }
        dispositions = {
            (grade, side, resolution): tuple(rest)
            for grade, side, resolution, *rest in marts.read_all(DISPOSITIONS)
        }
        tables = make_tables(marts, lead_times=lead_times)
    except duckdb.Error:
        marts.close()
        raise
    return OpenVersion(
        publication=publication,
        marts=marts,
        tables=tables,
        messages=messages,
        dispositions=dispositions,
        lead_time_days=settings.lead_time_days,
        questions=(render_question(), render_offer_question()),
    )
