"""``kaeru query``: rows of a published mart."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.commands.desk import Desk, LanguageFlag, ShopFlag, format_table, open_desk
from orchestration.wording import Words, WrongUseError

if TYPE_CHECKING:
    from orchestration.answering import Mart

FORMATS: Final = ("table", "json", "csv")

BAD_FORMAT: Final = Words(
    ja="--format は {known} のどれかです（{found} は使えません）。",
    en="--format is one of {known}, not {found}.",
)
BAD_WHERE: Final = Words(
    ja="--where は 列=値 の形で書いてください（{found}）。",
    en="Write --where as column=value (found {found}).",
)
NO_MART: Final = Words(
    ja="表の名前を書いてください。`kaeru query --list` で一覧できます。",
    en="Name a mart. `kaeru query --list` lists all.",
)
NO_ROWS: Final = Words(ja="該当する行はありません。", en="No row fits.")


def query(
    mart: Annotated[str | None, typer.Argument(metavar="MART", help="rpt_…, fct_…, dim_…")] = None,
    *,
    is_list: Annotated[bool, typer.Option("--list", help="Names, grain, columns. 一覧。")] = False,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="C=V", help="Only these rows; repeat for more. 条件。"),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="C,…", help="Group; sums counts and amounts. まとめる列。"),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="Of the answer.")
    ] = "table",
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Rows of a published mart, or their sums."""
    with open_desk(shop, language) as desk:
        require_format(output_format)
        from orchestration.query import list_marts, query_mart

        if is_list:
            _answer_list(desk, list_marts(desk.shop), output_format=output_format)
            return
        if mart is None:
            raise WrongUseError(NO_MART)
        columns = [part.strip() for part in by.split(",") if part.strip()] if by else []
        answer = query_mart(desk.shop, mart, where=parse_where(where or []), by=columns)
        answer_rows(desk, answer.rows, columns=answer.columns, output_format=output_format)


def require_format(found: str) -> None:
    """Accept the formats of an answer.

    Raises
    ------
    WrongUseError
    """
    if found not in FORMATS:
        raise WrongUseError(BAD_FORMAT, known=", ".join(FORMATS), found=found)


def answer_rows(
    desk: Desk, rows: Sequence[dict[str, Any]], *, columns: Sequence[str], output_format: str
) -> None:
    """Write rows in the format that was asked for.

    Parameters
    ----------
    desk : Desk
    rows : sequence of dict
    columns : sequence of str
    output_format : {"table", "json", "csv"}
        In CSV, text that a spreadsheet would run as a formula gets an apostrophe.
    """
    if output_format == "json":
        desk.answer_json(list(rows))
    elif output_format == "csv":
        desk.answer_text(_write_csv(rows, columns=columns))
    elif rows:
        desk.answer_text(format_table(list(rows), columns=list(columns)))
    else:
        desk.tell(NO_ROWS)


def _answer_list(desk: Desk, marts: list[Mart], *, output_format: str) -> None:
    documents = [mart.to_document() for mart in marts]
    if output_format != "json":
        documents = [{**one, "columns": " ".join(one["columns"])} for one in documents]
    columns = ("name", "grain", "columns")
    answer_rows(desk, documents, columns=columns, output_format=output_format)


def parse_where(conditions: Sequence[str]) -> dict[str, list[str]]:
    """Parse conditions written as column=value; one column may come several times.

    Raises
    ------
    WrongUseError
    """
    found: dict[str, list[str]] = {}
    for condition in conditions:
        column, equals, value = condition.partition("=")
        if not equals or not column.strip():
            raise WrongUseError(BAD_WHERE, found=condition)
        found.setdefault(column.strip(), []).append(value)
    return found


def _write_csv(rows: Sequence[dict[str, Any]], *, columns: Sequence[str]) -> str:
    from orchestration.spreadsheet_text import neutralise_formula

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row[c] is None else neutralise_formula(row[c]) for c in columns])
    return text.getvalue().rstrip("\n")
