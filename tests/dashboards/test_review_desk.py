"""The desk of the review: the loop reads what it writes, and it understands the queue."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboards.lib import review_desk
from dashboards.lib.review_desk import SCHEMA, Agreed, Answer, Asked, DeskError, People
from models_ml.reasons.labels import Label, hash_text
from models_ml.reasons.queue import Asked as QueueAsked
from models_ml.reasons.queue import ReadText
from models_ml.reasons.reader import Evidence
from orchestration import reason_labels
from orchestration.reason_labels import read_labels
from orchestration.review_queue import describe_asked

MOMENT = datetime(2026, 11, 3, 1, 2, 3, tzinfo=UTC)
TEXT = "甲がきつくて、指が痛いです。"
ASKED = Asked(
    text_hash=hash_text(TEXT),
    text=TEXT,
    model_version="m1",
    why="random",
    was_random=True,
    codes=(("FIT.SMALL", 0.7), ("FIT.COMFORT", 0.4)),
    spans=(("FIT.SMALL", (0, 5)), ("", (7, 11))),
    direction="small",
    zones=("instep",),
    amount=1_000,
)


@pytest.fixture
def shop(tmp_path: Path, use_shop: Callable[[Path], None]) -> Path:
    use_shop(tmp_path)
    return tmp_path


def answer_with(
    monkeypatch: pytest.MonkeyPatch, *, code: int = 0, out: str = "", err: str = ""
) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, code, out, err)

    monkeypatch.setattr(subprocess, "run", run)


def test_the_columns_are_those_of_the_loop() -> None:
    assert SCHEMA == reason_labels.SCHEMA


@pytest.mark.parametrize(
    ("answer", "verdict", "codes"),
    [
        (Answer("codes", ("FIT.SMALL", "FIT.COMFORT"), "small", "instep"), "codes", 2),
        (Answer("none"), "none", 0),
        (Answer("cannot_tell"), "cannot_tell", 0),
    ],
)
def test_a_label_is_read_by_the_loop(shop: Path, answer: Answer, verdict: str, codes: int) -> None:
    name = review_desk.write_label(ASKED, answer, annotator="mori", labelled_at=MOMENT)
    assert [path.name for path in (shop / "labels").iterdir()] == [name]  # no part is left
    assert read_labels(shop) == [
        Label(
            text_hash=ASKED.text_hash,
            annotator="mori",
            labelled_at="2026-11-03T01:02:03Z",
            verdict=verdict,  # type: ignore[arg-type]
            codes=tuple(sorted(answer.codes)),
            direction=answer.direction,
            zone=answer.zone,
            text=TEXT,
            model_version="m1",
            was_random=True,
            kind="person",
        )
    ]
    assert len(answer.codes) == codes


def test_the_queue_of_the_command_is_understood(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shop.is_dir()
    read = ReadText(
        text_hash=ASKED.text_hash,
        text=TEXT,
        language="ja",
        probabilities=dict(ASKED.codes),
        amount=1_000,
        is_abstained=True,
        is_escalated=False,
        model_version="m1",
        evidence=(Evidence(0, 5, "FIT.SMALL"), Evidence(7, 11, None)),
        zones=("instep",),
        direction="small",
    )
    said = [describe_asked(QueueAsked(read, "random", was_random=True))]
    answer_with(monkeypatch, out=json.dumps(said))
    assert review_desk.ask_queue("mori") == [ASKED]


def test_a_command_that_fails_says_why(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shop.is_dir()
    answer_with(monkeypatch, code=1, err="…\n更新の途中です")
    with pytest.raises(DeskError, match="更新の途中です"):
        review_desk.ask_queue("mori")


@pytest.mark.parametrize(
    ("gates", "people"),
    [
        ([None], People(None, None)),
        # Refused: the champion still reads.
        (
            [None, {"reasons": ["not_higher"], "figures": {
                "n": 640.0, "champion_f1": 0.6, "challenger_f1": 0.5,
                "low_champion_f1": 0.55, "high_champion_f1": 0.65, "low_agreement": 0.5,
                "high_agreement": 0.8, "agreement": 0.66, "second_opinions": 21.0}}],
            People(Agreed(0.66, 0.5, 0.8, 21), Agreed(0.6, 0.55, 0.65, 640)),
        ),
        (
            [{"reasons": [], "figures": {
                "n": 640.0, "champion_f1": 0.6, "challenger_f1": 0.7,
                "low_challenger_f1": 0.65, "high_challenger_f1": 0.75}}],
            People(None, Agreed(0.7, 0.65, 0.75, 640)),
        ),
    ],
)  # fmt: skip
def test_people_stand_beside_what_reads_now(
    shop: Path, monkeypatch: pytest.MonkeyPatch, gates: list[Any], people: People
) -> None:
    assert shop.is_dir()
    answer_with(monkeypatch, out=json.dumps([{"gate": gate} for gate in gates]))
    assert review_desk.ask_people() == people


def test_what_was_done_today_is_counted_once_a_text(shop: Path) -> None:
    assert shop.is_dir()
    for number, seconds in enumerate((0, 20, 50, 70, 90, 120, 1_000)):
        text = f"{TEXT}{number}"
        asked = replace(ASKED, text=text, text_hash=hash_text(text))
        when = MOMENT + timedelta(seconds=seconds)
        review_desk.write_label(asked, Answer("none"), annotator="mori", labelled_at=when)
    review_desk.write_label(
        asked, Answer("cannot_tell"), annotator="mori", labelled_at=when + timedelta(seconds=3)
    )
    review_desk.write_label(asked, Answer("none"), annotator="abe", labelled_at=when)
    done = review_desk.read_done(
        "mori", now=MOMENT + timedelta(hours=1), since=MOMENT + timedelta(seconds=60)
    )
    assert done.today == 4  # at 70, 90, 120 and 1,000 seconds; the second answer is no second text
    assert done.seconds == 20  # of 20, 30, 20, 20, 30; 880 is a pause


def test_without_a_label_nothing_was_done(shop: Path) -> None:
    assert shop.is_dir()
    done = review_desk.read_done("mori", now=MOMENT, since=MOMENT)
    assert (done.today, done.seconds) == (0, None)
