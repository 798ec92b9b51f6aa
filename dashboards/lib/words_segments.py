"""Words of whom a style does not fit."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

DIMENSIONS: Final = {
    "height_band": Words(ja="身長", en="height"),
    "age_band": Words(ja="年代", en="age"),
    "usual_size": Words(ja="ふだんのサイズ", en="usual size"),
}
FOUND: Final = {
    "small": Words(ja="{who}の方にだけ小さい", en="Too small only for {who}"),
    "large": Words(ja="{who}の方にだけ大きい", en="Too large only for {who}"),
}
WHO: Final = Words(ja="{dimension} {values} ", en="{dimension} {values}")
NOT_FOUND: Final = Words(
    ja="特定のお客さまにだけ合わない、とは言えない",
    en="No group of customers stands out",
)
CAPTION: Final = Words(
    ja="サイズを理由に返った割合（%、95% 区間）を{dimension}べつに。濃い色は、この型がその方にだけ"
    "合わないと言えるところ。5 人未満の組は「ほか」にまとめます。",
    en="Share sent back for size (%, 95% interval) by {dimension}. In colour: it fails these "
    "customers and not the others. Groups under 5 customers are merged into “other”.",
)
TABLE: Final = Words(ja="お客さまべつのサイズ返品率", en="Size returns by customers")
RATE: Final = Words(ja="返品率", en="Rate")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
ROW_LABEL: Final = Words(
    ja="{who}: サイズ返品率 {rate}、95% 区間 {low} から {high}",
    en="{who}: {rate} sent back for size, 95% interval {low} to {high}",
)
KINDS: Final = {
    "unknown": Words(ja="不明", en="unknown"),
    "other": Words(ja="ほか", en="other"),
}
BETWEEN: Final = Words(ja="・", en=", ")
NONE_TITLE: Final = Words(
    ja="どのお客さまに合わないかは、まだ測れません",
    en="Whom it does not fit cannot be measured yet",
)
NONE: Final = Words(
    ja="お客さまの身長、年代、ふだんのサイズ（{entity}）が、1 つの組に 5 人以上届くと測れます。",
    en="Measurable once height, age or usual size of customers ({entity}) arrive, at least 5 "
    "customers to a group.",
)
