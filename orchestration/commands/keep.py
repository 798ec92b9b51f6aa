"""``kaeru backup``, ``restore`` and ``rollback``: the ways back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from orchestration.commands.desk import JsonFlag, LanguageFlag, ShopFlag, open_desk
from orchestration.commands.run import answer_outcome
from orchestration.wording import Words

BACKED_UP: Final = Words(
    ja="バックアップしました: {folder}（{tables} 表をすべて読んで確かめました）\nsha256 {sha256}\n"
    "secret.key は含みません。別の場所に控えてください。",
    en="Backed up to {folder}; all {tables} tables were read to their end.\nsha256 {sha256}\n"
    "secret.key is not in it: keep a copy elsewhere.",
)
RESTORED: Final = Words(
    ja="{folder} から戻しました。消去済みの顧客は消したままです。作り直して公開します。",
    en="Restored {folder}; erased customers stay erased. Building and publishing from it.",
)
ROLLED_BACK: Final = Words(
    ja="公開を版 {version}（{as_of} まで）に戻しました。"
    "次に新しいファイルを取り込むと新しい版になります。",
    en="Readers see version {version} again (figures up to {as_of}). The next run with something "
    "new publishes a new version.",
)


def backup(
    *,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Empty or new; else data/backups. 保存先。"),
    ] = None,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Copy the landed rows and prove that the copy is whole."""
    with open_desk(shop, language) as desk:
        from orchestration.backup import back_up

        made = back_up(desk.shop, target=to)
        facts = {"folder": str(made.folder), "bytes": made.bytes, "sha256": made.sha256}
        if is_json:
            desk.answer_json({**facts, "tables": made.tables})
        else:
            desk.answer(BACKED_UP, tables=made.tables, **facts)


def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="A backup's folder.")],
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Bring a backup back, erase again what was erased since, and publish from it."""
    with open_desk(shop, language) as desk:
        from orchestration.backup import restore as restore_backup
        from orchestration.pipeline import run_shop

        restore_backup(desk.shop, source=folder)
        desk.tell(RESTORED, folder=folder)
        outcome = run_shop(desk.shop, progress=desk.tell)
        answer_outcome(desk, outcome, is_json=is_json)


def rollback(
    version: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="Else the one before. 戻す版。")
    ] = None,
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Let readers see an earlier published version again."""
    with open_desk(shop, language) as desk:
        from orchestration.locking import hold_lock
        from orchestration.publishing import rollback as roll_back

        with hold_lock(desk.shop):
            publication = roll_back(desk.shop, version=version)
        if is_json:
            desk.answer_json(publication.to_document())
        else:
            desk.answer(ROLLED_BACK, **publication.to_document())
