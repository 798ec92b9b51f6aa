"""Words of garments held against their size chart."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

HEADING_OFF: Final = Words(
    ja="寸法がサイズ表とちがう", en="The garment does not measure what its size chart says"
)
HEADING_KEPT: Final = Words(
    ja="寸法はサイズ表どおり", en="The garment measures what its size chart says"
)
CAPTION: Final = Words(
    ja="実寸からサイズ表を引いた差（cm）。下の段は実寸と表。太字は {tolerance} cm 以上の差。",
    en="The garment less the size chart, in cm; below, the garment and the chart. Bold: "
    "{tolerance} cm or more.",
)
TABLE: Final = Words(ja="サイズ表との差", en="Difference to the size chart")
SIZE: Final = Words(ja="サイズ", en="Size")
PAIR: Final = Words(ja="{measured}・{chart}", en="{measured} · {chart}")
NOTHING: Final = "–"
AGREEMENTS: Final = {
    "agrees": Words(
        ja="サイズの判定と同じ向きです。表のとおりに縫えていないおそれがあります。",
        en="It points the way of the verdict on its size: it may not be made as promised.",
    ),
    "disagrees": Words(
        ja="サイズの判定とは逆の向きです。",
        en="It points against the verdict on its size.",
    ),
}
UNKNOWN: Final = Words(
    ja="サイズ表の {labels} は読めない札なので、くらべていません。",
    en="Not compared, as nothing is known of these labels of the chart: {labels}.",
)
NO_CHART_TITLE: Final = Words(
    ja="サイズ表との差はまだ測れない", en="The size chart cannot be held against it yet"
)
NO_CHART: Final = Words(
    ja="この型のサイズ表がありません。{entity} が届けば、実寸との差を測れます。",
    en="There is no size chart of this style. Once {entity} arrives, the garment is held "
    "against it.",
)
SHORT_OFF: Final = Words(
    ja="{size} の{measure}は実寸 {measured}、サイズ表 {chart}（差 {difference} cm）。",
    en="{measure} in {size} measures {measured} cm, size chart {chart} ({difference}).",
)
SHORT_AGAINST: Final = Words(
    ja="{size} の{measure}は実寸 {measured}、サイズ表 {chart}（差 {difference} cm、判定とは逆）。",
    en="{measure} in {size} measures {measured} cm, size chart {chart} ({difference}, against the "
    "verdict).",
)
SHORT_KEPT: Final = Words(
    ja="実寸とサイズ表の差は、どれも {tolerance} cm に届きません。",
    en="It measures what its size chart says, to within {tolerance} cm.",
)
