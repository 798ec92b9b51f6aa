"""``kaeru fit``: which style does not fit whom, and how sure we are."""

from __future__ import annotations

from typing import Any, Final

import typer

from orchestration.commands.desk import JsonFlag, LanguageFlag, ShopFlag, open_desk
from orchestration.commands.query import answer_rows

COLUMNS: Final = (
    *("style_id", "verdict", "diagnosis", "probability_small", "probability_large"),
    *("more_deliveries_needed", "advice"),
)
DIGITS: Final = 3  # of a probability in the table; JSON carries all

fit = typer.Typer(
    help="Which style does not fit, and what to do. 合わない型と手当て。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@fit.callback()
def name_group() -> None:
    """Keep the group a group while it has one command."""


@fit.command(short_help="The verdict of every style. 型ごとの判定。")
def verdicts(
    *, is_json: JsonFlag = False, shop: ShopFlag = None, language: LanguageFlag = None
) -> None:
    """List the verdict of every published style, with its sizes and advice."""
    with open_desk(shop, language) as desk:
        from orchestration.fit_verdicts import list_verdicts

        found = list_verdicts(desk.shop)
        if is_json:
            desk.answer_json(found)
            return
        rows = [_flatten(one, language=desk.language) for one in found]
        answer_rows(desk, rows, columns=COLUMNS, output_format="table")


def _flatten(document: dict[str, Any], *, language: str) -> dict[str, Any]:
    row = {name: document[name] for name in COLUMNS}
    row["advice"] = document["advice"][language]
    return {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in row.items()
    }
