"""Names of persons, where the text shows that a person is meant.

Japanese names are ordinary characters, so a rule needs two hints: a word list or a name's shape,
and a place in the sentence (before 様, before です at the head of a clause, at the end as a
signature, after 氏名, before の件 or 家宛).
"""

from __future__ import annotations

import re
from typing import Final

from models_ml.reasons.name_shapes import (
    HIRAGANA,
    KANJI,
    KATAKANA,
    LIKELY,
    PLAUSIBLE,
    SURE,
    begins_with_surname,
    is_full_name,
    is_known_kana_surname,
    is_listed,
    rate_name,
)
from models_ml.reasons.person_names import (
    ENGLISH_GIVEN_NAMES,
    GIVEN_IN_HIRAGANA,
    NO_ANSWERS,
    NOT_BEFORE_HONORIFIC,
    NOT_BEFORE_HONORIFIC_KANA,
    NOT_ENGLISH_NAMES,
    NOT_SURNAMES,
    SURNAMES,
)
from models_ml.reasons.prefilter import Sieve

_CLAUSE_START: Final = r"^|(?<=[。．.!！?？、,\s　「『（(・:：])"
_CLAUSE_END: Final = r"(?=$|[\s　。．、,!！.…)）」]|が[、,]|けど|けれど)"
_SPACED_GIVEN: Final = rf"(?:[ 　](?:{KANJI}{{1,4}}|{HIRAGANA}{{2,4}}))?"

_TITLED: Final = re.compile(
    rf"(?P<name>{KANJI}{{1,8}}(?:[ 　]{KANJI}{{1,4}})?|{KATAKANA}{{2,10}}|{HIRAGANA}{{2,5}})"
    r"(?P<title>[ 　]?(?:様(?![子々式相変])|殿|氏(?!名))|さま(?![ざぁ-ん])"
    r"|サマ|さん|サン|くん|ちゃん|君)"
)
_INTRODUCED: Final = re.compile(
    rf"(?P<start>{_CLAUSE_START}|(?<=[のたはでるが]))"
    rf"(?P<name>{KANJI}{{1,7}}{_SPACED_GIVEN}"
    rf"|{KATAKANA}{{2,8}}(?:[ 　・]{KATAKANA}{{2,8}})?"
    rf"|{HIRAGANA}{{2,5}}(?:[ 　]{HIRAGANA}{{2,4}})?)"
    rf"(?P<verb>(?:です|でございます|より(?=$|[。\s])|本人です){_CLAUSE_END}"
    r"|まで(?=[ごお]?(?:連絡|電話|返信|返事|一報))|と(?:申し|もうし|いいま|言いま|いう者|言う者|名乗))"
)
_LABELLED: Final = re.compile(
    r"(?P<cue>(?:(?:氏名|芳名|名前|名義人?|宛名|受取人|注文者|購入者|返品者|申込者?|差出人|送り主|依頼者|依頼主|会員名|記名|署名|代理人?|担当者?|本名)名?"
    r"|(?<!\[)\bname\b)[ 　]*(?P<sign>[:：=＝→】]|は|が|[ 　の])[ 　]*)"
    rf"(?P<name>{KANJI}{{1,6}}{_SPACED_GIVEN}|{KATAKANA}{{2,8}}(?:[ 　・]{KATAKANA}{{2,8}})?"
    rf"|{HIRAGANA}{{2,6}}(?:[ 　]{HIRAGANA}{{2,6}})?|[A-Z][a-z'-]+(?: [A-Z][a-z'.-]*){{0,2}})"
    r"(?P<end>$|です|でござ|と申|[。、,.\s　)）」/／])?",
    re.IGNORECASE,
)
_RUN: Final = re.compile(
    rf"(?<!{KANJI})(?<!{KATAKANA})(?P<name>{KANJI}{{1,4}}[ 　](?:{KANJI}{{1,4}}"
    rf"|{HIRAGANA}{{2,4}}(?=$|[\s。、）)]))(?!{KANJI}|{KATAKANA})"
    rf"|{KANJI}{{3,7}}?(?=(?:宛|名義|本人|分|用)?(?!{KANJI}|{KATAKANA}))"
    rf"|{KATAKANA}{{2,5}}[ 　・]{KATAKANA}{{2,5}}(?!{KANJI}|{KATAKANA}))"
    rf"|(?<!{KANJI})(?P<kana>{KANJI}{{1,3}}(?:{'|'.join(GIVEN_IN_HIRAGANA)}))"
)
# Three characters that no name has less of, or two words, or a given name in hiragana.
_MAY_BE_RUN: Final = re.compile(
    rf"[一-龥々ヶ﨑ァ-ヴー](?:[ 　・]|{KANJI}{{2}}|{'|'.join(GIVEN_IN_HIRAGANA)})"
)
_MAY_BE_SIGNED: Final = re.compile(r"[一-龥々ヶ﨑)）]\s*$")
_SIGNED: Final = re.compile(
    r"(?P<open>(?:^|\n|[（(])[ 　]*|[。．!！?？\s　])"
    rf"(?P<name>{KANJI}{{1,6}})(?P<close>[)）]?[ 　]*(?:拝|記)?\s*)$"
)
_MEANT: Final = re.compile(
    rf"(?<!{KANJI})(?<!{KATAKANA})(?P<name>{KANJI}{{2,7}}?)"
    r"(?=の件|家(?:宛|の者|[にへ]送)|[がは](?:受け?取|持ち込|持って行|伺|代わり|代理|連絡|電話|届け))"
)
_BRACKETED: Final = re.compile(rf"(?<=[（(])(?P<name>{KANJI}{{2,6}})(?=[)）])")
_HEADED: Final = re.compile(rf"(?P<name>{KANJI}{{2,3}})(?=[ 　\n：:、,])")

_TITLE: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?)"
_LATIN_NAME: Final = r"[A-Z][a-z'’-]+(?: [A-Z]\.?)?(?: [A-Z][a-zA-Z'’-]+){0,2}"
_CLOSING: Final = (
    "(?:[Rr]egards|[Ss]incerely(?: yours)?|[Yy]ours(?: truly)?|[Tt]hank(?:s| you)|[Bb]est"
    "|[Cc]heers|[Ll]ove)"
)
_MAY_BE_ENGLISH: Final = re.compile(r"[A-Z][a-z]")
_ENGLISH: Final = re.compile(
    r"\b(?:[Mm]y (?:full )?name is|[Nn]ame ?[:=]|[Ss]igned,?|[Aa]sk for|[Ss]poke (?:to|with)"
    rf"|[Tt]alked (?:to|with)|[Cc]are of|[Cc]/o|{_TITLE}) (?:{_TITLE} )?"
    rf"(?P<name>{_LATIN_NAME})"
    rf"|\b(?:I am|I'm|I’m|[Tt]his is|[Ii]t's) (?:{_TITLE} )?(?P<self>{_LATIN_NAME})"
    rf"|(?:\b{_CLOSING}[,.!]?[ \n]+|\n ?[-–—]? ?|[.!?] ?[-–—] ?)"
    rf"(?P<signed>{_LATIN_NAME})(?=[ .\n]*$)"
    rf"|\b(?P<san>{_LATIN_NAME})(?=-(?:san|sama)\b)"
)
_SIGNS: Final = ":：=＝→】"
_COMMON_NOUN_ENDS: Final = "者員屋師人家手親客店社局主長係課部班室隊医生用品柄色物優督姐嬢"
PATTERNS: Final = (_TITLED, _LABELLED, _INTRODUCED, _MEANT, _BRACKETED, _ENGLISH)
_SHORT: Final = 3  # characters of the longest surname that is believed without a list


def hide_names(text: str, *, sieve: Sieve) -> str:
    """Replace names of persons.

    Parameters
    ----------
    text : str
        Text whose mails, numbers and addresses are marked already.
    sieve : Sieve
        Of ``PATTERNS``, and others maybe.

    Returns
    -------
    str
        Text with ``[name]`` in their place; titles such as 様 stay.
    """
    text = sieve.sub(_TITLED, _hide_titled, text)
    text = sieve.sub(_LABELLED, _hide_labelled, text)
    text = sieve.sub(_INTRODUCED, _hide_introduced, text)
    if _MAY_BE_RUN.search(text):
        text = _RUN.sub(_hide_run, text)
    text = sieve.sub(_MEANT, _hide_meant, text)
    text = sieve.sub(_BRACKETED, _hide_bracketed, text)
    if _MAY_BE_SIGNED.search(text):
        text = _SIGNED.sub(_hide_signed, text)
    headed = _HEADED.match(text)
    if headed and is_listed(headed["name"]):
        text = "[name]" + text[headed.end() :]
    if _MAY_BE_ENGLISH.search(text):
        text = sieve.sub(_ENGLISH, _hide_english, text)
    return text


def _hide_titled(found: re.Match[str]) -> str:
    name, title = found["name"], found["title"].strip()
    if re.match(HIRAGANA, name):
        start = _find_kana_name(name)
    elif re.match(KATAKANA, name):
        start = 0 if _is_kana_person(name, title=title) else None
    else:
        start = _find_kanji_name(name, title=title)
    if start is None:
        return found[0]
    return name[:start] + "[name]" + found[0][len(name) :]


def _find_kana_name(name: str) -> int | None:
    """Tell where a surname begins in hiragana that may hold the end of another word first."""
    return next((cut for cut in range(len(name) - 1) if is_known_kana_surname(name[cut:])), None)


def _is_kana_person(name: str, *, title: str) -> bool:
    if name.endswith(NOT_BEFORE_HONORIFIC_KANA):
        return False
    return is_known_kana_surname(name) or (title in {"様", "さま"} and len(name) <= 2 * _SHORT)


def _find_kanji_name(name: str, *, title: str) -> int | None:
    is_other = name.endswith(NOT_BEFORE_HONORIFIC) and not is_full_name(name)
    if is_other and (name not in SURNAMES or name in NOT_BEFORE_HONORIFIC or name in NOT_SURNAMES):
        return None
    if len(name) > _SHORT and begins_with_surname(name):
        return 0
    for start in range(len(name) - 1):
        if rate_name(name[start:]) >= LIKELY:
            return start
    is_short = len(name) <= _SHORT and name[-1] not in _COMMON_NOUN_ENDS
    is_believed = is_short and name not in NOT_SURNAMES and title in {"様", "さま", "さん", "氏"}
    return 0 if is_believed else None


def _hide_labelled(found: re.Match[str]) -> str:
    name, sign = found["name"], found["sign"]
    rate = rate_name(name)
    is_kanji = re.match(KANJI, name) is not None
    if re.match("[A-Za-z]", name):
        is_name = sign in _SIGNS and name.split()[0].title() not in NOT_ENGLISH_NAMES
    elif sign in _SIGNS:
        is_name = rate >= PLAUSIBLE if is_kanji else name not in NO_ANSWERS
    elif sign in "はが":
        is_name = rate >= LIKELY or (rate == PLAUSIBLE and found["end"] is not None and is_kanji)
    else:
        is_name = rate >= SURE or begins_with_surname(name)
    return found["cue"] + "[name]" + (found["end"] or "") if is_name else found[0]


def _hide_introduced(found: re.Match[str]) -> str:
    name, verb, rate = found["name"], found["verb"], rate_name(found["name"])
    before = found.string[found.start() - 1 : found.start()]
    is_at_start = before not in set("のたはでるが")
    if verb.startswith("と"):
        is_name = rate >= PLAUSIBLE
    elif found.start() == 0 and name in SURNAMES:
        is_name = True
    elif is_at_start:
        is_name = rate >= LIKELY or begins_with_surname(name)
    else:
        is_name = rate >= SURE
    return "[name]" + verb if is_name else found[0]


def _hide_run(found: re.Match[str]) -> str:
    if found["kana"]:
        surname = re.match(f"{KANJI}+", found["kana"])
        is_name = surname is not None and rate_name(surname[0]) >= LIKELY
        return "[name]" if is_name else found[0]
    name, *rest = re.split("(?=[ 　])", found["name"])
    if is_full_name(found["name"]):
        return "[name]"
    # "山田太郎 返品": what stands after the space is no given name, what stands before may be all.
    return "[name]" + "".join(rest) if rest and is_full_name(name) else found[0]


def _hide_meant(found: re.Match[str]) -> str:
    name = found["name"]
    return "[name]" if rate_name(name) >= SURE or begins_with_surname(name) else found[0]


def _hide_bracketed(found: re.Match[str]) -> str:
    is_name = is_listed(found["name"]) or begins_with_surname(found["name"])
    return "[name]" if is_name else found[0]


def _hide_signed(found: re.Match[str]) -> str:
    name = found["name"]
    is_alone = re.search(r"\n|[（(]", found["open"]) is not None
    is_name = is_listed(name) or begins_with_surname(name)
    is_name = is_name or (is_alone and rate_name(name) >= LIKELY)
    return found["open"] + "[name]" + found["close"] if is_name else found[0]


def _hide_english(found: re.Match[str]) -> str:
    name = found["name"] or found["self"] or found["signed"] or found["san"]
    first, *others = name.split()
    if first in NOT_ENGLISH_NAMES:
        return found[0]
    is_weak = found["self"] is not None or found["signed"] is not None
    if is_weak and first not in ENGLISH_GIVEN_NAMES and not others:
        return found[0]
    start = found[0].rindex(name)
    return found[0][:start] + "[name]" + found[0][start + len(name) :]
