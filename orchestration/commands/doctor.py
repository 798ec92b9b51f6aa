"""``kaeru doctor``: what is wrong with a set-up, and the way out."""

from __future__ import annotations

from typing import Final

import typer

from orchestration.commands.desk import (
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    Speaker,
    format_table,
    report_failures,
)
from orchestration.settings import load_settings, resolve_shop
from orchestration.wording import DEFAULT_LANGUAGE, WrongUseError, parse_language

COLUMNS: Final = ("check", "state", "message")


def doctor(
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Check every part of the set-up; end with 1 when something is wrong."""
    with report_failures(language):
        folder = resolve_shop(shop)
        try:
            spoken = parse_language(language) if language else load_settings(folder).language
        except WrongUseError:
            # The settings are what is wrong: one of the checks says so.
            spoken = DEFAULT_LANGUAGE
        from orchestration.doctor import examine

        speaker = Speaker(language=spoken)
        answers = examine(folder, language=spoken)
        if is_json:
            speaker.answer_json(answers)
        else:
            speaker.answer_text(format_table(answers, columns=list(COLUMNS)))
        if any(one["state"] == "wrong" for one in answers):
            raise typer.Exit(1)
