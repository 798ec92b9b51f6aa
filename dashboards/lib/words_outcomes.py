"""Words of what becomes of one style: its strip, its curve, its exchanges, its stock."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

DELIVERED: Final = Words(ja="配送", en="Delivered")
DELIVERED_ALL: Final = Words(ja="すべての販路", en="all channels")
DELIVERED_OF: Final = Words(ja="同時買いも入れると {n}", en="{n} with sizes bought together")
SEEN: Final = Words(ja="観測した返品率", en="Observed rate")
SEEN_OF: Final = Words(ja="{n}が返った", en="{n} came back")
FINAL: Final = Words(ja="見込みの返品率", en="Expected final rate")
FINAL_OF: Final = Words(ja="95% 区間 {interval}", en="95% interval {interval}")
RANGE_ONLY: Final = Words(ja="幅のみ、確定 {share}", en="range only, {share} developed")
NO_DAYS: Final = Words(ja="配送した日が分からない", en="days of delivery unknown")
EXCESS: Final = Words(ja="余分な返品", en="Excess returns")
EXCESS_OF: Final = Words(ja="期待より {n}多い", en="{n} more than expected")
EXCESS_BELOW: Final = Words(ja="期待より {n}少ない", en="{n} fewer than expected")
EXCESS_EARLY: Final = Words(ja="まだ言えない", en="too early to say")
CONTRIBUTION: Final = Words(ja="返品後の利益", en="Contribution after returns")
CONTRIBUTION_OF: Final = Words(ja="返品の費用 {cost}のあと", en="after {cost} of return costs")
CONTRIBUTION_NONE: Final = Words(
    ja="商品の原価が届くと測れる", en="measurable once unit costs arrive"
)

CURVE_LEFT: Final = Words(
    ja="まだ {n} 割が返りきっていない", en="About {n}0% of it is still to come back"
)
CURVE_DONE: Final = Words(
    ja="返るものは、ほぼ返りきった", en="Nearly all that will come back has come"
)
CURVE_CAPTION: Final = Words(
    ja="配送からの日数と返ってきた割合（%）。{now}灰色は期待。返る速さは{category}の返品から。",
    en="Share returned by days since delivery (%). {now}Grey: expected. Speed: from the returns of "
    "{category}.",
)
CURVE_DASHED: Final = Words(
    ja="点線は補った部分、帯は 95% 区間。", en="Dashed: developed part; band: 95% interval. "
)
CURVE_RULE: Final = Words(ja="縦線は 95% 区間。", en="Rule: 95% interval. ")
CURVE_TAIL: Final = Words(
    ja="返品期間を終えた配送がまだなく、割合は高めです。",
    en="No delivery has had its whole return window yet: shares are too high.",
)
CURVE_AXIS: Final = Words(ja="配送からの日数", en="Days since delivery")
CURVE_NOW: Final = Words(ja="今 {rate}", en="now {rate}")
CURVE_EXPECTED: Final = Words(ja="期待 {rate}", en="expected {rate}")
CURVE_ALT: Final = Words(
    ja="{heading}。今 {seen}、最後に {final}、期待 {expected}",
    en="{heading}. Now {seen}, {final} in the end, {expected} expected",
)
CURVE_NONE_TITLE: Final = Words(
    ja="どこまで返ったかは、まだ測れません", en="How far it has come cannot be measured yet"
)
CURVE_NONE: Final = Words(
    ja="配送した日と返品した日が要ります。配送の記録（{deliveries}）と返品の依頼（{returns}）が"
    "届くと出ます。",
    en="It takes days of delivery and of return: {deliveries} and {returns}.",
)
SHOP: Final = Words(ja="店全体", en="the shop")

MOVES_UP: Final = Words(ja="交換は大きいほうへ", en="Exchanges go to a larger size")
MOVES_DOWN: Final = Words(ja="交換は小さいほうへ", en="Exchanges go to a smaller size")
MOVES_FLAT: Final = Words(ja="交換の向きは、どちらとも言えない", en="No direction stands out")
MOVES_FEW: Final = Words(
    ja="交換の向きを言うには、まだ少ない", en="Too few exchanges to speak of a direction"
)
MOVES_CAPTION: Final = Words(
    ja="送り出した交換 {n} 件の行き先。右ほど大きいサイズへ（何サイズ動いたか）。",
    en="Where {n} shipped exchanges went. Right: to a larger size (sizes moved).",
)
MOVES_SENTENCE: Final = Words(
    ja="交換は {n} 件だけです。大きいほうへ {up}、小さいほうへ {down}。",
    en="Only {n} so far: {up} to a larger size, {down} to a smaller one.",
)
MOVES_SAME: Final = Words(ja="同じ・色違い", en="same, colour")
MOVES_OTHER: Final = Words(ja="ほか", en="other")
MOVES_ALT: Final = Words(
    ja="{heading}。大きいほうへ {up}、小さいほうへ {down}",
    en="{heading}. {up} to a larger size, {down} to a smaller one",
)
MOVES_ZERO_TITLE: Final = Words(ja="この型の交換は 0 件です", en="No exchange of this style")
MOVES_ZERO: Final = Words(
    ja="交換の記録を見ました。この 0 は、数えた結果の 0 です。",
    en="The exchanges were looked at. This zero is a measured zero.",
)
MOVES_NONE_TITLE: Final = Words(
    ja="交換の行き先は、まだ測れません", en="Exchanges cannot be measured yet"
)
MOVES_NONE: Final = Words(
    ja="交換の記録（{entity}）が届くと、どのサイズへ替えたかが出ます。",
    en="Which sizes people change to appears once {entity} arrive.",
)

STOCK_OUT: Final = Words(ja="{sizes} は売り切れ", en="Sold out: {sizes}")
STOCK_ALL: Final = Words(ja="どのサイズにも在庫がある", en="Every size is in stock")
STOCK_CAPTION: Final = Words(
    ja="{day}の在庫。予約と、売れない品を引いた数。",
    en="Stock of {day}, less what is reserved or cannot be sold.",
)
STOCK_TABLE: Final = Words(ja="サイズごとの在庫", en="Stock by size")
STOCK_SIZE: Final = Words(ja="サイズ", en="Size")
STOCK_AVAILABLE: Final = Words(ja="売れる数", en="Sellable")
STOCK_NONE_TITLE: Final = Words(
    ja="サイズごとの在庫は、まだ測れません", en="Stock cannot be measured yet"
)
STOCK_NONE: Final = Words(
    ja="在庫の記録（{entity}）が届くと、この型の売れる数がサイズごとに出ます。",
    en="What can be sold of each size appears once {entity} arrive.",
)
