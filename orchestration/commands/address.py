"""``kaeru address``: one address, or a file of them, checked against Japan Post's table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from orchestration.commands.desk import (
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    Speaker,
    choose_speaker,
    report_failures,
)
from orchestration.wording import Words, WrongUseError

BAD_FORMAT: Final = Words(
    ja="--format は {known} のどれかです（{found!r} は使えません）。",
    en="--format is one of {known}, not {found!r}.",
)
NEEDS_FILE: Final = Words(
    ja="parquet は --out FILE に書きます。", en="Parquet is written to a file: name it with --out."
)
SAME_FILE: Final = Words(
    ja="--out は読むファイル {file} と別にしてください。",
    en="--out must not be the file that is read ({file}).",
)
VERDICT: Final = Words(ja="{lane}（{codes}）", en="{lane} ({codes})")
NOTHING: Final = Words(ja="気になる点なし", en="nothing to say")
CORRECTED: Final = Words(
    ja="〒{corrected_postal} {corrected_address}（確かさ {confidence}）",
    en="〒{corrected_postal} {corrected_address} (sure to {confidence})",
)
MAY_BE: Final = Words(ja="もしかすると: {candidate}", en="May be: {candidate}")
MONTH: Final = Words(ja="郵便番号データ {data_month}", en="Postal codes as of {data_month}")
COUNTED: Final = Words(ja="{rows} 件を調べました。", en="Checked {rows} addresses.")


class AddressGroup(TyperGroup):
    """A group whose first word is an address, unless it is a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Put the command before an address or its flags."""
        if args and args[0] not in (*self.commands, "--help"):
            args = ["one", *args]
        return super().parse_args(ctx, args)


address = typer.Typer(
    cls=AddressGroup,
    help='Check an address: kaeru address "〒100-0001 東京都…". 住所を調べる。',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@address.callback()
def open_address() -> None:
    """Check Japanese addresses: what is wrong, and the one correction that fits."""


@address.command(short_help="One address. 住所を一つ調べる。")
def one(
    text: Annotated[str, typer.Argument(metavar="ADDRESS", help="As typed. 住所。")],
    *,
    postal: Annotated[
        str | None, typer.Option("--postal", metavar="P", help="Postal code. 郵便番号。")
    ] = None,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Check one address; its postal code may stand before it."""
    with _speak(shop, language) as speaker:
        from models_ml.addresses.checking import check_address
        from orchestration.address_words import describe_check
        from orchestration.postal_data import open_postal_index

        found = check_address(open_postal_index(), text, postal=postal)
        record = describe_check(found, row=0)
        if is_json:
            speaker.answer_json(record)
        else:
            _answer(speaker, record)


@address.command(short_help="Every address of a file. ファイルの住所をすべて調べる。")
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, TSV, JSON Lines (also .gz) or Parquet.")
    ],
    *,
    postal_column: Annotated[
        str, typer.Option("--postal-column", metavar="C", help="Of the codes. 郵便番号の列。")
    ],
    address_column: Annotated[
        str, typer.Option("--address-column", metavar="C", help="Of the addresses. 住所の列。")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Else stdout. 書く先。")
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="jsonl|csv|parquet", help="Of the answer. 形式。")
    ] = "jsonl",
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Check every row; one record per row, in order, in constant memory.

    ``row`` counts the rows below the header from 0. In CSV, codes and candidates are separated by
    semicolons. A file named with --out is written whole or not at all.
    """
    with _speak(shop, language) as speaker:
        from orchestration.address_files import (
            FORMATS,
            check_pairs,
            iterate_pairs,
            write_records,
        )
        from orchestration.postal_data import open_postal_index

        if output_format not in FORMATS:
            raise WrongUseError(BAD_FORMAT, known=", ".join(FORMATS), found=output_format)
        if out is None and output_format == "parquet":
            raise WrongUseError(NEEDS_FILE)
        if out is not None and out.resolve() == file.resolve():
            raise WrongUseError(SAME_FILE, file=file.name)
        pairs = iterate_pairs(file, postal_column=postal_column, address_column=address_column)
        records = check_pairs(open_postal_index(), pairs)
        if out is None:
            write_records(sys.stdout, records, output_format=output_format)
        else:
            rows = _write_whole(out, records, output_format=output_format)
            speaker.tell(COUNTED, rows=f"{rows:,}")


def _write_whole(out: Path, records: Iterator[dict[str, Any]], *, output_format: str) -> int:
    from orchestration.address_files import write_records

    beside = out.with_name(f".{out.name}.part")
    rows = 0

    def count() -> Iterator[dict[str, Any]]:
        nonlocal rows
        for record in records:
            rows += 1
            yield record

    try:
        if output_format == "parquet":
            from orchestration.address_parquet import write_parquet

            write_parquet(beside, count())
        else:
            with beside.open("w", encoding="utf-8", newline="") as file:
                write_records(file, count(), output_format=output_format)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return rows


@contextmanager
def _speak(shop: Path | None, language: str | None) -> Iterator[Speaker]:
    with report_failures(language):
        speaker = choose_speaker(shop, language)
        with report_failures(speaker.language):
            yield speaker


def _answer(speaker: Speaker, record: dict[str, Any]) -> None:
    from orchestration.address_words import CODES, LANES

    spoken = speaker.language
    said = "・" if spoken == "ja" else ", "
    codes = said.join(CODES[code].render(spoken) for code in record["codes"])
    speaker.answer(
        VERDICT,
        lane=LANES[record["lane"]].render(spoken),
        codes=codes or NOTHING.render(spoken),
    )
    if record["corrected_address"] is not None:
        speaker.answer(CORRECTED, **record)
    for candidate in record["candidates"]:
        speaker.answer(MAY_BE, candidate=candidate)
    speaker.answer(MONTH, data_month=record["data_month"])
