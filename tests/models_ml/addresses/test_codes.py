"""Every code by an example: what is said, which lane, and what is rewritten."""

from __future__ import annotations

import pytest

from models_ml.addresses.checking import check_address
from models_ml.addresses.codes import ASK, ASKED, CODES, CORRECT, CORRECTABLE, INFORMATIVE, SHIP
from models_ml.addresses.postal_index import PostalIndex

# What is typed → lane, codes, corrected code, corrected address.
EXAMPLES: dict[str, tuple[str, str, str, set[str], str | None, str | None]] = {
    "sound": ("150-0043", "東京都渋谷区道玄坂2-10-7", SHIP, set(), None, None),
    "no prefecture": ("1500043", "渋谷区道玄坂2-10-7", SHIP, {"prefecture_missing"}, None, None),
    "office code": (
        *("0608621", "北海道札幌市中央区北一条西6丁目1-2", SHIP, {"postal_office"}, None, None),
    ),
    "flat without room": (
        *("1500043", "東京都渋谷区道玄坂2-10-7道玄坂マンション", SHIP, {"room_suspected"}),
        *(None, None),
    ),
    "wrong prefecture": (
        *("2220035", "東京都横浜市港北区鳥山町1735", CORRECT, {"prefecture_mismatch"}),
        *("2220035", "神奈川県横浜市港北区鳥山町1735"),
    ),
    "no ward": (
        *("220-0012", "神奈川県横浜市みなとみらい3-6-1", CORRECT, {"ward_missing"}),
        *("220-0012", "神奈川県横浜市西区みなとみらい3-6-1"),
    ),
    "ward without its city": (
        *("0600042", "北海道中央区大通西５丁目８番地", CORRECT, {"city_missing"}),
        *("0600042", "北海道札幌市中央区大通西５丁目８番地"),
    ),
    "no city": (
        *("1500043", "東京都道玄坂2-10-7", CORRECT, {"city_missing"}),
        *("1500043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "another city": (
        *("1500043", "東京都新宿区道玄坂2-10-7", CORRECT, {"city_mismatch"}),
        *("1500043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "city of no table": (
        *("1500043", "東京都渋矢区道玄坂2-10-7", CORRECT, {"city_mismatch"}),
        *("1500043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "nothing that is a place": (
        *("1500043", "東京都どこかの1-2-3", ASK, {"city_unknown"}, None, None),
    ),
    "no code": (
        *("", "東京都渋谷区道玄坂2-10-7", CORRECT, {"postal_missing"}),
        *("1500043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "a leading zero lost": (
        *("600042", "北海道札幌市中央区大通西5丁目8番地", CORRECT, {"postal_format"}),
        *("0600042", "北海道札幌市中央区大通西5丁目8番地"),
    ),
    "a letter in the code": (
        *("15O-0043", "東京都渋谷区道玄坂2-10-7", CORRECT, {"postal_format"}),
        *("150-0043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "code of nothing": (
        *("999-9999", "東京都渋谷区道玄坂2-10-7", CORRECT, {"postal_unknown"}),
        *("150-0043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "code of another town": (
        *("153-0043", "東京都渋谷区道玄坂2-10-7", CORRECT, {"postal_mismatch"}),
        *("150-0043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "code of the whole city": (
        *("150-0000", "東京都渋谷区道玄坂2-10-7", CORRECT, {"postal_generic"}),
        *("150-0043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "no town": (
        *("1500043", "東京都渋谷区2-10-7", CORRECT, {"town_missing"}),
        *("1500043", "東京都渋谷区道玄坂2-10-7"),
    ),
    "no town, and its code has many": (
        *("0295513", "岩手県和賀郡西和賀町46地割12", ASK, {"town_missing"}, None, None),
    ),
    "katakana for a kanji": (
        *("6638113", "兵庫県西宮市甲子園ロ１－２－３", CORRECT, {"town_typo"}),
        *("6638113", "兵庫県西宮市甲子園口１－２－３"),
    ),
    "町 left out": (
        *("1740061", "東京都板橋区大原6番5号", CORRECT, {"town_typo"}),
        *("1740061", "東京都板橋区大原町6番5号"),
    ),
    "a character of content": (
        *("1500043", "東京都渋谷区道弦坂2-10-7", ASK, {"town_typo"}, None, None),
    ),
    "a name that the table does not hold": (
        *("8740916", "大分県別府市大字北石垣1036番地7", ASK, {"town_unlisted"}, None, None),
    ),
    "a town that is nowhere": (
        *("9071801", "東京都渋谷区阿院町3-4-5", ASK, {"town_unknown", "city_mismatch"}, None, None),
    ),
    "no lot number": ("1500043", "東京都渋谷区道玄坂", ASK, {"banchi_missing"}, None, None),
    "no lot number, a building": (
        *(
            "1500043",
            "東京都渋谷区道玄坂 渋谷マークシティ５Ｆ",
            ASK,
            {"banchi_missing"},
            None,
            None,
        ),
    ),
    "only a 丁目": ("1500043", "東京都渋谷区道玄坂２丁目", ASK, {"banchi_missing"}, None, None),
    "cut to one number": ("1500043", "東京都渋谷区道玄坂2", ASK, {"banchi_suspected"}, None, None),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_address_gets_its_lane_codes_and_correction(index: PostalIndex, name: str) -> None:
    postal, address, lane, codes, corrected_postal, corrected_address = EXAMPLES[name]
    check = check_address(index, address, postal=postal)
    assert (check.lane, set(check.codes)) == (lane, codes)
    assert (check.corrected_postal, check.corrected_address) == (
        corrected_postal,
        corrected_address,
    )
    assert (check.confidence is not None) == (lane == CORRECT)


def test_every_code_has_an_example() -> None:
    assert set().union(*(codes for _, _, _, codes, _, _ in EXAMPLES.values())) == CODES


def test_every_code_has_one_lane() -> None:
    assert len(CODES) == len(INFORMATIVE) + len(CORRECTABLE) + len(ASKED)


def test_candidates_are_named_where_the_customer_is_asked(index: PostalIndex) -> None:
    check = check_address(index, "東京都渋谷区道弦坂2-10-7", postal="1500043")
    assert check.candidates == ("1500043 東京都渋谷区道玄坂",)


def test_the_code_may_stand_before_the_address(index: PostalIndex) -> None:
    check = check_address(index, "〒１５３－００４３　東京都渋谷区道玄坂2-10-7")
    assert (check.lane, check.corrected_postal) == (CORRECT, "150-0043")
    assert check.corrected_address == "東京都渋谷区道玄坂2-10-7"


def test_streets_of_kyoto_stand_before_the_town(index: PostalIndex) -> None:
    address = "京都府京都市中京区河原町通御池下る下丸屋町409"
    assert check_address(index, address, postal="6048006").lane == SHIP
    assert check_address(index, address, postal="").corrected_postal == "6048006"


def test_a_code_and_a_city_that_both_may_be_wrong_are_asked(index: PostalIndex) -> None:
    # 本町 is in both cities: either the code or the city was mistyped.
    places = {p.city.name: p for p in index.find_places("5410053")}
    assert places["大阪市中央区"].town is not None
    check = check_address(index, "東京都渋谷区本町1-2-3", postal="5410053")
    assert check.lane == ASK
    assert {"postal_mismatch", "city_mismatch"} <= set(check.codes)
