"""Street addresses, Japanese and English."""

from __future__ import annotations

import re
from typing import Final

from models_ml.reasons.prefilter import Sieve
from models_ml.reasons.redact_shapes import HYPHENS

_PREFECTURE: Final = (
    "(?:北海道|東京都|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川"
    "|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口"
    "|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)"
)
_KANA_CITY: Final = (
    "さいたま|つくば(?:みらい)?|いわき|ひたちなか|うるま|えびの|むつ|にかほ|みどり|ふじみ野|あきる野"
    "|かほく|あわら|いなべ|たつの|みやま|うきは|あま|みよし|さくら|かすみがうら|いちき串木野|南あわじ"
    "|東かがわ|さぬき|おいらせ|せたな"
)
_WRITING: Final = "一-龥々〆ァ-ヶーケノ"
_NUMBER: Final = r"[\d〇一二三四五六七八九十百]{1,5}"
_UNIT: Final = (
    rf"[ 　]?(?:丁目?|番地の?|番町?|号|地割|街区|条通?[東西南北]?|線|[{HYPHENS}]"
    r"|の(?=[\d一二三四五六七八九]))[ 　]?"
)
_MORE: Final = rf"(?:{_UNIT}(?:{_NUMBER})?){{0,8}}"
_LOT: Final = rf"{_NUMBER}{_MORE}"
_STRONG_LOT: Final = (
    rf"(?:{_NUMBER}(?:丁目?|番地|番|街区|条通?[東西南北]?)[ 　]?(?:{_NUMBER})?{_MORE}"
    rf"|\d{{1,5}}(?:[{HYPHENS}の]\d{{1,5}}){{1,4}}(?:号)?)"
)
_HOUSE_WORD: Final = (
    "(?:マンション|ハイツ|コーポ|アパート|荘|ビル|棟|ハウス|メゾン|タワー|レジデンス|コート|パレス|ハイム"
    "|プラザ|ガーデン|テラス|ヒルズ|寮|団地|苑|館)"
)
_BUILDING: Final = (
    rf"(?:[ 　、,]?(?!サイズ)[{_WRITING}A-Za-zＡ-Ｚａ-ｚ・Ⅰ-Ⅻ]{{2,20}}?{_HOUSE_WORD}?"
    rf"[ 　]?(?:[A-Z]?[{HYPHENS}]?\d{{3,4}}(?!\d|円|[{HYPHENS}年cm])(?:号室|号|室)?"
    r"|\d{1,4}(?:号室|号|F|Ｆ|階)"
    r"|(?<=マンション|レジデンス)|(?<=アパート)|(?<=ハイツ|コーポ|メゾン|タワー)|(?<=ビル)|(?<=荘)))?"
    rf"(?:[ 　{HYPHENS}]?\d{{1,4}}(?:号室|室|階|F))?"
)
_TOWN: Final = rf"[{_WRITING}ぁ-ん（）() 　]{{0,25}}?"
_NOT_A_COUNT: Final = r"(?!\d|[円個枚点件名年月日時歳回人色着足本倍分割%％cmkgKG．.,]|サイズ|種)"
_COUNTRY_WORDS: Final = "(?![販場別分役内外画立民間間域中営道])"
# A prefecture, or a mark that was a postcode, or a word such as 住所 makes any number a lot number;
# without them only a full lot number does, or a number right behind a city and a town.
_PLACES: Final = (
    re.compile(
        rf"{_PREFECTURE}[ 　]?[{_WRITING}ぁ-ん 　]{{1,12}}?[市区町村郡]{_TOWN}{_LOT}{_BUILDING}"
    ),
    re.compile(
        rf"(?:[{_WRITING}]{{1,7}}|{_KANA_CITY})[市区郡](?![販役]){_TOWN}{_STRONG_LOT}{_BUILDING}"
    ),
    re.compile(
        rf"(?:[{_WRITING}]{{1,4}}|{_KANA_CITY})[市区]{_COUNTRY_WORDS}[{_WRITING}]{{1,14}}"
        rf"\d{{1,5}}{_NOT_A_COUNT}{_MORE}{_BUILDING}"
    ),
    re.compile(
        rf"[{_WRITING}]{{1,10}}[ 　]?{_NUMBER}丁目[ 　]?{_NUMBER}{_MORE}{_BUILDING}"
        rf"|[{_WRITING}]{{1,8}}[町字]{_NUMBER}番地?(?:[ 　]?の?{_NUMBER}号?)?{_BUILDING}"
    ),
)
_AFTER_CUE: Final = re.compile(
    r"(?P<cue>(?:住所|送り先|送付先|届け先|配送先|宛先|転居先|引っ?越し?先|\[postcode\])"
    r"(?:[ 　]*(?:[:：はがをの、,]|→|変更)){0,2}[ 　\n]*)"
    rf"(?P<place>(?:{_PREFECTURE}|[{_WRITING}]{{1,7}}[市区郡町村]|(?:{_KANA_CITY})市"
    rf"|[{_WRITING}]{{2,8}}(?=[ 　]?\d{{1,5}}[{HYPHENS}]\d)){_TOWN}(?:{_LOT}{_BUILDING})?)"
)
# Words between a place name and a number that no address holds.
_SENTENCE: Final = re.compile(
    r"です|ます|した|して|から|まで|って|住[んむみ]|[をへ]|が(?![丘浜枝関崎原谷池岡台野ヶ])"
    r"|(?<!い)は(?![るな])|で(?!ん)|に(?!し)|も(?!も|り|み|え)|[ぁ-ん]{7,}|市販|区別(?![所府当])"
)
_SHORTEST_PLACE: Final = 4  # characters

_WAY: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Square"
    r"|Sq|Terrace|Close|Crescent|Parkway|Pkwy|Highway|Hwy|Circle|Row|Gardens|Grove|Mews|Trail"
    r"|Alley)"
)
_PLACE: Final = r"[A-Z][A-Za-z'.-]+(?: [A-Z][A-Za-z'.-]+){0,2}"
_ZIP: Final = r"(?:,? (?:[A-Z]{2} )?\d{5}(?:-\d{4})?|,? \[postcode\])"
_ENGLISH: Final = re.compile(
    r"(?:(?:Apt|Apartment|Unit|Suite|Flat)\.? ?#?\w+,? )?"
    r"(?<![A-Za-z\d.,-])\d{1,5}[A-Za-z]?,? "
    rf"(?:(?:[A-Z][A-Za-z'.]*|\d+(?:st|nd|rd|th)) ){{1,4}}{_WAY}(?![a-z])\.?"
    r"(?:,? (?:(?:Apt|Apartment|Unit|Suite|Ste|Flat|Floor|Room)\.? ?#?|#)\w+)?"
    rf"(?:, ?{_PLACE}){{0,3}}(?:,? [A-Z]{{2}}\b)?{_ZIP}?"
    r"|(?<![A-Z])P\.? ?O\.? Box \d+"
)
_ROMANISED: Final = re.compile(
    r"(?:#?\d{1,4}(?:-\d{1,4})*,? )?(?:[A-Z][A-Za-z'-]*,? ){0,4}"
    r"[A-Z][a-z]+-(?:ku|shi|gun|machi|cho|mura|son)(?![a-z])"
    r"(?:,? (?:[A-Z][A-Za-z-]+|\d+(?:-\d+)*))*"
    r"(?:,? \[postcode\])?"
)
_MAY_BE_JAPANESE: Final = re.compile(
    r"[都道府県市区町村郡字]|丁目|番地|住所|[送届宛越居]|\[postcode\]"
)
_MAY_BE_ROMANISED: Final = re.compile(r"[A-Z][a-z]+[ -]")


PATTERNS: Final = (*_PLACES, _AFTER_CUE, _ENGLISH, _ROMANISED)


def hide_addresses(text: str, *, sieve: Sieve) -> str:
    """Replace street addresses; a prefecture or a city alone stays.

    Parameters
    ----------
    text : str
        Text whose postcodes are marked already.
    sieve : Sieve
        Of ``PATTERNS``, and others maybe.

    Returns
    -------
    str
        Text with ``[address]`` in their place.
    """
    if _MAY_BE_JAPANESE.search(text):
        for pattern in _PLACES:
            text = sieve.sub(pattern, _hide_place, text)
        text = sieve.sub(_AFTER_CUE, _hide_after_cue, text)
    if _MAY_BE_ROMANISED.search(text):
        text = sieve.sub(_ENGLISH, "[address]", text)
        text = sieve.sub(_ROMANISED, _hide_romanised, text)
    return text


def _hide_place(found: re.Match[str]) -> str:
    return found[0] if _SENTENCE.search(found[0]) else "[address]"


def _hide_after_cue(found: re.Match[str]) -> str:
    place = found["place"]
    if _SENTENCE.search(place) or len(place) < _SHORTEST_PLACE:
        return found[0]
    return found["cue"] + "[address]"


def _hide_romanised(found: re.Match[str]) -> str:
    return "[address]" if re.search(r"\d|\[postcode\]", found[0]) else found[0]
