"""``kaeru reasons``: read free text, teach the reading, measure it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.commands.desk import ShopFlag, Speaker, report_failures
from orchestration.wording import DEFAULT_LANGUAGE, Words, WrongUseError

if TYPE_CHECKING:
    from models_ml.reasons.reader import Reading

TEXT_LANGUAGES: Final = ("auto", "ja", "en")
REMEMBERED: Final = 2**18  # distinct texts whose reading is kept while a file is read

UNKNOWN_LANGUAGE: Final = Words(
    ja="文章の言語は auto、ja、en のどれかです（{text!r} は使えません）。",
    en="The language of the texts is auto, ja or en, not {text!r}.",
)

reasons = typer.Typer(
    help="Read return reasons from free text. 返品理由を文章から読む。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@reasons.callback()
def open_reasons() -> None:
    """Read return reasons from free text."""


@reasons.command(short_help="Texts of a file → codes, as JSON Lines. 文章を読む。")
def classify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV or JSON Lines.")],
    *,
    text_column: Annotated[
        str, typer.Option("--text-column", metavar="C", help="Column of the texts. 文章の列。")
    ],
    language: Annotated[
        str, typer.Option(metavar="auto|ja|en", help="Language of the texts. 文章の言語。")
    ] = "auto",
    shop: ShopFlag = None,
) -> None:
    """Read every text of a column; one JSON document a line, in the order of the file.

    ``row`` counts the records below the header from 0. ``start`` and ``end`` count characters of
    the text as it stands in the file; ``code`` of the evidence is null for an injury.
    """
    with report_failures(None):
        speaker = _open_speaker(shop)
        if language not in TEXT_LANGUAGES:
            raise WrongUseError(UNKNOWN_LANGUAGE, text=language)
        from models_ml.reasons.reader import read_text
        from orchestration.reason_files import iterate_texts

        @lru_cache(maxsize=REMEMBERED)
        def describe(text: str) -> dict[str, Any]:
            return describe_reading(read_text(text, language=language))

        for row, text in enumerate(iterate_texts(file, column=text_column)):
            document = {"row": row} | describe(text)
            speaker.answer_text(json.dumps(document, ensure_ascii=False))


def describe_reading(reading: Reading) -> dict[str, Any]:
    """Say a reading as the document of its line.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    dict
    """
    return {
        "codes": [
            {"code": code, "probability": probability}
            for code, probability in reading.codes.items()
        ],
        "direction": reading.direction,
        "zones": list(reading.zones),
        "evidence": [
            {"start": one.start, "end": one.end, "code": one.code} for one in reading.evidence
        ],
        "abstained": reading.is_abstained,
        "escalate": reading.is_escalated,
        "language": reading.language,
        "model_version": reading.model_version,
    }


def _open_speaker(shop: Path | None) -> Speaker:
    """Speak the language of the shop that is named; a file can be read without any shop."""
    if shop is None:
        return Speaker(language=DEFAULT_LANGUAGE)
    from orchestration.settings import load_settings, resolve_shop

    return Speaker(language=load_settings(resolve_shop(shop)).language)
