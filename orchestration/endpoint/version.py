"""One published version, open to decide by: its rules, its order lines, its shelves."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.endpoint.decision_sql import (
    DISPOSITIONS,
    GIVEN,
    LEAD_TIMES,
    MESSAGES,
    PREPARED,
    render_question,
)
from orchestration.endpoint.offer_question import (
    MOST_OFFERS,
    list_offer_columns,
    render_offer_question,
)
from orchestration.folder import ShopFolder
from orchestration.publication import Publication
from orchestration.settings import load_settings
from orchestration.verifying import connect_reader

TIMEOUT_SECONDS: Final = 10.0

Given = Mapping[str, Any]  # by columns of GIVEN, and is_holdout; what is left out is not told
Row = dict[str, Any]


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
    connection : duckdb.DuckDBPyConnection
    messages : mapping of (policy, version, rule) to (Japanese, English)
    dispositions : mapping of (grade, side, resolution) to what becomes of a unit
        Stock action, refund ratio, next action, and the message in Japanese and English.
    lead_time_days : int
        Of sources that have none of their own.
    questions : (str, str)
        The query that decides and the one that ranks offers.
    """

    publication: Publication
    connection: duckdb.DuckDBPyConnection
    messages: Mapping[tuple[str, str, str], tuple[str, str]]
    dispositions: Mapping[tuple[str, str, str], tuple[Any, ...]]
    lead_time_days: int
    questions: tuple[str, str]

    def decide(self, asked: Sequence[Given]) -> list[Decided]:
        """Decide requests, in their order, and rank what can be offered on them."""
        deciding, offering = self.questions
        rows = self._ask(deciding, self._list_columns(asked))
        offers: list[list[Row]] = [[] for _ in asked]
        open_rows = [row for row in rows if not asked[row["asked_number"]].get("is_holdout")]
        columns = list_offer_columns(open_rows)
        if columns[0]:
            for offer in self._ask(offering, [*columns, MOST_OFFERS]):
                offers[offer["asked_number"]].append(offer)
        return [
            Decided(self._add_messages(row), offers[row["asked_number"]], self.publication)
            for row in rows
        ]

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _ask(self, question: str, parameters: Sequence[Any]) -> list[Row]:
        alarm = threading.Timer(TIMEOUT_SECONDS, self.connection.interrupt)
        alarm.start()
        try:
            found = self.connection.execute(question, parameters)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            alarm.cancel()

    def _list_columns(self, asked: Sequence[Given]) -> list[list[Any]]:
        """List what is asked by column, in the order of the parameters of the query."""
        shared = {"lead_time_days": self.lead_time_days}
        return [
            list(range(len(asked)))
            if name == "asked_number"
            else [one.get(name, shared.get(name)) for one in asked]
            for name in GIVEN
        ]

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
    # A question of a few rows has nothing to share out: other threads would only be woken.
    connection = connect_reader(ShopFolder(shop).serving / publication.file, threads=1)
    try:
        for statement in PREPARED:
            connection.execute(statement)
        days = [
            (name, source.lead_time_days)
            for name, source in settings.sources.items()
            if source.lead_time_days is not None
        ]
        if days:
            connection.executemany(LEAD_TIMES, days)
        messages = {
            (policy, version, rule): (ja, en)
            for policy, version, rule, ja, en in connection.execute(MESSAGES).fetchall()
        }
        dispositions = {
            (grade, side, resolution): tuple(rest)
            for grade, side, resolution, *rest in connection.execute(DISPOSITIONS).fetchall()
        }
    except duckdb.Error:
        connection.close()
        raise
    return OpenVersion(
        publication=publication,
        connection=connection,
        messages=messages,
        dispositions=dispositions,
        lead_time_days=settings.lead_time_days,
        questions=(render_question(), render_offer_question()),
    )
