"""Words of the morning's sentences: what happened, and the line of proof below."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

ACT: Final = Words(ja="要対応", en="Act")

ALARM_PART: Final = Words(
    ja="「{style}」は{part}が{fit}、このままなら今季 {money} の余分な返品になります。",
    en="{style} is {fit} at the {part}; left alone, {money} more of it comes back than expected "
    "this season.",
)
TIGHT: Final = Words(ja="きつく", en="tight")
LOOSE: Final = Words(ja="ゆるく", en="loose")
ALARM: Final = Words(
    ja="「{style}」が期待の {times} 倍 返ってきていて、これまでに {money}分が余分に返りました。",
    en="{style} comes back {times} times as often as expected: {money} of it beyond expectation so "
    "far.",
)
ALARM_PAST: Final = Words(
    ja="「{style}」が期待の {times} 倍 返ってきて、{money}分が余分に返りました。",
    en="{style} came back {times} times as often as expected: {money} of it beyond expectation.",
)
ALARM_REASON: Final = Words(ja="おもな理由は「{reason}」です。", en="Main reason: {reason}.")
ALARM_PROOF: Final = Words(
    ja="返品率の見込み {rate}（95% 区間 {interval}%）、{category}の期待は {expected}。{n}。",
    en="Expected final return rate {rate} (95% interval {interval}%), {category} expects "
    "{expected}. {n}.",
)
ALARM_GLYPH: Final = Words(
    ja="観測 {observed} → 見込み {rate}。縦線は期待",
    en="Observed {observed} → final {rate}. Line: expected",
)

CASH: Final = Words(
    ja="今週は {money} が返金で出ていきます。前年の同じ週より {change} {direction}見込みです。",
    en="{money} will leave in refunds this week, {change} {direction} than in the same week last "
    "year.",
)
CASH_PAST: Final = Words(
    ja="この 7 日に {money} が返金で出ました。前年の同じ 7 日より {change} {direction}額です。",
    en="{money} left in refunds in 7 days, {change} {direction} than in the same days last year.",
)
CASH_PLAIN: Final = Words(
    ja="この 7 日に {money} が返金で出ました。", en="{money} left in refunds in 7 days."
)
CASH_AHEAD: Final = Words(
    ja="今週は {money} が返金で出ていく見込みです。",
    en="{money} will leave in refunds this week.",
)
MORE: Final = Words(ja="多い", en="more")
LESS: Final = Words(ja="少ない", en="less")
CASH_PROOF: Final = Words(
    ja="幅は {low}〜{high}（95%）。前年の同じ週は {before}。",
    en="Range {low} to {high} (95%). {before} in the same week last year.",
)
CASH_PROOF_AHEAD: Final = Words(ja="幅は {low}〜{high}（95%）。", en="Range {low} to {high} (95%).")
CASH_PROOF_PAST: Final = Words(
    ja="前年の同じ 7 日は {before}。n {n}。", en="{before} in the same 7 days last year. n {n}."
)
CASH_PROOF_FEW: Final = Words(
    ja="前年の同じ 7 日は {before}。n {n} では、多いとも少ないとも言えません。",
    en="{before} in the same 7 days last year; n {n} is too few to compare.",
)
CASH_PROOF_ALONE: Final = Words(
    ja="前年の同じ 7 日の記録はありません。n {n}。",
    en="No record of the same days last year. n {n}.",
)
CASH_GLYPH: Final = Words(ja="週ごとの返金", en="Refunds per week")
CASH_GLYPH_AHEAD: Final = Words(
    ja="週ごとの返金、点線は見通し", en="Refunds per week, forecast dotted"
)

WAITING: Final = Words(
    ja="24 時間を過ぎた返品が {n} あります。",
    en="{n} are past 24 hours with neither refund nor exchange.",
)
WAITING_SHELF: Final = Words(
    ja="24 時間を過ぎた返品が {n} あります。うち {a} 点は A 品で、きょう棚に戻せます。",
    en="{n} are past 24 hours with neither refund nor exchange; {a} of them are grade A and could "
    "be on the shelf today.",
)
WAITING_COUNT: Final = Words(ja="{n} 点", en="{n} returns")
WAITING_PROOF: Final = Words(
    ja="24 時間以内は {rate}（{interval}%、n {n}、未完了を含む）。基準は {threshold}。",
    en="Within 24 h: {rate} ({interval}%, n {n}, open cases included). The threshold is "
    "{threshold}.",
)
WAITING_GLYPH: Final = Words(
    ja="今 {rate}。縦線は基準 {threshold}", en="Now {rate}. Line: threshold {threshold}"
)
LATE: Final = Words(
    ja="2 週間を超えた未払いが {n} あります。合わせて {money} です。",
    en="Unpaid for over two weeks: {n}, {money} in all.",
)
LATE_PROOF: Final = Words(
    ja="返品を認めて、まだ払っていない {total} のうち。",
    en="Out of {total} accepted and not yet paid.",
)
LATE_GLYPH: Final = Words(
    ja="未払いのうち {share} が 2 週間超", en="{share} of it waits for over two weeks"
)
LATE_NONE: Final = Words(
    ja="2 週間を超えた未払いはありません。", en="No refund has waited over two weeks."
)
LATE_NONE_PROOF: Final = Words(
    ja="返品を認めて、まだ払っていないお金は {total}。この 0 は、数えた結果の 0 です。",
    en="{total} is accepted and not yet paid. This zero is a measured zero.",
)

FIX: Final = Words(
    ja="「{style}」の{action}が効きました。返品率は {points} ポイント下がりました。",
    en="The {action} of {style} worked: {points} points fewer returns.",
)
FIX_NONE: Final = Words(
    ja="「{style}」の{action}が効いた証拠はまだありません。",
    en="No evidence yet that the {action} of {style} worked.",
)
FIX_PROOF: Final = Words(
    ja="下がり幅の 95% 区間は {low}〜{high} ポイント。n {n}。",
    en="95% interval of the fall: {low} to {high} points. n {n}.",
)
FIX_GLYPH: Final = Words(ja="縦線は「変わらない」", en="Line: no change")
VERDICT: Final = Words(
    ja="「{style}」は「{old}」から「{new}」に変わりました。",
    en='{style} moved from "{old}" to "{new}".',
)
VERDICT_PROOF: Final = Words(ja="確かさ {share}。n {n}。", en="{share} sure. n {n}.")
VERDICT_GLYPH: Final = Words(ja="確かさ {share}", en="{share} sure")

QUIET: Final = Words(
    ja="今朝、手を打つべき型はありません。{n} 型を見て、期待より確かに多いものは 0 でした。",
    en="No style needs a decision this morning: {n} looked at, none clearly above expectation.",
)
QUIET_GLYPH: Final = Words(ja="警報 0 型", en="0 styles in alarm")
EARLY: Final = Words(
    ja="{season} はまだ {share} しか確定していません。順位は {day} ごろから信じられます。",
    en="{season} is only {share} developed; trust the ranking from about {day}.",
)
EARLY_PROOF: Final = Words(
    ja="30% が確定するまで、型に順位をつけません。",
    en="Styles are not ranked before 30% is developed.",
)
EARLY_GLYPH: Final = Words(ja="確定 {share}", en="{share} developed")
UNKNOWN: Final = Words(
    ja="{question}は、まだ分かりません。{file} があれば測れます。",
    en="We cannot say yet {question}: {file} would make it measurable.",
)
UNKNOWN_PROOF: Final = Words(
    ja="0 ではありません。まだ数えていません。", en="This is no zero: nothing was counted yet."
)
UNKNOWN_GLYPH: Final = Words(ja="測れません", en="Not measurable")
QUESTIONS: Final = {
    "goods": Words(ja="どの型が期待より多く返るか", en="which styles come back too often"),
    "money": Words(ja="返金でいくら出ていくか", en="how much leaves in refunds"),
    "back_yard": Words(ja="返金をどれだけ待たせているか", en="how long refunds wait"),
}
STALE: Final = Words(
    ja="数字は {days} 日前のままです。{file} が {last}を最後に届いていません。",
    en="These numbers are {days} days old: {file} has not arrived since {last}.",
)
STALE_PROOF: Final = Words(
    ja="いつもなら、もう次のファイルが届いています。下の文は、届いたところまでの話です。",
    en="By now the next one has usually arrived. What follows holds up to that day.",
)
STALE_GLYPH: Final = Words(ja="届いていません", en="Has not arrived")
