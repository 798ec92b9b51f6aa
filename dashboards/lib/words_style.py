"""Words of "Why does this style come back?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="この型はなぜ返ってくる？", en="Why does this style come back?")
NAVIGATION: Final = Words(ja="この型はなぜ？", en="Why this style?")

ANSWER_ONE_IN: Final = Words(
    ja="{n}{counter}に 1{counter}（{rate}）が返ってきました{clause}。",
    en="One {piece} in {n} ({rate}) has come back{clause}.",
)
ANSWER_RATE: Final = Words(
    ja="配送した {units}のうち {rate} が返ってきました{clause}。",
    en="{rate} of {units} delivered came back{clause}.",
)
ANSWER_NONE: Final = Words(
    ja="配送した {units}のうち、返ってきたものは {zero} です。",
    en="{zero} of {units} delivered came back.",
)
CLAUSE_REASON: Final = Words(
    ja="。いちばん多い理由は「{reason}」です", en=", most of all “{reason}”"
)
CAPTION: Final = Words(
    ja="95% 区間 {interval}%{category}。n {n}、{period}の配送、すべての販路。"
    "観測した値で、終わりの 3 週はまだ返ってくる途中です。",
    en="95% interval {interval}%{category}. n {n}, delivered {period}, all channels. As observed: "
    "the last 3 weeks are still coming back.",
)
CAPTION_CATEGORY: Final = Words(ja="、{category}全体は {rate}", en=", {category} as a whole {rate}")

STRIP: Final = Words(ja="この型の数字", en="Numbers of this style")
STRIP_RETURNED: Final = Words(ja="返った額", en="Returned value")
STRIP_RETURNED_OF: Final = Words(
    ja="配送 {delivered}の {rate}", en="{rate} of {delivered} delivered"
)
STRIP_UNITS: Final = Words(ja="返った数", en="Came back")
STRIP_UNITS_OF: Final = Words(ja="配送 {delivered}", en="of {delivered} delivered")
STRIP_REQUESTS: Final = Words(ja="返品の依頼", en="Requests")
STRIP_REQUESTS_OF: Final = Words(ja="ことわりと取り消しを含む", en="denied and cancelled included")
STRIP_BRACKETING: Final = Words(ja="サイズ違いの同時買い", en="Bought in several sizes")
STRIP_BRACKETING_OF: Final = Words(ja="注文 {n} 件のうち", en="of {n} orders")
STRIP_TRANSIT: Final = Words(ja="配送の途中", en="On the way")
STRIP_TRANSIT_OF: Final = Words(ja="まだ率に入らない", en="not in the rate yet")

HEAT_UP: Final = Words(ja="大きいサイズほど返る", en="The larger the size, the more comes back")
HEAT_DOWN: Final = Words(ja="小さいサイズほど返る", en="The smaller the size, the more comes back")
HEAT_ONE: Final = Words(ja="いちばん返るのは {size}", en="{size} comes back most")
HEAT_FLAT: Final = Words(ja="サイズによる差は見えない", en="No size stands out")
HEAT_FEW: Final = Words(ja="サイズごとに見るには、まだ少ない", en="Too few to judge size by size")
HEAT_CAPTION: Final = Words(
    ja="返品率（%）と n。色は{reference} {rate} の何倍か（0.75・1.25・1.75・2.5 倍で 5 段）。"
    "n が 30 未満は灰色。",
    en="Return rate (%) and n. Colour: ratio to {reference} {rate} (steps at 0.75, 1.25, 1.75, "
    "2.5). Grey where n < 30.",
)
REFERENCE_CATEGORY: Final = Words(ja="{category}全体の", en="the {category} average of")
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
    ja="返品 {n}に占める割合と 95% 区間{category}。お客さまが選んだ理由です。",
    en="Share of {n} returned, with 95% interval{category}. Reasons as customers chose them.",
)
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
    ja="{period}の配送、{step}の返品率（%）。帯は 95% 区間{category}。{still}",
    en="Return rate (%) {step}, delivered {period}. Band: 95% interval{category}. {still}",
)
TREND_STEPS: Final = {
    1: Words(ja="週ごと", en="week by week"),
    2: Words(ja="2 週ごと", en="by two weeks"),
    4: Words(ja="4 週ごと", en="by four weeks"),
}
TREND_STILL: Final = Words(ja="点線は、まだ返ってくる途中です。", en="Dotted: still coming back.")
TREND_CATEGORY: Final = Words(ja="、灰色は{category}全体", en=", grey: {category} as a whole")
TREND_THIS: Final = Words(ja="この型", en="this style")
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
NO_UNKNOWN_DAY: Final = Words(
    ja="配送日が分からない {n}は、週には入れず、ほかの数字には入れています。",
    en="{n} delivered on an unknown day are in no week but in every other number.",
)

UNKNOWN_TITLE: Final = Words(ja="{style} という型はありません", en="There is no style {style}")
UNKNOWN_NEAR: Final = Words(ja="近いもの:", en="The nearest:")
UNKNOWN_NONE: Final = Words(
    ja="この店の型は 0 です。商品か注文の明細が届くと出ます。",
    en="This shop has no styles yet. They appear once products or order lines arrive.",
)
STYLE: Final = Words(ja="型", en="Style")

HOW: Final = Words(
    ja="率、区間、返った数の決め方は「なにが返ってくる？」と同じです。"
    "すべての期間と販路をまとめています。色は、同じカテゴリー全体の率との比です。"
    "理由は、お客さまが選んだ理由（まだ文は読んでいません）で、返った数に占める割合です。"
    "同時買いは、1 つの注文に同じ型が 2 サイズ以上ある割合です。"
    "見出しは、区間が重ならないときだけ差を言います。",
    en="Rates, intervals and returned units are defined as in “What comes back?”, over all time "
    "and channels. Colours compare with the rate of the whole category. Reasons are those that "
    "customers chose (no text is read yet), as a share of returned units. Bought in several "
    "sizes: orders that hold two or more sizes of this style. A heading speaks of a difference "
    "only where the intervals do not overlap.",
)
