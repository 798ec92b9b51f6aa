"""What is published decides: opened once, left when the next version is published."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from orchestration.endpoint.failures import NothingToDecideByError
from orchestration.endpoint.version import Decided, Given, OpenVersion, open_version
from orchestration.publication import read_pointer

RETRY_SECONDS: Final = 1.0  # between looks at a version that could not be opened

logger: Final = logging.getLogger("kaeru.endpoint")


class PublishedDecisions:
    """Decides by what is published now. Used by one thread at a time.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    """

    def __init__(self, shop: Path) -> None:
        self._shop = shop
        self._open: OpenVersion | None = None
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
        return self.follow().decide(asked)

    def follow(self) -> OpenVersion:
        """Take the version that the pointer names; the one before answers if it cannot be read.

        Raises
        ------
        NothingToDecideByError
            If there is neither.
        """
        published = read_pointer(self._shop)
        is_waiting = (
            self._failed_at is not None and time.monotonic() - self._failed_at < RETRY_SECONDS
        )
        is_open = self._open is not None and self._open.publication == published
        if published is not None and not is_waiting and not is_open:
            try:
                opened = open_version(self._shop, published)
            except (duckdb.Error, OSError) as error:
                logger.warning("version %s: %s", published.version, type(error).__name__)
                self._failed_at = time.monotonic()
            else:
                if self._open is not None:
                    self._open.close()
                self._open, self._failed_at = opened, None
        if self._open is None:
            raise NothingToDecideByError
        return self._open
