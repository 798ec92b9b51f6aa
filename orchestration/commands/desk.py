"""What every command shares: its flags, its language, and how it answers and fails."""

from __future__ import annotations

import contextlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.settings import ShopSettings, load_settings, resolve_shop
from orchestration.wording import (
    DEFAULT_LANGUAGE,
    KaeruError,
    Language,
    Words,
    parse_language,
)

NO_ACCESS = Words(
    ja="ファイルを読み書きできません: {error}",
    en="A file could not be read or written: {error}",
)

ShopFlag = Annotated[
    Path | None,
    typer.Option(
        "--shop",
        metavar="DIR",
        help="The shop's folder; else KAERU_SHOP, else this folder. ショップのフォルダ。",
        show_default=False,
    ),
]
LanguageFlag = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="ja|en",
        help="Language of the answer; else the shop's. 答えの言語。",
        show_default=False,
    ),
]
JsonFlag = Annotated[
    bool,
    typer.Option("--json", help="Answer with one JSON document. 答えを JSON で返す。"),
]


@dataclass(frozen=True)
class Speaker:
    """Answers on stdout and speaks on stderr, in one language.

    Attributes
    ----------
    language : {"ja", "en"}
    """

    language: Language

    def tell(self, words: Words, **values: object) -> None:
        """Say something beside the answer: on stderr."""
        typer.echo(words.render(self.language, **values), err=True)

    def answer(self, words: Words, **values: object) -> None:
        """Say the answer in words: on stdout."""
        typer.echo(words.render(self.language, **values))

    def answer_text(self, text: str) -> None:
        """Write an answer as it is: on stdout."""
        typer.echo(text)

    def answer_json(self, document: object) -> None:
        """Write the one document of an answer: on stdout."""
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


@dataclass(frozen=True)
class Desk(Speaker):
    """A speaker with the shop that the command is about.

    Attributes
    ----------
    shop : Path
    settings : ShopSettings
    """

    shop: Path
    settings: ShopSettings


@contextlib.contextmanager
def open_desk(shop: Path | None, language: str | None) -> Iterator[Desk]:
    """Find the shop and its language; turn failures into words on stderr and an exit code.

    Parameters
    ----------
    shop, language : optional
        What the flags say.

    Yields
    ------
    Desk

    Raises
    ------
    typer.Exit
        1 when the work failed, 2 when the command or the settings were wrong.
    """
    with report_failures(language):
        found = resolve_shop(shop)
        settings = load_settings(found)
        spoken = parse_language(language) if language else settings.language
        with report_failures(spoken):
            yield Desk(language=spoken, shop=found, settings=settings)


@contextlib.contextmanager
def report_failures(language: str | None) -> Iterator[None]:
    """Say failures on stderr and end with their exit code.

    Parameters
    ----------
    language : str, optional
        Japanese, unless it is another known one.

    Raises
    ------
    typer.Exit
    """
    try:
        yield
    except KaeruError as error:
        spoken: Language = "en" if language == "en" else DEFAULT_LANGUAGE
        typer.echo(error.render(spoken), err=True)
        raise typer.Exit(error.exit_code) from error
    except OSError as error:
        spoken = "en" if language == "en" else DEFAULT_LANGUAGE
        typer.echo(NO_ACCESS.render(spoken, error=error), err=True)
        raise typer.Exit(KaeruError.exit_code) from error


def choose_speaker(shop: Path | None, language: str | None) -> Speaker:
    """Speak for a command that reads files and needs no shop.

    Parameters
    ----------
    shop, language : optional
        What the flags say; the language of a named shop, unless another is asked for.

    Returns
    -------
    Speaker
        Japanese where neither is given.

    Raises
    ------
    WrongUseError
        If the language is unknown, or the folder is no shop.
    """
    if language:
        return Speaker(language=parse_language(language))
    if shop is None:
        return Speaker(language=DEFAULT_LANGUAGE)
    return Speaker(language=load_settings(resolve_shop(shop)).language)


def is_terminal() -> bool:
    """Tell whether a person sits at both ends: only then a command may ask."""
    return sys.stdin.isatty() and sys.stderr.isatty() and sys.stdout.isatty()


def format_table(rows: list[dict[str, Any]], *, columns: list[str]) -> str:
    """Set rows in columns of even width; a wide (Japanese) sign takes two places.

    Parameters
    ----------
    rows : list of dict
    columns : list of str

    Returns
    -------
    str
    """
    cells = [columns, *[["" if row[c] is None else str(row[c]) for c in columns] for row in rows]]
    widths = [max(_measure(line[i]) for line in cells) for i in range(len(columns))]
    lines = (
        "  ".join(
            text + " " * (width - _measure(text)) for text, width in zip(line, widths, strict=True)
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _measure(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
