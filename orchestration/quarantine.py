"""Why records, and whole files, were held back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from orchestration.store import open_store
from orchestration.wording import Language

COLUMNS: Final = ("file", "line", "column", "value", "rule", "message", "way_out")
SELECTS: Final = {
    "ja": "select file_name, line, column_name, value, rule, message_ja, way_out_ja",
    "en": "select file_name, line, column_name, value, rule, message_en, way_out_en",
}
SOURCE: Final = (
    " from landing.quarantined_rows where ? is null or file_name = ?"
    " order by load_id, line nulls first, column_name nulls first, rule"
)


def list_quarantine(
    shop: Path, *, file_name: str | None, language: Language
) -> list[dict[str, Any]]:
    """List every problem of every record that was held back.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    file_name : str or None
        Only this file.
    language : {"ja", "en"}
        Of message and way out.

    Returns
    -------
    list of dict
        ``file, line, column, value, rule, message, way_out``; ``line`` is None for a whole file.

    Raises
    ------
    KaeruError
        If nothing was landed yet.
    """
    with open_store(shop, read_only=True) as connection:
        rows = connection.execute(SELECTS[language] + SOURCE, [file_name, file_name]).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
