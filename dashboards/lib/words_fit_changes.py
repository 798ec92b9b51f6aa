"""Words of what was said of the fit of a style before, and of labels that cannot be read."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

PREVIOUS: Final = Words(ja="前回（{when}）は「{verdict}」", en="{when}: “{verdict}”")
SAME: Final = Words(
    ja="前回（{when}）も「{verdict}」でした。", en="Last verdict ({when}): the same, “{verdict}”."
)
CHANGED: Final = Words(
    ja="前回（{when}）は「{verdict}」。", en="Last verdict ({when}): “{verdict}”."
)
WHYS: Final = {
    "more_small": Words(
        ja="小さいと返された割合が {before} から {now} に増えました。",
        en="Since then {now} is sent back as too small, {before} before.",
    ),
    "more_large": Words(
        ja="大きいと返された割合が {before} から {now} に増えました。",
        en="Since then {now} is sent back as too large, {before} before.",
    ),
    "more_size": Words(
        ja="サイズで返された割合が {before} から {now} に増えました。",
        en="Since then {now} is sent back for its size, {before} before.",
    ),
    "less_small": Words(
        ja="小さいと返された割合が {before} から {now} に減りました。",
        en="Only {now} is sent back as too small now, {before} before.",
    ),
    "less_large": Words(
        ja="大きいと返された割合が {before} から {now} に減りました。",
        en="Only {now} is sent back as too large now, {before} before.",
    ),
    "less_size": Words(
        ja="サイズで返された割合が {before} から {now} に減りました。",
        en="Only {now} is sent back for its size now, {before} before.",
    ),
    "deliveries": Words(
        ja="返された割合は {before} と {now} で近く、確定した配送が {n_before} から {n_now} に"
        "増えて変わりました。",
        en="About as much comes back ({before}, now {now}), of {n_now} developed deliveries "
        "instead of {n_before}.",
    ),
    "threshold": Words(
        ja="型は変わらず、許す見当ちがいの割合の設定が変わりました。",
        en="The style is as it was; the accepted share of false verdicts was set anew.",
    ),
    "corrected": Words(
        ja="確定した配送が {n_before} から {n_now} に直されました。",
        en="The developed deliveries were corrected from {n_before} to {n_now}.",
    ),
    "usual": Words(
        ja="型の数はほとんど動かず、ほかの型との比べ方が変わりました。",
        en="The style’s own numbers hardly moved; what it is compared with did.",
    ),
}

LABELS: Final = Words(ja="読めないサイズの札 {n}", en="{n} with a size label that cannot be read")
LABELS_CAPTION: Final = Words(
    ja="サイズは当てません。札を直すか、商品ファイルの {column} に小さい順の番号を書くと、"
    "サイズごとに判定できます。",
    en="No size is guessed. Correct the label, or give the order in {column} of the products file, "
    "and sizes are judged.",
)
LABELS_STYLE: Final = Words(ja="型", en="Style")
LABELS_SKU: Final = Words(ja="品番", en="SKU")
LABELS_LABEL: Final = Words(ja="札", en="Label")
LABELS_PLACE: Final = Words(ja="ファイル、行", en="File, line")
LABELS_EFFECT: Final = Words(ja="判定への影響", en="What it means")
LABELS_BLOCKING: Final = Words(ja="サイズの順が分からない", en="the sizes have no order")
LABELS_HARMLESS: Final = Words(
    ja="順は商品ファイルから分かる", en="the products file gives the order"
)
LABELS_LINE: Final = Words(ja="{line} 行目", en="line {line}")
LABELS_MORE: Final = Words(ja="ほかに {n}。", en="{n} more.")
LABELS_EXPORT: Final = Words(ja="札の一覧を書き出す", en="Export these labels")
