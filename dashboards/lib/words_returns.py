"""Words of "What comes back?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="なにが返ってくる？", en="What comes back?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="配送日でまとめた返品（コホート）", en="returns by delivery date (cohort)")
ANSWER: Final = Words(
    ja="配送した{pieces}のうち {rate}、{money} ぶんが返ってきました。",
    en="{rate} of the {pieces} delivered came back, worth {money}.",
)
ANSWER_TOP: Final = Words(
    ja="返った額の {share} を、上から {n} の{things}が占めます。",
    en="The top {n} {things} make up {share} of it.",
)
NOTHING_RETURNED: Final = Words(
    ja="配送した {pieces}のうち、返ってきたものは {zero} です。",
    en="{zero} of {pieces} delivered came back.",
)
PIECES: Final = Words(ja="品", en="pieces")
STYLES: Final = Words(ja="型", en="styles")
SKUS: Final = Words(ja="品番", en="SKUs")
CAPTION: Final = Words(
    ja="{period}の配送 {n}。{order}。額は値引きとポイントを引いた正味（{tax}）。"
    "率は観測した値で、終わりの 3 週はまだ返ってくる途中です（点線）。",
    en="{n} delivered {period}. {order}. Value is net of discounts and points ({tax}). "
    "Rates are as observed: the last 3 weeks (dotted) are still coming back.",
)
ORDERS: Final = {
    "yen": Words(ja="返った額の多い順", en="Ranked by returned value"),
    "rate": Words(ja="返品率の高い順", en="Ranked by return rate"),
    "n": Words(ja="配送の多い順", en="Ranked by deliveries"),
    "name": Words(ja="名前の順", en="Sorted by name"),
}
TAX: Final = {
    "included": Words(ja="税込", en="tax included"),
    "excluded": Words(ja="税抜", en="tax excluded"),
}

STYLE: Final = Words(ja="型", en="Style")
SKU: Final = Words(ja="品番", en="SKU")
RETURNED: Final = Words(ja="返った額", en="Returned")
BAR: Final = Words(ja="返った額の棒", en="Bar of the returned value")
RATE: Final = Words(ja="返品率", en="Return rate")
RATE_KEY: Final = Words(ja="○ 観測 ┃ カテゴリー", en="○ observed ┃ category")
RATE_KEY_ALONE: Final = Words(ja="○ 観測", en="○ observed")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
WEEKS: Final = Words(ja="12 週", en="12 weeks")
MAIN_REASON: Final = Words(ja="おもな理由", en="Main reason")
COUNT_BACK: Final = Words(ja="返った数", en="came back")
STATE: Final = Words(ja="状態", en="State")
RANGE_ONLY: Final = Words(ja="幅のみ", en="range only")
TAG_FEW: Final = Words(ja="n < 30", en="n < 30")
TAG_OVER: Final = Words(ja="配送より多い", en="more than delivered")
TAG_NONE_DELIVERED: Final = Words(ja="配送 0", en="none delivered")
TABLE: Final = Words(ja="返ってくるものの一覧", en="What comes back, in a table")
INTERVAL_LABEL: Final = Words(
    ja="観測 {rate}、95% 区間 {interval}", en="{rate} observed, 95% interval {interval}"
)
CATEGORY_LABEL: Final = Words(ja="、カテゴリー {rate}", en=", category {rate}")
SPARK_LABEL: Final = Words(
    ja="12 週の返品率。{first}から {last}へ", en="Return rate over 12 weeks, from {first} to {last}"
)
SPARK_NONE: Final = Words(ja="週ごとに見るには少ない", en="Too few to see week by week")
SHOWING: Final = Words(
    ja="{total} の{things}のうち {first}〜{last} を表示。",
    en="Showing {first}–{last} of {total} {things}.",
)
SMALL_NOTE: Final = Words(
    ja="n が 30 に満たない{things}は灰色で、順位をつけません。",
    en="Where n is below 30 the row is grey and not ranked.",
)
EXPORT: Final = Words(ja="CSV で書き出す", en="Export as CSV")

EMPTY_TITLE: Final = Words(ja="返ってきたものはありません", en="Nothing came back here")
EMPTY: Final = Words(
    ja="「{filters}」で、{period}の配送 {n}を見ました。返品は 0 点です。"
    "この 0 は、数えた結果の 0 です。",
    en="Looked at {n} delivered {period} ({filters}). This zero is a measured zero.",
)
NO_ROWS_TITLE: Final = Words(
    ja="この条件に合う商品はありません", en="No product matches these filters"
)
NO_ROWS: Final = Words(
    ja="「{filters}」に合う商品が見つかりません。店には {total} の{things}があります。",
    en="Nothing matches {filters}. The shop has {total} {things}.",
)
NO_DATA_TITLE: Final = Words(ja="まだ配送の記録がありません", en="No deliveries yet")
NO_DATA: Final = Words(
    ja="注文の明細（{lines}）が届くと、ここに返品率が出ます。配送の記録がなければ、"
    "出荷日か注文日に日数を足して見ます。",
    en="Return rates appear here once order lines ({lines}) arrive. Without delivery records, "
    "shipping or order dates plus the lead time are used.",
)
PERIOD_UNKNOWN: Final = Words(ja="日付の分からない", en="on unknown days")
NO_FILTERS: Final = Words(ja="すべての商品", en="all products")

HOW: Final = Words(
    ja="返品率 = お客さまから返った数 ÷ 配送した数。配送日の週でまとめます（コホート）。"
    "配送日が分からない店では、出荷日か注文日に日数を足します。"
    "返った数は、到着の記録があれば到着した数、"
    "なければ依頼された数（ことわったものと取り消しは除く）です。"
    "持ち戻り、受取拒否、交換で送った品は入りません。"
    "返った額は、値引きとポイントを引いた正味です。区間は Wilson の 95% 区間です。"
    "縦線は、同じ条件での同じカテゴリー全体の率です。",
    en="Return rate = units returned by customers ÷ units delivered, grouped by the week of "
    "delivery (cohort). Where no delivery is recorded, the shipping or order date plus the lead "
    "time is used. Returned means received where arrivals are recorded, else requested and "
    "neither denied nor cancelled. Undeliverable and refused parcels and exchange replacements "
    "are left out. Returned value is net of discounts and points. The interval is Wilson's 95% "
    "interval. The tick is the rate of the whole category under the same filters.",
)
