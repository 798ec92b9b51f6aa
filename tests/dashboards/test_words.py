"""Words: both languages say the same things, and every word is used."""

from __future__ import annotations

import importlib
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.lib.language import Words

LIB = Path(__file__).parents[2] / "dashboards" / "lib"
MODULES = sorted(path.stem for path in LIB.glob("words_*.py"))


def list_words(module: str) -> Iterator[tuple[str, Words]]:
    for name, value in vars(importlib.import_module(f"dashboards.lib.{module}")).items():
        if isinstance(value, Words):
            yield name, value
        elif isinstance(value, dict):
            yield from ((f"{name}.{k}", v) for k, v in value.items() if isinstance(v, Words))


def list_places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("module", MODULES)
def test_both_languages_have_words(module: str) -> None:
    assert [name for name, words in list_words(module) if not (words.ja and words.en)] == []


@pytest.mark.parametrize("module", MODULES)
def test_japanese_words_hold_every_place(module: str) -> None:
    """English may add a noun of its own; no language leaves a number out."""
    grammar = {"noun", "piece", "counter", "things"}
    different = {
        name
        for name, words in list_words(module)
        if (list_places(words.ja) ^ list_places(words.en)) - grammar
    }
    assert different == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_word_is_used(module: str) -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in LIB.parent.rglob("*.py"))
    names = {name.split(".", maxsplit=1)[0] for name, _ in list_words(module)}
    used = set(re.findall(r"\b([A-Z][A-Z_0-9]+)\b(?!: Final)", code))
    assert names - used == set()


def test_words_keep_the_tone() -> None:
    for module in MODULES:
        for name, words in list_words(module):
            assert "致します" not in words.ja, name
            assert "！" not in words.ja, name
            assert not re.search(r"insight|leverage", words.en, re.IGNORECASE), name
