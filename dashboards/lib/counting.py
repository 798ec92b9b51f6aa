"""What numbers of both languages share: from which n a rate is exact, what comes in pairs."""

from __future__ import annotations

import re
from typing import Final

EXACT_FROM: Final = 200  # below this n a rate is written in whole percent
SHOES: Final = re.compile(
    r"靴|シューズ|ブーツ|サンダル|スニーカー|パンプス|ローファー"
    r"|\bshoes?\b|\bboots?\b|sneaker|sandal|loafer|footwear",
    re.IGNORECASE,
)


def is_shoe(category: str) -> bool:
    """Say whether goods of a category are counted in pairs.

    Examples
    --------
    >>> is_shoe("靴"), is_shoe("Ankle boots"), is_shoe("Shirts")
    (True, True, False)
    """
    return SHOES.search(category) is not None
