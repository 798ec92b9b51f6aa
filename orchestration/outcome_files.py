"""Files of fit outcomes for ``kaeru fit evaluate``: CSV or Parquet, one row per unit worn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from models_ml.fit.outcome_columns import (
    BODY_NUMBERS,
    BODY_WORDS,
    GROUPS,
    IDS,
    OUTCOME,
    OUTCOMES,
    SIZE,
)
from orchestration.wording import Words, WrongUseError

NO_COLUMN: Final = Words(
    ja="{file} に列「{column}」がありません。ある列: {known}",
    en="{file} has no column {column!r}. It has: {known}",
)
NO_ROW: Final = Words(ja="{file} に行がありません。", en="{file} holds no row.")
NO_FILE: Final = Words(
    ja="{file} を表として読めません: {error}", en="{file} cannot be read as a table: {error}"
)
NO_NUMBER: Final = Words(
    ja="{file} の {row} 行目、列「{column}」の「{value}」は数ではありません。",
    en="{file}, row {row}: {value!r} in column {column!r} is not a number.",
)
FLOAT_IDS: Final = Words(
    ja="{file} の列「{column}」は小数の列です。番号は文字か整数で書いてください。",
    en="{file}: column {column!r} holds fractions. Write ids as text or whole numbers.",
)
NO_OUTCOME: Final = Words(
    ja="{file} の {row} 行目、列「{column}」の「{value}」は {known} のどれでもありません。",
    en="{file}, row {row}: {value!r} in column {column!r} is none of {known}.",
)
NEVER: Final = Words(
    ja="{file} には列「{column}」が「{value}」の行がありません。三つとも必要です。",
    en="{file} has no row whose column {column!r} is {value!r}. All three are needed.",
)


def read_outcomes(path: Path, *, has_body: bool) -> pd.DataFrame:
    """Read what was worn and how it fitted.

    Parameters
    ----------
    path : Path
        ``.parquet``, else CSV in UTF-8. Other columns than ours are left out.
    has_body : bool
        Whether the columns of the body must be there.

    Returns
    -------
    DataFrame
        ``fit`` (of ``OUTCOMES``), ids and words as text or None, numbers as floats; in the order
        of the file.

    Raises
    ------
    WrongUseError
        If there is no row, a column is missing, a value cannot be used, or an outcome never
        happens; it names the file, the column and the row, from 1 below the header.
    OSError
    """
    table = _read_table(path)
    numbers = (SIZE, *(BODY_NUMBERS if has_body else ()))
    words = (OUTCOME, *IDS, *(BODY_WORDS if has_body else ()))
    for column in (OUTCOME, *IDS, *numbers, *words):
        if column not in table:
            known = ", ".join(map(str, table.columns))
            raise WrongUseError(NO_COLUMN, file=path.name, column=column, known=known)
    if table.empty:
        raise WrongUseError(NO_ROW, file=path.name)
    words = (*words, *(column for column in GROUPS if column in table))
    found = pd.DataFrame(
        {column: _read_words(table[column], file=path.name, column=column) for column in words}
        | {
            column: _read_numbers(table[column], file=path.name, column=column)
            for column in numbers
        }
    )
    _require_outcomes(found[OUTCOME], file=path.name)
    return found


def _read_table(path: Path) -> pd.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            table: pd.DataFrame = pq.ParquetFile(path).read().to_pandas()
            return table
        return pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    except pd.errors.EmptyDataError as error:
        raise WrongUseError(NO_ROW, file=path.name) from error
    except (pa.ArrowException, ValueError) as error:
        if isinstance(error, OSError):
            raise
        raise WrongUseError(NO_FILE, file=path.name, error=error) from error


def _read_words(values: pd.Series, *, file: str, column: str) -> pd.Series:
    if pd.api.types.is_float_dtype(values) and values.notna().any():
        raise WrongUseError(FLOAT_IDS, file=file, column=column)
    missing = values.isna()
    text = values.astype(object).where(~missing, "").astype(str).str.strip()
    return text.where(text != "", None).reset_index(drop=True)


def _read_numbers(values: pd.Series, *, file: str, column: str) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    given = values.notna() & (values.astype(str).str.strip() != "")
    wrong = (given & ~(numbers.abs() < float("inf"))).to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        value = str(values.iloc[row])
        raise WrongUseError(NO_NUMBER, file=file, row=row + 1, column=column, value=value)
    return numbers.reset_index(drop=True)


def _require_outcomes(values: pd.Series, *, file: str) -> None:
    wrong = (~values.isin(OUTCOMES)).to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        value = values.iloc[row] or ""
        known = ", ".join(OUTCOMES)
        raise WrongUseError(
            NO_OUTCOME, file=file, row=row + 1, column=OUTCOME, value=value, known=known
        )
    for outcome in OUTCOMES:
        if not (values == outcome).any():
            raise WrongUseError(NEVER, file=file, column=OUTCOME, value=outcome)
