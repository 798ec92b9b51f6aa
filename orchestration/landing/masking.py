"""Keep personal values out of messages."""

from __future__ import annotations

import re
from typing import Final

from orchestration.landing.refusals import fold

MASK: Final = "***"
_SHOWN_CHARACTERS: Final = 120
_PERSONAL: Final = re.compile(
    r"name|mail|phone|tel\b|fax|address|zip|postal|postcode|birth|dob\b|customer|buyer|recipient"
    r"|street|氏名|名前|姓|(?:^|[_ ])名$|セイ|メイ|カナ|かな|フリガナ|ふりがな|住所|郵便|電話|携帯"
    r"|番地|建物|メール|アドレス|生年月日|誕生日|宛名|届け?先|送付先|配送先|会員|顧客|購入者|注文者|comment|note"
    r"|備考|コメント|メモ",
    re.IGNORECASE,
)
_THINGS: Final = re.compile(
    r"(?:product|item|style|brand|category|colou?r|size|file|campaign|shop|store|sku|carrier"
    r"|method|source|season|metric)[ _-]?(?:name|title)|商品名|ブランド名|店舗名"
    r"|カテゴリ名|規格名|規格分類名",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"\S+@\S+\.\S+")
_PHONE: Final = re.compile(r"(?:\+?81[-\s]?|0)\d{1,4}[-\s(]{0,2}\d{1,4}[-\s)]{0,2}\d{3,4}")


def is_personal_header(header: str) -> bool:
    """Tell whether a header looks as if people stood below it.

    Examples
    --------
    >>> is_personal_header("配送先_お名前(姓)"), is_personal_header("Lineitem name")
    (True, False)
    """
    folded = fold(header)
    return bool(_PERSONAL.search(_THINGS.sub("", folded)))


def mask_value(value: str | None, *, is_personal: bool) -> str | None:
    """Return a value fit for a message: masked where personal, else cut to 120 characters.

    A mail or phone number is masked in any column: shifted columns are a common defect.

    Examples
    --------
    >>> mask_value("taro@example.jp", is_personal=False)
    '***'
    """
    if value is None:
        return None
    folded = fold(value)
    if is_personal or _MAIL.search(folded) or _PHONE.fullmatch(folded):
        return MASK
    return value if len(value) <= _SHOWN_CHARACTERS else f"{value[:_SHOWN_CHARACTERS]}…"
