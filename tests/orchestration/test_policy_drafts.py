"""Drafts of the rules of returns: good ones land, wrong ones are named and stop nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.landing_run import land_inbox
from orchestration.policy_drafts import DRAFTS, load_policy_drafts
from orchestration.wording import LANGUAGES, Words
from tests.orchestration.small_shops import deliver, land, make_small_shop, read_rows, read_states
from tests.orchestration.test_policy_rules import LAST, RULE, write_rules

LANDED = "select draft_name, rule_id, max_days from landing.policy_drafts order by all"
REFUSED = "select draft_name, message_ja, message_en from landing.refused_policy_drafts order by 1"
SHORTER = {**RULE, "max_days": "14"}
LONGEST = (
    131_072  # signs of a field, as Python begins; other commands of a process read longer ones
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


@pytest.fixture
def fields_of_python() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST)
    yield
    csv.field_size_limit(before)


def put(shop: Path, name: str, text: str | bytes) -> Path:
    path = shop / "policies" / DRAFTS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_drafts_land_by_name_and_are_written_anew_at_every_run(shop: Path) -> None:
    first = put(shop, "14日.csv", write_rules(SHORTER, LAST))
    put(shop, "b.csv", write_rules(LAST))
    land(shop)
    assert read_rows(shop, LANDED) == [
        ("14日", "in", "14"),
        ("14日", "last", None),
        ("b", "last", None),
    ]
    assert read_rows(shop, "select count(*) from landing.policy_rules") == [(0,)]
    first.unlink()
    land(shop, "again")
    assert read_rows(shop, LANDED) == [("b", "last", None)]


def test_a_shop_without_drafts_has_none(shop: Path) -> None:
    land(shop)
    assert read_rows(shop, LANDED) == read_rows(shop, REFUSED) == []


def test_a_wrong_draft_is_named_and_the_rest_lands(shop: Path) -> None:
    put(shop, "good.csv", write_rules(SHORTER, LAST))
    bad = put(shop, "bad.csv", write_rules({**RULE, "max_days": "two weeks"}, LAST))
    deliver(shop, "orders.csv", "order_id,customer_id,ordered_at,total\nA1,c,2026-11-01,1\n")
    said: list[tuple[Words, dict[str, object]]] = []
    land_inbox(shop, run_id="run", progress=lambda words, **values: said.append((words, values)))
    assert {name for name, *_ in read_rows(shop, LANDED)} == {"good"}
    assert read_states(shop) == {"orders.csv": "loaded"}
    [(name, ja, en)] = read_rows(shop, REFUSED)
    assert name == "bad"
    for message in (str(ja), str(en)):
        missing = [p for p in ("bad.csv", "2", "max_days", "two weeks") if p not in message]
        assert missing == []
    told = {words.render(language, **values) for words, values in said for language in LANGUAGES}
    assert f"drafts/bad.csv: 下書きを受け付けず。{ja}" in told
    assert f"drafts/bad.csv: draft refused. {en}" in told
    bad.write_text(write_rules(SHORTER, LAST), encoding="utf-8")
    land(shop, "mended")
    assert read_rows(shop, REFUSED) == []
    assert {name for name, *_ in read_rows(shop, LANDED)} == {"bad", "good"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "policy_id"),
        ("policy_id,{brace}\n", "{brace}"),
        (b"\xff\xfe", "UTF-8"),
        (write_rules(RULE), "without any condition"),
        (write_rules({**LAST, "reason_side": "statutory"}), "statutory"),
        (write_rules({**RULE, "message_en": "x" * (LONGEST + 1)}, LAST), "UTF-8"),
    ],
    ids=["empty", "unknown column", "not text", "no last rule", "denies the law", "too long"],
)
@pytest.mark.usefixtures("fields_of_python")
def test_no_draft_stops_a_run(shop: Path, text: str | bytes, said: str) -> None:
    put(shop, "bad.csv", text)
    land(shop)
    [(name, _, message)] = read_rows(shop, REFUSED)
    assert name == "bad"
    assert said in str(message)


def test_what_is_no_draft_is_passed_over(shop: Path) -> None:
    put(shop, ".good.csv", "lock of an editor")
    put(shop, "notes.txt", "think about it")
    (shop / "policies" / DRAFTS / "folder.csv").mkdir()
    found = load_policy_drafts(shop)
    assert found.rules == {}
    assert list(found.refused) == ["folder"]
