"""Japanese, English, a third language by its name, or none."""

from __future__ import annotations

import pytest

from models_ml.reasons.language import detect_language
from models_ml.reasons.normalise import normalise_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("サイズが小さい", "ja"),
        ("返品希望", "ja"),
        ("個数不足、品質不良", "ja"),
        ("Lサイズ NG", "ja"),
        ("NIKE AIR MAX 90 きつい", "ja"),
        ("too small", "en"),
        ("The colour (紺) is not what I ordered", "en"),
        ("fake", "en"),
        ("Zu klein und die Farbe ist falsch", "de"),
        ("Trop petit, la couleur n'est pas la bonne", "fr"),
        ("El zapato es muy pequeño para mi", "es"),
        ("La scarpa è troppo piccola per me", "it"),
        ("O sapato ficou muito apertado", "pt"),
        ("De schoenen zijn te klein", "nl"),
        ("사이즈가 너무 작아요", "ko"),
        ("尺码太小了，我要退货", "zh"),
        ("颜色不对", "zh"),
        ("Размер слишком маленький", "ru"),
        ("المقاس صغير جدا", "ar"),
        ("เล็กเกินไป", "th"),
        ("giày quá nhỏ", "vi"),
        ("", "und"),
        ("!!! 👟", "und"),
        ("12345", "und"),
        ("qwfp zxcv", "und"),
    ],
)
def test_a_language_is_told(text: str, expected: str) -> None:
    assert detect_language(normalise_text(text).text) == expected
