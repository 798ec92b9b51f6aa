"""``kaeru erase``: a customer leaves the shop's data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.commands.desk import Desk, JsonFlag, LanguageFlag, ShopFlag, open_desk
from orchestration.commands.run import fail_with_outcome
from orchestration.wording import Words

if TYPE_CHECKING:
    from orchestration.erasure import Erasure

ERASED: Final = Words(
    ja="消去しました: 注文 {orders} 件、{rows} 行から個人に関わる値を消しました。"
    "金額は変わりません。",
    en="Erased: {orders} orders; {rows} rows lost what was personal. No amount changed.",
)
UNKNOWN: Final = Words(
    ja="この顧客の行はありませんでした。今後届いても取り込みません。",
    en="No row belongs to this customer. None that arrives later will be landed.",
)
IN_INBOX: Final = Words(
    ja="inbox の次のファイルにまだ残っています。--inbox を付けると書き換えます: {files}",
    en="These files of the inbox still hold the customer; --inbox rewrites them: {files}",
)
REWRITTEN: Final = Words(
    ja="inbox の次のファイルから消しました: {files}",
    en="Blanked in these files of the inbox: {files}",
)
UNREAD: Final = Words(
    ja="読み方が分からず調べられなかったファイル: {files}",
    en="No mapping reads these files, so they were not searched: {files}",
)
IN_BACKUPS: Final = Words(
    ja="バックアップには残っています（30 日で消えます。戻しても再び消去します）: {backups}",
    en="Backups still hold the customer (they expire after 30 days; restoring one erases again): "
    "{backups}",
)
REBUILT: Final = Words(
    ja="公開内容を作り直し、古い版を消しました: 版 {version}",
    en="Rebuilt and removed older versions: version {version} is published.",
)


def erase(
    *,
    customer: Annotated[
        str, typer.Option("--customer", metavar="ID", help="As the shop writes it, or hashed.")
    ],
    is_inbox_rewritten: Annotated[
        bool, typer.Option("--inbox", help="Rewrite inbox files too. inbox も書き換える。")
    ] = False,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Cut a customer out of everything that is kept; no amount changes."""
    with open_desk(shop, language) as desk:
        from orchestration.erasure import erase_customer
        from orchestration.pipeline import run_shop

        done = erase_customer(desk.shop, customer=customer, is_inbox_rewritten=is_inbox_rewritten)
        _tell(desk, done)
        outcome = run_shop(desk.shop, progress=desk.tell)
        published = outcome.publication.to_document() if outcome.publication else None
        if is_json:
            desk.answer_json(_build_document(done, published=published))
        fail_with_outcome(desk, outcome)
        if published is not None:
            desk.tell(REBUILT, **published)


def _build_document(done: Erasure, *, published: dict[str, str] | None) -> dict[str, Any]:
    return {**asdict(done), "published": published}


def _tell(desk: Desk, done: Erasure) -> None:
    desk.tell(ERASED if done.rows else UNKNOWN, orders=done.orders, rows=done.rows)
    if done.inbox_files:
        words = REWRITTEN if done.is_inbox_rewritten else IN_INBOX
        desk.tell(words, files=", ".join(done.inbox_files))
    if done.unread_files:
        desk.tell(UNREAD, files=", ".join(done.unread_files))
    if done.backups:
        desk.tell(IN_BACKUPS, backups=", ".join(done.backups))
