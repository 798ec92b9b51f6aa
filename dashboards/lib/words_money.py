"""Words of "Where does the money go?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="お金はどこへ行く？", en="Where does the money go?")
NAVIGATION: Final = Words(ja="お金はどこへ行く？", en="Where does money go?")
BASIS: Final = Words(ja="出来事の日でまとめたお金", en="by the date of the event")

ANSWER: Final = Words(
    ja="{month}は {money} が返金で出ました。", en="{money} left in refunds in {month}."
)
ANSWER_CHANGE: Final = Words(
    ja="{month}は {money} が返金で出ました。前年より {change} {direction}なりました。",
    en="{money} left in refunds in {month}, {change} {direction} than last year.",
)
ANSWER_LIABILITY: Final = Words(
    ja="{month}は {money} が返金で出ました。これからさらに {liability} を返す見込みです。",
    en="{money} left in refunds in {month}; another {liability} is still to be refunded.",
)
ANSWER_BOTH: Final = Words(
    ja="{month}は {money} が返金で出ました。前年より {change} {direction}、"
    "これからさらに {liability} を返す見込みです。",
    en="{money} left in refunds in {month}, {change} {direction} than last year; "
    "another {liability} is still to be refunded.",
)
SO_FAR: Final = Words(ja="{month}", en="{month} so far")
ANSWER_MORE: Final = Words(ja="多く", en="more")
ANSWER_LESS: Final = Words(ja="少なく", en="less")
CAPTION: Final = Words(
    ja="{period}に現金で出た返金（{tax}）。"
    "ポイント、店のクレジット、後払いの取り消しは、お金が出ないので入れていません。",
    en="Refunds that left as cash {period}, {tax}. Points, store credit and cancelled deferred "
    "payments move no cash and are left out.",
)
TAX: Final = {
    "included": Words(ja="税込", en="tax included"),
    "excluded": Words(ja="税抜", en="tax excluded"),
}

STRIP: Final = Words(ja="お金のおもな数字", en="The money in numbers")
PAID: Final = Words(ja="返金", en="Refunds paid")
EXCHANGE: Final = Words(ja="交換の割合", en="Exchange rate")
GROSS: Final = Words(ja="残った売上 見かけ", en="Retained, gross")
DURABLE: Final = Words(ja="残った売上 長もち", en="Retained, durable")
OUTSTANDING: Final = Words(ja="未払い", en="Accepted, unpaid")
BEFORE: Final = Words(ja="前年 {money}", en="{money} last year")
NO_BEFORE: Final = Words(ja="前年の記録なし", en="no record of last year")
TARGET: Final = Words(ja="目標 {value}", en="target {value}")
POINTS_ABOVE: Final = Words(ja="より {points} ポイント上", en=", {points} pt above it")
POINTS_BELOW: Final = Words(ja="まで {points} ポイント", en=", {points} pt below it")
MONEY_ABOVE: Final = Words(ja="を {money} 超過", en=", {money} above it")
MONEY_BELOW: Final = Words(ja="を {money} 下回る", en=", {money} below it")
RANGE: Final = Words(ja="{interval}% · {n}", en="{interval}% · {n}")
GROSS_NOTE: Final = Words(ja="{month}の配送 · {n}", en="delivered in {month} · {n}")
DURABLE_NOTE: Final = Words(
    ja="{month}の配送 · 再返品と特典を引いて", en="{month}, after re-returns and bonuses"
)
LATE: Final = Words(ja="14 日超 {money}", en="{money} older than 14 days")
NO_LATE: Final = Words(ja="14 日を超えたものは 0", en="0 older than 14 days")
MISSING: Final = Words(ja="まだ測れません", en="not measurable yet")

CASH_PEAK: Final = Words(
    ja="返金の山は {day}の週に来る見込み", en="Refunds will peak in the week of {day}"
)
CASH_LEVEL: Final = Words(
    ja="これから 8 週の返金に、山は見えない", en="No peak of refunds in sight for 8 weeks"
)
CASH_CHANGE: Final = Words(
    ja="この {weeks} 週の返金は、前年より {change} {direction}",
    en="Refunds of {weeks} weeks are {change} {direction} than last year",
)
CASH_MORE: Final = Words(ja="多い", en="higher")
CASH_LESS: Final = Words(ja="少ない", en="lower")
CASH_PLAIN: Final = Words(
    ja="この {weeks} 週で {money} が返金で出た", en="{money} left in refunds in {weeks} weeks"
)
CASH_CAPTION: Final = Words(
    ja="週ごとの返金（{unit}）。月曜はじまり、終わった週だけ。",
    en="Refunds per week ({unit}), weeks from Monday, whole weeks only.",
)
CASH_FAN: Final = Words(
    ja="点線は見込み、濃い帯は 50%、薄い帯は 95%。今週は、払った分と見込みの合計。",
    en="Dashed: forecast; dark band 50%, light band 95%. "
    "The running week: what is paid and what is expected.",
)
NOW: Final = Words(ja="今年", en="this year")
LAST_YEAR: Final = Words(ja="前年", en="last year")
PEAK: Final = Words(ja="山 {value}（{interval}）", en="peak {value} ({interval})")
CASH_WORDS: Final = Words(
    ja="{heading}。{weeks} 週、いちばん少ない週で {low}、いちばん多い週で {high}。",
    en="{heading}. {weeks} weeks, from {low} in the lowest to {high} in the highest.",
)
FORECAST_TITLE: Final = Words(
    ja="これから 8 週の見込みは、まだ測れません", en="The next 8 weeks cannot be forecast yet"
)
FORECAST: Final = Words(
    ja="公開した版に見込みの表（{mart}）がないため、線は終わった週まで描いています。"
    "注文、配送、返品、返金がそろうと測れます: {files}",
    en="The published version holds no forecast ({mart}), so the line ends with the "
    "last whole week. It needs orders, deliveries, returns and refunds: {files}",
)
CASH_NONE_TITLE: Final = Words(ja="返金は、まだ測れません", en="Refunds cannot be measured yet")
CASH_NONE: Final = Words(
    ja="返金の記録（{files}）が届くと、週ごとに出たお金がここに出ます。",
    en="Once refunds ({files}) arrive, the cash that leaves per week appears here.",
)
CASH_EMPTY_TITLE: Final = Words(ja="出た返金はありません", en="No refund has left")
CASH_EMPTY: Final = Words(
    ja="返金の記録を見ました。現金で出たものは 0 件です。この 0 は、数えた結果の 0 です。",
    en="Looked at the refunds: none left as cash. This zero is a measured zero.",
)

RETAINED: Final = Words(
    ja="見かけで残った額の {share} は長もちしない",
    en="{share} of what looks retained does not last",
)
RETAINED_LASTS: Final = Words(
    ja="見かけで残った額は、ほぼそのまま残っている", en="What looks retained lasts"
)
RETAINED_EARLY: Final = Words(ja="長もちするかは、まだ言えない", en="Too early to say what lasts")
RETAINED_CAPTION: Final = Words(
    ja="返品のうち店に残った額の割合（%）、配送の月ごと。○は長もち、●は見かけ。",
    en="Share of the returned value that stayed (%), by month of delivery. "
    "Hollow: durable; filled: gross.",
)
RETAINED_NOTE: Final = Words(
    ja="灰色の月（{months}）は、返せる日数が残っているか、数が少なく、まだ動きます。",
    en="Grey months ({months}) are not developed, or rest on few cases, and will still move.",
)
RETAINED_NONE_TITLE: Final = Words(
    ja="残った売上は、まだ測れません", en="Retained revenue cannot be measured yet"
)
RETAINED_NONE: Final = Words(
    ja="配送と返品の記録に加えて、交換と返金（{files}）が届くと測れます。",
    en="Besides deliveries and returns it needs exchanges and refunds: {files}",
)
RETAINED_WORDS: Final = Words(
    ja="{heading}。{month}は長もち {durable}、見かけ {gross}。",
    en="{heading}. {month}: durable {durable}, gross {gross}.",
)

ROLL_UP: Final = Words(ja="返金負債は {money} ふえた", en="The refund liability grew by {money}")
ROLL_DOWN: Final = Words(ja="返金負債は {money} へった", en="The refund liability fell by {money}")
ROLL_SAME: Final = Words(ja="返金負債は変わらない", en="The refund liability did not move")
ROLL_CAPTION: Final = Words(
    ja="{first} → {last}（{unit}）。帳簿との差 {difference}。{state}",
    en="{first} → {last} ({unit}). Difference to the ledger: {difference}. {state}",
)
CLOSED: Final = Words(ja="締め済み。", en="Closed.")
NOT_CLOSED: Final = Words(ja="まだ締めていません。", en="Not closed yet.")
STEPS: Final = {
    "opening": Words(ja="{first}", en="{first}"),
    "new_sales": Words(ja="新しい|売上", en="New|sales"),
    "refunds": Words(ja="返金|した", en="Refunds"),
    "releases": Words(ja="返らず|確定", en="Released"),
    "re_estimates": Words(ja="見直し", en="Re-|estimate"),
    "late_data": Words(ja="おくれた|記録", en="Late|data"),
    "closing": Words(ja="{last}", en="{last}"),
}
ROLL_NONE_TITLE: Final = Words(
    ja="返金負債は、まだ測れません", en="The refund liability cannot be measured yet"
)
ROLL_NONE: Final = Words(
    ja="配送、返品、返金の記録（{files}）が届くと測れます。",
    en="It needs deliveries, returns and refunds: {files}",
)

AGES_LATE: Final = Words(ja="2 週間を超えた未払いが {n}", en="{n} unpaid for over two weeks")
AGES_FINE: Final = Words(ja="2 週間を超えた未払いはない", en="Nothing has waited over two weeks")
AGES_CAPTION: Final = Words(
    ja="返品を認めて、まだ払っていないお金（{unit}、件）。",
    en="Accepted and not yet paid ({unit}, cases).",
)
AGES: Final = {
    "0-1": Words(ja="1 日以内", en="≤ 1 day"),
    "2-3": Words(ja="2〜3 日", en="2–3 days"),
    "4-7": Words(ja="4〜7 日", en="4–7 days"),
    "8-14": Words(ja="8〜14 日", en="8–14 days"),
    "15-30": Words(ja="15〜30 日", en="15–30 days"),
    "31+": Words(ja="30 日超", en="> 30 days"),
    "unknown": Words(ja="日が不明", en="unknown"),
}
AGES_NONE_TITLE: Final = Words(
    ja="未払いは、まだ測れません", en="What is unpaid cannot be measured yet"
)
AGES_NONE: Final = Words(
    ja="返品を認めた記録と返金（{files}）が届くと測れます。",
    en="It needs accepted returns and refunds: {files}",
)
AGES_WORDS: Final = Words(
    ja="{heading}。合わせて {money}、{n}。", en="{heading}. {money} in all, {n}."
)
BANK: Final = Words(
    ja="銀行の記録との突き合わせ: 期間内の {n}のうち {matched} 件が一致。",
    en="Against the bank's file: {matched} of {n} agree.",
)

CLOSINGS: Final = Words(ja="締めた月", en="Closed months")
CLOSINGS_CAPTION: Final = Words(
    ja="締めたときの数字（{unit}）。あとから計算し直しません。",
    en="As closed ({unit}); never computed again.",
)
CLOSINGS_NONE: Final = Words(
    ja="締めた月はまだありません。締めるコマンド: {command}",
    en="No month is closed yet. To close one: {command}",
)
MONTH: Final = Words(ja="月", en="Month")
LIABILITY: Final = Words(ja="返金負債", en="Refund liability")
ASSET: Final = Words(ja="返品資産", en="Return asset")
CLOSED_AT: Final = Words(ja="締めた日時", en="Closed at")
CLOSED_TAG: Final = Words(ja="締", en="closed")

HOW: Final = Words(
    ja="返金は、支払った日に現金で出た額です。未払いは、認めた返品の額から払った額を引いたものです。"
    "返金負債 = これから返ってくる品の返金 + 着いてまだ認めていない返品 + 認めて払っていない返金。"
    "月の動きは、前の月末 + 新しい売上 − 返金 − 返らないと決まったぶん ± 見直しで、円まで合います。"
    "見かけは、交換とクレジットで残った額 ÷ 返品の額（市場のふつうの数え方）。"
    "長もちは、取引の終わりに残った額から特典と送料の負担を引き、はじめの額で割ったものです。"
    "返せる日数が過ぎ、動いているものがない取引だけで測ります。",
    en="Refunds are cash paid, by the day of payment. Unpaid is the accepted value less what was "
    "paid. Refund liability = refunds of returns still to come + returns that arrived and are not "
    "accepted yet + accepted and unpaid. A month moves by new sales, refunds, releases and "
    "re-estimates, and adds up to the yen. Gross is the value kept by exchange or credit ÷ "
    "returned value, as the market counts. Durable is the value kept at the end of an episode less "
    "bonuses and freight paid by the shop ÷ its value at the start, of episodes whose return "
    "window has passed and in which nothing is pending.",
)
