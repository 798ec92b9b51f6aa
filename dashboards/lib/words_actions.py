"""Words of "Did the fix work?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="打った手は効いた？", en="Did the fix work?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(
    ja="打った手と、そのあと（届いた日でまとめた返品）",
    en="actions and what came of them (returns by delivery day)",
)
VERDICT: Final = Words(ja="判定", en="Verdict")
VERDICTS: Final = {
    "worked": Words(ja="効いた", en="Worked"),
    "no_evidence": Words(ja="証拠なし", en="No evidence"),
    "too_early": Words(ja="早すぎる", en="Too early"),
    "not_measurable": Words(ja="測れない", en="Not measurable"),
}
SEGMENTS: Final = {"all": Words(ja="すべて", en="All"), **VERDICTS}
COUNTED: Final = {
    1: Words(ja="{n} つ", en="{n}"),
    10: Words(ja="{n} 件", en="{n}"),  # Japanese counts small things another way from ten on
}
ANSWER: Final = {
    1: Words(ja="{n} の手を見ました。{rest}", en="{n} action: {rest}"),
    2: Words(ja="{n} の手のうち {rest}", en="Of {n} actions {rest}"),
}
# Clauses of the answer: for one, for several; in Japanese the last one ends the sentence.
CLAUSES: Final = {
    "worked": (
        Words(ja="{n}が効きました。", en="{n} worked"),
        Words(ja="{n}が効きました。", en="{n} worked"),
    ),
    "no_evidence": (
        Words(ja="{n}は効いた証拠がありません。", en="{n} shows no evidence"),
        Words(ja="{n}は効いた証拠がありません。", en="{n} show no evidence"),
    ),
    "too_early": (
        Words(ja="{n}はまだ早すぎます。", en="{n} is too early to judge"),
        Words(ja="{n}はまだ早すぎます。", en="{n} are too early to judge"),
    ),
    "not_measurable": (
        Words(ja="{n}は測れません。", en="{n} cannot be measured"),
        Words(ja="{n}は測れません。", en="{n} cannot be measured"),
    ),
}
# What is followed by "too early" in one sentence.
CLAUSES_GOING_ON: Final = {
    "no_evidence": Words(ja="{n}は効いた証拠がなく、", en="{n} show no evidence, "),
}
CAPTION: Final = Words(
    ja="手を打つ前 8 週とあと 8 週の返品率を、似た型（同じカテゴリー、価格、前の率）の動きと"
    "引きくらべた差。95% 区間。効かない手を「効いた」と言うのは 5% 以下です。",
    en="Return rates of the eight weeks before and after, less what similar styles (category, "
    "price, prior rate) moved by. 95% interval; at most 5% of the actions without effect are said "
    "to have worked.",
)
TABLE: Final = Words(ja="打った手ごとの判定", en="Verdict of each action")
STYLE: Final = Words(ja="型、打った手", en="Style, action")
WHEN: Final = Words(ja="いつ", en="Since")
BY_CLOSING: Final = Words(ja="閉じた日", en="closing day")
TURN: Final = Words(ja="前 ｜ あと", en="Before | after")
TURN_KEY: Final = Words(ja="灰は似た型", en="grey: similar styles")
DIFFERENCE: Final = Words(ja="返品率の差", en="Difference in return rate")
DIFFERENCE_KEY: Final = Words(ja="{low} 減った 〜 増えた +{high}", en="{low} less … more +{high}")
POINTS: Final = Words(ja="ポイント", en="Points")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
AFTER: Final = Words(ja="あとの n", en="n after")
INTERVAL_VALUE: Final = Words(ja="{low}〜{high}", en="{low} to {high}")
TURN_LABEL: Final = Words(
    ja="前 {before}、あと {after}。似た型は {control_before} から {control_after}",
    en="{before} before, {after} after; similar styles from {control_before} to {control_after}",
)
DIFFERENCE_LABEL: Final = Words(
    ja="差 {points} ポイント、95% 区間 {interval}", en="{points} points, 95% interval {interval}"
)
CAUSES: Final = {
    "unclear": Words(ja="±{half} まで分かる", en="known to within ±{half}"),
    "rose": Words(ja="返品は増えている", en="more comes back"),
    "trend": Words(ja="似た型の前の動きが合わない", en="similar styles moved otherwise before"),
    "not_over": Words(ja="{day}に分かります", en="known on {day}"),
    "not_sold_before": Words(
        ja="前の 8 週にほとんど売れていない", en="hardly sold in the weeks before"
    ),
    "not_sold_after": Words(ja="あとの 8 週に売れていない", en="not sold in the weeks after"),
    "no_controls": Words(ja="似た型が 5 つない", en="fewer than five similar styles"),
    "no_date": Words(ja="いつからの手か書かれていない", en="no day is given"),
    "unknown_style": Words(ja="この型は商品の表にない", en="style is not among the products"),
}
OVERLAPPING: Final = Words(ja="ほかの手と重なる", en="overlaps another action")
POLICY: Final = Words(ja="返品の決まりも変わった", en="the return policy changed too")
FOOT: Final = Words(ja="{n} の手のうち {first}〜{last}。", en="{first} to {last} of {n} actions. ")
SAVED: Final = {
    1: Words(
        ja="効いた 1 つで、年 {saved} の返品が減る見込みです（{low}〜{high}）。",
        en="The one that worked will save {saved} of returns a year ({low} to {high}). ",
    ),
    2: Words(
        ja="効いた {n}で、年 {saved} の返品が減る見込みです（{low}〜{high}）。",
        en="The {n} that worked will save {saved} of returns a year ({low} to {high}). ",
    ),
}
NOT_NO: Final = Words(
    ja="「証拠なし」は「効かなかった」ではありません。",
    en="“No evidence” does not mean that it did not work.",
)
NO_DATE: Final = Words(
    ja="いつからの手かは {effective}、なければ {closed} で分かります。",
    en="From when an action holds is read from {effective}, else from {closed}.",
)
OPENED: Final = Words(ja="開いた手", en="Opened action")
OPENED_NAME: Final = Words(ja="{style}、{action}", en="{style}, {action}")
HEADINGS: Final = {
    "worked": Words(
        ja="{style} は下がり、似た型はそこまで動かない",
        en="{style} fell, similar styles did not as much",
    ),
    "unclear": Words(ja="{style} は、効いたとは言えない", en="{style}: no evidence that it worked"),
    "rose": Words(ja="{style} は、返品が増えている", en="{style}: more comes back"),
    "trend": Words(
        ja="{style} は、前から似た型と動きが違う", en="{style} moved otherwise before, too"
    ),
    "not_over": Words(ja="{style} は、まだなにも言えない", en="{style}: nothing to say yet"),
    "not_measurable": Words(ja="{style} は、測れない", en="{style} cannot be measured"),
}
CHART_CAPTION: Final = Words(
    ja="{name}、{action}（{day}）の前とあと。見込み返品率（%）、帯は 95% 区間。",
    en="{name}, {action} ({day}), before and after. Expected return rate (%), band 95% interval.",
)
CHART_OPEN: Final = Words(ja="灰はまだ確定していないところ。", en=" Grey: not developed yet.")
CHART_TREND: Final = Words(
    ja="前の 8 週に、似た型との差は {points} ポイント動きました（{low}〜{high}）。",
    en=" Before, the gap to similar styles moved by {points} points ({low} to {high}).",
)
CHART_ALT: Final = Words(
    ja="{name}の返品率は前 {before}、あと {after}。似た型は {control_before} から "
    "{control_after}。",
    en="{name}: {before} before, {after} after; similar styles {control_before} and "
    "{control_after}.",
)
SERIES: Final = Words(ja="この型 {rate}", en="This style {rate}")
CONTROLS: Final = Words(ja="似た {n} 型 {rate}", en="{n} similar styles {rate}")
DIFFERENCE_MARK: Final = Words(ja="差 {points}（{interval}）", en="{points} ({interval})")
WEEKS_BEFORE: Final = Words(ja="8 週前", en="8 weeks before")
WEEKS_AFTER: Final = Words(ja="8 週あと", en="8 weeks after")
KNOWN_MARK: Final = Words(ja="{day}に分かります", en="known on {day}")
BASES: Final = {
    "category": Words(
        ja="価格の近い型が足りず、同じカテゴリーの型とくらべています。",
        en=" Too few styles of its price: held against its category.",
    ),
    "shop": Words(
        ja="同じカテゴリーの型が足りず、店の型とくらべています。",
        en=" Too few styles of its category: held against the shop.",
    ),
}
NO_ROWS_TITLE: Final = Words(
    ja="この条件に合う手はありません", en="No action matches these filters"
)
NO_ROWS: Final = Words(
    ja="店の {total} の手を見ました。この 0 は、数えた結果の 0 です。",
    en="Looked at {total} actions of the shop. This zero is a measured zero.",
)
NO_FILE_TITLE: Final = Words(
    ja="打った手が効いたかは、まだ分かりません", en="We cannot say yet whether a fix worked"
)
NO_FILE: Final = Words(
    ja="なにを、いつ、どの型にしたかの {file} があれば測れます。要るのは {columns} です。",
    en="{file} says what was done when about which style, and would make it measurable. It needs "
    "{columns}.",
)
EMPTY_FILE_TITLE: Final = Words(ja="まだ手は打たれていません", en="Nothing was done yet")
EMPTY_FILE: Final = Words(
    ja="{file} は届いていて、{day} までに始めた手は 0 です。この 0 は、数えた結果の 0 です。",
    en="{file} arrived and holds no action opened by {day}. This zero is a measured zero.",
)
HOW: Final = Words(
    ja="手を打った日からの 8 週と、その前の 8 週を、これから返ってくる分を見込んだ率でくらべます。"
    "似た型は、同じカテゴリーで価格が 3 分の 2 から 1.5 倍、その前の半年の率が近い順に 24 型まで"
    "です。たまたま多く返った直後に手を打つと、なにもしなくても下がります。前の率は、その前の半年と"
    "合わせて見ます。手を打っていない型も同じ式で見て、それらが動いた分だけ区間を広げます。"
    "8 週が終わり、カテゴリーの返品の 8 割が返ってくる日までは「早すぎる」とします。"
    "前の 8 週に似た型と違う動きをした型は、下がっても「証拠なし」です。"
    "両サイズ買いの返品は数えていません。",
    en="The eight weeks from the day of the action on are held against the eight before, at rates "
    "that include what will still come back. Similar styles: the same category, two thirds to one "
    "and a half times the price, and the 24 nearest rates of the half year before. A style acted "
    "on right after bad luck falls by itself, so its rate before is weighed against that half "
    "year. Styles on which nothing was done are judged likewise, and the interval is widened by "
    "how far they moved. Until the weeks are over and four fifths of the category’s returns have "
    "come, it is too early. A style that moved otherwise than its likes before shows no evidence, "
    "even if it fell. Returns of orders with several sizes are not counted.",
)
ADD: Final = Words(ja="＋ 手を書きとめる", en="+ Add an action")
ADD_TITLE: Final = Words(ja="打った手を書きとめる", en="Add an action")
ADD_ABOUT: Final = Words(
    ja="保存すると店の inbox に 1 行のファイルができ、次の更新のあと、表に出ます。",
    en="Saving puts a file of one row into the shop’s inbox. It shows after the next run.",
)
ADD_STYLE: Final = Words(ja="型の番号", en="Style number")
ADD_ACTION: Final = Words(ja="打った手", en="What was done")
ADD_FINDING: Final = Words(ja="きっかけ", en="Why")
ADD_SINCE: Final = Words(ja="いつから（年-月-日）", en="Since (year-month-day)")
ADD_SAVE: Final = Words(ja="保存する", en="Save")
ADD_SAVED: Final = Words(
    ja="{style} の手を保存しました（{file}）。次の更新のあと、表に出ます。",
    en="The action on {style} is saved ({file}). It shows after the next run.",
)
ADD_NOT_SAVED: Final = Words(
    ja="保存できませんでした。店の inbox に書けるか確かめてください。",
    en="It could not be saved. Please check that the shop’s inbox can be written.",
)
ADD_NO_STYLE: Final = Words(ja="「{style}」という型はありません。", en="There is no style {style}.")
ADD_NO_TEXT: Final = Words(ja="なにをしたかを書いてください。", en="Please say what was done.")
ADD_NO_DAY: Final = Words(
    ja="「{day}」は日付として読めません。例 {example}", en="{day} is no date, e.g. {example}"
)
