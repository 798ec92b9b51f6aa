"""The planted bugs have a place to stand: a model that moves on takes its bugs along."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.planted_bugs import Bug, load_bugs
from tests.architecture.conftest import REPOSITORY

BUGS = load_bugs()


def test_every_bug_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(bug.name for bug in BUGS).items() if count > 1] == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_text_stands_in_its_file_once(bug: Bug) -> None:
    text = (REPOSITORY / "dbt_project" / bug.file).read_text(encoding="utf-8")
    assert text.count(bug.find) == 1
    assert bug.replace != bug.find
