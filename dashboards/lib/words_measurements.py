"""Words of what garments measure."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

MEASURES: Final = {
    "length": Words(ja="着丈", en="length"),
    "chest_width": Words(ja="身幅", en="chest width"),
    "shoulder_width": Words(ja="肩幅", en="shoulder width"),
    "sleeve_length": Words(ja="袖丈", en="sleeve length"),
    "waist": Words(ja="ウエスト", en="waist"),
    "hip": Words(ja="ヒップ", en="hip"),
    "inseam": Words(ja="股下", en="inseam"),
    "foot_length": Words(ja="足長", en="foot length"),
    "foot_width": Words(ja="足幅", en="foot width"),
}
HEADING: Final = Words(ja="寸法の段差がそろっていない", en="The steps between sizes are uneven")
CAPTION: Final = Words(
    ja="商品の寸法から。段差は、すぐ下のサイズとの差です。",
    en="From the measurements of the garment: each size less the next smaller one.",
)
STEP: Final = Words(
    ja="{measure}: {first} から {last} は {step} cm、この型のほかの段差は {usual} cm"
    "（{difference} cm）。カテゴリーのふつうは {category} cm。",
    en="{measure}: {first} to {last} is {step} cm where the style steps by {usual} cm "
    "({difference} cm); usual in the category: {category} cm.",
)
SHORT_STEP: Final = Words(
    ja="寸法の{measure}は {first} から {last} が {step} cm、ほかは {usual} cm。",
    en="{measure}: {first} to {last} measures {step} cm, other steps {usual} cm.",
)
