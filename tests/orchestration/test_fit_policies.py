"""A shop's advice: its rows stand in place of the shipped ones, and a bad one says the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.fit_policies import load_fit_advice, write_fit_advice
from orchestration.store import open_store
from orchestration.wording import WrongUseError
from tests.orchestration.small_shops import make_small_shop

HEADER = "verdict_code,diagnosis_code,page_ja_text,page_en_text,maker_ja_text,maker_en_text\n"
GOOD = (
    "runs_small,grading,[from] から上は半サイズ上へ。,Half a size up from [from].,[zone]を見る。,"
    "Look at the [zone].\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def write(shop: Path, text: str) -> None:
    folder = shop / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "fit_advice.csv").write_text(text, encoding="utf-8")


def test_without_a_file_there_is_nothing(shop: Path) -> None:
    assert load_fit_advice(shop) == ()


def test_rows_are_kept_as_they_are_written(shop: Path) -> None:
    write(shop, HEADER + GOOD)
    (row,) = load_fit_advice(shop)
    assert row["verdict_code"] == "runs_small"
    assert row["page_en_text"] == "Half a size up from [from]."


@pytest.mark.parametrize(
    ("line", "column", "value", "expected"),
    [
        (GOOD.replace("runs_small", "too_small"), "verdict_code", "too_small", "runs_large"),
        (GOOD.replace("grading", "label"), "diagnosis_code", "label", "block, grading, none"),
        (GOOD.replace("Half a size up from [from].", ""), "page_en_text", "''", "200"),
        (GOOD.replace("[zone]を", "[part]を"), "maker_ja_text", "[part]", "[zone], [from], [to]"),
        (GOOD.replace("grading", "none"), "page_ja_text", "[from]", "[zone]"),
        (GOOD.replace("grading", "lot"), "page_ja_text", "[from]", "[zone], [lot]"),
        (GOOD.replace("を見る。", "長" * 130), "maker_ja_text", "長長", "126"),
    ],
)
def test_a_bad_row_says_file_line_column_and_the_way_out(
    shop: Path, line: str, column: str, value: str, expected: str
) -> None:
    write(shop, HEADER + GOOD.replace("grading", "block") + line)
    with pytest.raises(WrongUseError) as failed:
        load_fit_advice(shop)
    said = failed.value.render("en")
    for part in ("fit_advice.csv", "line 3", column, value, expected):
        assert part in said


def test_a_column_for_a_language_must_be_there(shop: Path) -> None:
    write(shop, HEADER.replace(",maker_en_text", "") + GOOD.rpartition(",")[0] + "\n")
    with pytest.raises(WrongUseError) as failed:
        load_fit_advice(shop)
    assert "maker_en_text" in failed.value.render("ja")


def test_the_same_verdict_twice_is_refused(shop: Path) -> None:
    write(shop, HEADER + GOOD + GOOD)
    with pytest.raises(WrongUseError) as failed:
        load_fit_advice(shop)
    assert "line 2" in failed.value.render("en")


def test_what_is_written_takes_the_place_of_the_last(shop: Path) -> None:
    write(shop, HEADER + GOOD)
    advice = load_fit_advice(shop)
    with open_store(shop) as store:
        write_fit_advice(store, advice)
        write_fit_advice(store, advice)
        rows = store.execute(
            "select verdict_code, maker_en_text from landing.shop_fit_advice"
        ).fetchall()
        assert rows == [("runs_small", "Look at the [zone].")]
        write_fit_advice(store, ())
        assert store.execute("select count(*) from landing.shop_fit_advice").fetchone() == (0,)
