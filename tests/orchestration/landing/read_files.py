"""Read files that a test writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from orchestration.landing.contracts import Problem, ReadOptions
from orchestration.landing.reading import iterate_records

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Found:
    """Everything that a file gave."""

    header: tuple[str, ...]
    rows: list[Row]
    lines: list[int]
    problems: list[Problem]
    skipped: dict[str, int]

    @property
    def rules(self) -> list[tuple[str, int | None]]:
        return [(problem.rule, problem.line) for problem in self.problems]


def read(path: Path, options: ReadOptions | None = None) -> Found:
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    lines: list[int] = []
    problems: list[Problem] = []
    skipped: Counter[str] = Counter()
    for batch in iterate_records(path, options=options or ReadOptions()):
        header = tuple(batch.table.column_names)
        columns = [column.to_pylist() for column in batch.table.columns]
        rows += list(zip(*columns, strict=True))
        lines += batch.lines.to_pylist()
        problems += batch.problems
        skipped.update(batch.lines_skipped)
        assert batch.table.num_rows == len(batch.lines)
    return Found(header, rows, lines, problems, dict(skipped))


def read_bytes(
    folder: Path, data: bytes, *, name: str = "orders-1.csv", options: ReadOptions | None = None
) -> Found:
    path = folder / name
    path.write_bytes(data)
    return read(path, options)
