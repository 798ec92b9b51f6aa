"""What is remembered of every run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.identifiers import compose


@dataclass(frozen=True)
class RunRecord:
    """One run: a row of ``landing.runs``.

    Attributes
    ----------
    run_id : str
    started_at : datetime
        UTC without a zone.
    finished_at : datetime or None
        None while it runs, and for ever when it was killed.
    exit_code : int or None
    as_of : str or None
        YYYY-MM-DD.
    model_count, test_passed_count, test_warned_count, test_failed_count : int or None
    published_file : str or None
        None when nothing was published.
    input_sha256 : str or None
        Hash of everything the build was made from.
    message : str or None
        Why it failed, in English.
    """

    run_id: str
    started_at: datetime
    finished_at: datetime | None = None
    exit_code: int | None = None
    as_of: str | None = None
    model_count: int | None = None
    test_passed_count: int | None = None
    test_warned_count: int | None = None
    test_failed_count: int | None = None
    published_file: str | None = None
    input_sha256: str | None = None
    message: str | None = None

    def to_document(self) -> dict[str, Any]:
        """Return what ``kaeru status`` answers."""
        seconds = (self.finished_at - self.started_at).total_seconds() if self.finished_at else None
        return {
            "id": self.run_id,
            "started_at": _to_text(self.started_at),
            "finished_at": _to_text(self.finished_at),
            "seconds": seconds,
            "exit": self.exit_code,
            "as_of": self.as_of,
            "message": self.message,
        }


COLUMNS: Final = tuple(one.name for one in fields(RunRecord))


def start_run(connection: duckdb.DuckDBPyConnection, run_id: str) -> RunRecord:
    """Take down that a run began; one that is killed is seen by its missing end."""
    record = RunRecord(run_id=run_id, started_at=read_utc_now())
    _insert(connection, record)
    return record


def write_run(connection: duckdb.DuckDBPyConnection, record: RunRecord) -> None:
    """Replace what is remembered of a run, in one transaction."""
    connection.begin()
    connection.execute("delete from landing.runs where run_id = ?", [record.run_id])
    _insert(connection, record)
    connection.commit()


def read_last_run(connection: duckdb.DuckDBPyConnection) -> RunRecord | None:
    """Read the newest run; None when there was none yet."""
    return _read_one(connection, "select $columns from landing.runs order by run_id desc limit 1")


def read_published_run(connection: duckdb.DuckDBPyConnection) -> RunRecord | None:
    """Read the newest run that published; None when there was none yet."""
    statement = (
        "select $columns from landing.runs where published_file is not null"
        " order by run_id desc limit 1"
    )
    return _read_one(connection, statement)


def _insert(connection: duckdb.DuckDBPyConnection, record: RunRecord) -> None:
    places = ", ".join("?" * len(COLUMNS))
    statement = compose("insert into landing.runs ($columns)", columns=COLUMNS)
    connection.execute(f"{statement} values ({places})", list(asdict(record).values()))


def _read_one(connection: duckdb.DuckDBPyConnection, statement: str) -> RunRecord | None:
    row = connection.execute(compose(statement, columns=COLUMNS)).fetchone()
    return None if row is None else RunRecord(**dict(zip(COLUMNS, row, strict=True)))


def _to_text(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
