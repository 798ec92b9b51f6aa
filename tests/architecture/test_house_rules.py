"""The rules of the Python rooms, read from the source alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.conftest import REPOSITORY, ROOMS, list_modules, parse_module

MAX_FUNCTION_LINES = 40
MAX_MODULE_LINES = 300
MAX_PAGE_LINES = 60
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
ENVIRONMENT_READERS = {"orchestration/settings.py", "dashboards/lib/serving.py"}
HTML_WRITERS = {"dashboards/lib/markup.py"}


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = first.end_lineno if has_docstring and first.end_lineno else node.lineno
    return (node.end_lineno or node.lineno) - start


def test_functions_are_short() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name} {code_lines(node)}"
        for path in list_modules(*ROOMS)
        for node in ast.walk(parse_module(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and code_lines(node) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_modules_are_short() -> None:
    long = [
        f"{relative(path)} {count}"
        for path in list_modules(*ROOMS)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_MODULE_LINES
    ]
    assert long == []


def test_modules_name_the_thing() -> None:
    assert [relative(p) for p in list_modules(*ROOMS, "tests") if p.stem in NO_NAMES] == []


def test_init_files_are_empty() -> None:
    full = [
        relative(path)
        for path in list_modules(*ROOMS, "tests")
        if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ]
    assert full == []


def test_pages_are_short_and_hold_no_sql() -> None:
    for path in (REPOSITORY / "dashboards" / "pages").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= MAX_PAGE_LINES, relative(path)
        assert not re.search(r"\bselect\b.+\bfrom\b|import duckdb", text, re.IGNORECASE | re.DOTALL)


@pytest.mark.parametrize("room", ROOMS)
def test_only_one_module_per_room_reads_the_environment(room: str) -> None:
    readers = {
        relative(path)
        for path in list_modules(room)
        if re.search(r"os\.environ\b|os\.getenv\b", path.read_text(encoding="utf-8"))
    }
    assert readers <= ENVIRONMENT_READERS


def test_html_is_written_in_one_module() -> None:
    writers = {
        relative(path)
        for path in list_modules("dashboards")
        if re.search(
            r"unsafe_allow_html|st\.html\(|components\.v[12]", path.read_text(encoding="utf-8")
        )
    }
    assert writers <= HTML_WRITERS


def test_no_pickle_anywhere() -> None:
    guilty = [
        relative(path)
        for path in list_modules(*ROOMS, "tests", "benchmarks")
        for node in ast.walk(parse_module(path))
        if (
            isinstance(node, ast.Import) and any(n.name in {"pickle", "joblib"} for n in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and node.module in {"pickle", "joblib"})
    ]
    assert guilty == []


def test_no_sql_is_built_by_formatting_values() -> None:
    """An f-string that begins like SQL may only hold names that are quoted by ``quote_name``."""
    starts = re.compile(r"^\s*(select|insert|update|delete|create|drop|copy|attach|with)\b", re.I)
    guilty = []
    for path in list_modules(*ROOMS):
        for node in ast.walk(parse_module(path)):
            if not isinstance(node, ast.JoinedStr) or not node.values:
                continue
            head = node.values[0]
            if not (isinstance(head, ast.Constant) and starts.match(str(head.value))):
                continue
            guilty += [
                f"{relative(path)}:{node.lineno} {ast.unparse(part.value)}"
                for part in node.values
                if isinstance(part, ast.FormattedValue)
                and not re.match(r"(quote_name|quote_names|quoted_)", ast.unparse(part.value))
            ]
    assert guilty == []


def test_every_variable_is_in_the_example() -> None:
    named = set(
        re.findall(r"\bKAERU_[A-Z_]+\b", (REPOSITORY / ".env.example").read_text(encoding="utf-8"))
    )
    used = {
        name
        for path in [*list_modules(*ROOMS), REPOSITORY / "dbt_project" / "profiles.yml"]
        for name in re.findall(r"[\"'](KAERU_[A-Z_]*[A-Z])[\"']", path.read_text(encoding="utf-8"))
    }
    assert used <= named
