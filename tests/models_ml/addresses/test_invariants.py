"""What holds of every address, however it is typed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_ml.addresses.checking import MAX_CHARACTERS, AddressCheck, check_address, find_sound
from models_ml.addresses.codes import ASK, CODES, CORRECT, LANES, NOT_CHECKED, SHIP
from models_ml.addresses.folding import fold, fold_with_places
from models_ml.addresses.judging import judge
from models_ml.addresses.lots import judge_lot
from models_ml.addresses.postal_index import PostalIndex
from models_ml.addresses.postal_text import read_postal
from orchestration.postal_data import load_postal_table

INDEX = PostalIndex(load_postal_table())
PLACES = [
    ("1500043", "東京都", "渋谷区", "道玄坂"),
    ("2220035", "神奈川県", "横浜市港北区", "鳥山町"),
    ("0600061", "北海道", "札幌市中央区", "南一条西"),
    ("6638113", "兵庫県", "西宮市", "甲子園口"),
    ("6048006", "京都府", "京都市中京区", "下丸屋町"),
    ("9691103", "福島県", "本宮市", "仁井田"),
    ("5210072", "滋賀県", "米原市", "顔戸"),
]
PIECES = [part for place in PLACES for part in place[1:]] + [
    *(
        "1-2-3",
        "１丁目２番３号",
        "大字",
        "字",
        "ヶ",
        "の",
        "二十四",
        "十",
        "〒",
        "150-0043",
        "番地",
    ),
    *("コーポ", "マンション", "101号室", "５Ｆ", " ", "　", "🏠", "東京", "県", "市", "区", "通り"),
]
ADDRESSES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
POSTALS = st.sampled_from([place[0] for place in PLACES]) | st.text("0123456789-", max_size=9)
ANYTHING = st.text(max_size=60)


def list_digits(text: str) -> str:
    return "".join(re.findall("[0-9]", fold(text)))


@given(address=ANYTHING | ADDRESSES, postal=st.none() | POSTALS | ANYTHING)
@settings(max_examples=400)
def test_nothing_raises_and_every_answer_is_whole(address: str, postal: str | None) -> None:
    check = check_address(INDEX, address, postal=postal)
    assert check.lane in LANES
    assert set(check.codes) <= CODES
    assert check.data_month == INDEX.data_month
    is_corrected = check.lane == CORRECT
    assert (check.corrected_address is not None) == is_corrected
    assert (check.confidence is not None) == is_corrected
    assert not (check.candidates and check.lane != ASK)


@given(address=ADDRESSES, postal=POSTALS)
@settings(max_examples=400)
def test_no_correction_adds_a_digit_that_is_not_of_the_table(address: str, postal: str) -> None:
    check = check_address(INDEX, address, postal=postal)
    if check.corrected_address is None:
        return
    before, after = list_digits(address), list_digits(check.corrected_address)
    named = {list_digits(town.name) for town in find_towns(check)} | {""}
    assert any(has_inserted(before, after, digits) for digits in named)
    assert check.corrected_postal
    assert INDEX.find_places(read_postal(check.corrected_postal).code)


def find_towns(check: AddressCheck) -> list:
    code = read_postal(check.corrected_postal).code
    return [place.town for place in INDEX.find_places(code) if place.town is not None]


def has_inserted(before: str, after: str, digits: str) -> bool:
    """Whether ``after`` is ``before`` with at most the digits of a town's name put in."""
    return any(
        before == after[:start] + after[start + length :]
        and after[start : start + length] in digits
        for start in range(len(after) + 1)
        for length in range(len(digits) + 1)
        if start + length <= len(after)
    )


@given(text=ANYTHING | ADDRESSES)
@settings(max_examples=400)
def test_a_fold_that_knows_its_places_is_the_same_fold(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)


@given(place=st.sampled_from(PLACES), lot=st.sampled_from(["1-2-3", "2番地5", "12", "3丁目4番5号"]))
def test_first_sight_and_a_closer_look_agree(place: tuple[str, ...], lot: str) -> None:
    postal, *parts = place
    address = "".join([*parts, lot])
    text = fold(address)
    sound = find_sound(INDEX, text, postal, original=address)
    judgement = judge(INDEX, text, read_postal(postal))
    fault = judge_lot(text[judgement.rest :], most_blocks=judgement.most_blocks, original=address)
    if sound is not None:
        assert (list(sound), fault) == (judgement.codes, "")


@given(
    place=st.sampled_from(PLACES),
    gaps=st.lists(st.sampled_from(["", " ", "　"]), min_size=3, max_size=3),
    is_wide=st.booleans(),
)
def test_width_and_blanks_are_harmless(
    place: tuple[str, ...], gaps: list[str], is_wide: bool
) -> None:
    postal, prefecture, city, town = place
    address = gaps[0].join([prefecture, city]) + gaps[1] + town + gaps[2] + "4丁目5-6"
    if is_wide:
        address = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in address)
    assert check_address(INDEX, address, postal=postal).lane == SHIP
    narrow = unicodedata.normalize("NFKC", address)
    assert check_address(INDEX, narrow, postal=postal).lane == SHIP


@given(
    place=st.sampled_from(PLACES), lot=st.sampled_from([" 1－2-3", "１２３番地", "4-5 コーポ201"])
)
def test_a_correction_rewrites_nothing_but_the_faulty_part(
    place: tuple[str, ...], lot: str
) -> None:
    postal, _, city, town = place
    wrong = "沖縄県" + city + "　" + town + lot
    check = check_address(INDEX, wrong, postal=postal)
    assert check.lane == CORRECT
    assert check.corrected_address == wrong.replace("沖縄県", place[1])


BAD = {
    "empty": ("", ""),
    "no address": ("", "1500043"),
    "English": ("1-2-3 Dogenzaka, Shibuya-ku, Tokyo", "150-0043"),
    "American": ("350 Fifth Avenue, New York, NY 10118", "10118"),
    "Chinese": ("北京市朝阳区建国门外大街1号", "100020"),
    "2,000 characters": ("東京都渋谷区道玄坂" + "1-2-3" * 400, "1500043"),
    "emoji": ("東京都渋谷区道玄坂2-10-7🏠", "1500043"),
    "two addresses": ("東京都渋谷区道玄坂2-10-7 大阪府大阪市北区梅田1-2-3", "1500043"),
    "two lines": ("東京都渋谷区道玄坂2-10-7\n〒530-0001 大阪市北区梅田1-2-3", "1500043"),
    "only blanks": ("　 \t", "1500043"),
    "control signs": ("東京都渋谷区\x00道玄坂2-10-7", "1500043"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_address_is_goes_to_a_person_or_is_not_checked(name: str) -> None:
    address, postal = BAD[name]
    check = check_address(INDEX, address, postal=postal)
    assert check.lane in (ASK, NOT_CHECKED)
    assert check.corrected_address is None


def test_a_foreign_address_is_outside_every_denominator() -> None:
    address, postal = BAD["American"]
    assert check_address(INDEX, address, postal=postal).lane == NOT_CHECKED


def test_a_long_address_costs_no_more_than_a_short_one() -> None:
    address, postal = BAD["2,000 characters"]
    assert len(address) > MAX_CHARACTERS
    assert check_address(INDEX, address, postal=postal).codes == ("banchi_suspected",)
