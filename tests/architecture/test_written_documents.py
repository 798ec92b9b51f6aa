"""Documents whose figures a command writes: the marks, the commands, and nothing typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from benchmarks import (
    addresses,
    fit_actions,
    fit_outcome,
    fit_verdicts,
    proof,
    reasons_bench,
)
from benchmarks.written_parts import BEGIN, END, write_part
from tests.architecture.conftest import REPOSITORY

PARTS = {
    proof.DOCUMENT: list(proof.PARTS),
    proof.CARD: list(proof.ON_CARD),
    reasons_bench.CARD: list(reasons_bench.PARTS),
    addresses.CARD: list(addresses.PARTS),
    fit_actions.CARD: list(fit_actions.PARTS),
    fit_verdicts.CARD: [*fit_verdicts.PARTS, *fit_outcome.PARTS],
}


def cut_parts(document: Path) -> tuple[dict[str, str], str]:
    """Return the parts of a document by name, and what stands around them."""
    text = document.read_text(encoding="utf-8")
    found = dict(re.findall(r"<!-- begin (\w+) -->\n(.*?)<!-- end \1 -->\n", text, re.DOTALL))
    return found, re.sub(r"<!-- begin (\w+) -->.*?<!-- end \1 -->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("document", PARTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_table_stands_in_a_part_that_a_command_writes(document: Path) -> None:
    found, around = cut_parts(document)
    assert list(found) == PARTS[document]
    assert not [line for line in around.splitlines() if line.startswith("|")]


def test_the_proof_holds_no_figure_of_its_own() -> None:
    _, around = cut_parts(proof.DOCUMENT)
    assert "%" not in around


def test_the_command_of_a_part_is_understood() -> None:
    for part, text in cut_parts(proof.DOCUMENT)[0].items():
        written = re.match(r"Written by `python -m benchmarks.proof (.*)`\.\n", text)
        if written is None:
            assert text == "Not measured yet.\n", part
            continue
        chosen = proof.parse_arguments(shlex.split(written[1]))
        assert proof.describe_command(part, chosen) == f"python -m benchmarks.proof {written[1]}"
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "$(PYTHON) -m benchmarks.proof\n" in makefile


def test_a_part_without_its_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(BEGIN.format(name="sum") + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the part 'sum'"):
        write_part(page, "sum", ["2"], command="count")
    page.write_text(f"{BEGIN.format(name='sum')}\n{END.format(name='sum')}\n", encoding="utf-8")
    write_part(page, "sum", ["2"], command="count")
    assert "Written by `count`.\n\n2\n" in page.read_text(encoding="utf-8")
