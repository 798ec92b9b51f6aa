"""Say what is wrong with a file, a record or a mapping, and what to do, in Japanese or English."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Final, Literal, cast

from orchestration.landing.contracts import Problem
from orchestration.landing.yaml_text import parse_yaml_text

Language = Literal["ja", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ja", "en")

# Kinds of content that a reader finds in place of a table, where their name is not a word.
_CONTENTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "password_zip": {"ja": "パスワード付きZIP", "en": "a ZIP file with a password"},
    "office": {"ja": "Excel など Office", "en": "an Office file (such as xls)"},
    "xlsx": {"ja": "Excel（xlsx）", "en": "an Excel file (xlsx)"},
    "zip": {"ja": "ZIP", "en": "a ZIP file"},
    "pdf": {"ja": "PDF", "en": "a PDF"},
    "html": {"ja": "HTML（ウェブページ）", "en": "HTML (a web page)"},
    "image": {"ja": "画像", "en": "an image"},
    "binary": {"ja": "文字でない（バイナリ）", "en": "binary data"},
    "encrypted_parquet": {"ja": "暗号化された Parquet", "en": "an encrypted Parquet file"},
}


class _Words(dict[str, str]):
    """Parameters of a message; one that the problem lacks reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "-"


def _load_rules() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("orchestration.landing").joinpath("messages.yml").read_text("utf-8")
    return cast("Mapping[str, Mapping[str, str]]", parse_yaml_text(text))


RULES: Final = _load_rules()


def render(
    problem: Problem, *, language: Language, file_name: str | None = None
) -> tuple[str, str]:
    """Render a problem.

    Parameters
    ----------
    problem : Problem
    language : {"ja", "en"}
    file_name : str or None
        Put in front where given.

    Returns
    -------
    message : str
        File, line and column where known, then what is wrong with which value.
    way_out : str
        What the shop can do.

    Raises
    ------
    KeyError
        If the rule has no text: every rule has one (a test).

    Examples
    --------
    >>> problem = Problem("quantity_not_read", line=3, column="数量", value="三")
    >>> render(problem, language="en", file_name="orders.csv")[0]
    'orders.csv, line 3, column “数量”: “三” is not a quantity'
    """
    texts = RULES[problem.rule]
    words = _Words({key: text for key, text in problem.parameters.items() if text})
    if "what" in words:
        words["what"] = _CONTENTS.get(words["what"], {}).get(language, words["what"])
    words.update(column=problem.column or "-", value=problem.value or "")
    place = _render_place(problem, language=language, file_name=file_name)
    message = texts[language].format_map(words)
    return f"{place}{message}", texts[f"way_out_{language}"].format_map(words)


def _render_place(problem: Problem, *, language: Language, file_name: str | None) -> str:
    parts = [file_name] if file_name else []
    if problem.line is not None:
        parts.append(f"{problem.line}行目" if language == "ja" else f"line {problem.line}")
    if problem.column is not None:
        column = problem.column
        parts.append(f"「{column}」の列" if language == "ja" else f"column “{column}”")
    if not parts:
        return ""
    return " ".join(parts) + "：" if language == "ja" else ", ".join(parts) + ": "
