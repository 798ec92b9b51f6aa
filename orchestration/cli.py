"""The ``kaeru`` command: a table of contents; the work is behind each command."""

from __future__ import annotations

from typing import Final

import typer

from orchestration.commands.address import address
from orchestration.commands.close import close
from orchestration.commands.conditions import conditions, leak
from orchestration.commands.demo import demo
from orchestration.commands.doctor import doctor
from orchestration.commands.endpoint import serve
from orchestration.commands.erase import erase
from orchestration.commands.fit import fit
from orchestration.commands.init import init
from orchestration.commands.keep import backup, restore, rollback
from orchestration.commands.metric import metric
from orchestration.commands.query import query
from orchestration.commands.reasons import reasons
from orchestration.commands.replay import replay
from orchestration.commands.report import report
from orchestration.commands.run import run
from orchestration.commands.serve import dashboard, schedule
from orchestration.commands.status import quarantine, status
from orchestration.commands.work import work

COMMANDS: Final = (
    (init, "Make a shop's folder and its key. ショップのフォルダを作る。"),
    (demo, "Write a synthetic shop. 合成データのショップを作る。"),
    (run, "Land, model, check, publish. 取り込み、集計し、確かめて公開する。"),
    (status, "What came of every file. ファイルごとの結果を見る。"),
    (quarantine, "What was held back, and the way out. 保留の理由と直し方。"),
    (dashboard, "Open the dashboards. ダッシュボードを開く。"),
    (doctor, "What is wrong, and the way out. 設定を点検する。"),
    (query, "Rows of a published mart. 公開された表を引く。"),
    (conditions, "Is the back yard earning? 5 つの条件の判定。"),
    (leak, "What leaks a month, by hole. もれの金額と仮定。"),
    (close, "Fix a month's closing for good. 月次を締める。"),
    (metric, "A number of the catalogue. 指標の数字を出す。"),
    (replay, "History under other rules of returns. 規則を変えて過去を試す。"),
    (serve, "Answer a shop's portal. 受付システムに答える。"),
    (work, "What to open first, and the next step. 作業の順番と次の一手。"),
    (schedule, "Run daily and when files arrive. 自動で実行する。"),
    (backup, "Copy the landed rows, proven whole. バックアップする。"),
    (restore, "Bring a backup back. バックアップから戻す。"),
    (rollback, "Show an earlier version again. 前の版に戻す。"),
    (erase, "Cut a customer out of the data. 顧客を消去する。"),
)

app = typer.Typer(
    name="kaeru",
    help="Return intelligence for online shops. 返品から分かることを、数字で。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command, help_text in COMMANDS:
    app.command(short_help=help_text)(command)
app.add_typer(reasons, name="reasons", short_help="Read reasons from free text. 返品理由を読む。")
app.add_typer(fit, name="fit", short_help="Which style does not fit. 合わない型を見る。")
app.add_typer(report, name="report", short_help="Documents for print. 紙で見る報告。")
app.add_typer(address, name="address", short_help="Will it arrive? 住所を調べる。")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
