"""``kaeru run``: land, model, check and publish."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.commands.desk import Desk, JsonFlag, LanguageFlag, ShopFlag, open_desk
from orchestration.folder import ShopFolder
from orchestration.wording import Words, WrongUseError

if TYPE_CHECKING:
    from orchestration.pipeline import RunOutcome

NOTHING_NEW: Final = Words(
    ja="新しいものはありません。公開中の版 {version} のままです（{seconds:.1f} 秒）。",
    en="Nothing is new. Version {version} stays published ({seconds:.1f} s).",
)
SUMMARY: Final = Words(
    ja="ファイル {files} 件（取り込み {loaded}、受け付けず {refused}、重複 {duplicate}、"
    "待ち {waiting}）\n"
    "行 {rows_loaded:,} 行を取り込み、{rows_quarantined:,} 行を保留\n"
    "モデル {models}、テスト 合格 {passed}・警告 {warned}・失敗 {failed}\n"
    "{seconds:.1f} 秒",
    en="Files: {files} ({loaded} loaded, {refused} refused, {duplicate} duplicate, "
    "{waiting} waiting)\n"
    "Rows: {rows_loaded:,} landed, {rows_quarantined:,} held back\n"
    "Models: {models}; tests: {passed} passed, {warned} warned, {failed} failed\n"
    "{seconds:.1f} s",
)
PUBLISHED: Final = Words(
    ja="公開しました: 版 {version}、{as_of} まで。`kaeru dashboard` で開きます。",
    en="Published version {version}, figures up to {as_of}. Open it with `kaeru dashboard`.",
)
FAILED: Final = Words(
    ja="公開できませんでした: {failure}\n前回の公開内容はそのままです。記録: {log}",
    en="Nothing was published: {failure}\nThe last published version stays. Log: {log}",
)
LOOK_AT_QUARANTINE: Final = Words(
    ja="保留と受け付けなかったものの理由は `kaeru quarantine` で見られます。",
    en="`kaeru quarantine` says why records and files were held back.",
)
BAD_DAY: Final = Words(
    ja="--as-of は YYYY-MM-DD の形で書いてください（{found}）。",
    en="Write --as-of as YYYY-MM-DD (found {found}).",
)


def run(
    *,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Last day of the figures. 何日までの数字か。"),
    ] = None,
    is_strict: Annotated[
        bool,
        typer.Option("--strict", help="End with 1 when a file was refused. 拒否があれば 1。"),
    ] = False,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Land what is new, build and check everything, publish what passed."""
    with open_desk(shop, language) as desk:
        day = parse_day(as_of)
        from orchestration.pipeline import run_shop

        outcome = run_shop(desk.shop, as_of=day, progress=desk.tell)
        answer_outcome(desk, outcome, is_json=is_json, is_strict=is_strict)


def answer_outcome(
    desk: Desk, outcome: RunOutcome, *, is_json: bool, is_strict: bool = False
) -> None:
    """Say how a run ended, and end the process accordingly.

    Raises
    ------
    typer.Exit
        1 when nothing was published, or, strictly, when a file was refused.
    """
    from orchestration.status import build_status

    files = build_status(desk.shop, language=desk.language)["files"]
    is_refused = any(one["state"] == "refused" for one in files)
    exit_code = 1 if outcome.failure or (is_strict and is_refused) else 0
    document = _build_document(outcome, files=files, exit_code=exit_code)
    say = desk.tell if is_json else desk.answer
    if outcome.is_unchanged:
        say(NOTHING_NEW, version=outcome.run_id, seconds=outcome.seconds)
    else:
        say(SUMMARY, **_summarise(outcome, files=files))
    if any(one["rows_quarantined"] or one["state"] == "refused" for one in files):
        say(LOOK_AT_QUARANTINE)
    if not outcome.failure and outcome.publication and not outcome.is_unchanged:
        say(PUBLISHED, **outcome.publication.to_document())
    if is_json:
        desk.answer_json(document)
    fail_with_outcome(desk, outcome)
    if exit_code:
        raise typer.Exit(exit_code)


def fail_with_outcome(desk: Desk, outcome: RunOutcome) -> None:
    """Say why a run published nothing, and end the process.

    Raises
    ------
    typer.Exit
        1 when the run failed.
    """
    if outcome.failure:
        failure = outcome.failure.render(desk.language)
        desk.tell(FAILED, failure=failure, log=ShopFolder(desk.shop).logs)
        raise typer.Exit(1)


def _build_document(
    outcome: RunOutcome, *, files: list[dict[str, Any]], exit_code: int
) -> dict[str, Any]:
    tests, publication = outcome.tests, outcome.publication
    return {
        "run": {"id": outcome.run_id, "seconds": round(outcome.seconds, 3), "exit": exit_code},
        "files": files,
        "published": publication.to_document() if publication else None,
        "models": outcome.models,
        "tests": {"passed": tests.passed, "warned": tests.warned, "failed": tests.failed},
    }


def _summarise(outcome: RunOutcome, *, files: list[dict[str, Any]]) -> dict[str, Any]:
    def count(*states: str) -> int:
        return sum(one["state"] in states for one in files)

    return {
        "files": len(files),
        "loaded": count("loaded", "loaded_with_quarantine"),
        "refused": count("refused"),
        "duplicate": count("duplicate"),
        "waiting": count("waiting"),
        "rows_loaded": sum(one["rows_loaded"] for one in files),
        "rows_quarantined": sum(one["rows_quarantined"] for one in files),
        "models": outcome.models,
        "passed": outcome.tests.passed,
        "warned": outcome.tests.warned,
        "failed": outcome.tests.failed,
        "seconds": outcome.seconds,
    }


def parse_day(text: str | None) -> date | None:
    """Parse the day of ``--as-of``.

    Raises
    ------
    WrongUseError
        If it is not written as YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUseError(BAD_DAY, found=text) from None
