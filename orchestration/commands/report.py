"""``kaeru report``: published marts as documents for people who work on paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestration.commands.desk import Desk, LanguageFlag, ShopFlag, is_terminal, open_desk
from orchestration.publication import NOTHING_PUBLISHED, read_pointer
from orchestration.wording import KaeruError, Words, WrongUseError

FORMATS: Final = ("html", "pdf")
FLAGGED: Final = "flagged"

BAD_FORMAT: Final = Words(
    ja="--format は {known} のどちらかです（{found} は使えません）。",
    en="--format is one of {known}, not {found}.",
)
WHICH_STYLE: Final = Words(
    ja="--style に品番を書くか、--all-flagged で合わない型をすべて出すか、どちらか 1 つです。",
    en="Name a style with --style, or take every style that does not fit with --all-flagged: "
    "one of the two.",
)
UNKNOWN_STYLE: Final = Words(
    ja="{style} という型はありません。近い品番: {nearest}。",
    en="There is no style {style}. Nearest: {nearest}.",
)
NO_FLAGGED: Final = Words(
    ja="合わないと言える型は、いまありません。シートは作りませんでした。",
    en="No style can be said not to fit, so no sheet was made.",
)
NOT_READABLE: Final = Words(
    ja="公開された版が読めません（{reason}）。`kaeru doctor` で確かめてください。",
    en="The published version cannot be read ({reason}). See `kaeru doctor`.",
)
NO_PDF: Final = Words(
    ja="PDF を作れません: {reason}。Chromium を入れる（例: apt-get install chromium）か、"
    "--format html で出してブラウザから印刷してください。",
    en="No PDF can be made: {reason}. Install Chromium (for instance apt-get install chromium), or "
    "take --format html and print it from a browser.",
)
WRITTEN: Final = Words(ja="{path}（{count} 枚）", en="{path} ({count} pages)")

report = typer.Typer(
    help="Documents for print. 紙で見る報告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@report.callback()
def choose_report() -> None:
    """Documents for print."""


@report.command(short_help="The size and fit sheet, A4. サイズ・履き心地シート。")
def fit(
    *,
    style: Annotated[
        str | None, typer.Option("--style", metavar="S", help="Number or name. 品番か名前。")
    ] = None,
    is_all: Annotated[
        bool,
        typer.Option("--all-flagged", help="Every style that does not fit. 合わない型すべて。"),
    ] = False,
    output_format: Annotated[
        str, typer.Option("--format", metavar="html|pdf", help="Of the document. 形式。")
    ] = "html",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE|DIR",
            help="Where it goes; else to stdout, or here where that is a terminal. 出す先。",
            show_default=False,
        ),
    ] = None,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """One A4 page per style: the verdict, how sure it is, and what to do."""
    with open_desk(shop, language) as desk:
        if output_format not in FORMATS:
            raise WrongUseError(BAD_FORMAT, known=", ".join(FORMATS), found=output_format)
        if (style is None) is not is_all:
            raise WrongUseError(WHICH_STYLE)
        if read_pointer(desk.shop) is None:
            raise KaeruError(NOTHING_PUBLISHED)
        document, count = _build_document(desk, style=style, output_format=output_format)
        if document is None:
            desk.tell(NO_FLAGGED)
            return
        name = f"fit-{style or FLAGGED}-{desk.language}.{output_format}"
        _deliver(desk, document, name=name, out=out, count=count)


def _build_document(
    desk: Desk, *, style: str | None, output_format: str
) -> tuple[bytes | None, int]:
    """Build the document and count its pages; None where no style is flagged."""
    from dashboards.browser import BrowserError
    from dashboards.lib.publication import ServingError
    from dashboards.reports import fit_report, printing

    try:
        found = fit_report.report_fit(desk.shop, style=style, language_code=desk.language)
        if found is None:
            return None, 0
        if output_format == "pdf":
            return printing.print_pdf(found.html), found.count
    except fit_report.UnknownStyleError as error:
        nearest = ", ".join(error.nearest) or "-"
        raise WrongUseError(UNKNOWN_STYLE, style=style, nearest=nearest) from error
    except ServingError as error:
        raise KaeruError(NOT_READABLE, reason=error) from error
    except BrowserError as error:
        raise KaeruError(NO_PDF, reason=error) from error
    return found.html.encode(), found.count


def _deliver(desk: Desk, document: bytes, *, name: str, out: Path | None, count: int) -> None:
    """Write the document where it is wanted."""
    if out is None and not is_terminal():
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
        return
    path = Path(_clean_name(name)) if out is None else out
    if out is not None and (out.is_dir() or not out.suffix):
        path = out / _clean_name(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document)
    desk.answer(WRITTEN, path=path, count=count)


def _clean_name(name: str) -> str:
    """Take out of a file's name what leads to another folder.

    Examples
    --------
    >>> _clean_name("fit-../a b-ja.html")
    'fit-.._a b-ja.html'
    """
    return "".join("_" if sign in '/\\:*?"<>|' or sign < " " else sign for sign in name)
