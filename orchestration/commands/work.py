"""``kaeru work``: the work file of the warehouse, what to open first at the top."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestration.commands.desk import Desk, LanguageFlag, ShopFlag, open_desk
from orchestration.publication import NOTHING_PUBLISHED, read_pointer
from orchestration.wording import KaeruError, Words, WrongUseError

FORMATS: Final = ("csv", "json")

BAD_FORMAT: Final = Words(
    ja="--format は {known} のどちらかです（{found} は使えません）。",
    en="--format is one of {known}, not {found}.",
)
NOT_READABLE: Final = Words(
    ja="公開された版が読めません（{reason}）。`kaeru doctor` で確かめてください。",
    en="The published version cannot be read ({reason}). See `kaeru doctor`.",
)
WRITTEN: Final = Words(ja="{path}（{count} 行）", en="{path} ({count} rows)")
NOTHING_WAITS: Final = Words(ja="待っている返品はありません。", en="Nothing waits.")


def work(
    *,
    output_format: Annotated[
        str, typer.Option("--format", metavar="csv|json", help="Of the file. 形式。")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Else stdout. 書く先。")
    ] = None,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """List what arrived and is not finished: what to open first, and the next step of each."""
    with open_desk(shop, language) as desk:
        if output_format not in FORMATS:
            raise WrongUseError(BAD_FORMAT, known=", ".join(FORMATS), found=output_format)
        if read_pointer(desk.shop) is None:
            raise KaeruError(NOTHING_PUBLISHED)
        document, count = _build(desk, output_format=output_format)
        if out is None:
            desk.answer_text(document)
        else:
            # With the mark, spreadsheets read Japanese UTF-8.
            beside = out.with_name(f".{out.name}.part")
            beside.write_text(
                f"{document}\n", encoding="utf-8-sig" if output_format == "csv" else "utf-8"
            )
            beside.replace(out)
            desk.tell(WRITTEN, path=out, count=count)
        if not count:
            desk.tell(NOTHING_WAITS)


def _build(desk: Desk, *, output_format: str) -> tuple[str, int]:
    """Build the text of the file and count its rows."""
    from dashboards.lib import serving
    from dashboards.lib.exports import neutralise
    from dashboards.lib.publication import ServingError
    from dashboards.lib.shop import read_shop
    from dashboards.lib.work_file import build_work_file

    try:
        with serving.lease(desk.shop):
            rows = build_work_file(read_shop(), language_code=desk.language)
    except ServingError as error:
        raise KaeruError(NOT_READABLE, reason=error) from error
    if output_format == "csv":
        return neutralise(rows).to_csv(index=False).rstrip("\n"), len(rows)
    records = json.loads(rows.to_json(orient="records", force_ascii=False))
    return json.dumps(records, ensure_ascii=False, indent=2), len(rows)
