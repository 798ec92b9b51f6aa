"""Words of "Which styles do not fit?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="どの型が合わない？", en="Which styles do not fit?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(
    ja="サイズと履き心地（届いた日でまとめた返品）", en="size and fit (returns by delivery day)"
)
VERDICT: Final = Words(ja="判定", en="Verdict")
VERDICTS: Final = {
    "runs_small": Words(ja="小さめ", en="Runs small"),
    "runs_large": Words(ja="大きめ", en="Runs large"),
    "label_swap": Words(ja="札の取り違え", en="Label swap"),
    "true_to_size": Words(ja="ちょうどよい", en="True to size"),
    "not_enough_evidence": Words(ja="証拠が足りない", en="Not enough evidence"),
}
SEGMENTS: Final = {
    "all": Words(ja="すべて", en="All"),
    "runs_small": Words(ja="小さめ", en="Small"),
    "runs_large": Words(ja="大きめ", en="Large"),
    "label_swap": Words(ja="札", en="Label"),
    "true_to_size": Words(ja="合う", en="Fits"),
    "not_enough_evidence": Words(ja="不足", en="Too little"),
}
ANSWER: Final = {
    1: Words(
        ja="{n} 型がサイズに合っていません（{parts}）。{rest}",
        en="{n} style does not fit ({parts}). {rest}",
    ),
    2: Words(
        ja="{n} 型がサイズに合っていません（{parts}）。{rest}",
        en="{n} styles do not fit ({parts}). {rest}",
    ),
}
ANSWER_NONE: Final = Words(
    ja="{n} 型を見て、合わないと言えるものは {zero} でした。{rest}",
    en="Looked at {n} styles; of {zero} can be said that it does not fit. {rest}",
)
ANSWER_REST: Final = Words(
    ja="{k} 型はまだ証拠が足りません。", en="For {k} the evidence is not enough yet."
)
PARTS: Final = {
    "runs_small": Words(ja="小さめ {n}", en="{n} small"),
    "runs_large": Words(ja="大きめ {n}", en="{n} large"),
    "label_swap": Words(ja="札の取り違え {n}", en="{n} label swap"),
}
BETWEEN: Final = Words(ja="、", en=", ")
CAPTION: Final = Words(
    ja="見当ちがいは {share} 以下に抑えています。両サイズ買いの返品は数えていません。",
    en="At most {share} of the misfits named here are false. Returns of orders with several sizes "
    "are not counted.",
)
TABLE: Final = Words(ja="型ごとの判定", en="Verdict of each style")
STYLE: Final = Words(ja="型", en="Style")
DIRECTION_SMALL: Final = Words(ja="← 小さめ", en="← small")
DIRECTION_LARGE: Final = Words(ja="大きめ →", en="large →")
SURE: Final = Words(ja="確かさ", en="Sure")
ZONE: Final = Words(ja="部位", en="Part")
PROFILE: Final = Words(ja="サイズ順", en="By size")
PROFILE_KEY: Final = Words(ja="▲ 小さい ▼ 大きい", en="▲ small ▼ large")
DIAGNOSIS: Final = Words(ja="見立て", en="Diagnosis")
DIAGNOSES: Final = {
    "block": Words(ja="全サイズ、型紙", en="All sizes: block"),
    "grading": Words(ja="{first} から {last} の段差", en="Grading, {first} to {last}"),
    "lot": Words(ja="ロット {lot} だけ", en="Lot {lot} only"),
    "label": Words(ja="{first} と {last} が入れ替わり", en="{first} and {last} swapped"),
}
MORE: Final = Words(ja="あと約 {n} 点の配送で分かる", en="about {n} more deliveries")
DIRECTION_LABEL: Final = Words(
    ja="小さめの確率 {small}、大きめの確率 {large}", en="{small} likely small, {large} likely large"
)
PROFILE_LABEL: Final = Words(
    ja="サイズ順に、小さいと返された割合と大きいと返された割合: {sizes}",
    en="Share sent back as too small and as too large, by size: {sizes}",
)
PROFILE_SIZE: Final = Words(ja="{size} {small} と {large}", en="{size} {small} and {large}")
FOOT: Final = Words(
    ja="点線は 90% の線。灰色の棒は、そのサイズだけではまだ決められないことを示します。",
    en="Dotted lines: 90%. Grey bars: that size alone cannot be decided yet.",
)
NO_ROWS_TITLE: Final = Words(ja="この条件に合う型はありません", en="No style matches these filters")
NO_ROWS: Final = Words(
    ja="店の {total} の型を見ました。この 0 は、数えた結果の 0 です。",
    en="Looked at {total} styles of the shop. This zero is a measured zero.",
)
NO_DATA_TITLE: Final = Words(ja="まだ判定できる型がありません", en="No style to judge yet")
NO_DATA: Final = Words(
    ja="注文の明細（{lines}）と返品の依頼（{requests}）が届くと、ここに判定が出ます。",
    en="Verdicts appear here once order lines ({lines}) and return requests ({requests}) arrive.",
)
HOW: Final = Words(
    ja="返品の理由、お客さまの言葉、交換の向き（大きいサイズへ替えたら「小さい」）を、1 件ずつ"
    "1 つの証拠にまとめ、これから返ってくる分を見込んだ点数と比べます。ほかの理由の返品も多い型は、"
    "合わないとは言いません。判定は、全サイズ、範囲の片側、隣どうしの取り違えのうち、"
    "いちばん確からしいものです。証拠が足りない型には、ふだんの 2.5 倍返る型なら 8 割がた"
    "見分けられるまでの点数を示します。",
    en="Reasons, customers’ words and exchanges (to a larger size: small) become one piece of "
    "evidence per return, held against developed deliveries. A style that comes back for other "
    "reasons as well is not called a misfit. The verdict is the most probable of all sizes, one "
    "end of the range, or two swapped neighbours. Where the evidence is not enough, the page says "
    "how many deliveries are missing until a style sent back 2.5 times as often as usual would be "
    "told in 8 of 10 cases.",
)
