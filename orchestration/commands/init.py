"""``kaeru init``: a shop's folder, its settings and its key."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestration.commands.desk import ShopFlag, Speaker, is_terminal, report_failures
from orchestration.folder import SETTINGS_FILE, ShopFolder
from orchestration.settings import KEY_BYTES
from orchestration.settings_values import parse_settings_file
from orchestration.wording import DEFAULT_LANGUAGE, Language, Words, WrongUseError, parse_language

DEFAULTS: Final[Mapping[str, str | int | bool]] = {
    "time_zone": "Asia/Tokyo",
    "currency": "JPY",
    "language": DEFAULT_LANGUAGE,
    "return_window_days": 30,
    "tax": "included",
    "lead_time_days": 2,
    "is_synthetic": False,
    "address_days": 90,
    "asleep_days": 14,
    "daily_run_at": "05:30",
}
COMMENTS: Final[Mapping[str, Words]] = {
    "name": Words(ja="ショップの名前", en="The shop's name"),
    "time_zone": Words(
        ja="時差の書かれていない日時をこの時間帯で読む",
        en="Times without an offset are read in this zone",
    ),
    "currency": Words(ja="通貨（ISO 4217）", en="Currency (ISO 4217)"),
    "language": Words(
        ja="画面と答えの言語: ja | en",
        en="Language of pages and answers: ja | en",
    ),
    "return_window_days": Words(
        ja="返品を受け付ける日数",
        en="Days within which a return is accepted",
    ),
    "tax": Words(
        ja="単価は税込みか税抜きか: included | excluded",
        en="Unit prices with or without tax: included | excluded",
    ),
    "lead_time_days": Words(
        ja="配達の記録がないとき、出荷（なければ注文）から何日で届いたとみなすか",
        en="Days from shipping (else ordering) to delivery where no delivery is recorded",
    ),
    "is_synthetic": Words(
        ja="作りもののデータなら true（画面に表示される）",
        en="true for made-up data (pages say so)",
    ),
    "address_days": Words(
        ja="取り込みから何日後に住所を消すか",
        en="Days after landing at which addresses are purged",
    ),
    "asleep_days": Words(
        ja="届いた返品を、何日棚に戻さなければ眠っていると数えるか",
        en="Days after arrival from which a return that nobody shelved lies asleep",
    ),
    "daily_run_at": Words(
        ja="`kaeru schedule` が毎日自動で実行する時刻",
        en="When `kaeru schedule` runs by itself every day",
    ),
}
SOURCES_COMMENT: Final = Words(
    ja="""\
# 取り込み元ごとの設定（例）
# [sources.eccube]
# lead_time_days = 3
# has_deliveries = true

# 警報: 期待の何倍から、見当ちがいをどの割合まで許すか、判断に要る点数（既定値）
# [alarms]
# ratio = 1.5
# false_share = 0.1
# minimum_units = 5

# 返品 1 件にかかる費用（例。書かないものは既定値）
# [costs]
# inbound_freight = 700
# hourly_wage = 1600

# 交換の提案（例。書かないものは既定値）: 出さずに残す点数、交換した人みなに渡す金額
# [exchanges]
# safety_stock = 1
# subsidy = 600

# サイズ表との差を何 cm から言うか: 衣類、靴（既定値）
# [fit]
# chart_tolerance_cm = 1.0
# shoe_tolerance_cm = 0.25

# 失敗を知らせる先（例）
# [alerts]
# webhook = "https://hooks.example.com/…"
""",
    en="""\
# Settings of one source (example)
# [sources.eccube]
# lead_time_days = 3
# has_deliveries = true

# Alarms: from how many times the expected rate, which share may be false, units needed (defaults)
# [alarms]
# ratio = 1.5
# false_share = 0.1
# minimum_units = 5

# What a return costs (example; what is not written keeps its default)
# [costs]
# inbound_freight = 700
# hourly_wage = 1600

# Offers of exchanges (example; what is not written keeps its default): units of a SKU that are
# never offered, yen given to everyone who exchanges
# [exchanges]
# safety_stock = 1
# subsidy = 600

# From how many cm on a garment and its size chart are said to differ: clothes, shoes (defaults)
# [fit]
# chart_tolerance_cm = 1.0
# shoe_tolerance_cm = 0.25

# Who hears of a failure (example)
# [alerts]
# webhook = "https://hooks.example.com/…"
""",
)
QUESTIONS: Final = ("name", "language", "time_zone", "currency", "return_window_days", "tax")

EXISTS: Final = Words(
    ja="{folder} にはもう {file} があります。何も変えていません。",
    en="{folder} already has a {file}. Nothing was changed.",
)
NO_FOLDER: Final = Words(
    ja="フォルダを指定してください: kaeru init DIR",
    en="Name the folder: kaeru init DIR",
)
MADE: Final = Words(
    ja="{folder} にショップを作りました。\n"
    "次は: inbox/ にファイルを置き、`kaeru run --shop {folder}`\n"
    "secret.key は顧客番号のハッシュ鍵です。失うと同じ顧客を見分けられなくなります。"
    "データとは別の場所に控えてください。",
    en="Made a shop in {folder}.\n"
    "Next: put files into inbox/, then `kaeru run --shop {folder}`\n"
    "secret.key is the key of the customer hash. Without it the same customer cannot be told "
    "again: keep a copy apart from the data.",
)


def make_shop(
    folder: Path, *, values: Mapping[str, str | int | bool], key: bytes | None = None
) -> Speaker:
    """Make a shop's folder: settings, key, folders.

    Parameters
    ----------
    folder : Path
    values : mapping of key to value
        Keys of ``kaeru.toml``; what is missing takes its default.
    key : bytes, optional
        Key of the customer hash; random by default.

    Returns
    -------
    Speaker
        In the shop's language.

    Raises
    ------
    WrongUseError
        If the folder is a shop already or a value is out of its range.
    """
    paths = ShopFolder(folder)
    if paths.settings_file.exists():
        raise WrongUseError(EXISTS, folder=folder, file=SETTINGS_FILE)
    chosen = {"name": folder.resolve().name or "shop", **DEFAULTS, **values}
    language = parse_language(str(chosen["language"]))
    text = write_settings_text(chosen, language=language)
    parse_settings_file(text)
    paths.make_folders()
    if not paths.secret_key.exists():
        descriptor = os.open(paths.secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{(key or secrets.token_bytes(KEY_BYTES)).hex()}\n")
    paths.settings_file.write_text(text, encoding="utf-8")
    return Speaker(language=language)


def write_settings_text(values: Mapping[str, str | int | bool], *, language: Language) -> str:
    """Write the text of a ``kaeru.toml`` with a comment over every key."""
    parts = [
        f"# {COMMENTS[key].render(language)}\n{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in values.items()
    ]
    return "\n".join([*parts, SOURCES_COMMENT.render(language)])


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder to make. 作るフォルダ。")
    ] = None,
    *,
    name: Annotated[str | None, typer.Option(help="The shop's name.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Asia/Tokyo, …")] = None,
    currency: Annotated[str | None, typer.Option(help="JPY, …")] = None,
    language: Annotated[str | None, typer.Option(metavar="ja|en", help="The shop's own.")] = None,
    return_window_days: Annotated[int | None, typer.Option(help="30")] = None,
    tax: Annotated[str | None, typer.Option(metavar="included|excluded", help="Prices.")] = None,
    shop: ShopFlag = None,
) -> None:
    """Make a shop's folder with its settings and its key.

    Asks only on a terminal; else flags and defaults.
    """
    given: dict[str, str | int | None] = {
        "name": name,
        "language": language,
        "time_zone": time_zone,
        "currency": currency,
        "return_window_days": return_window_days,
        "tax": tax,
    }
    with report_failures(language):
        target = folder or shop
        if target is None:
            raise WrongUseError(NO_FOLDER)
        if ShopFolder(target).settings_file.exists():
            raise WrongUseError(EXISTS, folder=target, file=SETTINGS_FILE)
        if is_terminal():
            _ask(given, folder=target)
        values = {key: value for key, value in given.items() if value is not None}
        make_shop(target, values=values).answer(MADE, folder=target)


def _ask(given: dict[str, str | int | None], *, folder: Path) -> None:
    """Ask for what no flag said, in the language as soon as it is known."""
    for key in QUESTIONS:
        if given[key] is None:
            spoken = given["language"]
            question = COMMENTS[key].render("en" if spoken == "en" else DEFAULT_LANGUAGE)
            default = folder.resolve().name if key == "name" else DEFAULTS[key]
            given[key] = typer.prompt(question, default=default, err=True)
