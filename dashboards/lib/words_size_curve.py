"""Words of the sizes that a style would have sold."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

HEADING: Final = Words(
    ja="次の発注は {size} を {points}多く", en="For the next order: {points} more of {size}"
)
HEADING_SAME: Final = Words(
    ja="次の発注も、売れたとおりの割合でよい", en="For the next order: split sizes as they sold"
)
CAPTION: Final = Words(
    ja="売れた割合と、どのお客さまも合うサイズを手元に残していたら売れた割合（%）。小さいと返る分は"
    "1 つ上へ、大きいと返る分は 1 つ下へ移しています。",
    en="What sold, and what would have sold had each customer kept what fits (%). Returns that are "
    "too small count one size up, those too large one size down.",
)
TABLE: Final = Words(ja="サイズべつの割合", en="Shares of sizes")
SIZE: Final = Words(ja="サイズ", en="Size")
SOLD: Final = Words(ja="売れた割合", en="Sold")
NET: Final = Words(ja="合っていたら", en="Had it fit")
DIFFERENCE: Final = Words(ja="ちがい", en="Difference")
UNIT: Final = Words(ja="ポイント", en="points")
NONE_TITLE: Final = Words(
    ja="次の発注の割合は、まだ測れません", en="The split of the next order cannot be measured yet"
)
FEW: Final = Words(
    ja="小さい・大きいと分かった販売が、ショップ全体であと {small} 点と {large} 点届くと測れます。",
    en="Measurable once the shop has {small} more sales known to be too small and {large} known to "
    "be too large.",
)
NO_ORDER: Final = Words(
    ja="サイズの順が分からないためです。商品ファイルの {column} に順を書くと測れます。",
    en="The order of its sizes is not known. Once {column} of the products file gives it, this is "
    "measured.",
)
