"""Labels of sizes: read in every spelling, in order within a system, never guessed."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.fit import sizes
from models_ml.fit.sizes import Size, order_style, parse_size

LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL")
# Each row: the labels of one real size run, from small to large.
RUNS = (
    LETTERS,
    ("3S", "SS", "S", "M", "L", "LL", "3L", "4L"),
    ("S", "S/M", "M", "M-L", "L"),
    ("5号", "7号", "9号", "11号", "13号"),
    ("22.5", "23.0", "23.5", "24", "24.5"),
    ("22.5cm", "23cm", "23.5 cm EE", "23.5 cm 3E"),
    ("23.5", "23.5 EE", "23.5 3E", "24"),
    ("5", "5+", "6", "6+", "7"),
    ("EU 36", "EU37", "eu 37+", "EUR 38"),
    ("US 6", "US 6.5", "7 US"),
    ("34B", "34C", "34D", "34DD", "34F", "36A"),
    ("B70", "C70", "B75"),
    ("W28 L30", "W28/L32", "W30", "W30 L30"),
)
UNKNOWN = (
    "unsized",
    "",
    "?",
    "サイズ違い",
    "S/M/L",
    "38.123",
    "XSL",
    "0L",
    "12345",
    "M2",
    "36Z",
    "EU",
)

all_labels = st.sampled_from([label for run in RUNS for label in run])


def widen(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run[0])
def test_a_run_is_read_in_one_system_and_in_order(run: tuple[str, ...]) -> None:
    found = [parse_size(label) for label in run]
    known = [size for size in found if size is not None]
    assert len(known) == len(run)
    assert len({size.system for size in known}) == 1
    assert known == sorted(known)
    assert len(set(known)) == len(known)


@pytest.mark.parametrize("label", UNKNOWN)
def test_an_unknown_label_is_not_guessed(label: str) -> None:
    assert parse_size(label) is None


@pytest.mark.parametrize("label", ["FREE", "free size", "F", "フリー", "フリーサイズ", "one-size"])
def test_one_size_for_all_has_its_own_system(label: str) -> None:
    assert parse_size(label) == Size("free", (0.0,))


@given(all_labels, st.booleans(), st.booleans(), st.sampled_from(["", " ", "　"]))
def test_width_case_and_spaces_change_nothing(
    label: str, is_wide: bool, is_lower: bool, space: str
) -> None:
    spelled = label.lower() if is_lower else label
    spelled = space + (widen(spelled) if is_wide else spelled) + space
    assert parse_size(spelled) == parse_size(label)


@given(st.text(max_size=8))
def test_any_text_is_read_or_left_alone(label: str) -> None:
    found = parse_size(label)
    assert found is None or found == parse_size(unicodedata.normalize("NFKC", label))


@given(st.permutations(LETTERS))
def test_the_order_of_rows_does_not_matter(labels: list[str]) -> None:
    order = order_style(dict.fromkeys(labels))
    assert sorted(order.ranks, key=order.ranks.__getitem__) == list(LETTERS)
    assert order.basis == "parsed"


@given(st.dictionaries(st.text(max_size=4), st.integers(-5, 5), min_size=1))
def test_the_order_that_products_give_stands_before_the_labels(given_order: dict[str, int]) -> None:
    order = order_style(dict(given_order))
    assert order.basis == "given"
    for one, its in given_order.items():
        for other, others in given_order.items():
            assert (order.ranks[one] < order.ranks[other]) == (its < others)


def test_two_systems_in_one_style_have_no_order() -> None:
    order = order_style({"EU 38": None, "US 7": None, "EU 39": None})
    assert (order.basis, order.ranks, order.systems) == ("unordered", {}, ("eu", "us"))


def test_one_label_without_an_order_leaves_the_order_to_the_labels() -> None:
    assert order_style({"S": 3, "M": 2, "L": None}).ranks == {"S": 0, "M": 1, "L": 2}


def test_unknown_labels_are_listed() -> None:
    order = order_style({"S": None, "unsized": None, "?": None})
    assert (order.basis, order.unknown) == ("unordered", ("?", "unsized"))


def test_spellings_of_one_size_share_a_rank() -> None:
    assert order_style({"l": None, "L": None, "M": None}).ranks == {"M": 0, "L": 1, "l": 1}


def test_the_examples_hold() -> None:
    assert doctest.testmod(sizes).failed == 0
