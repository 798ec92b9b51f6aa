"""``kaeru status`` and ``kaeru quarantine``: what came of the files."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from orchestration.commands.desk import (
    Desk,
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    format_table,
    open_desk,
)
from orchestration.commands.query import answer_rows, require_format
from orchestration.kept_drift import tell_drift
from orchestration.wording import Words

FILE_COLUMNS: Final = ("name", "state", "entity", "rows_in", "rows_loaded", "rows_quarantined")

NO_FILES: Final = Words(
    ja="inbox/ にファイルがありません。",
    en="There is no file in inbox/.",
)
NO_RUN: Final = Words(ja="まだ一度も実行していません。", en="There was no run yet.")
LAST_RUN: Final = Words(
    ja="最後の実行: {id}（終了コード {exit}、開始 {started_at}）",
    en="Last run: {id} (exit {exit}, started {started_at})",
)
UNFINISHED_RUN: Final = Words(
    ja="最後の実行: {id} は途中です（開始 {started_at}）。動いていなければ中断されたものです。",
    en="Last run: {id} has not ended (started {started_at}). If nothing runs, it was interrupted.",
)
PUBLISHED: Final = Words(
    ja="公開中: 版 {version}、{as_of} まで",
    en="Published: version {version}, figures up to {as_of}",
)
NOT_PUBLISHED: Final = Words(ja="まだ何も公開されていません。", en="Nothing is published yet.")
DRIFT: Final = Words(ja="{said}。", en="{said}.")
MESSAGE: Final = Words(ja="{name}: {message}", en="{name}: {message}")


def status(
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Show what came of every file, the last run, and what is published."""
    with open_desk(shop, language) as desk:
        from orchestration.status import build_status

        document = build_status(desk.shop, language=desk.language)
        if is_json:
            desk.answer_json(document)
        else:
            _answer_words(desk, document)


def quarantine(
    *,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="NAME", help="Only this one. このファイルだけ。"),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="Of the answer.")
    ] = "table",
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """List the records that were held back, with the reason and the way out."""
    with open_desk(shop, language) as desk:
        require_format(output_format)
        from orchestration.quarantine import COLUMNS, list_quarantine

        rows = list_quarantine(desk.shop, file_name=file, language=desk.language)
        answer_rows(desk, rows, columns=COLUMNS, output_format=output_format)


def _answer_words(desk: Desk, document: dict[str, Any]) -> None:
    files: list[dict[str, Any]] = document["files"]
    if files:
        desk.answer_text(format_table(files, columns=list(FILE_COLUMNS)))
        for one in files:
            if one["message"]:
                desk.answer(MESSAGE, **one)
    else:
        desk.answer(NO_FILES)
    run = document["run"]
    if run is None:
        desk.answer(NO_RUN)
    else:
        desk.answer(LAST_RUN if run["finished_at"] else UNFINISHED_RUN, **run)
    if document["published"] is None:
        desk.answer(NOT_PUBLISHED)
    else:
        desk.answer(PUBLISHED, **document["published"])
    said = tell_drift(desk.shop, language=desk.language)
    if said is not None:
        desk.answer(DRIFT, said=said)
