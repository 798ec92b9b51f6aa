"""The published version that decides: opened once, left when the next one is published."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.endpoint.decision_sql import (
    GIVEN,
    LEAD_TIMES,
    MESSAGES,
    PREPARED,
    render_question,
)
from orchestration.endpoint.failures import NothingToDecideByError
from orchestration.folder import ShopFolder
from orchestration.publication import Publication, read_pointer
from orchestration.settings import load_settings
from orchestration.verifying import connect_reader

TIMEOUT_SECONDS: Final = 10.0
RETRY_SECONDS: Final = 1.0  # between looks at a version that could not be opened

logger: Final = logging.getLogger("kaeru.endpoint")

Given = Mapping[str, Any]  # by columns of GIVEN; what is left out is not told


@dataclass(frozen=True)
class Decided:
    """A row of the answer and the version that it comes from.

    Attributes
    ----------
    row : dict
        By column of ``decision_sql.ANSWERED``, and ``message_ja``, ``message_en``.
    version : Publication
    """

    row: dict[str, Any]
    version: Publication


@dataclass(frozen=True)
class _Open:
    publication: Publication
    connection: duckdb.DuckDBPyConnection
    messages: Mapping[tuple[str, str, str], tuple[str, str]]
    lead_time_days: int

    def list_columns(self, asked: Sequence[Given]) -> list[list[Any]]:
        """List what is asked by column, in the order of the parameters of the query."""
        shared = {"lead_time_days": self.lead_time_days}
        return [
            list(range(len(asked)))
            if name == "asked_number"
            else [one.get(name, shared.get(name)) for one in asked]
            for name in GIVEN
        ]

    def describe(self, row: dict[str, Any]) -> Decided:
        """Lay the words of the rule beside what it decides."""
        rule = (row["policy_id"], row["policy_version"], row["rule_id"])
        ja, en = self.messages.get(rule, (None, None))
        return Decided(row | {"message_ja": ja, "message_en": en}, self.publication)


class PublishedDecisions:
    """Decides by what is published now. Used by one thread at a time.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    """

    def __init__(self, shop: Path) -> None:
        self._shop = shop
        self._question = render_question()
        self._open: _Open | None = None
        self._failed_at: float | None = None

    def decide(self, asked: Sequence[Given]) -> list[Decided]:
        """Decide requests.

        Parameters
        ----------
        asked : sequence of mapping

        Returns
        -------
        list of Decided
            In the order of the requests.

        Raises
        ------
        NothingToDecideByError
        """
        current = self._follow()
        connection = current.connection
        alarm = threading.Timer(TIMEOUT_SECONDS, connection.interrupt)
        alarm.start()
        try:
            found = connection.execute(self._question, current.list_columns(asked))
            names = [column[0] for column in found.description]
            rows = found.fetchall()
        finally:
            alarm.cancel()
        return [current.describe(dict(zip(names, row, strict=True))) for row in rows]

    def close(self) -> None:
        """Close what is open."""
        if self._open is not None:
            self._open.connection.close()
            self._open = None

    def _follow(self) -> _Open:
        """Take the version that the pointer names; the one before answers if it cannot be read."""
        published = read_pointer(self._shop)
        is_waiting = (
            self._failed_at is not None and time.monotonic() - self._failed_at < RETRY_SECONDS
        )
        if published is not None and not is_waiting and not self._is_open(published):
            try:
                opened = _open_version(self._shop, published)
            except (duckdb.Error, OSError) as error:
                logger.warning("version %s: %s", published.version, type(error).__name__)
                self._failed_at = time.monotonic()
            else:
                self.close()
                self._open, self._failed_at = opened, None
        if self._open is None:
            raise NothingToDecideByError
        return self._open

    def _is_open(self, published: Publication) -> bool:
        return self._open is not None and self._open.publication == published


def _open_version(shop: Path, publication: Publication) -> _Open:
    settings = load_settings(shop)
    # A question of a few rows has nothing to share out: other threads would only be woken.
    connection = connect_reader(ShopFolder(shop).serving / publication.file, threads=1)
    try:
        for statement in PREPARED:
            connection.execute(statement)
        days = {
            name: source.lead_time_days
            for name, source in settings.sources.items()
            if source.lead_time_days is not None
        }
        if days:
            connection.executemany(LEAD_TIMES, list(days.items()))
        messages = {
            (policy, version, rule): (ja, en)
            for policy, version, rule, ja, en in connection.execute(MESSAGES).fetchall()
        }
    except duckdb.Error:
        connection.close()
        raise
    return _Open(publication, connection, messages, settings.lead_time_days)
