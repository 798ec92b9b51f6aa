"""Words of the size and fit sheet: one page of paper per style."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

KICKER: Final = Words(ja="サイズ・履き心地シート", en="Size and fit sheet")
BUTTON: Final = Words(ja="印刷用のシート（{n} 枚）", en="A4 sheets ({n})")
VERDICT_NOTE: Final = Words(
    ja="サイズの判定は「{verdict}」です。", en="The verdict on its size: “{verdict}”."
)
AS_OF: Final = Words(ja="{day}時点", en="As of {day}")
SYNTHETIC: Final = Words(ja="合成データ", en="synthetic data")
TITLE: Final = Words(
    ja="サイズ・履き心地シート {shop} {day}", en="Size and fit sheets {shop} {day}"
)
LIST_PRICE: Final = Words(ja="定価 {price}", en="list {price}")
LAUNCHED: Final = Words(ja="{day} 発売", en="launched {day}")
SIZES_FACT: Final = Words(ja="{first}〜{last}", en="{first}–{last}")

# The verdict in words: what it is, which part, from where.
HEADLINES: Final = {
    "runs_small": Words(ja="小さめ", en="Runs small"),
    "runs_large": Words(ja="大きめ", en="Runs large"),
    "label_swap": Words(
        ja="札の取り違え。{first} と {last} が入れ替わっているようです。",
        en="Label swap: {first} and {last} look exchanged.",
    ),
    "true_to_size": Words(ja="ちょうどよい。サイズどおりです。", en="True to size."),
    "not_enough_evidence": Words(ja="証拠が足りない。", en="Not enough evidence."),
}
SENTENCE: Final = Words(ja="{verdict}。{part}{place}", en="{verdict}: {part}{place}")
PARTS_SMALL: Final = Words(ja="{zone}がきつく、", en="the {zone} is tight, ")
PARTS_LARGE: Final = Words(ja="{zone}がゆるく、", en="the {zone} is loose, ")
PARTS_SHORT: Final = Words(ja="{zone}が短く、", en="the {zone} is short, ")
PARTS_LONG: Final = Words(ja="{zone}が長く、", en="the {zone} is long, ")
PLACES: Final = {
    "all": Words(ja="どのサイズも同じです。", en="alike in every size."),
    "up": Words(ja="{first} から上で目立ちます。", en="from {first} up."),
    "down": Words(ja="{last} から下で目立ちます。", en="from {last} down."),
    "one": Words(ja="{first} で目立ちます。", en="in {first}."),
    "unknown": Words(ja="どのサイズかは分かりません。", en="in which sizes cannot be told."),
}

DECIDED_ABOVE: Final = Words(ja="点線 90% を超えたら判定", en="dotted: decided above 90%")
CHANCES: Final = {
    "runs_small": Words(ja="小さめ {share}", en="small {share}"),
    "runs_large": Words(ja="大きめ {share}", en="large {share}"),
    "label_swap": Words(ja="札 {share}", en="labels {share}"),
    "true_to_size": Words(ja="ちょうど {share}", en="true to size {share}"),
}
CHANCES_ALT: Final = Words(ja="確率: {chances}", en="Probabilities: {chances}")
SURE: Final = Words(
    ja="確かさ {share}。この判定にあと必要な配送: 0 点（決まっています）。",
    en="{share} sure. Deliveries still needed for this verdict: none, it is decided.",
)
OPEN: Final = Words(
    ja="いちばん近いのは「{verdict}」で {share} です。",
    en="Nearest to a verdict: “{verdict}”, {share}.",
)
MORE: Final = Words(
    ja="あと約 {k} 点の配送で分かります。", en="About {k} more deliveries will tell."
)
SAMPLE: Final = Words(ja="n {n}、確定 {share}。", en="n {n}, {share} developed.")

PROFILE: Final = {
    "up_small": Words(ja="サイズが上がるほど、きつい", en="The larger the size, the tighter"),
    "down_small": Words(ja="サイズが下がるほど、きつい", en="The smaller the size, the tighter"),
    "up_large": Words(ja="サイズが上がるほど、ゆるい", en="The larger the size, the looser"),
    "down_large": Words(ja="サイズが下がるほど、ゆるい", en="The smaller the size, the looser"),
    "all_small": Words(ja="どのサイズも小さい", en="Every size is small"),
    "all_large": Words(ja="どのサイズも大きい", en="Every size is large"),
    "part_small": Words(ja="小さいと返されるほうが多い", en="More is sent back as too small"),
    "part_large": Words(ja="大きいと返されるほうが多い", en="More is sent back as too large"),
    "swap": Words(
        ja="{first} と {last} だけが逆を向く", en="Only {first} and {last} point the other way"
    ),
    "none": Words(ja="決められるサイズは、まだない", en="No size can be decided yet"),
    "true": Words(ja="小さいとも大きいとも言えない", en="Neither small nor large"),
}
PROFILE_CAPTION: Final = Words(
    ja="サイズを理由に返った割合（%、95% 区間）。濃い色は、そのサイズだけで言えるところ。"
    "点線は{group}の平均。",
    en="Returned for size, % of units delivered, with 95% interval. Dark: that size alone is "
    "decided. Dotted: all of {group}.",
)
SMALL_SIDE: Final = Words(ja="小さい", en="small")
LARGE_SIDE: Final = Words(ja="大きい", en="large")
AVERAGE: Final = Words(ja="{group}の平均 {rate}", en="{group} {rate}")
SHOP: Final = Words(ja="店", en="the shop")
ONE_SIZE_TITLE: Final = Words(ja="サイズは 1 つ", en="One size")
ONE_SIZE: Final = Words(
    ja="{size} だけです。小さいと返された割合 {small}、大きいと返された割合 {large}（n {n}）。",
    en="Only {size}: {small} sent back as too small, {large} as too large (n {n}).",
)
NO_ORDER_TITLE: Final = Words(ja="サイズの順が分からない", en="The order of the sizes is unknown")
NO_ORDER: Final = Words(
    ja="順の決められないサイズがあります: {labels}。商品ファイルの {column} に順を書くと、"
    "サイズごとに出せます。",
    en="These cannot be put in order: {labels}. Once {column} of the products file gives their "
    "order, each size is shown.",
)

GROUPS_CAPTION: Final = Words(
    ja="サイズを理由に返った割合（%、95% 区間）を{dimension}べつに。5 人未満の組は「ほか」。",
    en="Sent back for size (%, 95% interval), by {dimension}. Under 5 customers: “other”.",
)
GROUPS_STOP: Final = Words(ja="。", en=". ")
DIAGNOSIS: Final = Words(ja="見立て", en="Diagnosis:")
STOP: Final = Words(ja="。", en=". ")
DIAGNOSES: Final = {
    "block": Words(ja="型紙（全サイズ）", en="the block, all sizes"),
    "grading_up": Words(ja="グレーディング（大きい側の段差）", en="grading, upper end"),
    "grading_down": Words(ja="グレーディング（小さい側の段差）", en="grading, lower end"),
    "label": Words(ja="札", en="the labels"),
    "lot": Words(ja="製造（ロット {lot} だけ）", en="production, lot {lot} only"),
    "none": Words(ja="どこかは分からない", en="place unknown"),
    "true": Words(ja="なし", en="none"),
    "open": Words(ja="まだ言えない", en="too early"),
}
WHY_DIAGNOSES: Final = {
    "block": Words(
        ja="どのサイズも同じように外れているので、サイズ間の段差ではなく、もとの型紙を疑います。",
        en="Every size is off by the same amount. So look at the block, not at the step between "
        "sizes.",
    ),
    "grading_up": Words(
        ja="全サイズが同じように外れているのではなく、{first} から上で差が開くため、"
        "もとの型紙ではなくサイズ間の段差を疑います。",
        en="Not every size is off by the same amount; the gap opens from {first} up. So look at "
        "the step between sizes, not at the block.",
    ),
    "grading_down": Words(
        ja="全サイズが同じように外れているのではなく、{last} から下で差が開くため、"
        "もとの型紙ではなくサイズ間の段差を疑います。",
        en="Not every size is off by the same amount; the gap opens from {last} down. So look at "
        "the step between sizes, not at the block.",
    ),
    "label": Words(
        ja="隣どうしの {first} と {last} だけが逆を向くため、型紙ではなく札を疑います。",
        en="Only the neighbours {first} and {last} point in opposite directions. So look at the "
        "labels, not at the pattern.",
    ),
    "lot": Words(
        ja="ほかのロットは同じようには外れていないので、型紙ではなく製造を疑います。",
        en="The other lots are not off in the same way. So look at production, not at the pattern.",
    ),
    "none": Words(
        ja="サイズが 1 つか、順が分からないため、型紙か段差かは分けられません。",
        en="With one size, or sizes without an order, block and grading cannot be told apart.",
    ),
    "true": Words(
        ja="直すところは見つかりませんでした。", en="Nothing was found that should be changed."
    ),
    "open": Words(
        ja="証拠がそろうまで、何も疑いません。", en="Nothing is suspected until there is evidence."
    ),
}

ZONES_SMALL: Final = Words(ja="きつい部位は{zone}", en="Tight part: the {zone}")
ZONES_LARGE: Final = Words(ja="ゆるい部位は{zone}", en="Loose part: the {zone}")
ZONES_OPEN: Final = Words(ja="名前の出た部位", en="Parts that were named")
ZONES_CAPTION: Final = Words(
    ja="部位を書いた返品（%、95% 区間。少なければ平均に寄せる）。細線は{group}の平均。"
    "右は小さい、左は大きい。",
    en="Returns naming the part, % of deliveries, 95% interval; few are drawn to the average. "
    "Thin line: all of {group}. Right: small; left: large.",
)
ZONES_NONE: Final = Words(
    ja="部位を書いた返品は、まだありません。", en="No return names a part yet."
)
ZONES_ALT: Final = Words(ja="部位ごとの割合: {zones}", en="Share of each part: {zones}")
MOVES: Final = Words(
    ja="{total} 件の交換のうち {up} 件が大きいサイズへ、{down} 件が小さいサイズへ、"
    "{same} 件が同じサイズへ。",
    en="Of {total} exchanges {up} went to a larger size, {down} to a smaller one, {same} to the "
    "same.",
)
MOVES_ZERO: Final = Words(ja="送り出した交換はありません。", en="No exchange was shipped.")
MOVES_HEADING_ZERO: Final = Words(ja="交換", en="Exchanges")
BRACKETED: Final = Words(
    ja="両サイズ買いの返品 {n} 点は数えていません。",
    en="{n} returns of orders with several sizes are not counted.",
)
QUOTES: Final = Words(ja="お客さまの言葉", en="In customers’ words")
QUOTES_NONE: Final = Words(
    ja="サイズのことを書いた言葉は、まだありません。", en="No customer has written about size yet."
)
OPENING: Final = Words(ja="「", en="“")
CLOSING: Final = Words(ja="」", en="”")
PAGE: Final = Words(ja="商品ページへ", en="For the product page")
MAKER: Final = Words(ja="型紙へ", en="For the pattern maker")
FOOTER: Final = Words(
    ja="返品 {returned}、うちサイズが理由 {sized}（両サイズ買いを除く） · "
    "全型あわせて、見当ちがいの判定は {share} 以下 · 期間 {period}の配送",
    en="{returned} returned, {sized} of them for size (orders with several sizes left out) · "
    "promise: over all styles, at most {share} of the verdicts are false · delivered {period}",
)
FOOTER_UNDATED: Final = Words(
    ja="返品 {returned}、うちサイズが理由 {sized}（両サイズ買いを除く） · "
    "全型あわせて、見当ちがいの判定は {share} 以下",
    en="{returned} returned, {sized} of them for size (orders with several sizes left out) · "
    "promise: over all styles, at most {share} of the verdicts are false",
)
