"""Words of "What was offered before the money?", a section of the decisions."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

HEADING: Final = Words(ja="お金の前に、交換をすすめた？", en="What was offered before the money?")
CAPTION: Final = Words(
    ja="{period} の申し込みが、交換までどこまで進んだか。お客さまが自分から言った交換も、"
    "始まった交換に入ります。",
    en="How far the requests of {period} came on the way to an exchange. Exchanges that customers "
    "asked for themselves are among those begun.",
)
STEP: Final = Words(ja="段階", en="Step")
STEPS: Final = {
    "requested": Words(ja="申し込み", en="Requested"),
    "eligible": Words(ja="代わりが在庫にあった", en="Alternative in stock"),
    "offered": Words(ja="返金の前に交換をすすめた", en="Offered before the money"),
    "begun": Words(ja="交換が始まった", en="Exchange begun"),
    "shipped": Words(ja="交換品が出た", en="Replacement sent"),
    "kept": Words(ja="手もとに残った", en="Kept"),
}
ABOUT_UNKNOWN: Final = Words(ja="在庫が分からない {n} 件は別", en="stock unknown: {n}, apart")
ABOUT_ACCEPTED: Final = Words(ja="うち {n} 件で交換に", en="{n} of them led to an exchange")
ABOUT_YOUNG: Final = Words(
    ja="返品期間中 {young} 件 · 戻った {back} 件 · 追えない {lost} 件",
    en="in the return window {young} · came back {back} · not traced {lost}",
)
COUNT: Final = Words(ja="件", en="Requests")
SHARE: Final = Words(ja="割合", en="Share")
AMOUNT: Final = Words(ja="金額", en="Amount")
NOT_TOLD: Final = Words(ja="測れません", en="not measurable")
NO_OFFERS: Final = Words(
    ja="すすめた交換の記録がありません。{file} に {columns} が入ると、すすめた件数と"
    "受け入れられた割合が分かります。",
    en="The files do not say what was offered. {file} tells once it holds {columns}: how often an "
    "exchange was offered, and how often taken.",
)
NO_STOCK: Final = Words(
    ja="在庫が分からないため、代わりの商品があったかは測れません。{file} が入ると分かります。",
    en="Whether an alternative was there is not measurable without stock: {file} tells.",
)
SAVING: Final = Words(ja="交換 1 件で {money} 残った", en="One exchange kept {money}")
SAVING_LOST: Final = Words(ja="交換 1 件で {money} 失った", en="One exchange lost {money}")
SAVING_NONE: Final = Words(
    ja="交換でいくら残ったかは、まだ分かりません", en="What an exchange keeps is not known yet"
)
SAVING_CAPTION: Final = Words(
    ja="返さずにすんだお金から、商品の原価・送料・特典を引き、返金の手数料と手間を足したもの。"
    "戻ってきた交換は、行きと帰りの費用だけ。確定した {n} 件、全期間の価格帯ごと。",
    en="The money that stayed, less goods, freight and bonus, plus the fee and minutes of the "
    "refund. A replacement that came back counts its two ways. {n} settled; bands over all time.",
)
BAND: Final = Words(ja="1 点の値段", en="Price of a unit")
BAND_BETWEEN: Final = Words(ja="{low}〜{high}", en="{low} to {high}")
BAND_FROM: Final = Words(ja="{low} 以上", en="{low} and more")
EXCHANGED: Final = Words(ja="交換", en="Exchanged")
EACH: Final = Words(ja="1 件で残る", en="Each keeps")
NEEDED: Final = Words(ja="必要な伸び", en="Must grow by")
POINTS: Final = Words(ja="ポイント", en="points")
NEVER: Final = Words(ja="元が取れない", en="never pays")
TOO_EARLY: Final = Words(ja="まだ分からない", en="not known yet")
NEEDED_NOTE: Final = Words(
    ja="交換した人みなに {money} を渡すなら、交換の割合がこれだけ増えて元が取れます。"
    "金額は店の設定の {setting} です。",
    en="If everyone who exchanges gets {money}, the share of exchanges has to grow by this much "
    "to pay for it. The amount is the setting {setting} of the shop.",
)
LIFT: Final = Words(
    ja="すすめなかった {held} 件とくらべて、交換は {lift}（95% 区間 {low}〜{high}）。",
    en="Against {held} requests that were shown no offer, the share of exchanges moved by {lift} "
    "(95% interval {low} to {high}).",
)
NO_LIFT_TITLE: Final = Words(
    ja="すすめた効果は、まだ測れません", en="What offers bring is not measurable yet"
)
NO_LIFT: Final = Words(
    ja="くらべる相手がありません。申し込みの一部をくじで選んで何もすすめず、{file} の {column} に"
    "印をつけると、すすめたことで交換がどれだけ増えたかが分かります。",
    en="There is nothing to compare with. Show no offer on some requests drawn by lot and mark "
    "them in {column} of {file}: then it is known how many exchanges the offers bring.",
)
OPEN: Final = {
    0: Words(ja="いますすめられる交換はない", en="No exchange can be offered right now"),
    1: Words(
        ja="いますすめられる交換が {n} 件ある", en="An exchange can be offered on {n} request now"
    ),
    2: Words(
        ja="いますすめられる交換が {n} 件ある", en="An exchange can be offered on {n} requests now"
    ),
}
OPEN_CAPTION: Final = Words(
    ja="まだ片づいていない申し込み {n} 件のうち、一番よい提案が在庫にあるもの。残る金額の大きい順。"
    "在庫はほかの申し込みと取り合いになります。",
    en="Of {n} requests that are still open, those whose best offer is on the shelf; what keeps "
    "most first. Several requests may want the same unit.",
)
OPEN_ZERO: Final = Words(ja="まだ片づいていない申し込みはありません。", en="No request is open.")
OPEN_NONE: Final = Words(
    ja="まだ片づいていない申し込みは {n} 件です。在庫のある代わりの商品が見つかりません。",
    en="{n} requests are open. No suitable variant is on the shelf for them.",
)
OPEN_STOCK: Final = Words(
    ja="まだ片づいていない申し込みは {n} 件です。この 35 日の在庫が分からないため、"
    "交換をすすめられません。{file} が入ると分かります。",
    en="{n} requests are open. Without a stock file of the last 35 days nothing can be offered: "
    "{file} tells.",
)
REQUEST: Final = Words(ja="申し込み", en="Request")
GOODS: Final = Words(ja="返したい商品", en="Sent back")
OFFER: Final = Words(ja="すすめる商品", en="Offer")
WHY: Final = {
    "one_size_larger": Words(ja="1 つ大きいサイズ", en="one size larger"),
    "one_size_smaller": Words(ja="1 つ小さいサイズ", en="one size smaller"),
    "two_sizes_larger": Words(ja="2 つ大きいサイズ", en="two sizes larger"),
    "two_sizes_smaller": Words(ja="2 つ小さいサイズ", en="two sizes smaller"),
    "same_size_other_colour": Words(ja="同じサイズの別の色", en="same size, another colour"),
    "larger_variant": Words(ja="同じ型の大きいほう", en="same style, larger"),
    "smaller_variant": Words(ja="同じ型の小さいほう", en="same style, smaller"),
    "same_style": Words(ja="同じ型の別のもの", en="another of the style"),
}
AVAILABLE: Final = Words(ja="在庫", en="In stock")
KEEPS: Final = Words(ja="残る見込み", en="Expected to keep")
KEEPS_IF_TAKEN: Final = Words(ja="受けられたら", en="if taken")
MORE: Final = Words(
    ja="ほかに {n} 件あります。書き出しには、すべての申し込みがあります。",
    en="{n} more. The export holds every open request.",
)
EXPORT: Final = Words(ja="提案の一覧を書き出す", en="Export these offers")
