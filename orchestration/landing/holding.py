"""Collect why records are held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from orchestration.landing.contracts import Problem
from orchestration.landing.distinct import ColumnReading
from orchestration.landing.masking import is_personal_header, mask_value
from orchestration.landing.text_arrays import Flags, Rows


@dataclass(frozen=True)
class Field:
    """What a message says about the field at fault.

    Attributes
    ----------
    label : str
        Header, as the file spells it.
    entity : str
    sources : StringArray of shape (n_rows,) or None
        Values as the file has them; None where the rule concerns no spelling.
    is_personal : bool
    """

    label: str
    entity: str
    sources: pa.StringArray | None = None
    is_personal: bool = False


class Holding:
    """The records of one batch that cannot be loaded, and why.

    Parameters
    ----------
    lines : int64 array of shape (n_records,)
        Physical line of each record.
    is_exempt : bool array of shape (n_records,)
        Filtered records: they land whatever their values are.

    Attributes
    ----------
    is_held : bool array of shape (n_records,)
    is_exempt : bool array of shape (n_records,)
    problems : list of Problem
    """

    def __init__(self, lines: Rows, *, is_exempt: Flags) -> None:
        self._lines = lines
        self.is_exempt = is_exempt
        self.is_held: Flags = np.zeros(len(lines), dtype=bool)
        self.problems: list[Problem] = []

    def add_reading(self, reading: ColumnReading, *, field: Field, rows: Rows) -> None:
        """Hold the records back whose value was refused.

        Parameters
        ----------
        reading : ColumnReading
        field : Field
        rows : int64 array of shape (n_rows,)
            Number of the record that stands in each row of the reading.
        """
        for row, refused in zip(reading.refused_rows.tolist(), reading.refusals, strict=True):
            record = int(rows[row])
            value = field.sources[row].as_py() if field.sources is not None else None
            self._add(
                refused.rule,
                record=record,
                field=field,
                value=value,
                parameters=refused.parameters,
            )

    def add_rule(self, rule: str, *, field: Field, rows: Rows) -> None:
        """Hold records back, by number, for a rule that concerns no single spelling."""
        for record in rows.tolist():
            self._add(rule, record=record, field=field, value=None, parameters={})

    def _add(
        self,
        rule: str,
        *,
        record: int,
        field: Field,
        value: str | None,
        parameters: Mapping[str, str],
    ) -> None:
        if self.is_exempt[record]:
            return
        self.is_held[record] = True
        self.problems.append(
            Problem(
                rule=rule,
                line=int(self._lines[record]),
                column=field.label,
                value=mask_value(value, is_personal=field.is_personal),
                parameters={"entity": field.entity, **parameters},
            )
        )


def mask_problem(problem: Problem) -> Problem:
    """Mask the value of a problem that was found before any mapping was known."""
    is_personal = problem.column is None or is_personal_header(problem.column)
    return replace(problem, value=mask_value(problem.value, is_personal=is_personal))
