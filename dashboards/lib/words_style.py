"""Words of "Why does this style come back?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="この型はなぜ返ってくる？", en="Why does this style come back?")
NAVIGATION: Final = Words(ja="この型はなぜ？", en="Why this style?")

ANSWER_ONE_IN: Final = Words(
    ja="{n}{counter}に 1{counter}（{rate}）が返ってくる見込みです{clause}。",
    en="One {piece} in {n} ({rate}) will come back{clause}.",
)
ANSWER_RATE: Final = Words(
    ja="配送した {units}のうち {rate} が返ってくる見込みです{clause}。",
    en="{rate} of {units} delivered will come back{clause}.",
)
ANSWER_SEEN: Final = Words(
    ja="配送した {units}のうち {rate} が返ってきました。",
    en="{rate} of {units} delivered came back.",
)
ANSWER_EARLY: Final = Words(
    ja="配送した {units}では、まだ {interval}% が返る、としか言えません。",
    en="From {units} delivered all one can say is that {interval}% will come back.",
)
ANSWER_NONE: Final = Words(
    ja="配送した {units}のうち、返ってきたものは {zero} です。",
    en="{zero} of {units} delivered came back.",
)
CLAUSE_REASON: Final = Words(
    ja="。いちばん多い理由は「{reason}」です", en=", most of all “{reason}”"
)
CAPTION: Final = Words(
    ja="95% 区間 {interval}%、{category}の期待 {rate}。n {n}、確定 {share}。{since}"
    "{period}の配送、すべての販路。サイズ違いの同時買いは入れていません。",
    en="95% interval {interval}%, {category} expects {rate}. n {n}, {share} developed. {since}"
    "Delivered {period}, all channels; sizes bought together to keep one are left out.",
)
CAPTION_SINCE: Final = Words(ja="{day}の週から増えました。", en="More since the week of {day}. ")
CAPTION_SEEN: Final = Words(
    ja="n {n}、すべての販路。観測した値です。", en="n {n}, all channels, as observed."
)
OWNER: Final = Words(ja="担当 {note}", en="owner {note}")
STRIP: Final = Words(ja="この型の数字", en="Numbers of this style")

HEAT_UP: Final = Words(ja="大きいサイズほど返る", en="The larger the size, the more comes back")
HEAT_DOWN: Final = Words(ja="小さいサイズほど返る", en="The smaller the size, the more comes back")
HEAT_ONE: Final = Words(ja="いちばん返るのは {size}", en="{size} comes back most")
HEAT_FLAT: Final = Words(ja="サイズによる差は見えない", en="No size stands out")
HEAT_FEW: Final = Words(ja="サイズごとに見るには、まだ少ない", en="Too few to judge size by size")
HEAT_CAPTION: Final = Words(
    ja="返品率の見込み（%）と n。"
    "色は{reference} {rate} の何倍か（0.75・1.25・1.75・2.5 倍で 5 段）。"
    "n が 30 未満は灰色。",
    en="Expected final return rate (%) and n. Colour: ratio to {reference} {rate} (steps at 0.75, "
    "1.25, 1.75, 2.5). Grey where n < 30.",
)
REFERENCE_EXPECTED: Final = Words(ja="期待の", en="the expected")
REFERENCE_STYLE: Final = Words(ja="この型全体の", en="the style’s own")
HEAT_TABLE: Final = Words(ja="サイズと色ごとの返品率", en="Return rate by size and colour")
SIZES_NONE_TITLE: Final = Words(
    ja="サイズごとの率は、まだ測れません", en="Sizes cannot be measured yet"
)
SIZES_NONE: Final = Words(
    ja="この型のサイズも色も分かりません。商品の記録（{entity}）に書いてあれば出ます。",
    en="Neither size nor colour of this style is known. They appear once {entity} names them.",
)
COLOUR: Final = Words(ja="色", en="Colour")

REASONS_SHARE: Final = Words(ja="理由の {share} が「{reason}」", en="{share} say “{reason}”")
REASONS_CAPTION: Final = Words(
    ja="返品 {n}（サイズ違いの同時買いを除く）に占める割合と 95% 区間{category}。"
    "{source}です{marks}。",
    en="Share of {n} returned, sizes bought together left out, with 95% interval{category}. "
    "{source}{marks}.",
)
REASONS_SOURCES: Final = {
    "stated": Words(ja="お客さまが選んだ理由", en="Reasons as customers chose them"),
    "classified": Words(
        ja="お客さまの言葉から、いちばん確かに読めた理由",
        en="The most probable reason read in customers’ own words",
    ),
}
REASONS_INSPECTED: Final = Words(
    ja="（○ は検品の人が見た割合）", en="; circle: as staff saw them on arrival"
)
REASONS_READ: Final = Words(
    ja="（◆ は言葉を読んだ割合）", en="; diamond: as read in customers’ words"
)
REASON_READ: Final = Words(ja="、言葉では {share}", en=", {share} as read in words")
REASON_INSPECTED: Final = Words(ja="、検品では {share}", en=", {share} as inspected")
REASONS_CATEGORY: Final = Words(
    ja="、細い縦線は{category}全体", en=", thin tick: {category} as a whole"
)
REASONS_TABLE: Final = Words(ja="返品の理由", en="Reasons for return")
REASONS_NONE_TITLE: Final = Words(ja="理由はまだ測れません", en="Reasons cannot be measured yet")
REASONS_NONE: Final = Words(
    ja="この型の返品には、理由の記録（{column}）がありません。理由のある返品が届くと出ます。",
    en="No return of this style carries a reason ({column}). They appear once such returns arrive.",
)
NO_RETURNS_TITLE: Final = Words(ja="理由を数える返品がありません", en="No returns to give a reason")
NO_RETURNS: Final = Words(
    ja="この型はまだ 1 つも返ってきていません。", en="Nothing of this style has come back yet."
)
REASON_OTHERS: Final = Words(ja="ほか {n} 種類", en="{n} others")

TREND_UP: Final = Words(ja="返品率が上がった", en="The rate has risen")
TREND_DOWN: Final = Words(ja="返品率が下がった", en="The rate has fallen")
TREND_FLAT: Final = Words(ja="返品率は変わったと言えない", en="No change to speak of")
TREND_FEW: Final = Words(ja="動きを言うには、まだ少ない", en="Too few to speak of a change")
TREND_CAPTION: Final = Words(
    ja="{period}の配送、{step}の返品率の見込み（%）。"
    "帯は 95% 区間、灰色の点線は期待{before}。{still}",
    en="Expected final return rate (%) {step}, delivered {period}. Band: 95% interval; grey dots: "
    "expected{before}. {still}",
)
TREND_STEPS: Final = {
    1: Words(ja="週ごと", en="week by week"),
    2: Words(ja="2 週ごと", en="by two weeks"),
    4: Words(ja="4 週ごと", en="by four weeks"),
}
TREND_STILL: Final = Words(
    ja="線の終わりの点は、まだ返ってくる途中です。", en="Dotted end: still coming back."
)
TREND_BEFORE: Final = Words(
    ja="、灰色の線は前年の同じ週", en="; grey line: the same weeks last year"
)
TREND_COMPARED: Final = Words(
    ja="どちらの年にも配送のあった週では {rate}（n {n}）、前年は {before}（n {before_n}）。",
    en="Where both years delivered: {rate} (n {n}), {before} last year (n {before_n}).",
)
TREND_EXPECTED: Final = Words(ja="期待", en="expected")
TREND_YEAR_AGO: Final = Words(ja="前年", en="last year")
TREND_ALT: Final = Words(
    ja="{heading}。{first}の {low} から {last}の {high} まで、{n} 点",
    en="{heading}. From {low} in the week of {first} to {high} in that of {last}, {n} points",
)
TREND_NONE_TITLE: Final = Words(
    ja="週ごとの動きはまだ測れません", en="Weeks cannot be measured yet"
)
TREND_NONE: Final = Words(
    ja="配送した日が分からないため、週に分けられません。配送の記録（{entity}）が届くと出ます。",
    en="The days of delivery are unknown. Weeks appear once delivery records ({entity}) arrive.",
)
TREND_NO_LINE: Final = Words(
    ja="{period}の配送は {n}。線にするには少ない数です。",
    en="{n} delivered {period}: too few for a line.",
)
NO_UNKNOWN_DAY: Final = Words(
    ja="配送日が分からない {n}は、率に入れていません。",
    en="{n} delivered on an unknown day are in no rate.",
)

UNKNOWN_TITLE: Final = Words(ja="{style} という型はありません", en="There is no style {style}")
UNKNOWN_NEAR: Final = Words(ja="近いもの:", en="The nearest:")
UNKNOWN_NONE_TITLE: Final = Words(ja="まだ型がありません", en="No styles yet")
UNKNOWN_NONE: Final = Words(
    ja="この店の型は 0 です。商品か注文の明細が届くと出ます。",
    en="They appear once products or order lines arrive.",
)
STYLE: Final = Words(ja="型", en="Style")

BRACKETING: Final = Words(
    ja="注文 {n} 件のうち {share} が、この型を 2 サイズ以上で買っています。",
    en="Of {n} orders {share} hold two or more sizes of this style.",
)

HOW: Final = Words(
    ja="期待、見込み、確定、区間、余分な返品の決め方は「なにが返ってくる？」と同じで、"
    "サイズの表も週ごとの線も、サイズ違いの同時買いを入れていません。"
    "色は、期待との比です。前年の同じ週は 364 日前の週（曜日が同じ）で、もう返りきった率です。"
    "理由は、お客さまが選んだ理由（選んでいなければ、言葉を読んだ理由）で、返った数に占める割合です。"
    "◆ は、言葉のある返品のうち、その理由と読んだ確率の和で、同時買いも入っています。"
    "返品後の利益 = 手もとに残った売上 − 原価 − 送料 − 返品の費用。"
    "返りかたの線は、カテゴリーと販路の返る速さに、この型の率を合わせたものです。"
    "在庫は、場所ごとにいちばん新しい記録の合計です。"
    "見出しは、区間が重ならないときだけ差を言います。",
    en="Expected, final, developed, interval and excess are defined as in “What comes back?”, "
    "and so are the rates of sizes and weeks: pairs of sizes ordered to keep one are left out. "
    "Colours compare with the expected rate. The same week last year lies 364 days back, weekday "
    "on weekday, and has come back. Reasons are those that customers chose (where "
    "they chose none: those read in their words), as a share of returned units. A diamond adds up "
    "the probabilities of the reason over returns with words, pairs of sizes included. "
    "Contribution = sales kept − cost of goods − freight − costs of returns. The curve "
    "puts the rate of the style on the speed at which its category and channels come back. Stock "
    "adds up what each place said last. A heading speaks of a difference only where the intervals "
    "do not overlap.",
)
