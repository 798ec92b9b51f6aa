"""``kaeru reasons label``, ``retrain``, ``rollback``, ``models``: people teach, a gate decides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from orchestration.commands.desk import JsonFlag, LanguageFlag, ShopFlag, format_table, open_desk
from orchestration.wording import Words

QUEUE_COLUMNS: Final = ("why", "amount", "was_random", "text")
MODEL_COLUMNS: Final = ("name", "state", "challenger_f1", "champion_f1", "refused")

LABELLED: Final = Words(
    ja="ラベル {count} 件を labels/{file} に保存しました。",
    en="Wrote {count} labels to labels/{file}.",
)
NOTHING_TO_LABEL: Final = Words(ja="ラベルがありません。", en="There is no label.")
NOTHING_TO_READ: Final = Words(ja="読む文章はありません。", en="There is nothing to read.")
PROPOSED: Final = Words(
    ja="{name} の答えを {count} 件のラベルにしました。人のラベルとしては数えません。",
    en="Kept {count} answers of {name} as labels. They never count as a person's.",
)
PROMOTED: Final = Words(
    ja="新しいモデル {model} に替えました。くじで選んだ {judging} 件で F1 {champion_f1:.3f} → "
    "{challenger_f1:.3f}。戻すには `kaeru reasons rollback`。",
    en="{model} reads from now on: F1 {champion_f1:.3f} → {challenger_f1:.3f} on {judging} texts "
    "drawn by lot. `kaeru reasons rollback` takes it back.",
)
NOT_PROMOTED: Final = Words(
    ja="モデルは替えていません（いまは {champion}）。理由: {why}",
    en="The model stays {champion}. Why: {why}",
)
ROLLED_BACK: Final = Words(
    ja="{name} に戻しました。取り下げたモデルは、同じ中身では二度と使いません。",
    en="{name} reads again. What was taken back is not promoted again with the same content.",
)
PEOPLE: Final = Words(
    ja="2 人が読んだ {n} 件: 人どうしの一致 F1 {people_f1:.3f}、モデルと人 {model_f1:.3f}",
    en="{n} texts read by two people: they agree with F1 {people_f1:.3f}, the model with them "
    "{model_f1:.3f}",
)
REFUSALS: Final[dict[str, Words]] = {
    "too_few_random_labels": Words(
        ja="くじで選んだ文章のラベルが {judging} 件しかありません（{fewest} 件から判定できます）",
        en="only {judging} labels of texts drawn by lot (judged from {fewest})",
    ),
    "too_few_second_opinions": Words(
        ja="2 人が読んだ文章が {second_opinions:.0f} 件しかありません（{fewest_second} 件から判定"
        "できます）。別の人にも読んでもらってください",
        en="only {second_opinions:.0f} texts were read by two people (judged from "
        "{fewest_second}); let a second person read",
    ),
    "too_few_labels": Words(
        ja="学べるラベルが {teaching} 件しかありません", en="only {teaching} labels to learn from"
    ),
    "not_higher": Words(
        ja="いまのモデルより良いと言い切れません", en="not clearly better than the model of today"
    ),
    "not_higher_beyond_chance": Words(
        ja="人どうしの食い違いを除くと、いまのモデルより良いと言い切れません",
        en="not clearly better once it is counted how people disagree",
    ),
    "may_be_lower": Words(ja="悪くなるおそれがあります", en="it may be worse"),
    "escalation_recall_lost": Words(
        ja="人が必ず見るべき理由を見落とします",
        en="it misses reasons that a person must always see",
    ),
    "badly_calibrated": Words(
        ja="確率が当たっていません", en="its probabilities are not what they say"
    ),
    "labels_contradict_sure_readings": Words(
        ja="ラベルが、確かな読みの半分以上と食い違います。ラベルを見直してください",
        en="the labels deny most of what was sure; somebody has to look at them",
    ),
    "people_disagree": Words(
        ja="人どうしの一致が、偶然より高いと言い切れません",
        en="people do not surely agree more than by chance",
    ),
    "same_as_champion": Words(ja="いまのモデルと同じ中身です", en="it is the model of today"),
    "taken_back": Words(
        ja="一度取り下げたモデルと同じ中身です", en="it was taken back by a person before"
    ),
}


def label(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON Lines: text, codes, direction?, zone?")
    ],
    *,
    annotator: Annotated[
        str, typer.Option("--annotator", metavar="NAME", help="Who labelled. ラベルした人。")
    ],
    is_program: Annotated[
        bool, typer.Option("--program", help="A program's labels, no person's. 人のではない。")
    ] = False,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Add labels to the shop's; a later label of the same person for a text replaces it."""
    with open_desk(shop, language) as desk:
        from orchestration.label_files import parse_label_file
        from orchestration.reason_labels import append_labels
        from orchestration.shop_reading import load_shop_taxonomy

        labels = parse_label_file(
            file,
            taxonomy=load_shop_taxonomy(desk.shop),
            annotator=annotator,
            kind="program" if is_program else "person",
        )
        written = append_labels(desk.shop, labels)
        if is_json:
            desk.answer_json({"labels": len(labels), "file": written.name if written else None})
        elif written is None:
            desk.answer(NOTHING_TO_LABEL)
        else:
            desk.answer(LABELLED, count=len(labels), file=written.name)


def queue(
    *,
    annotator: Annotated[
        str, typer.Option("--annotator", metavar="NAME", help="Who reads. 読む人。")
    ],
    size: Annotated[int, typer.Option(metavar="N", min=1, help="Texts at most. 件数。")] = 20,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """List the texts that one person should read next, and why."""
    with open_desk(shop, language) as desk:
        from orchestration.review_queue import describe_asked, list_queue

        found = [describe_asked(one) for one in list_queue(desk.shop, annotator=annotator)[:size]]
        if is_json:
            desk.answer_json(found)
        elif found:
            desk.answer_text(format_table(found, columns=list(QUEUE_COLUMNS)))
        else:
            desk.answer(NOTHING_TO_READ)


def propose(
    *,
    program: Annotated[
        str,
        typer.Option("--program", metavar="COMMAND", help="Answers prompts. 答えるプログラム。"),
    ],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Of the program. 名前。")],
    size: Annotated[int, typer.Option(metavar="N", min=1, help="Texts at most. 件数。")] = 100,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Let a program label; its labels teach, never judge, and never count as a person's."""
    with open_desk(shop, language) as desk:
        from orchestration.label_files import require_annotator
        from orchestration.proposals import ProgramLabeller, propose_labels

        require_annotator(name)
        count = propose_labels(desk.shop, labeller=ProgramLabeller(program), name=name, size=size)
        if is_json:
            desk.answer_json({"labels": count, "annotator": name})
        else:
            desk.answer(PROPOSED, count=count, name=name)


def retrain(
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Learn from the shop's labels; the gate decides whether the new model reads."""
    with open_desk(shop, language) as desk:
        from models_ml.reasons.gate import FEWEST_JUDGES, FEWEST_SECOND_OPINIONS
        from orchestration.reason_retraining import retrain as learn_again

        done = learn_again(desk.shop)
        document = done.to_document()
        if is_json:
            desk.answer_json(document)
            return
        fewest = {"fewest": FEWEST_JUDGES, "fewest_second": FEWEST_SECOND_OPINIONS}
        values: dict[str, Any] = document | done.verdict.figures | fewest
        if done.verdict.is_promoted:
            desk.answer(PROMOTED, **values)
        else:
            said = (REFUSALS[one].render(desk.language, **values) for one in done.verdict.reasons)
            desk.answer(NOT_PROMOTED, champion=done.champion, why="; ".join(said))
        if done.agreement.people_f1 is not None:
            desk.answer(PEOPLE, **document["agreement"])


def rollback(
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Let the model before read again."""
    with open_desk(shop, language) as desk:
        from orchestration.locking import hold_lock
        from orchestration.reason_registry import roll_back

        with hold_lock(desk.shop):
            champion = roll_back(desk.shop)
        if is_json:
            desk.answer_json({"champion": champion.name, "before": list(champion.before)})
        else:
            desk.answer(ROLLED_BACK, name=champion.name)


def models(
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """List the models that were made, which one reads, and why the others do not."""
    with open_desk(shop, language) as desk:
        from orchestration.reason_registry import list_models

        found = list_models(desk.shop)
        if is_json:
            desk.answer_json(found)
            return
        rows = [one | _describe_gate(one["gate"]) for one in found]
        desk.answer_text(format_table(rows, columns=list(MODEL_COLUMNS)))


def _describe_gate(gate: dict[str, Any] | None) -> dict[str, Any]:
    figures = gate["figures"] if gate else {}
    scores = {
        name: f"{figures[name]:.3f}" if name in figures else None
        for name in ("challenger_f1", "champion_f1")
    }
    return {**scores, "refused": ", ".join(gate["reasons"]) if gate else None}


LOOP_COMMANDS: Final = (
    (label, "Add people's labels. ラベルを加える。"),
    (queue, "What to read next. 次に読む文章。"),
    (propose, "A program labels. プログラムに読ませる。"),
    (retrain, "Labels → challenger → gate. ラベルから学び直す。"),
    (rollback, "The model before reads again. 前のモデルに戻す。"),
    (models, "Which models there are. モデルの一覧。"),
)
