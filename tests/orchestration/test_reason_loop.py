"""The loop of ``kaeru reasons``: labels → challenger → gate → champion, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app
from orchestration.commands.init import make_shop
from orchestration.folder import ShopFolder
from orchestration.reason_registry import DAY_ONE
from tests.orchestration.reason_labels_of_shops import make_records, write_records


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["reasons", *arguments])


def answer(*arguments: str) -> Any:
    done = call(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    make_shop(folder, values={"name": "輪の店"})
    return folder


def add_labels(shop: Path, records: list[dict[str, Any]], *, annotator: str = "aki") -> None:
    path = write_records(shop.parent / "labels.jsonl", records)
    added = answer("label", str(path), "--annotator", annotator, "--shop", str(shop))
    assert added["labels"] == len(records)


def classify(shop: Path, text: str, *flags: str) -> dict[str, Any]:
    path = write_records(shop.parent / "notes.jsonl", [{"text": text}])
    done = call("classify", str(path), "--text-column", "text", "--shop", str(shop), *flags)
    assert done.exit_code == 0, done.output
    (line,) = done.stdout.splitlines()
    return dict(json.loads(line))


def test_labels_become_a_champion_that_reads_and_can_be_taken_back(shop: Path) -> None:
    text = "靴がむぎゅむぎゅ"
    before = classify(shop, text)
    assert (before["codes"], before["abstained"]) == ([], True)

    add_labels(shop, make_records(count=60, was_random=False))
    add_labels(shop, make_records(count=160, was_random=True, offset=1000))
    alone = answer("retrain", "--shop", str(shop))
    assert (alone["reasons"], alone["model"]) == (["too_few_second_opinions"], None)
    said = call("retrain", "--shop", str(shop), "--language", "en").stdout
    assert "only 0 texts were read by two people (judged from 10)" in said

    add_labels(shop, make_records(count=20, was_random=True, offset=1000), annotator="mei")
    done = answer("retrain", "--shop", str(shop))
    assert done["is_promoted"], done
    assert (done["teaching"], done["judging"]) == (60, 160)

    after = classify(shop, text)
    assert [one["code"] for one in after["codes"]] == ["FIT.SMALL"]
    assert (after["direction"], after["abstained"]) == ("small", False)
    assert after["model_version"] == done["champion"].rpartition("-")[2]
    (evidence,) = after["evidence"]
    assert text[evidence["start"] : evidence["end"]] in "がむぎゅむぎゅ"
    every = classify(shop, text, "--all")["codes"]
    assert len(every) > 40
    assert all(0 <= one["probability"] <= 1 for one in every)

    again = answer("retrain", "--shop", str(shop))
    assert again["reasons"] == ["same_as_champion"]

    assert answer("rollback", "--shop", str(shop))["champion"] == DAY_ONE
    assert classify(shop, text) == before
    taken_back = answer("retrain", "--shop", str(shop))
    assert (taken_back["reasons"], taken_back["champion"]) == (["taken_back"], DAY_ONE)
    assert call("rollback", "--shop", str(shop)).exit_code == 1
    states = {one["name"]: one["state"] for one in answer("models", "--shop", str(shop))}
    assert states == {DAY_ONE: "champion", done["champion"]: "challenger"}


def test_without_enough_texts_drawn_by_lot_nothing_is_promoted(shop: Path) -> None:
    add_labels(shop, make_records(count=120, was_random=False))
    add_labels(shop, make_records(count=20, was_random=True, offset=1000))
    done = answer("retrain", "--shop", str(shop))
    assert done["reasons"] == ["too_few_random_labels"]
    assert not ShopFolder(shop).champion.exists()
    said = call("retrain", "--shop", str(shop), "--language", "en")
    assert "only 20 labels of texts drawn by lot" in said.stdout
