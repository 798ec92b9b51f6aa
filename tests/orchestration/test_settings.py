"""What a shop's settings and secrets may be."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.settings import (
    build_child_environment,
    load_hash_key,
    load_settings,
    refuse_unknown_variables,
    resolve_shop,
)
from orchestration.settings_values import (
    COST_BOUNDS,
    AlarmSettings,
    SourceSettings,
    parse_settings_file,
)
from orchestration.wording import WrongUseError
from tests.orchestration.small_shops import KEY, make_small_shop

NAME = 'name = "店"\n'


def test_defaults_are_those_of_a_japanese_shop() -> None:
    found = parse_settings_file(NAME)
    assert (found.time_zone, found.currency, found.language) == ("Asia/Tokyo", "JPY", "ja")
    assert (found.return_window_days, found.tax, found.lead_time_days) == (30, "included", 2)
    assert not found.is_synthetic


def test_what_init_writes_is_read_back(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop", language="en", currency="EUR", tax="excluded")
    found = load_settings(shop)
    assert (found.name, found.language, found.currency, found.tax) == (
        "小さな店",
        "en",
        "EUR",
        "excluded",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "店"\ntimezone = "Asia/Tokyo"', "time_zone"),
        ('name = "店"\nretun_window_days = 3', "return_window_days"),
        ('name = "店"\n[sources.eccube]\nlead_time = 3', "sources.eccube.lead_time_days"),
        ('name = "店"\n[alerts]\nwebhok = "https://a"', "alerts.webhook"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_name(text: str, told: str) -> None:
    with pytest.raises(WrongUseError, match=told) as caught:
        parse_settings_file(text)
    assert told in caught.value.render("ja")


@pytest.mark.parametrize(
    "line",
    [
        'time_zone = "Tokyo"',
        'currency = "yen"',
        'language = "fr"',
        'tax = "none"',
        "return_window_days = -1",
        "return_window_days = true",
        'return_window_days = "30"',
        "address_days = 0",
        "asleep_days = 0",
        'daily_run_at = "24:00"',
        "is_synthetic = 1",
        'name = ""',
        "sources = 3",
        '[alerts]\nwebhook = "file:///etc/passwd"',
        "[sources.eccube]\nhas_deliveries = 1",
        "[alarms]\nratio = 0.9",
        "[alarms]\nfalse_share = true",
        "[costs]\nvalue_loss_b = 1.2",
        "[exchanges]\nprior_offers = 0",
        "[fit]\nchart_tolerance_cm = 0",
        '[costs]\nhourly_wage = "1600"',
    ],
)
def test_a_value_out_of_its_range_is_refused(line: str) -> None:
    text = line if line.startswith("name") else NAME + line
    with pytest.raises(WrongUseError, match="cannot be used"):
        parse_settings_file(text)


def test_a_shop_needs_a_name() -> None:
    with pytest.raises(WrongUseError, match="lacks name"):
        parse_settings_file("currency = 'JPY'")


def test_a_broken_line_is_named() -> None:
    with pytest.raises(WrongUseError, match="line 2"):
        parse_settings_file('name = "店"\ncurrency = JPY')


def test_alarms_and_costs_are_the_shop_s_own_where_it_says_so() -> None:
    found = parse_settings_file(
        NAME + "[alarms]\nratio = 2\n[costs]\nhourly_wage = 1800\n[exchanges]\nsafety_stock = 2"
    )
    assert found.alarms == AlarmSettings(ratio=2.0, false_share=0.10, minimum_units=5.0)
    assert found.costs == {"hourly_wage": 1800.0}
    assert found.exchanges == {"safety_stock": 2.0}


def test_a_shop_says_how_far_a_garment_may_differ_from_its_chart() -> None:
    found = parse_settings_file(NAME + "[fit]\nchart_tolerance_cm = 1.5")
    assert found.fit == {"chart_tolerance_cm": 1.5}


def test_a_shop_says_when_a_return_lies_asleep() -> None:
    assert parse_settings_file(NAME + "asleep_days = 21").asleep_days == 21


def test_every_default_of_a_cost_can_be_set() -> None:
    with (DBT_PROJECT / "seeds" / "cost_parameters.csv").open(encoding="utf-8") as lines:
        shipped = {row["parameter_name"] for row in csv.DictReader(lines)}
    assert shipped <= set(COST_BOUNDS)


def test_settings_of_a_source_are_read() -> None:
    found = parse_settings_file(
        NAME + "[sources.eccube]\nlead_time_days = 5\nhas_deliveries = true"
    )
    assert found.sources == {"eccube": SourceSettings(lead_time_days=5, has_deliveries=True)}


def test_the_shop_is_the_flag_then_the_variable_then_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (make_small_shop(tmp_path / name) for name in ("one", "two", "three"))
    monkeypatch.chdir(three)
    monkeypatch.delenv("KAERU_SHOP", raising=False)
    assert resolve_shop() == three.resolve()
    monkeypatch.setenv("KAERU_SHOP", str(two))
    assert resolve_shop() == two.resolve()
    assert resolve_shop(one) == one.resolve()


def test_a_folder_without_settings_is_no_shop(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="kaeru init"):
        resolve_shop(tmp_path)


def test_a_misspelt_variable_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAERU_SHOPP", "/shop")
    with pytest.raises(WrongUseError, match="KAERU_SHOPP"):
        refuse_unknown_variables()


def test_the_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    path = ShopFolder(shop).secret_key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_hash_key(shop) == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    shop = make_small_shop(tmp_path / "shop")
    ShopFolder(shop).secret_key.chmod(mode)
    with pytest.raises(WrongUseError, match="chmod 600"):
        load_hash_key(shop)


@pytest.mark.parametrize("text", ["", "00ff", "zz" * 32, "0" * 33])
def test_a_short_or_broken_key_is_refused(tmp_path: Path, text: str) -> None:
    shop = make_small_shop(tmp_path / "shop")
    ShopFolder(shop).secret_key.write_text(text, encoding="ascii")
    with pytest.raises(WrongUseError, match="hexadecimal"):
        load_hash_key(shop)


def test_a_missing_key_is_never_made_up(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    ShopFolder(shop).secret_key.unlink()
    with pytest.raises(WrongUseError, match=r"secret\.key"):
        load_hash_key(shop)


def test_the_variable_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = make_small_shop(tmp_path / "shop")
    monkeypatch.setenv("KAERU_HASH_KEY", "ab" * 16)
    assert load_hash_key(shop) == bytes([0xAB] * 16)


def test_children_phone_nobody_and_know_their_shop(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    found = build_child_environment(shop)
    assert found["KAERU_SHOP"] == str(shop.resolve())
    assert found["DAGSTER_HOME"] == str(shop.resolve() / "data" / "dagster")
    assert found["DO_NOT_TRACK"] == "1"
    assert found["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert found["DAGSTER_DISABLE_TELEMETRY"] == "yes"
