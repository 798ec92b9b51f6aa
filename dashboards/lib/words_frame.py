"""Words that every page shares: the frame, the filters, the states."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

MERCHANDISING: Final = Words(ja="商品", en="Merchandising")
PRODUCT: Final = Words(ja="商品企画", en="Product")
EXECUTIVES: Final = Words(ja="経営", en="Executives")
OPERATIONS: Final = Words(ja="現場", en="Operations")
READING: Final = Words(ja="読み取り", en="Reading")
TRUST: Final = Words(ja="信頼", en="Trust")

SKIP: Final = Words(ja="本文へ移る", en="Skip to main content")
LANGUAGE: Final = Words(ja="ことば", en="Language")
DATA_UP_TO: Final = Words(
    ja="データは {last}まで（{day} {clock} に受け取り）",
    en="Data up to {last}, received {day}, {clock}",
)
SYNTHETIC: Final = Words(ja="合成データ", en="Synthetic data")
SYNTHETIC_NOTE: Final = Words(
    ja="この店は実在しません。数字はすべて作りものです。",
    en="This shop does not exist; every number is made up.",
)
TAX: Final = {
    "included": Words(ja="金額は税込", en="amounts include tax"),
    "excluded": Words(ja="金額は税抜", en="amounts without tax"),
}
DATA_AS_OF: Final = Words(ja="データは {day} {clock} 時点", en="Data as of {day}, {clock}")
UNKNOWN: Final = Words(ja="不明", en="unknown")
HOW_COMPUTED: Final = Words(ja="この数字の出し方", en="How this is computed")
SAME_NUMBERS: Final = Words(
    ja="同じ数字をコマンドで: {command}",
    en="The same numbers from the command line: {command}",
)

FILTER_GRAIN: Final = Words(ja="見る単位", en="By")
FILTER_STYLES: Final = Words(ja="型", en="Styles")
FILTER_SKUS: Final = Words(ja="品番", en="SKUs")
FILTER_STATE: Final = Words(ja="表示", en="Show")
FILTER_STATES: Final = {
    "all": Words(ja="すべて", en="All"),
    "alarm": Words(ja="警報", en="Alarms"),
    "changed": Words(ja="変化", en="Changes"),
    "watch": Words(ja="見守り", en="Watch"),
    "early": Words(ja="まだ早い", en="Too early"),
}
FILTER_SEASON: Final = Words(ja="季節", en="Season")
FILTER_CATEGORY: Final = Words(ja="カテゴリー", en="Category")
FILTER_BRAND: Final = Words(ja="ブランド", en="Brand")
FILTER_SEARCH: Final = Words(ja="品番・品名", en="Style or SKU")
FILTER_EXAMPLE: Final = Words(ja="例 {example}", en="e.g. {example}")
FILTER_ALL: Final = Words(ja="すべて", en="All")
FILTER_MORE: Final = Words(ja="ほかの条件", en="More")
FILTER_MORE_ON: Final = Words(ja="ほかの条件 {n}", en="More {n}")
FILTER_STYLE: Final = Words(ja="型の番号か名前", en="Style number or name")

NO_SHOP_TITLE: Final = Words(ja="店が見つかりません", en="No shop found")
NO_SHOP: Final = Words(
    ja="KAERU_SHOP に店のフォルダーを書いてから、開き直してください。"
    "店は次のコマンドで作れます: {command}",
    en="Set KAERU_SHOP to the folder of a shop and open this again. A shop is made by: {command}",
)
NEVER_PUBLISHED_TITLE: Final = Words(ja="まだ数字を公開していません", en="Nothing is published yet")
NEVER_PUBLISHED: Final = Words(
    ja="ファイルを inbox に置いて、次のコマンドを実行すると、ここに数字が出ます: {command}",
    en="Put files into inbox and run this; the numbers will appear here: {command}",
)
UNREADABLE_TITLE: Final = Words(ja="数字を読めません", en="The numbers cannot be read")
UNREADABLE: Final = Words(
    ja="公開したファイルを読めませんでした。次のコマンドで、前の版にもどせます: {command}",
    en="The published file could not be read. This goes back to the version before: {command}",
)
TIMEOUT_TITLE: Final = Words(ja="答えが間に合いません", en="The answer takes too long")
TIMEOUT: Final = Words(
    ja="20 秒待っても答えが出ませんでした。条件をしぼるか、もう一度開いてください。",
    en="No answer after 20 seconds. Narrow the filters or open the page again.",
)
STALE_TITLE: Final = Words(
    ja="数字は {days} 日前のままです", en="These numbers are {days} days old"
)
STALE: Final = Words(
    ja="最後に届いたのは {day} {clock} です。いつもなら、もう次のファイルが届いています。",
    en="The last file came on {day}, {clock}. By now the next one has usually arrived.",
)
STALE_LINK: Final = Words(ja="届いていないファイルを見る", en="See which files are missing")
CLEAR_FILTERS: Final = Words(ja="条件をすべて外す", en="Clear all filters")
