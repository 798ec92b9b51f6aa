"""Words of "Can we trust these numbers?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="信じてよい数字？", en="Can we trust these numbers?")
NAVIGATION: Final = Words(ja="信じてよい数字？", en="Can we trust it?")
BASIS: Final = Words(ja="届いたファイルと計算の検査", en="files that arrived, checks that ran")

ANSWER_FILES: Final = Words(
    ja="{n} のファイルが届き、いちばん新しいものは {day}です。",
    en="{n} {noun} arrived, the newest on {day}.",
)
ANSWER_REFUSED: Final = Words(ja="うち {n} つは読めませんでした。", en="{n} could not be read.")
ANSWER_LATE: Final = Words(ja="{n} 種類が遅れています。", en="Late kinds: {n}.")
ANSWER_ROWS: Final = Words(
    ja="{rows}のうち {held} 行を止めています。", en="Held back: {held} of {rows}."
)
ANSWER_NONE_HELD: Final = Words(
    ja="{rows}のうち、止めた行は {held} です。", en="Held back: {held} of {rows}."
)
ANSWER_NOTHING: Final = Words(
    ja="まだ 1 つもファイルが届いていません。", en="No file has arrived yet."
)
CAPTION: Final = Words(
    ja="受け取った行 = 取り込んだ行 + 止めた行{erased}。差はどのファイルも 0 行です。",
    en="Received = loaded + held back{erased}. The difference is 0 rows in every file.",
)
CAPTION_OFF: Final = Words(
    ja="受け取った行と、取り込んだ行 + 止めた行が {n} ファイルで合いません。",
    en="Received differs from loaded + held back in {n}.",
)
CAPTION_ERASED: Final = Words(ja=" + 消去した行", en="+ erased")
CHECKS_ALL: Final = Words(
    ja="計算の検査は {n} すべて通りました。", en="All {n} checks of the numbers passed."
)
CHECKS_WARNED: Final = Words(
    ja="計算の検査は {n} のうち {passed} が通り、{warned} が注意です。",
    en="Of {n} checks of the numbers {passed} passed and {warned} warn.",
)
CHECKS_FAILED: Final = Words(
    ja="計算の検査 {n} のうち {failed} が通りませんでした。",
    en="{failed} of {n} checks of the numbers failed.",
)

ARRIVED: Final = Words(ja="届いたもの", en="What arrived")
ENTITY: Final = Words(ja="中身", en="Content")
LAST_ARRIVED: Final = Words(ja="最後に届いた", en="Last arrived")
DAYS: Final = Words(ja="14 日 · ● 届いた", en="14 days · ● arrived")
DAYS_LABEL: Final = Words(
    ja="この 14 日のうち {n} 日に届いた", en="Arrived on {n} of the last 14 days"
)
LAST_EVENT: Final = Words(ja="記録の最後の日", en="Latest day in it")
ROWS_IN: Final = Words(ja="受け取った行", en="Received")
ROWS_LOADED: Final = Words(ja="取り込んだ", en="Loaded")
ROWS_HELD: Final = Words(ja="止めた", en="Held back")
STATE: Final = Words(ja="状態", en="State")
STATE_FINE: Final = Words(ja="そろっている", en="Complete")
STATE_HELD: Final = Words(ja="一部を止めた", en="Some held back")
STATE_LATE: Final = Words(ja="届いていない", en="Has not come")
TOTAL: Final = Words(ja="合計", en="Total")
NOT_LANDED: Final = Words(
    ja="まだ一度も届いていないもの: {names}。これらから出る数字は測れません。",
    en="Never arrived so far: {names}. Numbers that need them cannot be measured.",
)
NOTES: Final = {
    "estimated_delivered_count": Words(
        ja="配送した {n}は、配送の記録がなく、出荷日か注文日に日数を足した日で数えています。",
        en="No delivery record for {n}: shipping or order date plus the lead time is used.",
    ),
    "delivered_unknown_day_count": Words(
        ja="配送した {n}は、配送日が分からず、どの週にも入れていません。",
        en="Delivery day unknown for {n}: in no week.",
    ),
    "orderless_line_count": Words(
        ja="注文の明細 {n}は、注文の記録がありません。", en="No order found for {n}."
    ),
    "unmatched_return_line_count": Words(
        ja="返品 {n}は、もとの注文の明細が見つからず、商品の率には入れていません。",
        en="No order line found for {n}: in no product rate.",
    ),
    "over_returned_line_count": Words(
        ja="注文の明細 {n}で、配送より多く返ってきています（そのまま数えています）。",
        en="More came back than was delivered on {n} (counted as they are).",
    ),
    "assumed_quantity_count": Words(
        ja="返品 {n}は、数が書かれておらず、1 点として数えています。",
        en="No quantity on {n}: counted as one.",
    ),
    "unrequested_receipt_count": Words(
        ja="到着 {n}は、依頼の記録がありません。", en="No request found for {n}."
    ),
    "reversed_date_count": Words(
        ja="返品 {n}は、注文より前の日付です。", en="Asked for before the order: {n}."
    ),
    "refund_above_net_count": Words(
        ja="返品 {n}は、返金が正味の額を超えています。",
        en="Refunded above the net value: {n}.",
    ),
}
# What each of them counts.
NOTE_UNITS: Final = {
    "estimated_delivered_count": "piece",
    "delivered_unknown_day_count": "piece",
    "orderless_line_count": "order_line",
    "over_returned_line_count": "order_line",
    "unrequested_receipt_count": "arrival",
}
NOTES_HEADING: Final = Words(ja="数え方で気をつけること", en="What to keep in mind")
FILES: Final = Words(ja="ファイルごと", en="File by file")
FILES_CAPTION: Final = Words(
    ja="新しい順。読めなかったファイルが先です。",
    en="Newest first; files that could not be read come before.",
)
FILE: Final = Words(ja="ファイル", en="File")
SOURCE: Final = Words(ja="出どころ", en="Source")
LANDED: Final = Words(ja="届いた", en="Arrived")
FILE_STATES: Final = {
    "loaded": Words(ja="取り込んだ", en="Loaded"),
    "loaded_with_quarantine": Words(ja="一部を止めた", en="Some held back"),
    "refused": Words(ja="読めない", en="Refused"),
    "duplicate": Words(ja="同じ中身", en="Seen before"),
}

HELD: Final = Words(ja="止めた {n}と、出口", en="{n} held back, and the way out")
HELD_CAPTION: Final = Words(
    ja="1 行も捨てていません。直すと、次の取り込みでもどります。お名前などは伏せています。",
    en="No row is thrown away: mend it, and the next run takes it in. Names are masked.",
)
HELD_NONE: Final = Words(ja="止めた行はありません", en="No row is held back")
HELD_NONE_CAPTION: Final = Words(
    ja="{rows}を見て、止めた行は 0 です。", en="Of {rows} looked at, none is held back."
)
HELD_ROWS: Final = Words(ja="行", en="Rows")
HELD_WHERE: Final = Words(ja="ファイル、列", en="File, column")
HELD_VALUE: Final = Words(ja="値", en="Value")
HELD_WHY: Final = Words(ja="なぜ", en="Why")
HELD_WAY_OUT: Final = Words(ja="出口", en="Way out")
HELD_LINE: Final = Words(ja="行 {line}", en="line {line}")
HELD_FROM: Final = Words(ja="{line}から", en="from {line}")
HELD_WHOLE: Final = Words(ja="ファイル全体", en="whole file")
HELD_MORE: Final = Words(
    ja="ほかに {n}あります。書き出しには、すべての行があります。",
    en="{n} more; the export holds every row.",
)
HELD_EXPORT: Final = Words(
    ja="止めた行をぜんぶ書き出す（{n}）", en="Export every row held back ({n})"
)

BRIDGE: Final = Words(ja="2 つの数え方は、{n}まで一致", en="Two ways of counting agree, to {n}")
BRIDGE_OFF: Final = Words(ja="2 つの数え方が {n} 合わない", en="Two ways of counting differ by {n}")
BRIDGE_CAPTION: Final = Words(
    ja="配送日でまとめた返品と、返品が起きた日でまとめた返品。"
    "どの返品も、どちらにも 1 度だけ入ります。",
    en="Returns by day of delivery, and returns by the day they happened. Each is in both, once.",
)
BRIDGE_STEP: Final = Words(ja="どこに入るか", en="Where it is counted")
BRIDGE_BAR: Final = Words(ja="返った数の棒", en="Bar of the units")
BRIDGE_UNITS: Final = Words(ja="返った数", en="Units")
BRIDGE_MONEY: Final = Words(ja="返った額", en="Value")
BRIDGE_STEPS: Final = {
    "cohort_dated": Words(ja="配送した日が分かる", en="Delivered on a known day"),
    "cohort_unknown_day": Words(ja="配送した日が分からない", en="Delivered on an unknown day"),
    "not_delivered": Words(ja="配送していないのに返った", en="Never delivered, yet came back"),
    "unmatched": Words(ja="注文が見つからない（額なし）", en="No order found (no value)"),
    "unmatched_without_sku": Words(
        ja="商品も分からない（額なし）", en="No product either (no value)"
    ),
    "total_cohort": Words(ja="配送日から数えた合計", en="Total by delivery"),
    "event_dated": Words(ja="返品した日が分かる", en="Came back on a known day"),
    "event_unknown_day": Words(ja="返品した日が分からない", en="Came back on an unknown day"),
    "total_event": Words(ja="返品日から数えた合計", en="Total by return"),
    "difference": Words(ja="差", en="Difference"),
}

UNDECIDED: Final = Words(
    ja="どちらが新しいか分からない {n}", en="{n} with two contents and no date"
)
UNDECIDED_CAPTION: Final = Words(
    ja="同じ番号に違う中身が届き、日付がありません。決まった順で 1 つを使っています。",
    en="The same key came with different contents and no date. One is used, by a fixed order.",
)
UNDECIDED_KEY: Final = Words(ja="番号", en="Key")
UNDECIDED_KEPT: Final = Words(ja="使っている", en="Used")
UNDECIDED_OTHER: Final = Words(ja="使っていない", en="Not used")

VERSION: Final = Words(
    ja="公開した版 {version}（{models} の表、sha256 {sha}）",
    en="Published version {version} ({models} tables, sha256 {sha})",
)
HOW: Final = Words(
    ja="ファイルは、届いた行をすべて数えてから取り込みます。読めない行は止め、理由と出口を付けます。"
    "公開の前に、表の検査（番号の重複、つながり、合計の一致など）を行い、"
    "1 つでも通らなければ公開せず、前の数字を残します。"
    "「届いていない」は、いつもの間隔の 2 倍を過ぎたときに言います。",
    en="Every record of a file is counted before it is loaded. A record that cannot be read is "
    "held back with its reason and a way out. Before publishing, the tables are checked (keys, "
    "relationships, sums that must agree); if one check fails nothing is published and the "
    "numbers before stay. “Has not come” is said after twice the usual interval.",
)
