"""Which way a size is wrong, and where: rules of both languages, with sentences made for them."""

from __future__ import annotations

import pytest

from models_ml.reasons.reader import read_text


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        # Another size was ordered, and what came of it is what counts.
        ("いつもより大きめを選んだのに、それでもきつい", "small"),
        ("I sized up and it is still too small", "small"),
        ("ワンサイズ上げて注文しましたが、ぶかぶかでした", "large"),
        ("I ordered a size up and it's huge", "large"),
        # Advice, wishes and the next size tell the way by their sign.
        ("大きいのを買えばよかった", "small"),
        ("I would size up", "small"),
        ("小さめを選んだ方がいい", "large"),
        ("They had a smaller size, which I need", "large"),
        ("Please send the next size up", "small"),
        # Letters of sizes have an order.
        ("サイズをMからLに変更したい", "small"),
        ("You need a large instead of a medium", "small"),
        ("LからMに交換希望", "large"),
        ("Get a small instead of a medium", "large"),
        ("XLなのにMくらいしかない", "small"),
        ("It fits more like a large", "large"),
        ("On the snug side", "small"),
        # What does not close, stay or sit says a way without an adjective.
        ("背中のファスナーが上がりませんでした", "small"),
        ("I can't button it", "small"),
        ("The buttons gap", "small"),
        ("靴の中で足が泳ぐ", "large"),
        ("The pants won't stay up", "large"),
        ("It drowned me", "large"),
        ("股上が浅い", "small"),
        ("The sleeves are not long enough", "small"),
        ("ウエストはゆるいのに太ももがきつい", "mixed"),
        ("Tight in the hips but huge in the waist", "mixed"),
    ],
)
def test_a_direction_is_told_by_what_is_meant(text: str, direction: str) -> None:
    assert read_text(text).direction == direction


@pytest.mark.parametrize(
    "text",
    [
        # Who wears it is small or large.
        "足の小さい私にはちょうどいい",
        "私は足が大きいのですが、ぴったりでした",
        "I have narrow shoulders",
        "My hips are wide",
        "I'm 5'2 and very short",
        "If you are larger in the bust this will not work",
        "It makes my hips look huge",
        # Something else is: a smell, a stain, a pocket, a hope.
        "きつい匂いがします",
        "期待が大きすぎた",
        "スマホが大きくて入らなかった",
        "箱が大きい",
        "There is a small stain on the front",
        "It has a huge hole in the sleeve",
        "Huge pockets",
        "A small business with big fans on short notice",
        "Too big for my phone",
        # Liked, meant so, or enough.
        "タイトなデザインが気に入った",
        "予想通り大きめでした",
        "I like the loose fit",
        "It has a nice snug fit",
        "The shirt is oversized in a good way",
        "The sleeves are long enough",
        "Plenty of room in the toes",
        # Denied, or said of a size that was not bought.
        "ゆるくもきつくもない",
        "A size 8 would have been too big",
        # Names of sizes and idioms of fitting.
        "I wear a small in most dresses",
        "It did not fit the bill",
    ],
)
def test_a_word_of_size_that_complains_of_no_size_has_no_direction(text: str) -> None:
    assert read_text(text).direction is None


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("全体はぴったりですが、胸がきついです", ("bust",)),
        ("Fits well but tight in the chest", ("bust",)),
        ("The perfect fit for my arms was too big in the bust", ("bust",)),
        ("It runs small, especially in the waist", ("waist",)),
        ("The waist on these is 2 inches too big", ("waist",)),
        ("Too tight on me in the shoulders", ("shoulder",)),
        ("The dress is too short", ("length",)),
        ("足首がゆるい", ("ankle",)),
        ("つま先が当たる", ("toe",)),
        ("甲が当たって履けない", ("instep",)),
        ("きつい袖", ("sleeve",)),
        ("A narrow toe box", ("toe",)),
        ("Too big in the body, and my arms are fine", ()),
        ("身幅が広い", ()),
        ("指輪がきつい", ()),
        ("袖のボタンが大きい", ()),
        ("きつくて肩が痛い", ()),
        ("肩が痛い", ()),
        ("My shoulders hurt", ()),
    ],
)
def test_a_zone_is_only_what_the_grammar_ties_to_the_size(
    text: str, zones: tuple[str, ...]
) -> None:
    assert read_text(text).zones == zones


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("There is a small stain on the front", "QUAL.ITEM_DAMAGE"),
        ("It has a huge hole in the sleeve", "QUAL.ITEM_DAMAGE"),
        ("A loose thread", "QUAL.WORKMANSHIP"),
        ("It makes me look huge", "FIT.SHAPE"),
        ("匂いがきつい", "QUAL.SMELL"),
    ],
)
def test_what_is_no_size_keeps_its_own_reason(text: str, code: str) -> None:
    assert set(read_text(text).codes) == {code}
