"""Words of factories and materials whose styles do not fit."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

KINDS: Final = {
    "factory": Words(ja="工場", en="Factory"),
    "material": Words(ja="素材", en="Material"),
}
NONE: Final = Words(ja="工場や素材による違いは見えない", en="No factory or material stands out")
MORE: Final = Words(
    ja="{name}の型は、ほかより多く合っていない",
    en="More styles of {name} do not fit than of others",
)
FEWER: Final = Words(
    ja="{name}の型は、ほかより合っている", en="Fewer styles of {name} do not fit than of others"
)
CAPTION: Final = Words(
    ja="判定のついた型のうち、合わない型の割合（%、95% 区間）。縦の目は、同じカテゴリーのほかの"
    "型から見込まれる割合。標準偏差の 3 倍を超えて違うときだけ、違うと言います。",
    en="Styles that do not fit, % of the styles with a verdict, 95% interval. Tick: as often as "
    "the other styles of their categories. Called different beyond three standard deviations only.",
)
NAME: Final = Words(ja="工場・素材", en="Factory, material")
JUDGED: Final = Words(ja="判定のついた型", en="Styles judged")
MISFITS: Final = Words(ja="合わない型", en="Do not fit")
EXPECTED: Final = Words(ja="見込み", en="Expected")
SHARE: Final = Words(ja="割合", en="Share")
LABEL: Final = Words(
    ja="{name}: 合わない型 {rate}、区間 {interval}、見込み {expected}、{n}",
    en="{name}: {rate} do not fit, interval {interval}, expected {expected}, {n}",
)
