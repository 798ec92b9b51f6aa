"""A shop's own codes in its readings, its queue, its drift, and a program that labels."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from models_ml.reasons.labels import hash_text
from models_ml.reasons.proposing import build_prompt
from models_ml.reasons.trained_reading import FullReading
from orchestration import recalled_readings
from orchestration.cli import app
from orchestration.doctor import examine
from orchestration.folder import ShopFolder
from orchestration.kept_drift import read_drift, tell_drift
from orchestration.publication import CheckCounts, Publication, write_publication
from orchestration.reason_drift import check_drift
from orchestration.reason_labels import read_labels
from orchestration.reason_reading import read_new_texts
from orchestration.recalled_readings import recall_readings
from orchestration.shop_reading import (
    ReasonReader,
    load_reader,
    load_shop_taxonomy,
    read_each,
)
from orchestration.store import open_store
from tests.orchestration.small_shops import LINES, ORDERS, deliver, land, make_small_shop

HEADER = "return_line_id,order_line_id,requested_at,reason_text,quantity\n"
# Stands for the program of a shop that asks a large language model; it answers what was recorded.
RECORDED = """
import json, sys
answers = json.load(open(sys.argv[1], encoding="utf-8"))
for line in sys.stdin:
    prompt = json.loads(line)["prompt"]
    print(json.dumps({"answer": answers.get(prompt, "I would rather not say")}))
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def write_policy(shop: Path, *rows: str) -> None:
    header = "reason_code,group_code,label_ja_text,label_en_text,is_controllable,valid_to_date"
    lines = "\n".join([header, *rows])
    (shop / "policies" / "reason_taxonomy.csv").write_text(f"{lines}\n", encoding="utf-8")


def answer(*arguments: str) -> Any:
    done = CliRunner().invoke(app, ["reasons", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_shop_names_its_own_codes_and_no_ended_ones(shop: Path) -> None:
    write_policy(
        shop,
        "FIT.KIMONO,FIT,着付け,Kimono fit,true,",
        "FIT.SMALL,,,,,2020-01-01",
        "LOOK.COLOR,,,,,2999-01-01",
    )
    codes = load_shop_taxonomy(shop).codes
    assert "FIT.KIMONO" in codes
    assert "FIT.SMALL" not in codes
    assert "LOOK.COLOR" in codes
    reader = load_reader(shop=shop)
    small, colour = read_each(reader, ["きつい", "色が写真と違う"])
    assert (dict(small.reading.codes), small.reading.is_abstained) == ({}, True)
    assert list(colour.reading.codes) == ["LOOK.COLOR"]
    assert small.probabilities["FIT.KIMONO"] == 0.0


def test_a_text_that_comes_again_is_read_once(shop: Path) -> None:
    reader = load_reader(shop=shop)
    first, second, third = read_each(reader, ["きつい", "ゆるい", "きつい"])
    assert first is third
    assert second.reading.direction == "large"


@pytest.fixture
def landed_shop(shop: Path) -> Path:
    deliver(shop, "orders.csv", ORDERS)
    deliver(shop, "order_lines.csv", LINES)
    deliver(
        shop,
        "return_requests.csv",
        HEADER + "R1,A1-1,2026-11-05 10:00:00,サイズ違い,1\n"
        "R2,A2-1,2026-11-05 10:00:00,なんとなく合わない,1\n"
        "R3,A2-1,2026-11-06 10:00:00,肌がかぶれた,1\n",
    )
    land(shop)
    return shop


def publish_amounts(shop: Path, amounts: dict[str, int]) -> None:
    """Publish what the warehouse says that return lines ask back."""
    folder = ShopFolder(shop)
    folder.serving.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(folder.serving / "wh-1.duckdb")) as marts:
        marts.execute("create schema marts")
        marts.execute(
            "create table marts.fct_return_decisions"
            " (return_line_id varchar, requested_net_amount bigint)"
        )
        marts.executemany(
            "insert into marts.fct_return_decisions values (?, ?)", [*amounts.items()]
        )
    said = Publication("1", "wh-1.duckdb", 1, "", "2026-11-06", "", CheckCounts(), 1)
    write_publication(folder.pointer, publication=said)


def test_before_the_first_version_the_queue_knows_of_no_yen(landed_shop: Path) -> None:
    queue = answer("queue", "--annotator", "aki", "--shop", str(landed_shop))
    assert {one["amount"] for one in queue} == {0}
    assert len(queue) == 3


def test_what_was_kept_is_not_read_again_and_says_the_same(
    landed_shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["肌がかぶれた", "新しい文章、少し小さい", "サイズ違い", "肌がかぶれた"]
    reader = load_reader(shop=landed_shop)
    with open_store(landed_shop, read_only=True) as store:
        before = recall_readings(store, reader=reader, texts=texts)
    read_new_texts(landed_shop)
    asked: list[str] = []

    def watch(reader: ReasonReader, texts: Sequence[str]) -> Iterator[FullReading]:
        asked.extend(texts)
        return read_each(reader, texts)

    monkeypatch.setattr(recalled_readings, "read_each", watch)
    with open_store(landed_shop, read_only=True) as store:
        after = recall_readings(store, reader=reader, texts=texts)
    assert asked == ["新しい文章、少し小さい"]
    assert [one.reading for one in after] == [one.reading for one in before]
    assert [drop_zeros(one) for one in after] == [drop_zeros(one) for one in before]
    assert after[0].reading.is_escalated


def drop_zeros(full: FullReading) -> dict[str, float]:
    return {code: share for code, share in full.probabilities.items() if share}


def test_the_queue_says_why_and_what_is_at_stake(landed_shop: Path) -> None:
    publish_amounts(landed_shop, {"R1": 3900, "R2": 12000, "R3": 12000})
    queue = answer("queue", "--annotator", "aki", "--shop", str(landed_shop))
    assert queue[0]["text"] == "肌がかぶれた"
    assert queue[0]["why"] == "escalated"
    amounts = {one["text"]: one["amount"] for one in queue}
    assert amounts == {"肌がかぶれた": 12000, "なんとなく合わない": 12000, "サイズ違い": 3900}
    assert (
        answer("queue", "--annotator", "aki", "--size", "1", "--shop", str(landed_shop))
        == (queue[:1])
    )
    labelled = landed_shop.parent / "labels.jsonl"
    record = {"text": queue[0]["text"], "codes": ["NONE"], "was_random": queue[0]["was_random"]}
    labelled.write_text(json.dumps(record) + "\n", encoding="utf-8")
    answer("label", str(labelled), "--annotator", "aki", "--shop", str(landed_shop))
    left = answer("queue", "--annotator", "aki", "--shop", str(landed_shop))
    assert [one["text"] for one in left] == [one["text"] for one in queue[1:]]


def test_a_program_labels_what_it_answers_in_form_and_never_as_a_person(landed_shop: Path) -> None:
    taxonomy = load_shop_taxonomy(landed_shop)
    recorded = {
        build_prompt("サイズ違い", taxonomy=taxonomy): '{"codes": ["FIT.UNSPEC"]}',
        build_prompt("肌がかぶれた", taxonomy=taxonomy): '{"codes": ["NO.SUCH"]}',
        build_prompt("なんとなく合わない", taxonomy=taxonomy): '{"codes": ["NONE"]}',
    }
    answers, program = landed_shop.parent / "answers.json", landed_shop.parent / "recorded.py"
    answers.write_text(json.dumps(recorded), encoding="utf-8")
    program.write_text(RECORDED, encoding="utf-8")
    command = f"{sys.executable} {program} {answers}"
    flags = ("--program", command, "--name", "llm", "--shop", str(landed_shop))
    queue = answer("queue", "--annotator", "llm", "--shop", str(landed_shop))
    asked = {one["text"] for one in queue if not one["was_random"]} - {"肌がかぶれた"}
    done = answer("propose", *flags)
    labels = read_labels(landed_shop)
    assert done["labels"] == len(labels) == len(asked) > 0
    assert {label.text for label in labels} == asked
    assert {(label.kind, label.was_random) for label in labels} == {("program", False)}


@pytest.mark.parametrize(
    "program", ["/nonexistent/program", f"{sys.executable} -c pass", f"{sys.executable} -c 1/0"]
)
def test_a_program_that_does_not_answer_labels_nothing(landed_shop: Path, program: str) -> None:
    flags = ("--program", program, "--name", "llm", "--shop", str(landed_shop))
    done = CliRunner().invoke(app, ["reasons", "propose", *flags])
    assert done.exit_code == 1
    assert read_labels(landed_shop) == []


def deliver_weeks(shop: Path, *, last_week: list[str]) -> None:
    """Deliver thirteen weeks of notes; the last one is given."""
    monday = date(2026, 8, 3)
    rows, number = [], 0
    for week in range(13):
        texts = last_week if week == 12 else ["サイズが小さい", "色が写真と違う", "きつい"] * 40
        for place, text in enumerate(texts):
            day = monday + timedelta(days=7 * week + place % 7)
            rows.append(f"R{number},A1-1,{day} 10:00:00,{text}{number % 9},1")
            number += 1
    deliver(shop, "orders.csv", ORDERS)
    deliver(shop, "order_lines.csv", LINES)
    deliver(shop, "return_requests.csv", HEADER + "\n".join(rows) + "\n")
    land(shop)


@pytest.mark.parametrize(
    ("texts", "is_drifted"),
    [(["サイズが小さい", "色が写真と違う", "きつい"] * 40, False), (["The zip broke"] * 120, True)],
)
def test_drift_of_the_newest_week_is_kept_and_said(
    shop: Path, texts: list[str], is_drifted: bool
) -> None:
    assert tell_drift(shop, language="en") is None
    deliver_weeks(shop, last_week=texts)
    with open_store(shop, read_only=True) as connection:
        found = check_drift(shop, connection)
    assert found is not None
    assert (found["week_date"], found["texts"]) == ("2026-10-26", 120)
    assert (found["is_measurable"], found["is_drifted"]) == (True, is_drifted)
    assert read_drift(shop) == found
    done = CliRunner().invoke(app, ["status", "--shop", str(shop), "--language", "en"])
    assert ("The notes of the week from 2026-10-26" in done.stdout) == is_drifted
    [noted] = [one for one in examine(shop, language="en") if one["check"] == "notes"]
    assert noted["state"] == ("warning" if is_drifted else "ok")


def test_a_label_of_an_unknown_direction_or_zone_is_named(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    for wrong in ({"direction": "up"}, {"zone": "tail"}):
        record = {"text": "きつい", "codes": ["FIT.SMALL"]} | wrong
        labels.write_text(json.dumps(record) + "\n", encoding="utf-8")
        flags = ("--labels", str(labels), "--out", str(tmp_path / "model"))
        done = CliRunner().invoke(app, ["reasons", "train", *flags])
        assert done.exit_code == 2
        assert next(iter(wrong.values())) in done.stderr


def test_hashes_are_those_of_the_warehouse(shop: Path) -> None:
    deliver_weeks(shop, last_week=["きつい"])
    with open_store(shop, read_only=True) as connection:
        rows = connection.execute(
            "select distinct reason_text, sha256(reason_text) from landing.return_requests"
        ).fetchall()
    assert rows
    assert all(hash_text(text) == found for text, found in rows)
