"""``kaeru fit evaluate`` learns from one file, judges on another, and says what it cannot use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestration.cli import app
from tests.models_ml.fit.worn_worlds import draw_worn

KEYS = (
    *("mean_auc", "mean_auc_low", "mean_auc_high", "auc", "log_loss", "ece", "n"),
    "train_seconds",
)


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same wardrobes as Parquet and as CSV, cut into what was worn before and after."""
    folder = tmp_path_factory.mktemp("worn")
    rows = draw_worn(rows=1600, seed=3)
    parts = {"train": rows[:1200], "test": rows[1200:]}
    for name, part in parts.items():
        part.to_parquet(folder / f"{name}.parquet")
        part.to_csv(folder / f"{name}.csv", index=False)
    return {path.name: path for path in folder.iterdir()}


def evaluate(*paths: Path, more: tuple[str, ...] = ()) -> Result:
    train, test = map(str, paths)
    return CliRunner().invoke(app, ["fit", "evaluate", "--train", train, "--test", test, *more])


def answer(*paths: Path, more: tuple[str, ...] = ()) -> dict[str, Any]:
    done = evaluate(*paths, more=("--json", *more))
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_document_has_the_agreed_keys_and_progress_is_beside_it(worn: dict[str, Path]) -> None:
    done = evaluate(
        worn["train.parquet"], worn["test.parquet"], more=("--json", "--language", "en")
    )
    found = json.loads(done.stdout)
    assert tuple(found) == KEYS
    assert tuple(found["auc"]) == ("small", "fit", "large")
    assert found["n"] == 400
    assert "Learning from 1200 rows of train.parquet." in done.stderr


def test_csv_and_parquet_answer_the_same(worn: dict[str, Path]) -> None:
    of_parquet, of_csv = (
        answer(worn[f"train.{ending}"], worn[f"test.{ending}"]) for ending in ("parquet", "csv")
    )
    del of_parquet["train_seconds"], of_csv["train_seconds"]
    assert of_parquet == of_csv


def test_numbers_as_ids_mean_the_same_in_both_kinds_of_file(tmp_path: Path) -> None:
    rows = draw_worn(rows=600, seed=4)
    rows["user_id"] = rows["user_id"].str.removeprefix("customer ").astype(int)
    rows.to_parquet(tmp_path / "train.parquet")
    rows.to_csv(tmp_path / "test.csv", index=False)
    rows.to_parquet(tmp_path / "test.parquet")
    train = tmp_path / "train.parquet"
    first, second = (answer(train, tmp_path / name) for name in ("test.csv", "test.parquet"))
    assert first["log_loss"] == second["log_loss"]


def test_the_body_helps_where_it_is_known(worn: dict[str, Path]) -> None:
    paths = worn["train.parquet"], worn["test.parquet"]
    assert answer(*paths, more=("--with-body",))["log_loss"] < answer(*paths)["log_loss"]


@pytest.mark.parametrize(("language", "words"), [("ja", "曲線下面積"), ("en", "mean AUC")])
def test_without_json_it_speaks(worn: dict[str, Path], language: str, words: str) -> None:
    done = evaluate(worn["train.parquet"], worn["test.parquet"], more=("--language", language))
    assert done.exit_code == 0
    assert words in done.stdout


def write(rows: pd.DataFrame, path: Path) -> Path:
    rows.to_csv(path, index=False)
    return path


BROKEN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "no size": (lambda rows: rows.drop(columns="size"), ("bad.csv", "size")),
    "no row": (lambda rows: rows[:0], ("bad.csv",)),
    "no large": (lambda rows: rows[rows["fit"] != "large"], ("bad.csv", "fit", "large")),
    "other outcome": (
        lambda rows: rows.assign(fit=["tight", *rows["fit"][1:]]),
        ("bad.csv", "fit", "tight", "1"),
    ),
    "size in letters": (
        lambda rows: rows.assign(size=[*rows["size"][:-1], "XL"]),
        ("bad.csv", "size", "XL", "60"),
    ),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("part", ["train", "test"])
def test_what_cannot_be_used_is_named(name: str, part: str, language: str, tmp_path: Path) -> None:
    rows = draw_worn(rows=60, seed=5)
    break_rows, named = BROKEN[name]
    good = write(rows, tmp_path / "good.csv")
    bad = write(break_rows(rows), tmp_path / "bad.csv")
    paths = (bad, good) if part == "train" else (good, bad)
    done = evaluate(*paths, more=("--json", "--language", language))
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert all(word in done.stderr for word in named), done.stderr


def test_a_missing_column_of_the_body_is_asked_for_only_with_the_body(tmp_path: Path) -> None:
    rows = write(draw_worn(rows=300, seed=6).drop(columns="age"), tmp_path / "rows.csv")
    assert evaluate(rows, rows).exit_code == 0
    done = evaluate(rows, rows, more=("--with-body", "--language", "en"))
    assert done.exit_code == 2
    assert "rows.csv has no column 'age'" in done.stderr


def test_an_empty_file_and_one_that_is_no_table(tmp_path: Path) -> None:
    good = write(draw_worn(rows=60, seed=5), tmp_path / "good.csv")
    empty = tmp_path / "empty.csv"
    empty.touch()
    broken = tmp_path / "broken.parquet"
    broken.write_text("no table")
    for bad in (empty, broken):
        done = evaluate(bad, good, more=("--language", "en"))
        assert done.exit_code == 2, done.output
        assert bad.name in done.stderr
    gone = evaluate(tmp_path / "gone.csv", good, more=("--language", "en"))
    assert gone.exit_code == 1
    assert "gone.csv" in gone.stderr


def test_ids_as_fractions_are_refused(tmp_path: Path) -> None:
    rows = draw_worn(rows=60, seed=5)
    rows["user_id"] = rows["user_id"].str.removeprefix("customer ").astype(float)
    path = tmp_path / "rows.parquet"
    rows.to_parquet(path)
    done = evaluate(path, path, more=("--language", "en"))
    assert done.exit_code == 2
    assert "rows.parquet" in done.stderr
    assert "user_id" in done.stderr
