"""``kaeru metric``: a number of the catalogue, with all that it rests on."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from orchestration.commands.desk import Desk, LanguageFlag, ShopFlag, open_desk
from orchestration.commands.query import answer_rows, parse_where, require_format
from orchestration.commands.run import parse_day
from orchestration.wording import Words, WrongUseError

LISTED: Final = ("name", "label", "basis", "unit", "dimensions", "missing")
DIGITS: Final = 4  # of a share in the table; JSON and CSV carry all

NO_METRIC: Final = Words(
    ja="指標の名前を書いてください。`kaeru metric --list` で一覧できます。",
    en="Name a metric. `kaeru metric --list` lists all.",
)
NOT_MEASURABLE: Final = Words(
    ja="{name} は、公開中の版では測れません。必要なもの: {missing}",
    en="{name} is not measurable in the published version. It needs: {missing}",
)


def metric(  # noqa: PLR0913 - one parameter per flag
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="return_rate_units, …; see --list")
    ] = None,
    *,
    is_list: Annotated[bool, typer.Option("--list", help="The catalogue. 一覧。")] = False,
    by: Annotated[
        str | None, typer.Option(metavar="D,…", help="Dimensions to split by. 分ける軸。")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="D=V", help="Only these; repeat for more. 条件。"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="As known on that day. その日の数字。"),
    ] = None,
    tax: Annotated[
        str | None,
        typer.Option(metavar="included|excluded", help="Of money; else the shop's. 税込・税抜。"),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="Of the answer.")
    ] = "table",
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Answer with a metric of the catalogue: numerator, denominator, value, interval."""
    with open_desk(shop, language) as desk:
        require_format(output_format)
        from orchestration.metric import compute_metric, list_metrics

        if is_list:
            _answer_list(desk, list_metrics(desk.shop), output_format=output_format)
            return
        if name is None:
            raise WrongUseError(NO_METRIC)
        rows = compute_metric(
            desk.shop,
            name,
            by=[part.strip() for part in (by or "").split(",") if part.strip()],
            where=parse_where(where or []),
            as_of=parse_day(as_of),
            tax=tax,
        )
        _answer_figures(desk, rows, name=name, output_format=output_format)


def _answer_figures(
    desk: Desk, rows: list[dict[str, Any]], *, name: str, output_format: str
) -> None:
    if output_format != "json":
        rows = [{field: _flatten(value) for field, value in row.items()} for row in rows]
    if output_format == "table":
        rows = [{field: _round(value) for field, value in row.items()} for row in rows]
    answer_rows(desk, rows, columns=list(rows[0]) if rows else [], output_format=output_format)
    if rows and rows[0].get("missing"):
        desk.tell(NOT_MEASURABLE, name=name, missing=_flatten(rows[0]["missing"]))


def _answer_list(desk: Desk, metrics: list[dict[str, Any]], *, output_format: str) -> None:
    if output_format == "json":
        desk.answer_json(metrics)
        return
    rows = [
        {field: _flatten(value) for field, value in one.items()}
        | {"label": one[f"label_{desk.language}"]}
        for one in metrics
    ]
    answer_rows(desk, rows, columns=LISTED, output_format=output_format)


def _flatten(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list | dict) else value


def _round(value: object) -> object:
    return round(value, DIGITS) if isinstance(value, float) else value
