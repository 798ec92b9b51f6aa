"""P6: how long a page waits for its marts: every question that the pages really ask, timed.

Each page is opened once as its user would, and what it asks of the published file is noted; a
question about one style is then asked about many. The questions, not the pages, are timed here.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import duckdb
import pandas as pd
from streamlit.testing.v1 import AppTest

from benchmarks.measuring import quantile
from benchmarks.shops import BenchShop
from dashboards.lib import serving
from dashboards.lib.filters import GRAIN
from dashboards.lib.leases import READER_CONFIG, Reader, build_frame
from dashboards.lib.navigation import FIRST, QUESTIONS
from orchestration.folder import ShopFolder
from orchestration.publication import read_pointer

APP: Final = Path(__file__).parents[1] / "dashboards" / "app.py"
READS: Final = 200  # of each question
THREADS: Final = 16
GOAL: Final = 20  # milliseconds
SHOWN: Final = 3  # slowest questions that are named
OPEN_SECONDS: Final = 300  # a page of a large shop on a busy machine
# Every page as it opens, and the longest list.
VISITS: Final = (*((page, {}) for page in QUESTIONS), ("what_comes_back", {GRAIN: "sku"}))
MART: Final = re.compile(r'from "?(?:marts"?\.)?"?(\w+)')


@dataclass(frozen=True)
class Question:
    """What a page asks.

    Attributes
    ----------
    page : str
        Stem of its file; the first page that asks.
    sql : str
    bound : tuple
        What stands for the question marks.
    """

    page: str
    sql: str
    bound: tuple[Any, ...]

    @property
    def mart(self) -> str:
        """Return the mart that is read, or the catalogue's function."""
        found = MART.search(self.sql)
        return found.group(1) if found else self.sql[:40]


@contextmanager
def _note_questions(page: str, into: dict[tuple[str, str], Question]) -> Iterator[None]:
    fetch = Reader.fetch

    def note(
        reader: Reader, sql: str, *, values: Sequence[Any], timeout_seconds: float
    ) -> pd.DataFrame:
        into.setdefault((sql, repr(tuple(values))), Question(page, sql, tuple(values)))
        return fetch(reader, sql, values=values, timeout_seconds=timeout_seconds)

    with patch.object(Reader, "fetch", note):
        yield


def list_questions(shop: Path) -> list[Question]:
    """Open every page of a published shop and list what it asks, each question once.

    Raises
    ------
    RuntimeError
        If a page fails: its questions would be missing.
    """
    found: dict[tuple[str, str], Question] = {}
    with patch.dict(os.environ, {"KAERU_SHOP": str(shop)}):
        for page, address in VISITS:
            with _note_questions(page, found):
                app = AppTest.from_file(str(APP), default_timeout=OPEN_SECONDS)
                app.query_params.update(address)
                app.run()
                if page != FIRST:
                    app.switch_page(f"pages/{page}.py")
                    app.query_params.update(address)
                    app.run()
            if app.exception:
                message = f"page {page} failed: {app.exception[0].message}"
                raise RuntimeError(message)
        serving.close()
    return list(found.values())


def vary_styles(question: Question, styles: Sequence[str]) -> list[Question]:
    """Ask a question about one style or category about many of its kind; others stay as they are.

    Parameters
    ----------
    question : Question
    styles : sequence of str
        All styles of the shop; a value that is one of them is exchanged.
    """
    known = set(styles)
    if not any(isinstance(value, str) and value in known for value in question.bound):
        return [question] * READS
    return [
        Question(
            question.page,
            question.sql,
            tuple(
                styles[number * 7919 % len(styles)]
                if isinstance(value, str) and value in known
                else value
                for value in question.bound
            ),
        )
        for number in range(READS)
    ]


def time_read(connection: duckdb.DuckDBPyConnection, question: Question) -> float:
    """Time a question to its data frame, on a cursor of its own as the pages have it."""
    cursor = connection.cursor()
    started = time.perf_counter()
    build_frame(cursor.sql(question.sql, params=list(question.bound)).to_arrow_table())
    return time.perf_counter() - started


def measure_reads(shop: BenchShop) -> list[str]:
    """Return the rows of P6; the shop must be published."""
    pointer = read_pointer(shop.folder)
    if pointer is None:
        message = f"{shop.folder} has no published version: measure P1 before P6"
        raise RuntimeError(message)
    questions = list_questions(shop.folder)
    path = ShopFolder(shop.folder).serving / pointer.file
    with duckdb.connect(str(path), read_only=True, config=READER_CONFIG) as connection:
        found = connection.execute("select style_id from marts.rpt_style_returns order by 1")
        styles = list(dict.fromkeys(style for (style,) in found.fetchall()))
        asked = [vary_styles(question, styles) for question in questions]
        for question in questions:
            time_read(connection, question)
        alone = [
            quantile([time_read(connection, one) for one in varied], 0.99) * 1000
            for varied in asked
        ]
        mixed = [question for turn in zip(*asked, strict=True) for question in turn]
        with ThreadPoolExecutor(THREADS) as pool:
            together = list(pool.map(lambda question: time_read(connection, question), mixed))
    return describe_reads(questions, alone=alone, together=quantile(together, 0.99) * 1000)


def describe_reads(
    questions: Sequence[Question], *, alone: Sequence[float], together: float
) -> list[str]:
    """Write the rows of P6.

    Parameters
    ----------
    questions : sequence of Question
    alone : sequence of float
        99th percentile of each, in milliseconds.
    together : float
        The same of all questions at once.
    """
    slowest = sorted(zip(alone, questions, strict=True), key=lambda one: -one[0])[:SHOWN]
    named = ", ".join(f"`{one.mart}` of {one.page} {spent:.1f} ms" for spent, one in slowest)
    slow = sum(spent > GOAL for spent in alone)
    return [
        f"| {len(questions)} reads of {len(QUESTIONS)} pages, slowest p99 alone: {named} |"
        f" {slow} above {GOAL} ms | none above {GOAL} ms |",
        f"| … with {THREADS} threads, p99 of all | {together:.1f} ms | ≤ 150 ms |",
    ]
