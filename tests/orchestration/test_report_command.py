"""``kaeru report fit`` writes the sheets where they are wanted, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dashboards.lib import serving
from orchestration.cli import app
from tests.dashboards import shop_rows
from tests.dashboards.fit_rows import FITS, LARGE, SMALL
from tests.dashboards.serving_fixture import write_shop
from tests.orchestration.small_shops import make_small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = write_shop(tmp_path / "shop", shop_rows.list_filled())
    settings = make_small_shop(tmp_path / "made") / "kaeru.toml"
    (folder / "kaeru.toml").write_bytes(settings.read_bytes())
    return folder


@pytest.fixture(autouse=True)
def close_files() -> None:
    serving.close()


def report(*arguments: str, shop: Path) -> Result:
    return CliRunner().invoke(app, ["report", "fit", *arguments, "--shop", str(shop)])


def test_a_sheet_goes_to_stdout(shop: Path) -> None:
    done = report("--style", SMALL, "--language", "en", "--format", "html", shop=shop)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith('<!doctype html><html lang="en">')
    assert "Runs small" in done.stdout


def test_the_language_is_the_shops_unless_said(shop: Path) -> None:
    assert '<html lang="ja">' in report("--style", SMALL, shop=shop).stdout


def test_all_flagged_go_into_one_file_of_a_folder(shop: Path, tmp_path: Path) -> None:
    done = report("--all-flagged", "--out", str(tmp_path / "sheets"), shop=shop)
    assert done.exit_code == 0, done.output
    path = tmp_path / "sheets" / "fit-flagged-ja.html"
    assert path.read_text(encoding="utf-8").count("<article") == 3
    assert str(path) in done.stdout
    assert "3 枚" in done.stdout


def test_a_style_is_found_by_its_name(shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.html"
    done = report("--style", f"靴 {LARGE}", "--out", str(path), shop=shop)
    assert done.exit_code == 0, done.output
    assert "大きめ" in path.read_text(encoding="utf-8")


def test_a_style_that_is_no_misfit_has_a_sheet(shop: Path) -> None:
    assert "ちょうどよい" in report("--style", FITS, shop=shop).stdout


@pytest.mark.parametrize(
    "arguments",
    [(), ("--style", SMALL, "--all-flagged"), ("--style", SMALL, "--format", "docx")],
)
def test_wrong_use_ends_with_two(shop: Path, arguments: tuple[str, ...]) -> None:
    assert report(*arguments, shop=shop).exit_code == 2


def test_an_unknown_style_names_the_nearest(shop: Path) -> None:
    done = report("--style", "200", shop=shop)
    assert done.exit_code == 2
    assert FITS in done.stderr


def test_a_pdf_without_a_browser_names_the_way_out(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    done = report("--style", SMALL, "--format", "pdf", "--language", "en", shop=shop)
    assert done.exit_code == 1
    assert "--format html" in done.stderr
    assert done.stdout == ""


def test_nothing_published_is_said(tmp_path: Path) -> None:
    done = report("--all-flagged", shop=make_small_shop(tmp_path / "new"))
    assert done.exit_code == 1
    assert "kaeru run" in done.stderr
