"""``kaeru reasons``: one line of JSON per text, in the order of the file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app

KEYS = [
    *("row", "codes", "direction", "zones", "evidence", "abstained", "escalate"),
    *("language", "model_version"),
]
TEXTS = [
    "小さくはないが、幅がきつい",
    "",
    'It said "new",\nbut it was clearly worn before',
    "肌がかぶれた",
    "Zu klein und zu eng",
    "長い文。" * 25_000,
]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["reasons", *arguments])


def write_csv(path: Path, texts: list[str], *, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "note"])
        writer.writerows([number, text] for number, text in enumerate(texts))
    return path


def classify(path: Path, *flags: str) -> list[dict[str, Any]]:
    done = call("classify", str(path), "--text-column", "note", *flags)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_classify_prints_a_line_per_text_in_order(tmp_path: Path) -> None:
    lines = classify(write_csv(tmp_path / "notes.csv", TEXTS))
    assert [line["row"] for line in lines] == list(range(len(TEXTS)))
    assert all(list(line) == KEYS for line in lines)
    first, empty, worn, rash, german, long = lines
    assert [one["code"] for one in first["codes"]] == ["FIT.SMALL"]
    assert (first["direction"], first["zones"]) == ("small", ["foot_width"])
    (evidence,) = first["evidence"]
    assert TEXTS[0][evidence["start"] : evidence["end"]] == "きつい"
    assert empty["codes"] == []
    assert empty["abstained"]
    assert [one["code"] for one in worn["codes"]] == ["QUAL.HYGIENE"]
    assert rash["escalate"]
    assert (german["language"], german["abstained"], german["codes"]) == ("de", True, [])
    assert long["abstained"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings_of_shops_are_read_alike(tmp_path: Path, encoding: str) -> None:
    texts = ["サイズが小さい", "色が写真と違う"]
    lines = classify(write_csv(tmp_path / "notes.csv", texts, encoding=encoding))
    assert [line["codes"][0]["code"] for line in lines] == ["FIT.SMALL", "LOOK.COLOR"]


def test_json_lines_are_read_with_lone_surrogates(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"note": "\\ud800"}\n{"note": null}\n{"note": "きつい"}\n', encoding="utf-8")
    lines = classify(path)
    assert [bool(line["codes"]) for line in lines] == [False, False, True]


def test_a_column_of_empty_texts_keeps_every_row(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("note\nきつい\n\nゆるい\n", encoding="utf-8")
    assert [line["direction"] for line in classify(path)] == ["small", None, "large"]


def test_the_language_can_be_said(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "notes.csv", ["zu small"])
    assert [line["language"] for line in classify(path, "--language", "en")] == ["en"]


def test_the_same_file_gives_the_same_answer(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "notes.csv", TEXTS)
    assert classify(path) == classify(path)


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (("--text-column", "memo"), "memo"),
        (("--text-column", "note", "--language", "fr"), "fr"),
    ],
)
def test_wrong_use_says_what_is_wrong(tmp_path: Path, flags: tuple[str, ...], word: str) -> None:
    done = call("classify", str(write_csv(tmp_path / "notes.csv", ["x"])), *flags)
    assert done.exit_code == 2
    assert word in done.stderr


def test_a_missing_file_ends_with_1(tmp_path: Path) -> None:
    done = call("classify", str(tmp_path / "none.csv"), "--text-column", "note")
    assert done.exit_code == 1


def write_labels(path: Path) -> Path:
    rows = [
        {"text": f"{number} {word}", "codes": [code]}
        for number in range(12)
        for word, code in (("むぎゅむぎゅ", "A"), ("mauve", "B"), ("plain", "NONE"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def bare_taxonomy(tmp_path: Path) -> Path:
    path = tmp_path / "codes.csv"
    path.write_text("code\nA\nB\nNONE\n", encoding="utf-8")
    return path


def test_train_and_evaluate_measure_another_label_set(tmp_path: Path, bare_taxonomy: Path) -> None:
    labels = write_labels(tmp_path / "labels.jsonl")
    flags = ("--labels", str(labels), "--taxonomy", str(bare_taxonomy), "--json")
    out = tmp_path / "models" / "first"
    done = call("train", "--out", str(out), *flags)
    assert done.exit_code == 0, done.output
    first = json.loads(done.stdout)
    assert first["labelled"] == 36
    again = json.loads(call("train", "--out", str(out), *flags).stdout)
    assert again["model_version"] == first["model_version"]
    assert sorted(path.name for path in out.parent.iterdir()) == ["first"]
    judged = call("evaluate", "--model", str(out), *flags)
    assert judged.exit_code == 0, judged.output
    document = json.loads(judged.stdout)
    assert list(document) == [
        *("micro_f1", "macro_f1", "per_code", "ece", "share_error", "share_coverage_90"),
        *("automatic_share_at_90", "automatic_share_at_95"),
        *("automatic_share", "automatic_precision", "n"),
    ]
    assert document["micro_f1"] == 1.0
    assert document["per_code"]["A"]["n"] == 12


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"codes": ["A"]}', "text"),
        ('{"text": "x", "codes": ["C"]}', "C"),
        ('{"text": "x", "codes": "A"}', "A"),
        ("[1]", "list"),
        ("{", "line 1"),
    ],
)
def test_a_label_that_cannot_be_read_is_named(
    tmp_path: Path, bare_taxonomy: Path, line: str, word: str
) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text(line + "\n", encoding="utf-8")
    flags = ("--labels", str(labels), "--taxonomy", str(bare_taxonomy))
    done = call("train", "--out", str(tmp_path / "model"), *flags)
    assert done.exit_code == 2
    assert word in done.stderr
    assert not (tmp_path / "model").exists()


def test_a_folder_without_a_model_ends_with_1(tmp_path: Path) -> None:
    labels = write_labels(tmp_path / "labels.jsonl")
    done = call("evaluate", "--model", str(tmp_path / "none"), "--labels", str(labels))
    assert done.exit_code == 1
