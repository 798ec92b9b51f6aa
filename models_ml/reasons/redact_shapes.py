r"""Mail addresses, card numbers, phone numbers and postcodes: what has a shape of its own.

``\d`` matches full-width digits too. Japanese texts write the hyphen in a dozen ways, the long
vowel sign among them.
"""

from __future__ import annotations

import re
from typing import Final

from models_ml.reasons.prefilter import Sieve

HYPHENS: Final = r"\-‐‑‒–—―−－ｰー"
_SEPARATOR: Final = rf"[ 　]{{0,2}}[{HYPHENS}.．・ 　][ 　]{{0,2}}"
_NOT_AFTER: Final = rf"(?<![\dA-Za-zＡ-Ｚａ-ｚ])(?<!\d[{HYPHENS}.．])"
_NOT_BEFORE: Final = rf"(?![\dA-Za-zＡ-Ｚａ-ｚ])(?![{HYPHENS}.．]\d)"

# Mail -------------------------------------------------------------------------------------------
_LATIN: Final = "A-Za-zＡ-Ｚａ-ｚ"
_LOCAL: Final = rf"[{_LATIN}\d][{_LATIN}\d._%+\-．＿－＋]*"
_DOT: Final = r"[ 　]?(?:[.．]|[\[(（]dot[\])）]|ドット|(?<![A-Za-z])dot(?![A-Za-z]))[ 　]?"
_DOMAIN: Final = rf"[{_LATIN}\d\-－]+(?:{_DOT}[{_LATIN}\d\-－]+){{0,3}}{_DOT}[{_LATIN}]{{2,}}"
_PROVIDER: Final = r"(?:docomo|softbank|ezweb|gmail|yahoo|icloud|hotmail|outlook|i\.softbank|au)"
_MAIL: Final = re.compile(
    rf"{_LOCAL}[ 　]?[@＠][ 　]?(?:{_DOMAIN}|{_PROVIDER}(?![A-Za-z]))"
    rf"|{_LOCAL}[ 　]?(?:[\[(（<＜【](?:at|a|アット|あっと)[\])）>＞】]"
    r"|アットマーク|アット|あっと|[☆★◎])"
    rf"[ 　]?{_DOMAIN}",
    re.IGNORECASE,
)
_TOP: Final = r"(?:com|net|org|jp|info|biz|me|io|edu|uk|de|fr)"
# "look at example.com" is no mail address, "taro.yamada at example.com" is.
_SPELLED_MAIL: Final = re.compile(
    r"(?P<cue>(?:mail|contact|reach|write|アドレス|メール)[^.。\n]{0,25}?)?"
    r"(?<![A-Za-z\d])(?P<local>[A-Za-z\d][A-Za-z\d_.%+\-]*)[ ]at[ ]"
    rf"(?P<domain>[A-Za-z\d\-]+(?:{_DOT}[A-Za-z\d\-]+){{0,2}}{_DOT}{_TOP})(?![A-Za-z])",
    re.IGNORECASE,
)
_MAY_BE_SPELLED: Final = re.compile(rf" at [A-Za-z\d\-]+{_DOT}", re.IGNORECASE)

# Numbers ----------------------------------------------------------------------------------------
_CARD: Final = re.compile(
    rf"{_NOT_AFTER}(?:[3-6３-６]\d{{3}}(?:[{HYPHENS} 　]\d{{4}}){{3}}"
    rf"|3[47]\d\d[{HYPHENS} 　]\d{{6}}[{HYPHENS} 　]\d{{5}}|[3-6３-６]\d{{14,15}}){_NOT_BEFORE}"
)
_PHONE: Final = re.compile(
    rf"{_NOT_AFTER}(?:"
    rf"[+＋]\d{{1,3}}(?:{_SEPARATOR})?(?:[(（]?\d{{1,5}}[)）]?(?:{_SEPARATOR})?){{1,4}}\d{{2,5}}"
    rf"|[(（]?[0０][1-9１-９]\d{{0,3}}[)）]?(?:{_SEPARATOR})?[(（]?\d{{1,4}}[)）]?(?:{_SEPARATOR})?"
    rf"\d{{3,6}}"
    rf"|(?:[(（]\d{{3}}[)）][ 　]?|\d{{3}}[{HYPHENS}.])\d{{3}}[{HYPHENS}.]\d{{4}}"
    rf"){_NOT_BEFORE}"
)
# A number that a word announces may be local, without its area code.
_ANNOUNCED_PHONE: Final = re.compile(
    r"(?P<cue>(?:電話(?:番号)?|携帯(?:電話|番号)?|連絡先|TEL|phone(?: number)?|mobile|cell"
    r"|call me (?:at|on))(?:[ 　]*(?:[:：は]|is|at|no\.?|番号)){0,2}[ 　]*)"
    rf"(?P<number>\d[\d{HYPHENS}.．() （）　]{{5,16}}\d)(?!\d)",
    re.IGNORECASE,
)
_CARD_LENGTH: Final = 15  # digits, or one more
_DATE: Final = re.compile(rf"[2２][0０]\d\d[{HYPHENS}.．]?\d{{1,2}}[{HYPHENS}.．]?\d{{1,2}}$")
_LANDLINE_LENGTH: Final = 10  # digits, with the leading 0; mobiles and Britain have one more
_LONG_BEGINNINGS: Final = ("01", "02", "050", "060", "07", "080", "090")
_INTERNATIONAL_LENGTHS: Final = range(9, 16)  # ITU-T E.164 allows 15
_LOCAL_LENGTH: Final = 7

# Postcodes --------------------------------------------------------------------------------------
_POSTCODE: Final = re.compile(
    rf"〒[ 　]*\d{{3}}(?:{_SEPARATOR})?\d{{4}}(?!\d)"
    r"|(?P<cue>(?:郵便番号|zip(?: ?code)?|post(?:al )?code)(?:[ 　]*(?:[:：は]|is))?"
    r"[ 　]*〒?)"
    rf"[ 　]*(?:\d{{3}}(?:{_SEPARATOR})?\d{{4}}|\d{{5}}(?:-\d{{4}})?|\d{{3}})(?!\d)"
    rf"|(?-i:\b[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}}\b)",
    re.IGNORECASE,
)
_MAY_BE_POSTCODE: Final = re.compile(r"〒|郵便番号|zip|code|(?-i:[A-Z])\d", re.IGNORECASE)
_BARE_POSTCODE: Final = re.compile(
    rf"{_NOT_AFTER}(?<![{HYPHENS}_#＃￥¥])"
    rf"(?:\d{{3}}[{HYPHENS}]\d{{4}}"
    r"|\d{7}(?=[ 　の]{0,2}[一-龥々ヶぁ-ん]{1,6}[都道府県市区郡]))"
    rf"{_NOT_BEFORE}(?!\d?[{HYPHENS}円個枚点cmg%％])"
)
_NUMBER_OF_A_THING: Final = re.compile(
    r"(?:注文|受注|品番|型番|商品|伝票|追跡|管理|受付|問い?合わ?せ|お客様|会員|返品|シリアル|ロット"
    r"|order|item|no|sku|number|lot|ref|#)[^\d。、\n]{0,8}$",
    re.IGNORECASE,
)
_BARE_POSTCODE_LENGTH: Final = 7
_DIGIT: Final = re.compile(r"\d")
PATTERNS: Final = (_MAIL,)
_LUHN_DOUBLE: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _digits_of(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def hide_mails(text: str, *, sieve: Sieve) -> str:
    """Replace mail addresses, those with a spelled-out at sign included."""
    text = sieve.sub(_MAIL, "[mail]", text)
    if _MAY_BE_SPELLED.search(text):
        text = _SPELLED_MAIL.sub(_hide_spelled_mail, text)
    return text


def _hide_spelled_mail(found: re.Match[str]) -> str:
    cue, local = found["cue"], found["local"]
    is_spelled = re.search(r"dot|ドット", found["domain"], re.IGNORECASE)
    if cue or is_spelled or re.search(r"[\d._+]", local):
        return (cue or "") + "[mail]"
    return found[0]


def hide_numbers(text: str) -> str:
    """Replace card numbers, phone numbers and postcodes, where there are digits enough for one."""
    digits = len(_DIGIT.findall(text))
    if digits >= _CARD_LENGTH:
        text = _CARD.sub(lambda found: "[card]" if _is_card(found[0]) else found[0], text)
    if digits >= _INTERNATIONAL_LENGTHS.start:
        text = _PHONE.sub(lambda found: "[phone]" if _is_phone(found[0]) else found[0], text)
    if digits >= _LOCAL_LENGTH:
        text = _ANNOUNCED_PHONE.sub(_hide_announced_phone, text)
    if _MAY_BE_POSTCODE.search(text):
        text = _POSTCODE.sub(lambda found: (found["cue"] or "").rstrip("〒") + "[postcode]", text)
    if digits >= _BARE_POSTCODE_LENGTH:
        text = _BARE_POSTCODE.sub(_hide_bare_postcode, text)
    return text


def _is_card(shape: str) -> bool:
    """Tell whether a shape is grouped like a card number, or has its check digit."""
    digits = _digits_of(shape)
    if len(digits) < len(shape):
        return True
    total = sum(
        int(digit) if place % 2 == 0 else _LUHN_DOUBLE[int(digit)]
        for place, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0


def _is_phone(shape: str) -> bool:
    digits = _digits_of(shape)
    if shape[0] in "+＋":
        return len(digits) in _INTERNATIONAL_LENGTHS
    is_long = len(digits) == _LANDLINE_LENGTH + 1 and digits.startswith(_LONG_BEGINNINGS)
    return is_long or len(digits) == _LANDLINE_LENGTH


def _hide_announced_phone(found: re.Match[str]) -> str:
    number = found["number"]
    if len(_digits_of(number)) < _LOCAL_LENGTH or _DATE.match(number):
        return found[0]
    return found["cue"] + "[phone]"


def _hide_bare_postcode(found: re.Match[str]) -> str:
    if _NUMBER_OF_A_THING.search(found.string[: found.start()]):
        return found[0]
    return "[postcode]"
