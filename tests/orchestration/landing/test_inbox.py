"""Which files of an inbox may be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.landing.inbox import list_candidates

NOW = 1_800_000_000.0


def put(folder: Path, name: str, *, age: float = 60.0, text: str = "a\n1\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_plain_files_are_listed_by_name(tmp_path: Path) -> None:
    put(tmp_path, "b.csv")
    put(tmp_path, "a.csv", text="a\n")
    found = list_candidates(tmp_path, now=NOW)
    assert [(c.path.name, c.size_bytes, c.is_waiting) for c in found] == [
        ("a.csv", 2, False),
        ("b.csv", 4, False),
    ]
    assert found[0].modified_at == NOW - 60


@pytest.mark.parametrize("name", [".hidden.csv", "orders.csv.part", "orders.csv.PART"])
def test_dotfiles_and_parts_are_no_candidates(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert list_candidates(tmp_path, now=NOW) == []


def test_folders_links_and_pipes_are_no_candidates(tmp_path: Path) -> None:
    target = put(tmp_path, "orders.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(target)
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    assert [c.path.name for c in list_candidates(tmp_path, now=NOW)] == ["orders.csv"]


@pytest.mark.parametrize(
    ("age", "is_waiting"),
    [(0.0, True), (9.9, True), (10.0, False), (-5.0, True), (-3600.0, False)],
)
def test_a_file_of_the_last_ten_seconds_waits(
    tmp_path: Path, age: float, *, is_waiting: bool
) -> None:
    put(tmp_path, "orders.csv", age=age)
    assert [c.is_waiting for c in list_candidates(tmp_path, now=NOW)] == [is_waiting]


def test_a_missing_inbox_is_empty(tmp_path: Path) -> None:
    assert list_candidates(tmp_path / "nowhere", now=NOW) == []
