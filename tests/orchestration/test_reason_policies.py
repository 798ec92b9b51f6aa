"""A shop's own reasons: what its files say lands, and what is wrong in them is said in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.fingerprint import compute_request_sha256
from orchestration.landing_run import land_inbox
from orchestration.reason_policies import load_reason_policies
from orchestration.settings import load_settings
from orchestration.wording import LANGUAGES, WrongUseError
from tests.orchestration.small_shops import land, make_small_shop, read_rows

NEW = "reason_code,group_code,label_ja_text,label_en_text,is_controllable\n"
CODES = "reason_system,source_code,reason_code\n"
TAXONOMY = "reason_taxonomy.csv"
CROSSWALK = "reason_crosswalk.csv"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def write(shop: Path, name: str, text: str | bytes) -> None:
    path = shop / "policies" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def test_rows_land_and_are_written_anew_at_every_run(shop: Path) -> None:
    write(shop, TAXONOMY, NEW + "fit.hand,FIT,手のサイズ,Hand size,1\n")
    write(shop, CROSSWALK, CODES + "till,A7,fit.hand\ntill,A8,OTHER\n")
    land(shop)
    reasons = "select reason_code, label_ja_text, is_controllable, owner_code"
    assert read_rows(shop, reasons + " from landing.reason_taxonomy") == [
        ("FIT.HAND", "手のサイズ", "true", None)
    ]
    write(shop, CROSSWALK, CODES + "till,A7,OTHER\n")
    land(shop, "again")
    codes = read_rows(shop, "from landing.reason_crosswalk")
    assert codes == [("till", "A7", "OTHER", None)]
    (shop / "policies" / CROSSWALK).unlink()
    land(shop, "without")
    assert read_rows(shop, "from landing.reason_crosswalk") == []


def test_a_file_saved_by_a_spreadsheet_is_read(shop: Path) -> None:
    text = "\ufeff" + (CODES + "till,A7,OTHER\n").replace("\n", "\r\n")
    write(shop, CROSSWALK, text)
    [row] = load_reason_policies(shop).codes
    assert row == {"reason_system": "till", "source_code": "A7", "reason_code": "OTHER"}


def test_a_shipped_reason_may_be_changed_in_one_column(shop: Path) -> None:
    write(shop, TAXONOMY, "reason_code,is_controllable\nLOOK.DESIGN,true\n")
    [row] = load_reason_policies(shop).reasons
    assert row == {"reason_code": "LOOK.DESIGN", "is_controllable": "true"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (TAXONOMY, "reason_code,colour\nOTHER,red\n", (TAXONOMY, "line 1", "'colour'", "Known")),
        (TAXONOMY, "label_ja_text\n他\n", (TAXONOMY, "line 1", "reason_code", "Add it")),
        (
            TAXONOMY,
            "reason_code,is_controllable\nOTHER,perhaps\n",
            (TAXONOMY, "line 2", "is_controllable", "'perhaps'", "true, false"),
        ),
        (
            TAXONOMY,
            "reason_code,valid_to_date\nOTHER,\nNONE,2026-02-30\n",
            (TAXONOMY, "line 3", "valid_to_date", "'2026-02-30'", "YYYY-MM-DD"),
        ),
        (
            TAXONOMY,
            NEW + "FIT.HAND,FIT,手,,1\n",
            (TAXONOMY, "line 2", "label_en_text", "''", "a text"),
        ),
        (
            TAXONOMY,
            "reason_code\nOTHER\nother\n",
            (TAXONOMY, "line 3", "reason_code", "'OTHER'", "line 2", "Remove"),
        ),
        (TAXONOMY, "reason_code\nOTHER,red\n", (TAXONOMY, "line 2", "'red'", "quotes")),
        (
            CROSSWALK,
            CODES + "till,A7,FIT.NOWHERE\n",
            (CROSSWALK, "line 2", "reason_code", "'FIT.NOWHERE'", "FIT.SMALL"),
        ),
        (
            CROSSWALK,
            CODES + "till,,OTHER\n",
            (CROSSWALK, "line 2", "source_code", "''", "a text"),
        ),
        (
            CROSSWALK,
            CODES + "amazon,CR-LATE,OTHER\nAmazon,late,NONE\n",
            (CROSSWALK, "line 3", "source_code", "'late'", "line 2"),
        ),
        (CROSSWALK, "店,理由\n".encode("cp932"), (CROSSWALK, "UTF-8")),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_a_way_out(
    shop: Path, name: str, text: str | bytes, said: tuple[str, ...]
) -> None:
    write(shop, name, text)
    with pytest.raises(WrongUseError) as refused:
        land_inbox(shop, run_id="run")
    for language in LANGUAGES:
        assert name in refused.value.render(language)
    message = refused.value.render("en")
    assert [part for part in said if part not in message] == [], message


def test_a_change_of_either_file_is_noticed(shop: Path) -> None:
    settings = load_settings(shop)
    seen = {compute_request_sha256(shop, settings, as_of=None)}
    write(shop, TAXONOMY, "reason_code\nOTHER\n")
    seen.add(compute_request_sha256(shop, settings, as_of=None))
    write(shop, CROSSWALK, CODES + "till,A7,OTHER\n")
    seen.add(compute_request_sha256(shop, settings, as_of=None))
    write(shop, CROSSWALK, CODES + "till,A8,OTHER\n")
    seen.add(compute_request_sha256(shop, settings, as_of=None))
    assert len(seen) == 4
