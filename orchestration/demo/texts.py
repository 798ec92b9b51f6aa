"""Return notes of the synthetic shop: Japanese and English, each with the codes it was made from.

Synthetic: made from a small grammar, so that the codes are known. Real notes are messier.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

# Zone to its names in Japanese and English.
ZONES: Final = {
    "instep": ("甲", "instep"),
    "foot width": ("足幅", "width"),
    "toe": ("つま先", "toe box"),
    "heel": ("かかと", "heel"),
    "waist": ("ウエスト", "waist"),
    "hip": ("ヒップ", "hips"),
    "thigh": ("もも", "thighs"),
    "inseam": ("股下", "inseam"),
    "bust": ("バスト", "bust"),
    "length": ("着丈", "length"),
    "shoulder": ("肩幅", "shoulders"),
    "sleeve": ("袖", "sleeves"),
    "neck": ("首まわり", "neck"),
}
OPENINGS_JA: Final = (
    "",
    "届いてすぐ試着しました。",
    "楽しみにしていましたが、",
    "サイズ表を見て選びましたが、",
)
CLOSINGS_JA: Final = (
    "。",
    "です。",
    "ので返品します。",
    "ため交換をお願いします。",
    "。残念です。",
)
SMALL_JA: Final = (
    "{zone}がきつい",
    "{zone}が小さい",
    "{zone}が窮屈で長く着ていられない",
    "もう少し{zone}に余裕がほしかった",
    "全体は小さくはないが、{zone}だけきつい",
    "いつものサイズなのに{zone}がきつかった",
    "{zone}が当たって痛い",
)
LARGE_JA: Final = (
    "{zone}が大きい",
    "{zone}がゆるい",
    "{zone}がぶかぶか",
    "{zone}が余ってしまう",
    "思ったより{zone}が大きかった",
    "もう少し{zone}が細ければよかった",
)
SMALL_EN: Final = (
    "Too tight at the {zone}",
    "The {zone} runs small",
    "Not enough room in the {zone}",
    "I would order half a size up because of the {zone}",
    "Fits fine except the {zone}, which is tight",
)
LARGE_EN: Final = (
    "Too loose at the {zone}",
    "The {zone} runs large",
    "Too much room in the {zone}",
    "Swimming in it around the {zone}",
)
# Code, Japanese cores, English cores.
OTHER_REASONS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "FIT.UNSPEC": (
        ("サイズが合わなかった", "サイズ感が合いませんでした", "サイズ違いでした"),
        ("Did not fit", "The size is not right for me"),
    ),
    "LOOK.COLOR": (
        ("色が写真と違う", "画面で見た色より暗い", "思っていた色味と違いました"),
        ("The colour is different from the photo", "Darker than on the screen"),
    ),
    "LOOK.DESIGN": (
        ("似合わなかった", "着てみると雰囲気が違った", "デザインが好みではなかった"),
        ("It does not suit me", "Not my style once on"),
    ),
    "LOOK.MATERIAL": (
        ("生地が薄い", "肌ざわりがちくちくする", "思ったより安っぽい素材だった"),
        ("The fabric is thin", "It feels scratchy"),
    ),
    "QUAL.DEFECT": (
        ("縫い目がほつれていた", "ボタンが取れていた", "最初から汚れがついていた"),
        ("A seam was open on arrival", "There was a stain on it"),
    ),
    "FULF.WRONG_ITEM": (
        ("違う色が届いた", "注文した商品と違うものが入っていた"),
        ("You sent the wrong item", "A different colour arrived"),
    ),
    "FULF.LATE": (
        ("必要な日に間に合わなかった", "届くのが遅かった"),
        ("It arrived too late", "Came after the day I needed it"),
    ),
    "CUST.CHANGED_MIND": (
        ("やっぱり必要なくなった", "気が変わりました", "家族に反対された"),
        ("I changed my mind", "No longer needed"),
    ),
    "CUST.MISTAKE": (
        ("色を間違えて注文しました", "二つ頼んでしまいました"),
        ("I ordered the wrong size by mistake", "Ordered twice by accident"),
    ),
    "NONE": (("よろしくお願いします", "返品希望"), ("Please refund", "n/a")),
}
ENGLISH_SHARE: Final = 0.08
EMPTY_SHARE: Final = 0.18
# Invented contact data at the end of a few notes: what redaction must take out.
CONTACTS: Final = (
    " 連絡は090-0000-1234まで",
    " 電話 03-0000-5678 にください",
    " mail: kaeru.test@example.com",
)
CONTACT_SHARE: Final = 0.01


@dataclass(frozen=True)
class NotePool:
    """All notes of one (code, direction, zone).

    Attributes
    ----------
    japanese, english : tuple of str
    """

    japanese: tuple[str, ...]
    english: tuple[str, ...]


def _build_japanese(cores: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"{opening}{core}{closing}"
        for opening, core, closing in product(OPENINGS_JA, cores, CLOSINGS_JA)
    )


def _build_english(cores: tuple[str, ...]) -> tuple[str, ...]:
    endings = (".", ", so I am sending it back.", ". Otherwise lovely.", " unfortunately.")
    return tuple(f"{core}{ending}" for core, ending in product(cores, endings))


def build_pools() -> dict[tuple[str, str], NotePool]:
    """Build the notes of every (code, zone); the zone is empty where a code has none."""
    pools = {
        (code, ""): NotePool(_build_japanese(japanese), _build_english(english))
        for code, (japanese, english) in OTHER_REASONS.items()
    }
    for zone, (japanese, english) in ZONES.items():
        for code, cores_ja, cores_en in (
            ("FIT.SMALL", SMALL_JA, SMALL_EN),
            ("FIT.LARGE", LARGE_JA, LARGE_EN),
        ):
            pools[code, zone] = NotePool(
                _build_japanese(tuple(core.format(zone=japanese) for core in cores_ja)),
                _build_english(tuple(core.format(zone=english) for core in cores_en)),
            )
    return pools


def draw_notes(
    keys: list[tuple[str, str]],
    *,
    pools: dict[tuple[str, str], NotePool],
    rng: np.random.Generator,
) -> list[str | None]:
    """Draw one note per (code, zone); some customers write nothing."""
    draws = rng.random((len(keys), 4))
    notes: list[str | None] = []
    for key, (language, empty, choice, contact) in zip(keys, draws, strict=True):
        if empty < EMPTY_SHARE:
            notes.append(None)
            continue
        pool = pools[key]
        texts = pool.english if language < ENGLISH_SHARE else pool.japanese
        text = texts[int(choice * len(texts))]
        if contact < CONTACT_SHARE:
            text += CONTACTS[int(contact / CONTACT_SHARE * len(CONTACTS))]
        notes.append(text)
    return notes
