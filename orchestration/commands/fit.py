"""``kaeru fit``: which style does not fit whom, and how sure we are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from orchestration.commands.desk import (
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    choose_speaker,
    open_desk,
    report_failures,
)
from orchestration.commands.query import answer_rows
from orchestration.wording import Words

COLUMNS: Final = (
    *("style_id", "verdict", "diagnosis", "probability_small", "probability_large"),
    *("more_deliveries_needed", "previous_verdict", "advice"),
)
LABEL_COLUMNS: Final = ("style_id", "sku", "size_label", "file", "line", "is_blocking")
DIGITS: Final = 3  # of a probability in the table; JSON carries all

NO_LABELS: Final = Words(
    ja="読めないサイズの札はありません。", en="Every size label could be read."
)
WAY_OUT: Final = Words(
    ja="札を直すか、商品ファイルの size_order に小さい順の番号を書いてください。"
    "サイズは当てずに、そのまま残しています。",
    en="Correct the label, or give the order in size_order of the products file. No size is "
    "guessed from such a label.",
)
EVALUATED: Final = Words(
    ja="{n} 行: 曲線下面積の平均 {mean_auc:.3f}（{mean_auc_low:.3f}〜{mean_auc_high:.3f}）、"
    "小さい {small:.3f}、ちょうどよい {fit:.3f}、大きい {large:.3f}、対数損失 {log_loss:.3f}、"
    "確率の誤差 {ece:.3f}、学習 {train_seconds} 秒",
    en="{n} rows: mean AUC {mean_auc:.3f} ({mean_auc_low:.3f} to {mean_auc_high:.3f}), "
    "small {small:.3f}, fit {fit:.3f}, large {large:.3f}, log loss {log_loss:.3f}, "
    "calibration error {ece:.3f}, learned in {train_seconds} s",
)

fit = typer.Typer(
    help="Which style does not fit, and what to do. 合わない型と手当て。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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


@fit.command(short_help="Size labels that cannot be read. 読めないサイズの札。")
def labels(
    *, is_json: JsonFlag = False, shop: ShopFlag = None, language: LanguageFlag = None
) -> None:
    """List the size labels that nothing is known of, with file and line."""
    with open_desk(shop, language) as desk:
        from orchestration.fit_verdicts import list_unknown_labels

        found = list_unknown_labels(desk.shop)
        if is_json:
            desk.answer_json(found)
            return
        if not found:
            desk.answer(NO_LABELS)
            return
        answer_rows(desk, found, columns=LABEL_COLUMNS, output_format="table")
        desk.tell(WAY_OUT)


@fit.command(short_help="How well fit is foretold. 合い方の予測を測る。")
def evaluate(
    *,
    train: Annotated[
        Path, typer.Option("--train", metavar="FILE", help="CSV or Parquet. 学ぶ行。")
    ],
    test: Annotated[
        Path, typer.Option("--test", metavar="FILE", help="CSV or Parquet. 確かめる行。")
    ],
    has_body: Annotated[
        bool, typer.Option("--with-body", help="Use measurements of the body. 体の寸法も使う。")
    ] = False,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Learn P(small), P(fit), P(large) from one file and judge it on another.

    Columns: user_id, item_id, size, fit (small, fit or large); where there are any, category and
    brand; with --with-body height_in, weight_lbs, bust_size_num, bust_size_letter, age, body_type.
    Others, such as a rating given after wearing, are not looked at.
    """
    with report_failures(language):
        speaker = choose_speaker(shop, language)
        with report_failures(speaker.language):
            from orchestration.fit_outcomes import evaluate_outcomes

            found = evaluate_outcomes(train, test, has_body=has_body, tell=speaker.tell)
            if is_json:
                speaker.answer_json(found)
            else:
                speaker.answer(EVALUATED, **found, **found["auc"])


def _flatten(document: dict[str, Any], *, language: str) -> dict[str, Any]:
    row = {name: document[name] for name in COLUMNS}
    row["advice"] = document["advice"][language]
    return {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in row.items()
    }
