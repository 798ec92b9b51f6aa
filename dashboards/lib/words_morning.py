"""Words of "This morning": the usual numbers, what changed, what cannot be measured yet."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="今朝のまとめ", en="This morning")
NAVIGATION: Final = QUESTION
BRIEFING: Final = Words(ja="今朝の 3 つの文", en="Three sentences of this morning")

USUAL: Final = Words(ja="いつもの数字", en="The usual numbers")
RATE: Final = Words(ja="返品率の見込み", en="Expected return rate")
RATE_BEFORE: Final = Words(ja="前年 {rate} · {n}", en="{rate} last year · {n}")
REFUNDS: Final = Words(ja="この 7 日の返金", en="Refunds in 7 days")
REFUNDS_BEFORE: Final = Words(ja="前年 {money} · n {n}", en="{money} last year · n {n}")
REFUNDS_ALONE: Final = Words(ja="前年の記録なし · {n} 件", en="no record of last year · {n} cases")
MISSING: Final = Words(ja="まだ測れません", en="not measurable yet")

CHANGED: Final = Words(ja="変わったこと", en="What changed")
CHANGED_CAPTION: Final = Words(
    ja="警報と、この {weeks} 週に率が変わったもの。余分な返品の円が多い順。",
    en="Alarms, and rates that changed within {weeks} weeks, by excess yen.",
)
CHANGED_NONE: Final = Words(
    ja="{styles} 型と {skus} 品番を見ました。警報も、この {weeks} 週の変化もありません。",
    en="Looked at {styles} styles and {skus} SKUs: no alarm, and no change within {weeks} weeks.",
)
CHANGED_MORE: Final = Words(ja="ほかに {n} 件あります。", en="{n} more.")
KIND: Final = Words(ja="種類", en="Kind")
ALARM: Final = Words(ja="警報", en="Alarm")
CHANGE: Final = Words(ja="変化", en="Change")
STYLE: Final = Words(ja="型", en="Style")
WHAT: Final = Words(ja="なにが", en="What")
RATE_MOVE: Final = Words(
    ja="返品率 {rate}、期待は {expected}", en="{rate} come back, expected {expected}"
)
SINCE: Final = Words(ja="{day}の週から", en="since the week of {day}")

UNMEASURED: Final = Words(ja="まだ測れないもの", en="What cannot be measured yet")
UNMEASURED_NONE: Final = Words(
    ja="すべての種類のファイルが届いています。", en="Every kind of file has arrived."
)
MEASURE: Final = Words(ja="数字", en="Measure")
FILE: Final = Words(ja="足りないファイル", en="Missing file")
NEXT: Final = Words(ja="次に", en="Next")
NEXT_ARRIVES: Final = Words(ja="届いた日から測れます", en="measurable once it arrives")
NEXTS: Final = {
    "inventory_snapshots": Words(
        ja="在庫が 35 日に 1 回あれば測れます", en="needs stock once in 35 days"
    ),
    "targets": Words(ja="決めた目標を書けば出ます", en="shows once targets are written down"),
    "product_actions": Words(
        ja="打った手を書けば測れます", en="measurable once actions are written down"
    ),
    "worklist_notes": Words(ja="書けば一覧に出ます", en="shows once notes are written"),
}
MEASURES: Final = {
    "orders": Words(ja="注文とチャネルごとの数字", en="Orders, and numbers by channel"),
    "order_lines": Words(ja="返品率と残った売上", en="Return rates and retained revenue"),
    "products": Words(ja="型・サイズ・カテゴリーごと", en="By style, size and category"),
    "inventory_snapshots": Words(ja="在庫つきの交換提案率", en="Exchange offers in stock"),
    "shipments": Words(ja="出荷までの日数", en="Days until shipping"),
    "shipment_lines": Words(ja="分けて送った注文", en="Split orders"),
    "delivery_events": Words(ja="配送日と持ち戻り", en="Delivery days and bring-backs"),
    "return_requests": Words(ja="返品の理由と受付の道", en="Stated reasons and ways to ask"),
    "return_receipts": Words(
        ja="到着から返金までの時間と未払い", en="Time to refund, and what is unpaid"
    ),
    "refunds": Words(ja="返金で出たお金", en="Cash that leaves in refunds"),
    "exchanges": Words(ja="交換の割合と長もち", en="Exchange rate and durable revenue"),
    "customers": Words(ja="お客さまごとの返品", en="Returns by customer"),
    "address_checks": Words(ja="聞かずに出荷できた住所", en="Addresses shipped without a question"),
    "product_actions": Words(ja="打った手が効いたか", en="Whether a fix worked"),
    "worklist_notes": Words(ja="だれが見ているか", en="Who works on what"),
    "contacts": Words(ja="待たせた問い合わせ", en="Contacts about waiting"),
    "ad_costs": Words(ja="広告費を引いた利益", en="Profit after advertising"),
    "fit_feedback": Words(ja="着た人の声とサイズ", en="Fit as customers felt it"),
    "targets": Words(ja="目標との差", en="Distance to the target"),
    "bank_payouts": Words(ja="銀行の記録との一致", en="Agreement with the bank"),
    "purchase_plan": Words(ja="プロパー消化率", en="Full-price sell-through"),
    "size_charts": Words(ja="サイズ表との寸法の差", en="Garments against their size chart"),
}

HOW: Final = Words(
    ja="3 つの文は、商品・お金・裏側から 1 つずつ、円 × 確かさの大きい順に選びます。"
    "n が 30 に満たないものと、区間が「差がない」を含むものは文にしません。"
    "返品率の見込みは、まだ返ってくる途中の品も入れた、さいごの率です。"
    "返金は 7 日ごとに、前年の同じ曜日の 7 日（364 日前）とくらべます。",
    en="The three sentences are one each about goods, money and the back yard, by yen times "
    "certainty. What rests on fewer than 30, or whose interval includes no difference, makes no "
    "sentence. The expected return rate is the final one, with what is still to come back. "
    "Refunds of 7 days are compared with the same weekdays a year before (364 days).",
)
