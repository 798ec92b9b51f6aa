"""Words of "What comes back?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="なにが返ってくる？", en="What comes back?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="配送日でまとめた返品（コホート）", en="returns by delivery date (cohort)")
ANSWER: Final = Words(
    ja="{n} の{things}が期待より多く返り、余分に返った商品は正味の価格で {money} です。",
    en="{n} {things} more than expected: goods worth {money} at net prices came back beyond "
    "expectation.",
)
ANSWER_QUIET: Final = Words(
    ja="{n} の{things}を見て、期待より多いと言えるものは {zero} でした。",
    en="Of {n} {things} looked at, {zero} come back more than expected.",
)
ANSWER_EARLY: Final = Words(
    ja="{n} の{things}はどれもまだ早く、順位をつけません。確定しているのは {share} です。",
    en="Too early to rank: of {n} {things} only {share} is developed.",
)
STYLES: Final = Words(ja="型", en="styles")
SKUS: Final = Words(ja="品番", en="SKUs")
STYLES_COME: Final = {
    1: Words(ja="型", en="style comes back"),
    2: Words(ja="型", en="styles come back"),
}
SKUS_COME: Final = {
    1: Words(ja="品番", en="SKU comes back"),
    2: Words(ja="品番", en="SKUs come back"),
}
CAPTION: Final = Words(
    ja="{period}の配送。{order}。{promise}サイズ違いの同時買いは入れていません。{compared}",
    en="Delivered {period}. {order}. {promise} Sizes bought together to keep one are left out."
    "{compared}",
)
COMPARED: Final = Words(
    ja="この 12 週の返品率の見込みは {rate}（n {n}）、"
    "前年の同じ週は {before}（n {before_n}）です。",
    en=" Expected final rate of the last 12 weeks: {rate} (n {n}), {before} (n {before_n}) in the "
    "same weeks last year.",
)
PROMISE: Final = Words(
    ja="警報は「見当ちがいを {share} 以下に抑える」約束で出しています。",
    en="Alarms keep a promise: at most {share} false.",
)
FALSE_SHARE: Final = Words(ja="{share}", en="{share} are")
FALSE_ONE_IN: Final = "1 in {n} is"  # Japanese has no need of it
ORDERS: Final = {
    "yen": Words(
        ja="余分な返品（円）の、たまたまを除いた見込みの多い順", en="Ranked by likely excess yen"
    ),
    "rate": Words(ja="返品率の見込みの高い順", en="Ranked by expected final rate"),
    "n": Words(ja="配送の多い順", en="Ranked by deliveries"),
    "name": Words(ja="名前の順", en="Sorted by name"),
}

STYLE: Final = Words(ja="型", en="Style")
SKU: Final = Words(ja="品番", en="SKU")
EXCESS: Final = Words(ja="余分な返品", en="Excess")
BAR: Final = Words(ja="余分な返品の棒", en="Bar of the excess")
RATE: Final = Words(ja="返品率", en="Return rate")
RATE_KEY: Final = Words(ja="○ 観測 → ● 見込み ┃ 期待", en="○ seen → ● final ┃ category")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
WEEKS: Final = Words(ja="12 週", en="12 weeks")
WEEKS_BEFORE: Final = Words(ja="灰色は前年", en="grey: last year")
MAIN_REASON: Final = Words(ja="おもな理由", en="Main reason")
DEVELOPED: Final = Words(ja="確定", en="developed")
STATE: Final = Words(ja="状態", en="State")
RANGE_ONLY: Final = Words(ja="幅のみ", en="range only")
TAG_FEW: Final = Words(ja="n < 30", en="n < 30")
TAGS: Final = {
    "alarm": Words(ja="警報", en="Alarm"),
    "changed": Words(ja="変化", en="Change"),
    "watch": Words(ja="見守り", en="Watch"),
    "early": Words(ja="まだ早い", en="Too early"),
}
SINCE: Final = Words(ja="{day}から", en="since {day}")
TABLE: Final = Words(ja="返ってくるものの一覧", en="What comes back, in a table")
GLYPH_LABEL: Final = Words(
    ja="観測 {seen}、見込み {final}、95% 区間 {interval}、期待 {expected}",
    en="{seen} observed, {final} expected final, 95% interval {interval}, category {expected}",
)
SPARK_LABEL: Final = Words(
    ja="12 週の返品率の見込み。{first}から {last}へ",
    en="Expected final return rate over 12 weeks, from {first} to {last}",
)
SPARK_BEFORE: Final = Words(
    ja="。前年の同じ週は{first}から{last}へ",
    en="; from {first} to {last} in the same weeks last year",
)
SHOWING: Final = Words(
    ja="{total} の{things}のうち {first}〜{last} を表示。",
    en="Showing {first}–{last} of {total} {things}.",
)
SMALL_NOTE: Final = Words(
    ja="まだ早い{things}と、n が 30 に満たない{things}は灰色で、順位をつけません。",
    en="Rows that are too early, or with n below 30, are grey and not ranked.",
)
EXPORT: Final = Words(ja="CSV で書き出す", en="Export as CSV")

NO_ROWS_TITLE: Final = Words(
    ja="この条件に合う商品はありません", en="No product matches these filters"
)
NO_ROWS: Final = Words(
    ja="「{filters}」に合う商品は 0 です。店の {total} の{things}を見ました。"
    "この 0 は、数えた結果の 0 です。",
    en="Looked at {total} {things} of the shop; none matches {filters}. "
    "This zero is a measured zero.",
)
NO_DATA_TITLE: Final = Words(ja="まだ配送の記録がありません", en="No deliveries yet")
NO_DATA: Final = Words(
    ja="注文の明細（{lines}）が届くと、ここに返品率が出ます。配送の記録がなければ、"
    "出荷日か注文日に日数を足して見ます。",
    en="Return rates appear here once order lines ({lines}) arrive. Without delivery records, "
    "shipping or order dates plus the lead time are used.",
)
PERIOD_UNKNOWN: Final = Words(ja="日付の分からない", en="on unknown days")

HOW: Final = Words(
    ja="期待 = 同じカテゴリーと販路の返品率。"
    "余分な返品 = 返った数 − 期待 × いままでに返りえた数を、その型の平均の正味の額で円にしたもの。"
    "並び順は、返った数のかわりに、その品と同じ型とカテゴリーの返り方から見た率で数えた額の順。"
    "数の少ない品のたまたまは、上に来ません。"
    "見込み = 観測に、これから返る分（期待の率）を足した率。"
    "確定 = いつか返るもののうち、もう返った割合（カテゴリーと販路ごとの、返るまでの日数から）。"
    "区間は 95% 区間です。警報 = 期待の {ratio} 倍（店の設定）を超える確率の高い順に、"
    "見当ちがいの割合が {share} を超えないところまで。"
    "変化 = 週ごとの率が上がったと言える型とその週。"
    "見守り = 警報ではないが、区間がすべて期待より上にあるもの。"
    "まだ早い = 確定が 30% に満たないもの。"
    "線は配送の週ごとの見込みで、終わりの 3 週は点線です。"
    "前年の同じ週は 364 日前の週（曜日が同じ）です。",
    en="Category = return rate of the same categories and channels. Excess = units back − category "
    "rate × units that could have come back by now, at the average net price. The order "
    "counts them at the rate that the row's own returns, its style and its category make likely, "
    "so that chance in small numbers does not rank high. Final = observed "
    "plus what is still to come at the category rate. Developed = share of what will ever come "
    "back that has come, from the days that returns take in the category and channel. Intervals "
    "are 95%. Alarm = rows most likely above {ratio} times the category rate (a setting of the "
    "shop), as many as keep the expected share of false ones within {share}. Change = the "
    "weekly rate has risen, and since when. Watch = no alarm, but the whole interval lies above "
    "the category rate. Too early = less than 30% developed. The line shows expected final rates "
    "by week of delivery, the last 3 weeks dotted. The same week last year lies 364 days back, "
    "weekday on weekday.",
)
