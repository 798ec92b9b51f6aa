"""``kaeru reasons``: read free text, teach the reading, measure it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.commands.desk import JsonFlag, ShopFlag, choose_speaker, report_failures
from orchestration.commands.reason_loop import LOOP_COMMANDS
from orchestration.wording import Words, WrongUseError

if TYPE_CHECKING:
    from models_ml.reasons.trained_reading import FullReading

TEXT_LANGUAGES: Final = ("auto", "ja", "en")

UNKNOWN_LANGUAGE: Final = Words(
    ja="文章の言語は auto、ja、en のどれかです（{text!r} は使えません）。",
    en="The language of the texts is auto, ja or en, not {text!r}.",
)

TRAINED: Final = Words(
    ja="モデル {model_version} を {out} に保存しました（ラベル {labelled} 件、"
    "辞書で読んだ文章 {read_by_lexicon} 件）。",
    en="Wrote model {model_version} to {out}: {labelled} labels, {read_by_lexicon} texts read by "
    "the lexicon.",
)
EVALUATED: Final = Words(
    ja="{n} 件: 全体の F1 {micro_f1:.3f}、理由ごとの平均 F1 {macro_f1:.3f}、"
    "割合の誤差 {share_error:.3f}、確率の誤差 {ece:.3f}",
    en="{n} notes: micro-F1 {micro_f1:.3f}, macro-F1 {macro_f1:.3f}, error of a share "
    "{share_error:.3f}, calibration error {ece:.3f}",
)
OTHER_CODES: Final = Words(
    ja="{model} は別の理由一覧で学んだモデルです。同じ --taxonomy を使ってください。",
    en="{model} was trained on another taxonomy. Pass the same --taxonomy.",
)
NO_LABEL: Final = Words(
    ja="{file} にラベルのある行がありません。", en="{file} holds no labelled line."
)

LabelsFlag = Annotated[
    Path, typer.Option("--labels", metavar="FILE", help="JSON Lines: text, codes. ラベル。")
]
TaxonomyFlag = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="FILE", help="CSV with codes; else ours. 理由一覧。"),
]

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


for command, help_text in LOOP_COMMANDS:
    reasons.command(short_help=help_text)(command)


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
    model: Annotated[
        Path | None, typer.Option("--model", metavar="DIR", help="Of train. モデル。")
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="Every code with its probability. すべての理由を出す。")
    ] = False,
    shop: ShopFlag = None,
) -> None:
    """Read every text of a column; one JSON document a line, in the order of the file.

    A shop that is named reads by its champion and in its own codes. Where a person has to read,
    ``abstained`` is true and ``codes`` holds nothing, unless all are asked for.

    ``row`` counts the records below the header from 0. ``start`` and ``end`` count characters of
    the text as it stands in the file; ``code`` of the evidence is null for an injury.
    """
    with report_failures(None):
        speaker = choose_speaker(shop, None)
        if language not in TEXT_LANGUAGES:
            raise WrongUseError(UNKNOWN_LANGUAGE, text=language)
        from orchestration.reason_files import iterate_texts
        from orchestration.settings import resolve_shop
        from orchestration.shop_reading import load_reader, read_each

        reader = load_reader(shop=resolve_shop(shop) if shop else None, model=model)
        texts = iterate_texts(file, column=text_column)
        for row, full in enumerate(read_each(reader, texts, language=language)):
            document = {"row": row} | describe_reading(full, is_all=is_all)
            speaker.answer_text(json.dumps(document, ensure_ascii=False))


@reasons.command(short_help="Labels → a model. ラベルから学ぶ。")
def train(
    *,
    labels: LabelsFlag,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Of the model. 保存先。")],
    taxonomy: TaxonomyFlag = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Of the folds. 乱数の種。")] = 0,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
) -> None:
    """Train a model on labels; lines without codes are read by the lexicon as a prior."""
    with report_failures(None):
        speaker = choose_speaker(shop, None)
        from models_ml.reasons.training import train_model
        from orchestration.reason_models import iterate_labels, load_taxonomy, write_model

        codes = load_taxonomy(taxonomy)
        notes = list(iterate_labels(labels, taxonomy=codes))
        model = train_model(notes, taxonomy=codes, seed=seed)
        write_model(model, folder=out)
        document = {"model_version": model.version, "out": str(out)} | dict(model.card)
        if is_json:
            speaker.answer_json(document)
        else:
            speaker.answer(TRAINED, **document)


@reasons.command(short_help="How well a model agrees with labels. モデルを測る。")
def evaluate(
    *,
    model: Annotated[Path, typer.Option("--model", metavar="DIR", help="Of train. モデル。")],
    labels: LabelsFlag,
    taxonomy: TaxonomyFlag = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Of the draws. 乱数の種。")] = 0,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
) -> None:
    """Compare a model with labels; shares are in [0, 1], so 0.033 is 3.3 points."""
    with report_failures(None):
        speaker = choose_speaker(shop, None)
        from models_ml.reasons.judging import evaluate_model
        from orchestration.reason_models import iterate_labels, load_model, load_taxonomy

        trained = load_model(model)
        codes = trained.taxonomy if taxonomy is None else load_taxonomy(taxonomy)
        if codes.codes != trained.taxonomy.codes:
            raise WrongUseError(OTHER_CODES, model=model)
        notes = [note for note in iterate_labels(labels, taxonomy=codes) if note.codes is not None]
        if not notes:
            raise WrongUseError(NO_LABEL, file=labels.name)
        document = evaluate_model(trained, notes, seed=seed).to_document()
        if is_json:
            speaker.answer_json(document)
        else:
            speaker.answer(EVALUATED, **document)


def describe_reading(full: FullReading, *, is_all: bool) -> dict[str, Any]:
    """Say a reading as the document of its line.

    Parameters
    ----------
    full : FullReading
    is_all : bool
        Whether every code is said, however unlikely and whoever has to look at it.

    Returns
    -------
    dict
    """
    reading = full.reading
    decided = {} if reading.is_abstained else reading.codes
    return {
        "codes": [
            {"code": code, "probability": probability}
            for code, probability in (full.probabilities if is_all else decided).items()
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
